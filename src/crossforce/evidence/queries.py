"""Reads of digital evidence. The first argument is who reads."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Func, Max, UUIDField

from crossforce.evidence.choices import EXHIBIT, ITEM, SHARE, SHARE_OPENED, TOUCH, State
from crossforce.evidence.models import Exhibit, Item, Share, Touch
from crossforce.evidence.rules import continuity
from crossforce.kernel import guarded, platform_key
from crossforce.kernel.guarded import ScopeOf
from crossforce.kernel.refusals import Missing
from crossforce.kernel.web.lists import Asked
from crossforce.ledger import api as ledger
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor
from crossforce.records import api as records

SHOWN = 50
MOST = 500
SIDES = frozenset({"force", "national-body", "partner"})


@dataclass(frozen=True, slots=True)
class Opened:
    """An exhibit with its originals, and whether the actor may add one, or disclose all of it with its proof."""

    exhibit: Exhibit
    place: records.Place
    items: list[Item]
    may_add: bool
    may_prove: bool


@dataclass(frozen=True, slots=True)
class Continuity:
    """The continuity of an exhibit, and whether the actor may write down more of it.

    It `is_judged` where the actor may read every entry; elsewhere nothing is said of custody or breaks.
    """

    exhibit: Exhibit
    place: records.Place
    touches: list[Touch]
    custody: continuity.Custody
    breaks: list[continuity.Break]
    is_judged: bool
    may_add: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that was done with an exhibit of a case: seized, a file kept, or an act of its continuity."""

    at: datetime
    exhibit: Exhibit
    what: str
    who: str


@dataclass(frozen=True, slots=True)
class Case:
    """The exhibits under one crime, incident or operation. There may be more where it is not whole.

    Of those that are `unread` the continuity is not open to the actor, and nothing of it among the moments.
    """

    reference: str
    exhibits: list[Exhibit]
    moments: list[Moment]
    unread: list[UUID]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """A share of an original: how often its link was opened, when last, and whether the actor may call it back."""

    row: Share
    openings: int
    opened_at: datetime | None
    may_recall: bool


@dataclass(frozen=True, slots=True)
class Shares:
    """Of an original, the newest first; whether the actor may share it."""

    rows: list[Shared]
    may_share: bool


def exhibits(actor: Actor) -> list[Exhibit]:
    """The newest exhibits that one may read."""
    found = records.listed(actor, EXHIBIT, Asked({}, "created_at", True, 0, SHOWN))
    return [each.row for each in found.rows if isinstance(each.row, Exhibit)]


@guarded.acts
def case_of(actor: Actor, reference: str) -> Case:
    """The exhibits of a case that one may read, and what was done with them, in the order in which it was. Raises Missing."""
    rows = list(
        Exhibit.objects.filter(case_reference=reference).order_by("seized_at", "pk")[:MOST]
    )
    if not rows:
        raise Missing
    of = {row.pk: row for row in rows}
    moments = [Moment(row.seized_at, row, "seized", row.seized_by) for row in rows]
    for item in Item.objects.filter(exhibit__in=of, state=State.KEPT):
        moments.append(Moment(item.created_at, of[item.exhibit], "file kept", item.name))
    for touch in Touch.objects.filter(exhibit__in=of).order_by("number"):
        moments.append(Moment(touch.happened_at, of[touch.exhibit], touch.act, touch.office))
    moments.sort(key=lambda each: each.at)
    return Case(reference, rows, moments, _unread(rows), is_whole=len(rows) < MOST)


@guarded.acts
def opened(actor: Actor, exhibit: UUID) -> Opened:
    """One exhibit and what came of it. Raises Missing."""
    row = _exhibit(exhibit)
    place = records.place_of(row.scope_id)
    items = list(Item.objects.filter(exhibit=exhibit).order_by("created_at", "pk"))
    may_add = bool(guarded.open_scopes("add", {in_place(place)}))
    return Opened(row, place, items, may_add, may_prove(place))


@guarded.acts
def exhibit_to_fill(actor: Actor, exhibit: UUID) -> tuple[Exhibit, records.Place]:
    """The exhibit that an original is of, and where both stand. Raises Missing."""
    row = _exhibit(exhibit)
    return row, records.place_of(row.scope_id)


@guarded.acts
def item_of(actor: Actor, item: UUID) -> Item:
    """One original. Raises Missing."""
    row: Item | None = Item.objects.filter(pk=item).first()
    if row is None:
        raise Missing
    return row


@guarded.acts
def kept_of(actor: Actor, exhibit: UUID) -> list[Item]:
    """The originals of an exhibit that are whole, the oldest first."""
    return list(
        Item.objects.filter(exhibit=exhibit, state=State.KEPT).order_by("created_at", "pk")
    )


