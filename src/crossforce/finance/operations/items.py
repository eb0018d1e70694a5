"""What is held together: contracts, assets and posts, entered and changed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from crossforce.finance.choices import ITEM, MOST_PENCE, PURPOSES, ExitShare, ItemSort
from crossforce.finance.operations.budgets import place_of
from crossforce.finance.queries import agreed
from crossforce.finance.queries import items as reads
from crossforce.kernel import guarded
from crossforce.kernel.refusals import NotUnderstood
from crossforce.people.api import Actor
from crossforce.records import api as records

NEEDS: Final = {
    ItemSort.CONTRACT: ("ends_on", "A contract has the day after its last one."),
    ItemSort.ASSET: ("life_years", "An asset has a life of 1 year at least."),
    ItemSort.POST: ("starts_on", "A post has its first day."),
}


class Unsound(NotUnderstood):
    """The item cannot be so; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class NewItem:
    """`pence` is a contract's yearly cost, what an asset cost, or what ending a post costs."""

    agreement: str
    sort: ItemSort
    code: str
    words: str
    pence: int
    starts_on: date | None = None
    ends_on: date | None = None
    break_pence: int | None = None
    life_years: int | None = None
    share: ExitShare = ExitShare.COST_SHARE


@guarded.acts
def add_item(*, actor: Actor, new: NewItem, at: datetime) -> UUID:
    """Enter what is held together; the actor's organisation keeps it.

    Raises NoSuchAgreement, Unsound, MayNotAdd, Clashes.
    """
    agreed.agreed(actor, new.agreement, at)
    values = asdict(new)
    _require_sound(values)
    values |= {"sort": new.sort.value, "share": new.share.value, "purposes": list(PURPOSES)}
    made = records.NewRecord(ITEM, place_of(actor.organisation), values)
    row = records.create(actor=actor, new=made, at=at)
    key: UUID = row.pk
    return key


@guarded.acts
def change_item(
    *, actor: Actor, item: UUID, version: int, given: Mapping[str, Any], at: datetime
) -> None:
    """Change an item; its agreement and its sort stay. Raises NoSuchItem, Unsound, NothingChanges."""
    row = reads.item_of(item)
    wanted = {name: value for name, value in given.items() if name not in {"agreement", "sort"}}
    _require_sound(row.values() | wanted)
    if "share" in wanted:
        wanted["share"] = ExitShare(wanted["share"]).value
    records.edit(actor=actor, kind=ITEM, record=item, version=version, given=wanted, at=at)


@guarded.acts
def end_item(*, actor: Actor, item: UUID, version: int, on: date, at: datetime) -> None:
    """Let an item be held until before a day: a contract that was ended, an asset given up, a post that is gone.

    Raises NoSuchItem, Unsound, NothingChanges.
    """
    row = reads.item_of(item)
    _require_sound(row.values() | {"ends_on": on})
    given = {"ends_on": on}
    records.edit(actor=actor, kind=ITEM, record=item, version=version, given=given, at=at)


def _require_sound(values: Mapping[str, Any]) -> None:
    needed, words = NEEDS[ItemSort(values["sort"])]
    if not values.get(needed):
        raise Unsound(words)
    if values["sort"] == ItemSort.ASSET and not values.get("starts_on"):
        raise Unsound("An asset has the day on which it was bought.")
    starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
    if starts_on and ends_on and ends_on <= starts_on:
        raise Unsound("It ends after it begins.")
    if values["pence"] < 0 or (values.get("break_pence") or 0) < 0:
        raise Unsound("What it costs is not below nothing.")
    if max(values["pence"], values.get("break_pence") or 0) > MOST_PENCE:
        raise Unsound(f"It costs {MOST_PENCE // 100:,} pounds at most.")
    if values.get("break_pence") is not None and values["sort"] != ItemSort.CONTRACT:
        raise Unsound("Only a contract has a price of breaking it.")
