"""The pack of a meeting: what its board is given, drawn for one reader from what that reader may see.

Nothing of it is kept. A pack that was kept would show its readers what their own clauses do not.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from crossforce.agreements import catalogues
from crossforce.agreements.api import titles
from crossforce.boards import api as boards
from crossforce.kernel import civil, guarded, guarded_watch
from crossforce.kernel.money import in_pounds
from crossforce.kernel.web.dates import day
from crossforce.people.api import Actor
from crossforce.programme.queries import packed
from crossforce.programme.rules.packs import Chapter, Pack, facts, paragraphs, table
from crossforce.records import api as records

FILE: Final = "board pack"
LEAD: Final = "Begins at {time}{place}"
Tell = Callable[[str, int, int], None]
"""`tell(what, done, of)`: which part comes now, and how many there are."""


def in_silence(what: str, done: int, of: int) -> None:
    """Nobody waits for it."""


@guarded.acts
def pack(actor: Actor, meeting: UUID, at: datetime, tell: Tell = in_silence) -> Pack:
    """The pack of a meeting as the actor may see it now. Raises NoSuchMeeting."""
    shown = boards.shown(actor, meeting, civil.day_of(at))
    agreements, called = shown.sitting.agreements, titles(actor)
    parts: Sequence[tuple[str, Callable[[], Iterator[Chapter]]]] = (
        ("Who meets", lambda: _meeting(actor, shown)),
        ("Agenda", lambda: _agenda(shown)),
        ("Papers", lambda: _papers(shown, called)),
        ("Actions", lambda: _actions(shown)),
        ("Projects", lambda: packed.projects_of(actor, agreements, called, at)),
        ("Money", lambda: packed.money_of(actor, agreements, at)),
        ("Benefits", lambda: packed.benefits_of(actor, agreements, at)),
        ("Decisions", lambda: _decisions(actor, shown)),
    )
    chapters: list[Chapter] = []
    for number, (name, part) in enumerate(parts):
        tell(name, number, len(parts))
        chapters += part()
    seen = [shown.place, *records.places_read()]
    return Pack(
        title=shown.meeting.title,
        lead=LEAD.format(
            time=shown.meeting.begins.strftime("%H:%M"),
            place=f", {shown.meeting.place}" if shown.meeting.place else "",
        ),
        marking=records.marking_line(
            [each.marking for each in seen], [each.compartment for each in seen]
        ),
        drawn_at=at,
        drawn_for=actor.organisation,
        chapters=tuple(chapters),
    )


@guarded.acts
def require(actor: Actor, meeting: UUID, at: datetime) -> None:
    """Refuse a meeting that the actor may not know of, before anything is gathered. Raises NoSuchMeeting."""
    boards.shown(actor, meeting, civil.day_of(at))


@guarded.acts
def taken_out(actor: Actor, meeting: UUID, at: datetime, tell: Tell = in_silence) -> Pack:
    """The same, to leave the platform as a file. Raises NoSuchMeeting."""
    guarded_watch.takes_out(FILE)
    return pack(actor, meeting, at, tell)


def _meeting(actor: Actor, shown: Any) -> Iterator[Chapter]:
    on = shown.meeting.on
    called = boards.seat_titles(actor, shown.sitting.seats, on)
    seats = [
        (
            called[each.code],
            packed.organisation(each.speaks_for),
            "Yes" if each.votes else "No",
        )
        for each in shown.sitting.seats
    ]
    needs = [
        (packed.said(need.office) or "All seats", str(need.needed), str(need.seats))
        for need in shown.quorum.needs
    ]
    yield Chapter(
        "The meeting",
        (
            facts(
                ("Board", shown.board.title),
                ("Day", f"{day(on)}, {shown.meeting.begins:%H:%M}"),
                ("Place", shown.meeting.place),
                ("Moved", shown.meeting.moved),
                ("Papers due", day(shown.meeting.papers_due_on)),
                ("Governs", _governed(shown)),
                ("Quorum", _cited(shown.quorum.why)),
            ),
            table("Who sits on the day", ("Seat", "Speaks for", "Votes"), seats),
            table("Quorum", ("Of", "Needed", "Seats"), needs, numeric=(1, 2)),
        ),
    )


def _governed(shown: Any) -> str:
    titles = catalogues.functions()
    said = dict.fromkeys(
        titles[each.function].en if each.function in titles else packed.said(each.function)
        for each in shown.sitting.governs
    )
    return ", ".join(said)


def _cited(why: Any) -> str:
    if why is None:
        return ""
    return f"{why.words} (clause {why.clause})" if why.clause else str(why.words)


def _agenda(shown: Any) -> Iterator[Chapter]:
    rows = [
        (item.number, item.due.title, item.due.why, day(item.due.due_on), _late(item.days_late))
        for section in shown.agenda
        for item in section.items
    ]
    heads = ("Item", "What", "Why it is here", "Due", "Late")
    yield Chapter(
        "Agenda", (table("Agenda", heads, rows, none="Nothing is due before the board meets."),)
    )


def _late(days: int) -> str:
    return f"{days} day{'s'[: days != 1]}" if days else ""


def _papers(shown: Any, called: Mapping[str, str]) -> Iterator[Chapter]:
    rows = [
        (item, shown.papers[item.due.reference])
        for section in shown.agenda
        for item in section.items
        if item.due.reference in shown.papers
    ]
    if rows:
        yield Chapter("Papers", ())
    for item, row in rows:
        asked = facts(
            ("Agreement", called.get(row.agreement, row.agreement)),
            ("Asks for", packed.said(row.decision)),
            ("Value", in_pounds(row.pence) if row.pence else ""),
            ("What it does", packed.said(row.effect) if row.effect else ""),
            ("With effect from", day(row.effect_on)),
            ("Due", day(row.due_on)),
        )
        yield Chapter(f"{item.number} {row.title}", (asked, *paragraphs(row.body)), level=2)


def _actions(shown: Any) -> Iterator[Chapter]:
    rows = [
        (
            each.row.what,
            packed.said(each.row.owner),
            day(each.row.due_on),
            packed.said(each.standing.value),
            _late(each.days_late),
        )
        for each in shown.actions
    ]
    heads = ("What", "Office", "Due", "Stands", "Late")
    yield Chapter(
        "Actions", (table("Actions", heads, rows, none="The board has set no actions."),)
    )


def _decisions(actor: Actor, shown: Any) -> Iterator[Chapter]:
    rows = [
        (
            each.row.title,
            day(each.row.decided_at),
            each.said,
            _grounds(each),
            day(each.row.takes_effect_on),
        )
        for each in boards.decisions(actor, shown.board.pk)
        if _is_before(each.row.decided_at, shown.meeting.on)
    ]
    heads = ("What", "Taken", "Result", "By which clause, or why not", "With effect from")
    none = "The board has decided nothing before."
    yield Chapter(
        "Decisions so far", (table("Decisions, the latest first", heads, rows, none=none),)
    )


def _grounds(taken: Any) -> str:
    judged = taken.judged
    if judged.reasons:
        return " ".join(judged.reasons)
    return f"Clause {judged.clause}" if judged.clause else ""


def _is_before(at: datetime, on: date) -> bool:
    return civil.day_of(at) < on
