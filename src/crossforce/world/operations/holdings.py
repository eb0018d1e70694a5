"""What demonstration agreements hold together, so that leaving one of them has a price with all its parts."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from rich.progress import Progress

from crossforce.finance import api as finance
from crossforce.kernel import civil, guarded
from crossforce.people import api as people
from crossforce.records import api as records
from crossforce.world.operations.programme import actor_of, content, dated

ITEM: Final = "finance.item"
PENCE: Final = 100


def load_holdings(progress: Progress, *, at: datetime) -> None:
    """Enter the contracts, assets and posts that are not there; of each account all, or none."""
    given = content("holdings")
    rows = given["holding"]
    task = progress.add_task("Contracts, assets and posts", total=len(rows))
    for by in dict.fromkeys(row["by"] for row in rows):
        mine = [new_item(row, given["mark"], at) for row in rows if row["by"] == by]
        actor = actor_of(by, at)
        if actor is not None:
            _add(actor, mine, at)
        progress.advance(task, len(mine))


def new_item(row: Mapping[str, Any], mark: str, at: datetime) -> finance.NewItem:
    """An item as its row gives it, and by its words invented."""
    broken, today = row.get("break_pounds"), civil.day_of(at)
    return finance.NewItem(
        agreement=row["agreement"],
        sort=finance.ItemSort(row["sort"]),
        code=row["code"],
        words=f"{row['words']} {mark}",
        pence=row["pounds"] * PENCE,
        starts_on=_day(row, "starts_on", today),
        ends_on=_day(row, "ends_on", today),
        break_pence=None if broken is None else broken * PENCE,
        life_years=row.get("life_years"),
        share=finance.ExitShare(row.get("share", finance.ExitShare.COST_SHARE)),
    )


def _day(row: Mapping[str, Any], name: str, today: date) -> date | None:
    return dated(row[name], today) if name in row else None


@guarded.acts
def _add(actor: people.Actor, wanted: list[finance.NewItem], at: datetime) -> None:
    model = records.models_by_kind()[ITEM]
    there = {tuple(row[1:]) for row in model.objects.values_list("pk", "agreement", "code")}
    for new in wanted:
        if (new.agreement, new.code) not in there:
            finance.add_item(actor=actor, new=new, at=at)
