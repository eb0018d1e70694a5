"""Whether originals may go in clear to whom other files go redacted."""

from django.db.models import Q

from crossforce.evidence.choices import ARCHIVE, State
from crossforce.evidence.models import Exhibit, Item
from crossforce.evidence.rules import withholding
from crossforce.evidence.rules.withholding import File
from crossforce.kernel.refusals import Conflict


class StillInClear(Conflict):
    """What is redacted would go in clear beside its copy; the message says by which file."""


def refuse_in_clear(exhibit: Exhibit, rows: list[Item]) -> None:
    """Refuse that these originals of an exhibit go as they are, where something redacted goes with them. While somebody acts.

    Asked of its whole case, and of what they were taken out of or hold, wherever it stands; of what whoever acts may read. Raises StillInClear.
    """
    named = Exhibit.objects.filter(case_reference=exhibit.case_reference)
    of_case = Q(exhibit__in=named.values("pk"))
    digests = [row.sha256 for row in rows]
    held_by = Q(source_system=ARCHIVE, source_reference__in=digests) | Q(cut_from__in=digests)
    holds = Q(sha256__in=[_out_of(row) for row in rows])
    copies = Item.objects.filter(derived_from__isnull=False)
    redacted = Item.objects.filter(
        of_case | held_by | holds, pk__in=copies.values("derived_from")
    )
    known = {row.pk: _file(row, is_redacted=True) for row in redacted}
    if not known:
        return
    for row in Item.objects.filter(of_case, state=State.KEPT, derived_from__isnull=True):
        known.setdefault(row.pk, _file(row))
    in_clear = [known.get(row.pk) or _file(row) for row in rows]
    if why := withholding.why_not(in_clear, list(known.values())):
        raise StillInClear(why)


def _file(row: Item, *, is_redacted: bool = False) -> File:
    return File(row.name, row.sha256, _out_of(row), is_redacted)


def _out_of(row: Item) -> str:
    """Of a still or clip the film that it is a part of, which is no other thing to whoever may not see it."""
    if row.cut_from:
        return row.cut_from
    return row.source_reference if row.source_system == ARCHIVE else ""
