"""What is held together on the command line: contracts, assets and posts, entered, changed, ended."""

from enum import StrEnum
from functools import partial
from typing import Annotated, Any, Final
from uuid import UUID

import typer

from crossforce.finance.choices import ExitShare, ItemSort
from crossforce.finance.commands.options import (
    BreakPounds,
    Day,
    DayIfAny,
    Pounds,
    PoundsIfAny,
    ToFile,
    User,
    acting,
)
from crossforce.finance.operations import items as operations
from crossforce.finance.operations.items import NewItem
from crossforce.finance.queries import items as reads
from crossforce.finance.views import files
from crossforce.kernel import clock
from crossforce.kernel.money import in_pounds
from crossforce.people.api import Actor

commands = typer.Typer()
LifeYears = Annotated[int | None, typer.Option(min=1, max=100, help="Of an asset.")]


class Empty(StrEnum):
    """What an item need not say."""

    STARTS_ON = "starts-on"
    ENDS_ON = "ends-on"
    BREAK = "break-pounds"
    LIFE = "life-years"


FIELDS: Final = {
    Empty.STARTS_ON: "starts_on",
    Empty.ENDS_ON: "ends_on",
    Empty.BREAK: "break_pence",
    Empty.LIFE: "life_years",
}
Without = Annotated[list[Empty] | None, typer.Option(help="What it says no more.")]


@commands.command()
def items(agreement: str, user: User, to: ToFile = None) -> None:
    """What is held together under an agreement, as far as you may read it."""
    if to:
        actor = acting(user)
        files.write(actor, to, files.ITEMS, partial(reads.taken_out, actor, agreement))
        return
    for each in reads.items(acting(user), agreement):
        row = each.row
        breaking = (
            "" if row.break_pence is None else f", {in_pounds(row.break_pence)} to break it"
        )
        typer.echo(
            f"{row.pk} v{row.version}  {row.sort:<8}  {row.code}  {in_pounds(row.pence)}{breaking}"
            f"  {row.starts_on or '-'} until before {row.ends_on or '-'}  {row.share}  {row.words}"
        )


@commands.command(name="add-item")
def add_item(
    agreement: str,
    sort: ItemSort,
    code: str,
    words: str,
    user: User,
    pence: Pounds,
    starts_on: DayIfAny = None,
    ends_on: DayIfAny = None,
    break_pence: BreakPounds = None,
    life_years: LifeYears = None,
    share: ExitShare = ExitShare.COST_SHARE,
) -> None:
    """Enter a contract (its cost a year), an asset (what it cost) or a post (what ending it costs)."""
    new = NewItem(
        agreement, sort, code, words, pence, starts_on, ends_on, break_pence, life_years, share
    )
    typer.echo(operations.add_item(actor=acting(user), new=new, at=clock.now()))


@commands.command(name="change-item")
def change_item(
    item: UUID,
    user: User,
    code: str | None = None,
    words: str | None = None,
    pence: PoundsIfAny = None,
    starts_on: DayIfAny = None,
    ends_on: DayIfAny = None,
    break_pence: BreakPounds = None,
    life_years: LifeYears = None,
    share: ExitShare | None = None,
    without: Without = None,
) -> None:
    """Say some of an item anew; its agreement and its sort stay, and so does what is not given."""
    said = {
        "code": code, "words": words, "pence": pence, "starts_on": starts_on, "ends_on": ends_on,
        "break_pence": break_pence, "life_years": life_years, "share": share,
    }  # fmt: skip
    given: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
    given |= {FIELDS[each]: None for each in without or ()}
    actor = acting(user)
    operations.change_item(
        actor=actor, item=item, version=_version(actor, item), given=given, at=clock.now()
    )


@commands.command(name="end-item")
def end_item(item: UUID, user: User, on: Day) -> None:
    """Let an item be held until before a day: ended, given up, or gone."""
    actor = acting(user)
    operations.end_item(
        actor=actor, item=item, version=_version(actor, item), on=on, at=clock.now()
    )


def _version(actor: Actor, item: UUID) -> int:
    return reads.one_item(actor, item).version
