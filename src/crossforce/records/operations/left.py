"""What postings had of their own, and left: it goes once it is due, since nobody reaches it any more."""

from datetime import datetime
from typing import Final

from django.db import transaction

from crossforce.acting import api as acting
from crossforce.kernel import civil, registry, rulepacks, statements
from crossforce.records.operations import between, creating
from crossforce.records.rules import retention

LEFT: Final = "SELECT kind, record, scope, holder, is_held FROM records_left(%s, %s)"


@transaction.atomic
def dispose_left(*, at: datetime) -> int:
    """Dispose of what ended postings had of their own; answers how many records went, each entered with its holder.

    A hold, group or day that whoever had the posting set themself keeps nothing beyond the schedule of its kind.
    """
    pack, today = rulepacks.load(creating.PACK), civil.day_of(at)
    months = {
        each.name: retention.shortest(pack.value(each.retention, today))
        for each in registry.record_kinds
        if each.is_owned
    }
    found = statements.answers(LEFT, *acting.sealed("left", {"months": months}))
    between.tell_left([between.Going(*each) for each in found], at)
    return len(found)
