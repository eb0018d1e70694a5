"""What postings had of their own, and left: it goes once it is due, since nobody reaches it any more."""

from datetime import datetime
from typing import Final

from django.db import transaction

from crossforce.acting import api as acting
from crossforce.kernel import registry, statements
from crossforce.records.operations import between

LEFT: Final = "SELECT kind, record, scope, holder, is_held FROM records_left(%s, %s)"


@transaction.atomic
def dispose_left(*, at: datetime) -> int:
    """Dispose of what ended postings had of their own; answers how many records went, each entered with its holder."""
    kinds = [each.name for each in registry.record_kinds if each.is_owned]
    found = statements.answers(LEFT, *acting.sealed("left", {"kinds": kinds}))
    between.tell_left([between.Going(*each) for each in found], at)
    return len(found)
