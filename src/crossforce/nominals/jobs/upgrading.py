"""What nominals do when the structure was brought up to date: parse, one call."""

from crossforce.kernel import civil, clock
from crossforce.nominals.operations import owning
from crossforce.people import api as people


def own_searches() -> None:
    """Saved searches lie where their posting alone reaches, and what is a posting's own is due by its own schedule, and says of no record that is gone."""
    at = clock.now()
    installer = people.system_actor("installer", on=civil.day_of(at))
    owning.own_searches(actor=installer, at=at)
    owning.own_terms(actor=installer, at=at)
    owning.of_gone(actor=installer, at=at)
