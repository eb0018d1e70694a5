"""A small agreement of Wales whose participation a test chooses, and meetings to decide under it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from hypothesis import strategies as st

from crossforce.agreements.compile import compile_document
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.resolve import governing_body
from crossforce.agreements.terms import CompiledTerms
from crossforce.agreements.tests.strategies import DIRECTORY
from crossforce.boards.choices import How, Presence, Vote
from crossforce.boards.rules.motions import Law, Motion, Taken
from crossforce.boards.rules.offices import Offices, offices
from crossforce.boards.rules.practice import Practice, practice
from crossforce.boards.rules.rolls import Attendance, Roll
from crossforce.boards.rules.seats import Seat, of_bodies
from crossforce.kernel import rulepacks
from crossforce.kernel.civil import day_of, instant

DYFED, GWENT, NORTH, SOUTH = "dyfed-powys", "gwent", "north-wales", "south-wales"
WELSH = (DYFED, GWENT, NORTH, SOUTH)
PROCUREMENT = "procurement"
FIRST = date(2014, 4, 1)
MEETS_ON = date(2015, 6, 10)
AT = instant(MEETS_ON)
OFFICES: Offices = offices(rulepacks.load("board-offices"), MEETS_ON)
PRACTICE: Practice = practice(rulepacks.load("board-practice"), MEETS_ON)
GROUP = "all-wales-policing-group"
SW_BOARD = "sw-police-collaboration-programme-board"

Stretch = tuple[date, date | None]


def agreement(
    taking: Mapping[str, Sequence[Stretch]],
    governance: Mapping[str, Any] | None = None,
    approvals: Sequence[Mapping[str, Any]] = (),
) -> CompiledTerms:
    """Procurement in common: who takes part when, who governs, who approves what."""
    clauses = [
        _clause("1", []),
        _clause("2", [{"type": "GOVERNANCE", **(governance or {"rule": "all-wales"})}]),
        _clause("3", [{"type": "APPROVAL", **each} for each in approvals]),
    ]
    document = {
        "format": 1,
        "reference": "wales-procurement-test",
        "title": {"en": "Procurement"},
        "basis": "s22a",
        "state": "draft",
        "form": "shared-service",
        "objective": {"en": "To buy together"},
        "from": FIRST,
        "party": [party for force in taking for party in _parties(force)],
        "function": [{"code": PROCUREMENT, "clause": "1", "participation": _taking(taking)}],
        "clause": clauses,
    }
    return compile_document(AgreementDocument.model_validate(document), DIRECTORY)


def always(*forces: str) -> dict[str, Sequence[Stretch]]:
    """These forces take part from the first day on."""
    return {force: [(FIRST, None)] for force in forces}


def law(terms: CompiledTerms, *, chair_casts: bool = False) -> Law:
    """What a test's decisions are judged by."""
    return Law(terms, DIRECTORY, PRACTICE, chair_casts=chair_casts)


def motion(decision: str = "spending", pence: int = 0, **more: Any) -> Motion:
    """A motion whose paper went out in good time."""
    plain = Motion("m1", "To buy", decision, pence, paper_out_at=instant(date(2015, 6, 1)))
    return replace(plain, **more)


def taken(roll: Roll, votes: Mapping[str, Vote], bodies: Sequence[str], **more: Any) -> Taken:
    """A vote at the meeting of 10 June 2015."""
    return replace(Taken(How.MEETING, AT, frozenset(bodies), roll, votes), **more)


def everybody(seats: Sequence[Seat], presence: Presence = Presence.PRESENT) -> Roll:
    """Every seat filled alike."""
    here = {seat.code: Attendance(presence) for seat in seats}
    return Roll(tuple(seats), here, OFFICES)


def all_for(seats: Sequence[Seat]) -> dict[str, Vote]:
    """Every seat for the motion."""
    return {seat.code: Vote.FOR for seat in seats}


def seats_of(
    terms: CompiledTerms, at: datetime = AT
) -> tuple[tuple[Seat, ...], tuple[str, ...]]:
    """Who sits for whoever governs procurement, and the bodies that govern."""
    answer = governing_body(terms, PROCUREMENT, at, DIRECTORY)
    return of_bodies(answer.bodies, day_of(at), DIRECTORY, OFFICES), answer.bodies


@st.composite
def participations(draw: st.DrawFn) -> dict[str, Sequence[Stretch]]:
    """Two to four forces of Wales, each in from some days until others, never touching stretches."""
    forces = draw(st.sets(st.sampled_from(WELSH), min_size=2))
    offsets = st.integers(0, 1500)
    found: dict[str, Sequence[Stretch]] = {}
    for force in sorted(forces):
        numbers = sorted(draw(st.sets(offsets, min_size=1, max_size=4)))
        days = [date.fromordinal(FIRST.toordinal() + number) for number in numbers]
        pairs = zip(days[::2], [*days[1::2], None], strict=False)
        found[force] = list(pairs)
    return found


def _clause(number: str, terms: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    words = {"en": f"Clause {number}"}
    row: dict[str, Any] = {"number": number, "heading": words, "text": words}
    return row | ({"term": list(terms)} if terms else {})


def _parties(force: str) -> list[dict[str, str]]:
    body = DIRECTORY.policing_body(force, FIRST)
    return [
        {"organisation": DIRECTORY.chief_officer(force), "capacity": "chief-officer"},
        {"organisation": body, "capacity": "policing-body"},
    ]


def _taking(taking: Mapping[str, Sequence[Stretch]]) -> list[dict[str, Any]]:
    return [
        {"forces": [force], "from": first} | ({"until": last} if last else {})
        for force, stretches in taking.items()
        for first, last in stretches
    ]
