"""Exhibits and their digital originals, as one may read them."""

from dataclasses import dataclass
from uuid import UUID

from crossforce.evidence.choices import EXHIBIT, ITEM, TOUCH, State, Verdict
from crossforce.evidence.models import Exhibit, Item
from crossforce.evidence.queries.places import in_place
from crossforce.evidence.queries.withholding import refuse_in_clear
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing
from crossforce.kernel.web.lists import Asked
from crossforce.people.api import Actor
from crossforce.records import api as records

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Opened:
    """An exhibit with its originals, and whether the actor may add one, or disclose all of it with its proof."""

    exhibit: Exhibit
    place: records.Place
    items: list[Item]
    may_add: bool
    may_prove: bool


def exhibits(actor: Actor) -> list[Exhibit]:
    """The newest exhibits that one may read."""
    found = records.listed(actor, EXHIBIT, Asked({}, "created_at", True, 0, SHOWN))
    return [each.row for each in found.rows if isinstance(each.row, Exhibit)]


@guarded.acts
def opened(actor: Actor, exhibit: UUID) -> Opened:
    """One exhibit and what came of it. Raises Missing."""
    row = exhibit_of(exhibit)
    place = records.place_of(row.scope_id)
    items = list(Item.objects.filter(exhibit=exhibit).order_by("created_at", "pk"))
    may_add = bool(guarded.open_scopes("add", {in_place(place)}))
    return Opened(row, place, items, may_add, may_prove(place))


@guarded.acts
def exhibit_to_fill(actor: Actor, exhibit: UUID) -> tuple[Exhibit, records.Place]:
    """The exhibit that an original is of, and where both stand. Raises Missing."""
    row = exhibit_of(exhibit)
    return row, records.place_of(row.scope_id)


@guarded.acts
def item_of(actor: Actor, item: UUID) -> Item:
    """One original. Raises Missing."""
    row: Item | None = Item.objects.filter(pk=item).first()
    if row is None:
        raise Missing
    return row


@guarded.acts
def kept_of(actor: Actor, exhibit: UUID, *, is_redacted: bool = False) -> list[Item]:
    """The originals of an exhibit that are whole, the oldest first; or, of each that has one, its newest approved redacted copy.

    Raises StillInClear, where those that have none would give away what is redacted.
    """
    kept = Item.objects.filter(exhibit=exhibit, state=State.KEPT).order_by("created_at", "pk")
    originals = list(kept.filter(derived_from__isnull=True))
    if not is_redacted:
        return originals
    copies = {row.derived_from: row for row in kept.filter(decision=Verdict.APPROVED)}
    refuse_in_clear(exhibit_of(exhibit), [row for row in originals if row.pk not in copies])
    return [copies.get(row.pk, row) for row in originals]


@guarded.acts
def copies_of(actor: Actor, exhibit: UUID) -> list[Item]:
    """The redacted copies of an exhibit's originals, whatever was decided on them, the oldest first."""
    found = Item.objects.filter(exhibit=exhibit, state=State.KEPT, derived_from__isnull=False)
    return list(found.order_by("created_at", "pk"))


@guarded.acts
def redacted_of(actor: Actor, item: UUID) -> list[Item]:
    """The redacted copies of an original, the oldest first."""
    return list(Item.objects.filter(derived_from=item).order_by("created_at", "pk"))


@guarded.acts
def cuts_of(actor: Actor, row: Item) -> list[Item]:
    """The stills and clips that were cut out of an original, the oldest first."""
    found = Item.objects.filter(exhibit=row.exhibit, cut_from=row.sha256).exclude(cut_from="")
    return list(found.order_by("created_at", "pk"))


@guarded.acts
def cut_out_of(actor: Actor, row: Item) -> Item | None:
    """The original that a still or clip was cut out of, where it is there."""
    if not row.cut_from:
        return None
    found = Item.objects.filter(exhibit=row.exhibit, sha256=row.cut_from, state=State.KEPT)
    original: Item | None = found.order_by("created_at", "pk").first()
    return original


def may_prove(place: records.Place) -> bool:
    """Whether whoever acts may read and disclose exhibits there with all that is of them."""
    wanted = {in_place(place, kind) for kind in (EXHIBIT, ITEM, TOUCH)}
    return all(guarded.open_scopes(each, wanted) == wanted for each in ("read", "disclose"))


def exhibit_of(exhibit: UUID) -> Exhibit:
    """One exhibit, of those that whoever acts may read. Raises Missing."""
    row: Exhibit | None = Exhibit.objects.filter(pk=exhibit).first()
    if row is None:
        raise Missing
    return row
