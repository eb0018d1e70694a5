"""What is held together, and the price of leaving, over HTTP. Money is in pence."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from ninja import Query, Router, Schema, Status
from pydantic import Field

from crossforce.finance import models
from crossforce.finance.choices import MOST_PENCE, ExitShare, ItemSort
from crossforce.finance.endpoints.asked import StepAsked
from crossforce.finance.operations import items as operations
from crossforce.finance.operations import pricing
from crossforce.finance.operations.items import NewItem
from crossforce.finance.queries import exits, joining
from crossforce.finance.queries import items as reads
from crossforce.finance.rules.leaving import ExitPrice
from crossforce.finance.views import files
from crossforce.kernel import civil, clock
from crossforce.kernel.web import api
from crossforce.people.api import ActingRequest

router = Router()


class NoticeAsked(Schema):
    """If notice is given on that day; today where none is given."""

    on: date | None = Field(None, ge=date(1990, 1, 1), le=date(2150, 12, 31))


class PricesAsked(NoticeAsked):
    """The same, part by part where it is asked for."""

    by_part: bool = False


class ItemChange(Schema):
    """What an item says."""

    code: str = Field(max_length=80)
    words: str = Field(max_length=200)
    pence: int = Field(ge=0, le=MOST_PENCE)
    starts_on: date | None = None
    ends_on: date | None = None
    break_pence: int | None = Field(None, ge=0, le=MOST_PENCE)
    life_years: int | None = Field(None, ge=1, le=100)
    share: ExitShare = ExitShare.COST_SHARE


class ItemIn(ItemChange):
    """A contract, an asset or a post."""

    sort: ItemSort


class Item(ItemIn):
    """An item as it is held."""

    id: UUID
    version: int
    agreement: str


class PriceLine(Schema):
    """One item of a price: in all, and the leaver's part; below nothing it is owed to it."""

    item: str
    code: str
    words: str
    total: int
    pence: int
    assumed: str | None


class PriceOf(Schema):
    """What leaving costs one force, and what was kept of it when."""

    force: str
    pence: int | None
    last_day: date | None
    why_not: str
    lines: list[PriceLine]
    unknown: list[str]
    kept_pence: int | None
    kept_at: datetime | None


class Ending(Schema):
    """Until before when an item is held."""

    on: date = Field(ge=date(1990, 1, 1), le=date(2150, 12, 31))


class Prices(Schema):
    """The price of leaving for everybody, each as if it alone left."""

    agreement: str
    notice_on: date
    prices: list[PriceOf]


class JoiningAsked(Schema):
    """Who joins from that day on; today where none is given."""

    since: date | None = Field(None, ge=date(1990, 1, 1), le=date(2150, 12, 31))


class JoiningOf(Schema):
    """Who joins on a day, what was bought is worth on it, and what each pays; below nothing it gets it back."""

    on: date
    joiners: list[str]
    worth: int
    pence: dict[str, int]
    why_not: str
    aside: int = Field(
        description="Of what was bought, what is not divided: leaving is settled otherwise of it."
    )


class KeptNow(Schema):
    """The kept prices that were written."""

    kept: list[UUID]


@router.get("/leaving/{agreement}", response=Prices)
def leaving(request: ActingRequest, agreement: str, asked: Query[NoticeAsked]) -> Prices:
    """What leaving costs everybody, worked out now."""
    on = asked.on or civil.day_of(clock.now())
    found = exits.leaving(request.actor, agreement, on, clock.now())
    return Prices(
        agreement=agreement, notice_on=on, prices=[_price(each) for each in found.told]
    )


@router.get("/leaving/{agreement}/buying-in", response=list[JoiningOf])
def buying_in(
    request: ActingRequest, agreement: str, asked: Query[JoiningAsked]
) -> list[JoiningOf]:
    """What whoever joins pays for its part of what was bought, by the shares of the day before and of the day."""
    at = clock.now()
    since = asked.since or civil.day_of(at)
    found = joining.buying_in(request.actor, agreement, since, at)
    return [JoiningOf(**asdict(each)) for each in found]


