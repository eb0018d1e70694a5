"""Lists of the programme as they leave it: CSV, marked, with their entry in the ledger."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple, TypeVar
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from crossforce.kernel import civil, clock, web
from crossforce.kernel.web.lists import Column, column
from crossforce.people.api import ActingRequest, Actor
from crossforce.programme.queries import calendars, files
from crossforce.programme.queries import imports as past
from crossforce.programme.queries.dashboard import Dashboard
from crossforce.programme.queries.entries import Wanted as OfRegister
from crossforce.programme.queries.portfolio import Wanted
from crossforce.programme.rules.reviews import to_the_penny
from crossforce.programme.views import words
from crossforce.programme.views.words import Names
from crossforce.records import api as records

FoundT = TypeVar("FoundT")
SPREADSHEETS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Figure(NamedTuple):
    """A line of the dashboard: the part of the page, what is counted, and by which light."""

    part: str
    what: str
    number: int | None = None
    light: str = ""
    said: str = ""


def register(request: ActingRequest, wanted: OfRegister, form: str) -> HttpResponse:
    """The register as it is read in again."""
    at = clock.now()
    ask = partial(files.register, request.actor, wanted, at, form)
    return _spreadsheet(request, "register", form, ask)


def milestones(request: ActingRequest, key: UUID, form: str) -> HttpResponse:
    """The milestones of a project as they are read in again."""
    ask = partial(files.milestones, request.actor, key, form)
    return _spreadsheet(request, "milestones", form, ask)


def _spreadsheet(
    request: ActingRequest, name: str, form: str, ask: Callable[[], bytes]
) -> HttpResponse:
    content, marking = records.marked(request.actor, ask)
    named = f"{name}-{records.in_a_name(marking)}.{form}"
    return web.downloads.file(named, content, SPREADSHEETS[form])


def alike(request: ActingRequest) -> HttpResponseBase:
    """The pairs of entries that may be one idea twice, with the reasons."""
    names = Names()
    columns = [
        column("One", lambda each: each.one.reference),
        column("Its title", lambda each: each.one.title),
        column("In the register of", lambda each: each.one.holder),
        column("The other", lambda each: each.other.reference),
        column("Title of the other", lambda each: each.other.title),
        column("In the register of the other", lambda each: each.other.holder),
        column("What it may be", lambda each: each.kind),
        column("Agreement of their words, of 100", lambda each: each.score),
        column("Why", lambda each: "; ".join(each.told(names.organisation, names.function))),
    ]
    at = clock.now()
    return _file(request, "entries-alike", columns, lambda: files.alike(request.actor, at))


def chased(request: ActingRequest, *, own: bool = False) -> HttpResponseBase:
    """Whom to ask about which entries, or which one is asked about oneself, whatever the page."""
    columns = [
        column("In the register of", lambda each: each.holder),
        column("Owner", lambda each: each.owner),
        column("Reference", lambda each: each.entry.reference),
        column("Entry", lambda each: each.entry.title),
        column("Stage", lambda each: each.entry.stage),
        column("Days overdue", lambda each: each.days),
    ]
    at = clock.now()
    return _file(
        request, "to-be-looked-at", columns, lambda: files.chased(request.actor, at, own=own)
    )


def projects(request: ActingRequest, wanted: Wanted) -> HttpResponseBase:
    """Every project that is asked for, with its light."""
    columns = [
        column("Reference", lambda each: each.row.code),
        column("Project", lambda each: each.row.title),
        column("Kept by", lambda each: each.holder),
        column("Agreement", lambda each: each.row.agreement),
        column("Function", lambda each: each.row.function),
        column("Forces", lambda each: each.row.forces),
        column("Owner", lambda each: each.row.owner),
        column("State", lambda each: each.row.state),
        column("Trial", lambda each: each.trial),
        column("Light", lambda each: words.light(each.status.light)),
        column("Why", lambda each: each.status.reason),
        column("Next milestone", lambda each: each.next_on),
        column("Cost in pence", lambda each: each.row.cost),
        column("Secured in pence", lambda each: each.row.secured),
        column("Decision", lambda each: each.row.decision),
        column("Source", lambda each: each.row.source),
    ]
    at = clock.now()
    return _file(
        request, "projects", columns, lambda: files.projects(request.actor, wanted, at)
    )


def reviews(request: ActingRequest) -> HttpResponseBase:
    """The reviews of contributions, with what the figures alone speak for."""
    columns = [
        column("Review", lambda each: each.row.title),
        column("Force", lambda each: each.row.force),
        column("Agreement", lambda each: each.row.agreement),
        column("State", lambda each: each.row.state),
        column("Due", lambda each: each.row.due_on),
        column("Share in pence", lambda each: each.row.share),
        column("Value used in pence", lambda each: each.row.value),
        column(
            "Value for each pound",
            lambda each: None if each.worth is None else to_the_penny(each.worth),
        ),
        column("How the value was worked out", lambda each: each.row.method),
        column("Benefits that are not money", lambda each: each.row.other_benefits),
        column("What the figures speak for", lambda each: each.advice),
        column("Proposed", lambda each: each.row.proposal),
        column("Outcome", lambda each: each.row.outcome),
        column("Decision", lambda each: each.row.decision),
    ]
    at = clock.now()
    return _file(
        request, "contribution-reviews", columns, lambda: files.reviews(request.actor, at)
    )


def imports(request: ActingRequest) -> HttpResponseBase:
    """Every spreadsheet that was sent, and what became of its rows."""
    return _file(
        request, "spreadsheets-brought-in", IMPORTS, lambda: past.taken_out(request.actor)
    )


def reports(request: ActingRequest) -> HttpResponseBase:
    """The performance reports that one may read, each version."""
    return _file(request, "performance-reports", REPORTS, lambda: files.reports(request.actor))


def dashboard(request: ActingRequest) -> HttpResponseBase:
    """The dashboard figure by figure."""
    columns = [
        column("Part", lambda each: each.part),
        column("What", lambda each: each.what),
        column("Light", lambda each: each.light),
        column("Number", lambda each: each.number),
        column("In words", lambda each: each.said),
    ]
    at = clock.now()
    return _file(
        request,
        "dashboard",
        columns,
        lambda: list(_figures(files.dashboard(request.actor, at))),
    )


def coming(request: ActingRequest) -> HttpResponseBase:
    """What comes, all of it."""
    at = clock.now()
    return _file(request, calendars.TABLE, COMING, lambda: calendars.tabled(request.actor, at))


def _figures(found: Dashboard) -> Iterator[Figure]:
    for state, counted in found.by_state.items():
        for light, number in counted.items():
            yield Figure("Projects by state and light", state, number, words.light(light))
    for row, status in found.worst:
        yield Figure("The gravest", row.title, None, words.light(status.light), status.reason)
    money = found.money
    part = f"Money, {civil.years(money.year)}"
    yield Figure(part, "Budgets that are open", money.budgets)
    yield Figure(part, "Budgets of which not every line is read", money.partial)
    yield Figure(part, "Agreed, in pence", money.pence)
    yield Figure(part, "Spent, in pence", money.spent)
    yield Figure(part, "Promised, in pence", money.promised)
    yield Figure(part, "Left, in pence", money.left)
    for stage, number in found.stages.items():
        yield Figure("The register", stage, number)
    for meeting in found.meetings:
        yield Figure("Boards in the next six weeks", meeting.title, said=meeting.on.isoformat())
    yield Figure("Actions", "Overdue", found.overdue)


def written(
    actor: Actor,
    to: Path,
    columns: Sequence[Column],
    ask: Callable[[], Sequence[FoundT]],
) -> None:
    """The file as the page would send it, written by a command."""
    out = records.marked_table(actor, to.stem, columns, ask)
    web.downloads.write(to, out.columns, out.rows)


def _file(
    request: ActingRequest,
    name: str,
    columns: Sequence[Column],
    ask: Callable[[], Sequence[FoundT]],
) -> HttpResponseBase:
    """The rows, each with the marking of all that was read for them; so is the file named."""
    name = f"{name}-{civil.day_of(clock.now())}"
    return records.marked_file(request.actor, name, columns, ask)


IMPORTS: Final = [
    column("File", lambda each: each.row.file_name),
    column("Table", lambda each: each.row.layout),
    column("Project", lambda each: each.row.project),
    column("Sent at", lambda each: each.at.isoformat()),
    column("By", lambda each: each.by),
    column("Register of", lambda each: each.holder),
    column("State", lambda each: each.row.state),
    column("Rows in", lambda each: each.taken),
    column("Rows refused", lambda each: each.refused),
    column("Sound and held back", lambda each: each.held_back),
    column("SHA-256 of the file", lambda each: each.row.file_sha256),
]
COMING: Final = [
    column("What", lambda each: each.title),
    column("Sort", lambda each: each.sort),
    column("Day or instant", lambda each: each.on.isoformat()),
    column("Where", lambda each: each.place),
    column("To know", lambda each: each.why),
    column("Reference", lambda each: each.reference),
]
REPORTS: Final = [
    column("Code", lambda each: each.code),
    column("Version", lambda each: each.number),
    column("Report", lambda each: each.title),
    column("Report in Welsh", lambda each: each.title_cy),
    column("Agreement", lambda each: each.agreement),
    column("Region", lambda each: each.region),
    column("Financial year from April", lambda each: each.year),
    column("State", lambda each: each.state),
    column("Drawn on", lambda each: each.drawn_on),
    column("Published on", lambda each: each.published_on),
    column("Decision", lambda each: each.decision),
    column("Withdrawn on", lambda each: each.withdrawn_on),
    column("Why withdrawn", lambda each: each.withdrawn_why),
]
