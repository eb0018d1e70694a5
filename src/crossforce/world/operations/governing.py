"""Boards of the demonstration with their meetings, benefits, figures that forces state, and budgets that are open."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from rich.progress import Progress

from crossforce.boards import api as boards
from crossforce.boards.choices import Cycle
from crossforce.finance import api as finance
from crossforce.finance.choices import Confidence, Driver, Sort
from crossforce.kernel import civil, guarded
from crossforce.people import api as people
from crossforce.records import api as records
from crossforce.world.operations import promises
from crossforce.world.operations.programme import actor_of, content, look_up, place_of

BOARD, BENEFIT, BUDGET, FIGURE = (
    "boards.board",
    "benefits.benefit",
    "finance.budget",
    "finance.figure",
)
KINDS: Final = {
    "board": (BOARD, "boards.meeting"),
    "benefit": (BENEFIT, "benefits.reading"),
    "budget": (BUDGET, "finance.line"),
    "figure": (FIGURE,),
}
ORDER: Final = (("figure",), ("budget",), ("benefit", "board"))
PENCE: Final = 100
MONTHS_IN_A_YEAR: Final = 12
APRIL: Final = 4


def load_governing(progress: Progress, *, at: datetime) -> None:
    """Open the budgets, and set up the benefits and boards, that are not there; all that one account keeps, or nothing.

    Figures come first, by which budgets are shared; and budgets are opened before the boards are kept here that would
    have to decide on them.
    """
    given = {name: content(f"{name}s")[name] for names in ORDER for name in names}
    rows = [(name, row) for name, listed in given.items() for row in listed]
    task = progress.add_task("Boards, benefits and budgets", total=len(rows))
    for names in ORDER:
        these = [(name, row) for name, row in rows if name in names]
        for by in dict.fromkeys(row["by"] for _, row in these):
            actor = actor_of(by, at)
            mine = [(name, row) for name, row in these if row["by"] == by]
            if actor is not None:
                _load(actor, mine, at)
            progress.advance(task, len(mine))


@guarded.acts
def _load(
    actor: people.Actor, rows: Sequence[tuple[str, Mapping[str, Any]]], at: datetime
) -> None:
    year = _year(civil.day_of(at))
    there = {
        "board": _there(BOARD, "code"),
        "benefit": _there(BENEFIT, "code"),
        "budget": _there(BUDGET, "agreement", "year"),
        "figure": _there(FIGURE, "agreement", "driver", "on", "force"),
    }
    missing = [
        (name, row)
        for name, row in rows
        if _known_by(name, row, year, actor.organisation) not in there[name]
    ]
    look_up(
        (kind, place_of(actor, str(row.get("function", ""))))
        for name, row in missing
        for kind in KINDS[name]
    )
    add = {"board": _board, "benefit": _benefit, "budget": _budgets, "figure": _figure}
    for name, row in missing:
        add[name](actor, row, at)


def _known_by(name: str, row: Mapping[str, Any], year: int, by: str) -> tuple[Any, ...]:
    """What tells that a row is there already: both its budgets are, if this year's is."""
    if name == "budget":
        return row["agreement"], year
    if name == "figure":
        return row["agreement"], row["driver"], row["on"], by
    return (row["code" if name == "board" else "reference"],)


def _board(actor: people.Actor, row: Mapping[str, Any], at: datetime) -> None:
    new = boards.NewBoard(
        title=row["title"],
        code=row["code"],
        agreement=row["agreement"],
        reports_to=row.get("reports_to", ""),
        cycle=Cycle(row["cycle"]),
        weekday=row.get("weekday", 1),
        week=row.get("week", 1),
    )
    key = boards.set_up(actor=actor, new=new, at=at)
    if row.get("months"):
        boards.plan_meetings(actor=actor, board=key, months=row["months"], at=at)


def _benefit(actor: people.Actor, row: Mapping[str, Any], at: datetime) -> None:
    promises.add(actor, row, content("benefits")["mark"], at)


def _figure(actor: people.Actor, row: Mapping[str, Any], at: datetime) -> None:
    new = finance.NewFigure(
        Driver(row["driver"]),
        row["on"],
        Decimal(row["value"]),
        f"{row['source']} {content('figures')['mark']}",
        Confidence.ASSUMED,
        row["agreement"],
    )
    finance.state_figure(actor=actor, new=new, at=at)


def _budgets(actor: people.Actor, row: Mapping[str, Any], at: datetime) -> None:
    """A budget of last year and one of this year, open, with what was spent in every month that is over.

    Where a board is kept here meanwhile that has to decide on it, it stays proposed until that board has.
    """
    today, held = civil.day_of(at), _there(BUDGET, "agreement", "year")
    decision = content("budgets")["decision"]
    for year, pounds in ((_year(today) - 1, row["before"]), (_year(today), row["pounds"])):
        if (row["agreement"], year) in held:
            continue
        new = finance.NewBudget(row["agreement"], row["function"], year, pounds * PENCE)
        key = finance.draft_budget(actor=actor, new=new, at=at)
        finance.propose_budget(actor=actor, budget=key, version=1, at=at)
        try:
            finance.open_budget(actor=actor, budget=key, version=2, decision=decision, at=at)
        except finance.NotDecided:
            continue
        if lines := _lines(row, year, pounds, today):
            finance.post_lines(actor=actor, budget=key, new=lines, at=at)


def _lines(
    row: Mapping[str, Any], year: int, pounds: int, today: date
) -> list[finance.NewLine]:
    """A twelfth a month, a little more in winter; invented, and said so."""
    found = []
    for number in range(MONTHS_IN_A_YEAR):
        first = civil.add_months(date(year, APRIL, 1), number)
        if civil.add_months(first, 1) > today:
            break
        extra = pounds * number // 400
        pence = (pounds // MONTHS_IN_A_YEAR + extra // MONTHS_IN_A_YEAR) * PENCE
        words = f"Pay and running costs of {first:%B %Y} (synthetic)"
        found.append(
            finance.NewLine(
                Sort.ACTUAL, first, pence, row["lead"], words, f"{row['agreement']}/{first}"
            )
        )
    return found


def _there(kind: str, *fields: str) -> frozenset[tuple[Any, ...]]:
    """What whoever acts may see of that kind already, by these fields."""
    rows = records.models_by_kind()[kind].objects.values_list("pk", *fields)
    return frozenset(tuple(row[1:]) for row in rows)


def _year(day: date) -> int:
    """The financial year, by the calendar year that it begins in."""
    return day.year if day.month >= APRIL else day.year - 1
