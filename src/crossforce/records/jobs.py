"""What records do when the structure was brought up to date: parse, one call."""

from crossforce.kernel import civil, clock
from crossforce.people import api as people
from crossforce.records import operations


def erase_remains() -> None:
    """What the ledger kept of records that are destroyed goes as well."""
    at = clock.now()
    installer = people.system_actor("installer", on=civil.day_of(at))
    operations.erase_remains(actor=installer, at=at)


def shed_remains() -> None:
    """What records shed before their kinds said so goes from their states and the ledger."""
    at = clock.now()
    installer = people.system_actor("installer", on=civil.day_of(at))
    operations.shed_remains(actor=installer, at=at)