@router.get("/leaving/{agreement}/prices.csv", summary="The prices of leaving, as CSV")
def prices_as_csv(
    request: ActingRequest, agreement: str, asked: Query[PricesAsked]
) -> HttpResponseBase:
    """A row for each force or, `by_part`, for each part of each price; a disclosure, with its entry."""
    on = asked.on or civil.day_of(clock.now())
    return files.prices(request.actor, agreement, on, clock.now(), by_part=asked.by_part)


@router.get("/leaving/{agreement}/items.csv", summary="What is held together, as CSV")
def items_as_csv(request: ActingRequest, agreement: str) -> HttpResponseBase:
    """All of it that one may see; a disclosure, with its entry."""
    return files.held(request.actor, agreement)


@router.get("/leaving/{agreement}/items", response=list[Item])
def items(request: ActingRequest, agreement: str, asked: Query[StepAsked]) -> list[Item]:
    """What is held together: the first thousand items, and `after` leads on from the last of them."""
    found = reads.item_page(request.actor, agreement, asked.step)
    return [_item(each.row) for each in found.rows]


@router.post("/leaving/{agreement}/kept", response={201: KeptNow})
def keep(request: ActingRequest, agreement: str) -> Status[KeptNow]:
    """Work the prices out for today, and keep them."""
    done = pricing.keep_prices(actor=request.actor, agreement=agreement, at=clock.now())
    return Status(201, KeptNow(kept=done))


@router.post("/leaving/{agreement}/items", response={201: Item})
def add_item(request: ActingRequest, agreement: str, sent: ItemIn) -> Status[Item]:
    """Enter what is held together."""
    new = NewItem(agreement=agreement, **sent.model_dump())
    key = operations.add_item(actor=request.actor, new=new, at=clock.now())
    return Status(201, _item(reads.one_item(request.actor, key)))


@router.get("/items/{item}", response=Item)
def item(request: ActingRequest, response: HttpResponse, item: UUID) -> Item:
    """One item, and the ETag that a change carries."""
    row = reads.one_item(request.actor, item)
    api.tagged(response, row)
    return _item(row)


@router.put("/items/{item}", response=Item)
def change_item(request: ActingRequest, item: UUID, sent: ItemChange) -> Item:
    """Say it anew, with If-Match; its agreement and its sort stay."""
    version = api.version_of(request, reads.one_item(request.actor, item))
    operations.change_item(
        actor=request.actor, item=item, version=version, given=sent.model_dump(), at=clock.now()
    )
    return _item(reads.one_item(request.actor, item))


@router.put("/items/{item}/ended", response=Item)
def end_item(request: ActingRequest, item: UUID, sent: Ending) -> Item:
    """Let it be held until before a day, with If-Match."""
    version = api.version_of(request, reads.one_item(request.actor, item))
    operations.end_item(
        actor=request.actor, item=item, version=version, on=sent.on, at=clock.now()
    )
    return _item(reads.one_item(request.actor, item))


def _item(row: models.Holding) -> Item:
    given: dict[str, Any] = {
        name: getattr(row, name) for name in Item.model_fields if name != "id"
    }
    return Item(id=row.pk, **given)


def _price(found: exits.PriceTold) -> PriceOf:
    price, kept = found.price, found.kept
    return PriceOf(
        force=found.force,
        pence=price.pence if price else None,
        last_day=price.leave.last_day if price else None,
        why_not=found.why_not,
        lines=_lines(price) if price else [],
        unknown=list(price.unknown) if price else [],
        kept_pence=kept.row.pence if kept else None,
        kept_at=kept.row.changed_at if kept else None,
    )


def _lines(price: ExitPrice) -> list[PriceLine]:
    return [
        PriceLine(
            item=each.item.value,
            code=each.code,
            words=each.words,
            total=each.total_pence,
            pence=each.pence,
            assumed=each.assumed,
        )
        for each in price.lines
    ]
