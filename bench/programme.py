"""A programme to measure on: the money of bench.finance, and what 500 collaborations do with it.

Five hundred entries, three thousand projects with ten milestones, four risks and two issues each, twenty
boards that met each quarter of fifteen years. One agreement is signed and in force: its board has a meeting
before it, with twelve papers of some pages, forty of the projects and five of the budgets. The parts are
made by the owner, as the programme would have written them; agreement, board and papers by their operations.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from bench import finance
from crossforce.access import api as access
from crossforce.agreements.tests import factories as agreed
from crossforce.boards.tests import factories as boards
from crossforce.kernel import database, guarded
from crossforce.kernel.ids import new_id
from crossforce.kernel.periods import Period
from crossforce.kernel.testing import cast as members
from crossforce.kernel.testing.cast import Player
from crossforce.organisations import api as organisations
from crossforce.people.tests.cast import made
from crossforce.programme.kinds import KINDS

ENTRIES, PROJECTS, MILESTONES, RISKS, ISSUES = 500, 3_000, 10, 4, 2
BOARDS, QUARTERS, OF_THE_BOARD, PAPERS = 20, 60, 40, 12
HOLDER: Final = boards.HERE
MARKING: Final = "OFFICIAL-SENSITIVE"
TODAY: Final = date(2026, 11, 22)
STATES: Final = ("exploring", "business-case", "in-development", "phased", "live", "closed")
STAGES: Final = ("idea", "scoping", "business-case", "agreement", "live", "reviewed")
WORDS: Final = (
    "What was planned for the quarter, what it came to, and what it leaves to be decided. "
)
FRAME: Final = finance.FRAME
COPIED: Final = {
    "programme.entry": """programme_registerentry (id, {frame}, code, title, description, stage, function, forces,
      partners, owner, agreement, entered_on, looked_on, threat, capability_evidence, threat_evidence, saving_method,
      saving_evidence, source, result, reason)""",
    "programme.project": """programme_project (id, {frame}, code, title, state, entry, agreement, function, forces,
      owner, purpose, benefit, strategic, economic, commercial, financial, management, cost, secured, lesson,
      decision, reason, source)""",
    "programme.milestone": """programme_milestone (id, {frame}, project, code, title, begins_on, due_on, after,
      done_on, owner)""",
    "programme.risk": """programme_risk (id, {frame}, project, title, category, likelihood, impact, action, owner)""",
    "programme.issue": """programme_issue (id, {frame}, project, title, description, owner, due_on, resolution)""",
    "boards.board": """boards_board (id, {frame}, title, code, agreement, reports_to, cycle, weekday, week, month,
      begins, seats, chair, chair_casts, delegations, proposed, agreed, closed)""",
    "boards.meeting": """boards_meeting (id, {frame}, title, board, "on", begins, place, state, papers_due_on, moved,
      attendance, notes, agenda, minutes)""",
    "boards.action": """boards_action (id, {frame}, what, owner, board, meeting, item, set_on, due_on, state,
      ended_on, said)""",
}
ONE_BOARDS_MONEY: Final = "UPDATE {table} SET agreement = %s WHERE agreement < 'bench-005'"
Rows = dict[str, list[tuple[Any, ...]]]


def build() -> tuple[Player, UUID]:
    """Make all of it; who reads it, signed in, and the meeting whose pack is drawn."""
    finance.build(first=TODAY.year + 1 - finance.YEARS)
    loader = agreed.loader()
    organisations.load_reference(actor=loader, at=agreed.NOW)
    boards.agreement()
    with transaction.atomic():
        access.put_grants("bench-programme-policy", list(_grants()))
    reader = made(members.ASHA, "programme-officer")
    _load(_rows(_scopes(reader.actor)))
    board = boards.board(reader.actor)
    for number in range(PAPERS):
        boards.paper(reader.actor, title=f"Paper {number + 1}", body=f"{WORDS * 6}\n\n" * 8)
    return reader, boards.meeting(reader.actor, board)


def _grants() -> Iterator[access.Grant]:
    kinds = [*(each.name for each in KINDS), *boards.KINDS]
    for holder, listed in ((HOLDER, kinds), (finance.KEEPER, finance.KINDS)):
        for kind in listed:
            yield access.Grant(
                version=1, clause="2", term=f"2/{kind}", holder=holder, recipient=HOLDER, kind=kind,
                actions=("find", "read", "add", "edit"), holds=Period(finance.LONG_AGO),
                marking=MARKING,
            )  # fmt: skip


def _scopes(actor: Any) -> dict[str, int]:
    with guarded.acting(actor):
        return {
            kind: guarded.scope(guarded.ScopeOf(HOLDER, kind, "", "", MARKING))
            for kind in COPIED
        }


def _load(rows: Rows) -> None:
    tables = [statement.split()[0] for statement in COPIED.values()]
    moved = ("finance_budget", "finance_line")
    with database.plan().owner_login().connect() as owner, owner.cursor() as cursor:
        for table in (*tables, *moved):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for kind, statement in COPIED.items():
            with cursor.copy(f"COPY {statement.format(frame=FRAME)} FROM STDIN") as copy:
                for row in rows[kind]:
                    copy.write_row(row)
        for table in moved:
            cursor.execute(ONE_BOARDS_MONEY.format(table=table), [boards.REFERENCE])
        for table in (*tables, *moved):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        owner.commit()
    with database.plan().owner_login().connect(autocommit=True) as owner:
        owner.execute(f"VACUUM ANALYZE {', '.join((*tables, *moved, 'access_scope'))}")


def _rows(scopes: dict[str, int]) -> Rows:
    chance = Random(16)  # noqa: S311 - a world, and no secret
    found: Rows = {kind: [] for kind in COPIED}

    def put(kind: str, *values: Any) -> UUID:
        key = new_id()
        found[kind].append((key, *_frame(scopes[kind]), *values))
        return key

    for number in range(ENTRIES):
        _entry(put, number)
    for number in range(PROJECTS):
        _project(put, number, chance)
    for number in range(BOARDS):
        _board(put, number)
    return found


def _entry(put: Any, number: int) -> None:
    function, forces = finance.FUNCTIONS[number % 5], "; ".join(agreed.THREE)
    said = (f"E-{number:03}", f"{_called(number)} of {function}", WORDS * 2)
    stage, on = STAGES[number % 6], TODAY - timedelta(days=number)
    put(
        "programme.entry", *said, stage, function, forces, "", "Head of operations",
        f"bench-{number:03}", on, on, "", "", "", "", "", "", "", "",
    )  # fmt: skip


def _project(put: Any, number: int, chance: Random) -> None:
    code, entry = f"P-{number:04}", number % ENTRIES
    agreement = boards.REFERENCE if number < OF_THE_BOARD else f"bench-{entry:03}"
    put(
        "programme.project", code, f"{_called(number)} {number}", STATES[number % 6], f"E-{entry:03}",
        agreement, finance.FUNCTIONS[entry % 5], "; ".join(agreed.THREE), "Head of change",
        WORDS * 3, WORDS * 2, 2, 2, 1, 1, 1, 10**8, 10**7, "", "", "", "",
    )  # fmt: skip
    begins = TODAY - timedelta(days=chance.randint(0, 5_000))
    for at in range(MILESTONES):
        due = begins + timedelta(days=60 * (at + 1))
        is_done = due < TODAY and chance.random() < 0.98
        put(
            "programme.milestone", code, f"M{at}", f"Milestone {at}", due - timedelta(days=50), due,
            f"M{at - 1}" if at else "", due if is_done else None, "Head of change",
        )  # fmt: skip
    for at in range(RISKS):
        put(
            "programme.risk", code, f"Risk {at}", "delivery", chance.randint(1, 5),
            chance.randint(1, 5), WORDS, "Head of change",
        )  # fmt: skip
    for at in range(ISSUES):
        put("programme.issue", code, f"Issue {at}", WORDS, "Head of change", TODAY, "")


def _board(put: Any, number: int) -> None:
    agreement = f"bench-{number:03}"
    board = put(
        "boards.board", f"Board {number}", f"bench-board-{number}", agreement, "", "quarterly", 2, 3, 1,
        time(10), "", "", False, "", "", "", "",
    )  # fmt: skip
    for quarter in range(QUARTERS):
        on = TODAY + timedelta(days=30 + number - 91 * quarter)
        state = "planned" if on > TODAY else "held"
        meeting = put(
            "boards.meeting", f"Board {number}, {on}", board, on, time(10), "Devizes", state,
            on - timedelta(days=7), "", "", "", "", WORDS,
        )  # fmt: skip
        for at in range(2):
            is_open = quarter < 2
            put(
                "boards.action", f"Do what was said {at}", "head-of-change", board, meeting, "", on,
                on + timedelta(days=60), "open" if is_open else "done", None if is_open else on, "" if is_open else "It was done.",
            )  # fmt: skip


def _called(number: int) -> str:
    things = ("Custody", "Drones", "Dogs", "Radios", "Vehicles", "Forensics", "Training")
    places = ("north", "south", "river", "border", "coast", "city", "moor", "vale", "plain")
    return f"{things[number % 7]} of the {places[number // 7 % 9]}".capitalize()


def _frame(scope: int) -> tuple[Any, ...]:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return (scope, 1, "", "", ["duty-from-law"], "", "kept", "", at, "bench", at, "bench")
