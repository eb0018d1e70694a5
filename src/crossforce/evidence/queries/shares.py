"""Shares by link, and how often each was opened."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Func, Max, UUIDField

from crossforce.agreements import api as agreements
from crossforce.evidence.choices import ITEM, SHARE, SHARE_OPENED, SHARE_READ
from crossforce.evidence.models import Share
from crossforce.evidence.queries.copies import binding
from crossforce.evidence.queries.exhibits import SHOWN, item_of
from crossforce.evidence.queries.places import in_place
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing
from crossforce.ledger import api as ledger
from crossforce.people.api import Actor
from crossforce.records import api as records
from crossforce.transparency.entry import from_bytes

MOST = 2_000


@dataclass(frozen=True, slots=True)
class Shared:
    """A share of an original: how often its link was opened, when last, and whether the actor may call it back."""

    row: Share
    openings: int
    opened_at: datetime | None
    may_recall: bool


@dataclass(frozen=True, slots=True)
class Look:
    """One look by a link: when, and what of the original went out. Its entry has a receipt that anybody can verify."""

    entry: UUID
    at: datetime
    part: str


@dataclass(frozen=True, slots=True)
class Shares:
    """Of an original, the newest first; whether the actor may share it."""

    rows: list[Shared]
    may_share: bool


@guarded.acts
def shares_of(actor: Actor, item: UUID) -> Shares:
    """Of an original that one may read the shares that one may read. Raises Missing."""
    row = item_of(actor, item)
    found = list(Share.objects.filter(item=item).order_by("-created_at", "-pk")[:SHOWN])
    may_recall = records.allowed(SHARE, "edit")
    told = _openings([each.pk for each in found])
    rows = [Shared(each, *told.get(each.pk, (0, None)), may_recall(each)) for each in found]
    there = {in_place(records.place_of(row.scope_id), SHARE)}
    may_share = row.may_leave and records.allowed(ITEM, "disclose")(row)
    return Shares(rows, may_share and guarded.open_scopes("add", there) == there)


@guarded.acts
def binding_titles(actor: Actor, item: UUID) -> list[tuple[str, str]]:
    """The agreements to whose end a link to an original may be tied: each by its reference and what it is called."""
    holder = records.place_of(item_of(actor, item).scope_id).holder
    found = sorted(binding(holder))
    called = agreements.titles(actor, found)
    return [(each, called.get(each, each)) for each in found]


@guarded.acts
def looks_at(actor: Actor, share: UUID) -> tuple[Share, list[Look]]:
    """Every look by a link, by the ledger, the first first. Raises Missing."""
    row = share_of(actor, share)
    wanted = ledger.Touching(operations=(SHARE_OPENED, SHARE_READ), row=share)
    found = ledger.touching(wanted).order_by("at", "pk")[:MOST]
    read = ((each, from_bytes(bytes(each.body)).detail["part"]) for each in found)
    return row, [Look(each.pk, each.at, str(part)) for each, part in read]


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