def may_prove(place: records.Place) -> bool:
    """Whether whoever acts may read and disclose exhibits there with all that is of them."""
    wanted = {in_place(place, kind) for kind in (EXHIBIT, ITEM, TOUCH)}
    return all(guarded.open_scopes(each, wanted) == wanted for each in ("read", "disclose"))


@guarded.acts
def shares_of(actor: Actor, item: UUID) -> Shares:
    """Of an original that one may read the shares that one may read. Raises Missing."""
    row = item_of(actor, item)
    found = list(Share.objects.filter(item=item).order_by("-created_at", "-pk")[:SHOWN])
    may_recall = records.allowed(SHARE, "edit")
    told = _openings([each.pk for each in found])
    rows = [Shared(each, *told.get(each.pk, (0, None)), may_recall(each)) for each in found]
    there = {in_place(records.place_of(row.scope_id), SHARE)}
    may_share = row.is_kept and records.allowed(ITEM, "disclose")(row)
    return Shares(rows, may_share and guarded.open_scopes("add", there) == there)


@guarded.acts
def share_of(actor: Actor, share: UUID) -> Share:
    """One share. Raises Missing."""
    row: Share | None = Share.objects.filter(pk=share).first()
    if row is None:
        raise Missing
    return row


def _openings(shares: list[UUID]) -> dict[UUID, tuple[int, datetime | None]]:
    """How often the page of each was opened, and when last, by the ledger: of those that were."""
    opened = ledger.touching(ledger.Touching(operations=(SHARE_OPENED,)))
    theirs = opened.filter(rows__overlap=shares).exclude(rows=[]).order_by()
    told = theirs.values(share=_Each("rows")).annotate(number=Count("pk"), last=Max("at"))
    return {each["share"]: (each["number"], each["last"]) for each in told}


class _Each(Func):
    """A row for each element."""

    function = "unnest"
    output_field = UUIDField()
    set_returning = True


def called(code: str) -> str:
    """An organisation by its name; what no organisation has as its code is read out."""
    found = organisations.directory().get(code)
    return str(found.name.en) if found else code or "nobody"


def sides(on: date) -> list[tuple[str, str]]:
    """Who may have an exhibit that day: forces, national bodies and partners, each by code and name."""
    found = organisations.directory().organisations
    return sorted(
        (
            (each.code, str(each.name.en))
            for each in found
            if each.kind in SIDES and each.exists(on)
        ),
        key=lambda side: side[1],
    )


@guarded.acts
def continuity_of(actor: Actor, exhibit: UUID) -> Continuity:
    """What was done with an exhibit, who has it, and where its continuity is broken, for who may read every entry. Raises Missing."""
    row = _exhibit(exhibit)
    place = records.place_of(row.scope_id)
    touches = list(Touch.objects.filter(exhibit=exhibit).order_by("number"))
    there = {in_place(place, TOUCH)}
    is_judged = bool(guarded.open_scopes("read", there))
    nobody = continuity.Custody("", row.seized_at)
    return Continuity(
        exhibit=row,
        place=place,
        touches=touches,
        custody=_custody(row, place, touches) if is_judged else nobody,
        breaks=_breaks(row, place, touches) if is_judged else [],
        is_judged=is_judged,
        may_add=is_judged and bool(guarded.open_scopes("add", there)),
    )


def _custody(row: Exhibit, place: records.Place, touches: list[Touch]) -> continuity.Custody:
    seized = continuity.Custody(place.holder, row.seized_at)
    return continuity.standing(seized, [each.step for each in touches])


def _breaks(row: Exhibit, place: records.Place, touches: list[Touch]) -> list[continuity.Break]:
    of, steps = str(row.pk), [each.step for each in touches]
    seized = continuity.Custody(place.holder, row.seized_at)
    signed = [(each.step, each.signature, each.public_key) for each in touches]
    ours = platform_key.public_keys(settings.KEYS)
    return [
        *continuity.breaks(of, seized, steps, called),
        *continuity.unsigned(of, signed, ours),
    ]


def in_place(place: records.Place, kind: str = ITEM) -> ScopeOf:
    """What the scope of an original, or of another such part, is described by, where its exhibit stands."""
    return ScopeOf(place.holder, kind, place.collection, place.compartment, place.marking)


def _unread(rows: list[Exhibit]) -> list[UUID]:
    there = {
        each: in_place(records.place_of(each), TOUCH) for each in {row.scope_id for row in rows}
    }
    is_open = guarded.open_scopes("read", there.values())
    return [row.pk for row in rows if there[row.scope_id] not in is_open]


def _exhibit(exhibit: UUID) -> Exhibit:
    row: Exhibit | None = Exhibit.objects.filter(pk=exhibit).first()
    if row is None:
        raise Missing
    return row
