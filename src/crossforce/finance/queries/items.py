"""What is held together under an agreement, as far as it may be read."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from crossforce.finance import models
from crossforce.finance.choices import ITEM, ExitShare, ItemSort
from crossforce.finance.queries import agreed
from crossforce.finance.rules.holdings import Asset, Contract, Holdings, Post
from crossforce.kernel import guarded, guarded_watch, stepping
from crossforce.kernel.refusals import Missing
from crossforce.kernel.stepping import Step, Stepped
from crossforce.people.api import Actor
from crossforce.records import api as records

ORDER: Final = ("sort", "code", "pk")


class NoSuchItem(Missing):
    """There is no such item, or none that you may know of."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something held together."""

    row: models.Holding
    may_edit: bool


@guarded.acts
def items(actor: Actor, reference: str) -> list[Item]:
    """What is held together under an agreement, as far as the actor may read it. Raises NoSuchAgreement."""
    return _listed(_items(actor, reference).order_by(*ORDER))


@guarded.acts
def taken_out(actor: Actor, reference: str) -> list[Item]:
    """The same, to leave the platform as a table. Raises NoSuchAgreement."""
    guarded_watch.takes_out("items-held")
    return items(actor, reference)


@guarded.acts
def item_page(actor: Actor, reference: str, step: Step) -> Stepped:
    """The same page by page. Raises NoSuchAgreement, NoSuchRow."""
    found = stepping.page(_items(actor, reference), ORDER, step)
    return replace(found, rows=_listed(found.rows))


def _items(actor: Actor, reference: str) -> Any:
    agreed.title(actor, reference)
    return models.Holding.objects.filter(agreement=reference)


def _listed(rows: Iterable[models.Holding]) -> list[Item]:
    may = records.allowed(ITEM, "edit")
    return [Item(each, may(each)) for each in rows]


@guarded.acts
def one_item(actor: Actor, item: UUID) -> models.Holding:
    """One item. Raises NoSuchItem."""
    return item_of(item)


def item_of(item: UUID) -> models.Holding:
    """The item, while somebody acts. Raises NoSuchItem."""
    row: models.Holding | None = models.Holding.objects.filter(pk=item).first()
    if row is None:
        raise NoSuchItem
    return row


def items_of(reference: str) -> list[models.Holding]:
    """What is held under an agreement, as far as whoever acts may read it."""
    rows = models.Holding.objects.filter(agreement=reference)
    return list(rows.order_by(*ORDER))


def held(rows: Iterable[models.Holding]) -> Holdings:
    """The same as the rules know them."""
    listed = list(rows)
    return Holdings(
        tuple(_contract(each) for each in listed if each.sort == ItemSort.CONTRACT),
        tuple(_asset(each) for each in listed if each.sort == ItemSort.ASSET),
        tuple(_post(each) for each in listed if each.sort == ItemSort.POST),
    )


def _contract(row: models.Holding) -> Contract:
    assert row.ends_on is not None
    share = ExitShare(row.share)
    return Contract(row.code, row.words, row.pence, row.ends_on, row.break_pence, share)


def _asset(row: models.Holding) -> Asset:
    assert row.starts_on is not None
    life, share = row.life_years or 1, ExitShare(row.share)
    return Asset(row.code, row.words, row.starts_on, row.pence, life, share, row.ends_on)


def _post(row: models.Holding) -> Post:
    assert row.starts_on is not None
    share = ExitShare(row.share)
    return Post(row.code, row.words, row.starts_on, row.ends_on, row.pence, share)
