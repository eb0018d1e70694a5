"""What access does when the structure was brought up to date: parse, one call."""

from crossforce.access import operations
from crossforce.kernel import civil, clock
from crossforce.people import api as people


def derive_grants() -> None:
    """What agreements gave before grants were kept is enforced from now on."""
    at = clock.now()
    operations.enforce_all(actor=people.system_actor("installer", on=civil.day_of(at)), at=at)
