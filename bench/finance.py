"""A world of money to measure on: 500 collaborations of two to six forces, 15 years, 60,000 lines.

The rows are made by the owner, as finance would have written them; one force keeps them all, and its finance
officer reads them by its own policy.
"""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from fractions import Fraction
from random import Random
from typing import Any, Final
from uuid import UUID, uuid5

from django.db import transaction

from crossforce.access import api as access
from crossforce.kernel import database, guarded
from crossforce.kernel.ids import new_id
from crossforce.kernel.periods import Period
from crossforce.organisations.api import Organisation
from crossforce.people import api as people

COLLABORATIONS, YEARS, LINES, FIRST = 500, 15, 8, 2010
KINDS: Final = (
    "finance.budget",
    "finance.line",
    "finance.invoice",
    "finance.item",
    "finance.price",
)
KEEPER: Final = "bench-keeper"
FUNCTIONS: Final = ("roads-policing", "dogs", "firearms", "major-crime", "forensic-services")
LONG_AGO: Final = datetime(2009, 1, 1, tzinfo=UTC)
SPACE: Final = UUID("6c1b4f43-0c4e-4c8e-9f0c-2f4c5e0e7a02")
MARKING: Final = "OFFICIAL-SENSITIVE"
FRAME: Final = """scope_id, version, source_system, source_reference, purposes, review_group, disposal, proposed_by,
  created_at, created_by, changed_at, changed_by"""
BUDGETS: Final = f"""COPY finance_budget (id, {FRAME}, agreement, function, year, title, pence, rhythm, spread, lead,
  state, decision, in_kind, standing, figures) FROM STDIN"""
POSTED: Final = f"""COPY finance_line (id, {FRAME}, budget, agreement, function, year, sort, "on", pence, party,
  words) FROM STDIN"""


def actor() -> people.Actor:
    """The keeper's finance officer."""
    staff = uuid5(SPACE, KEEPER)
    return people.Actor(None, staff, staff, KEEPER, "finance-officer", "financial-management")


def forces() -> list[str]:
    """The forces that take part."""
    return [f"bench-force-{n:02}" for n in range(43)]


def build(*, first: int = FIRST) -> None:
    """Make all of it, as the owner; the keeper's grants by the operation that an activation uses."""
    with database.as_owner():
        _organisation()
    with transaction.atomic():
        access.put_grants("bench-money-policy", [_grant(kind) for kind in KINDS])
    with database.plan().owner_login().connect() as owner, owner.cursor() as cursor:
        _people(cursor)
        budgets, lines = _rows(_scopes(), first)
        for table, statement, rows in (
            ("finance_budget", BUDGETS, budgets),
            ("finance_line", POSTED, lines),
        ):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            with cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        owner.commit()
    with database.plan().owner_login().connect(autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE finance_budget, finance_line, access_scope")


def _scopes() -> dict[tuple[str, str], int]:
    """A scope of each kind for each function."""
    with guarded.acting(actor()):
        return {
            (kind, code): guarded.scope(
                guarded.ScopeOf(KEEPER, kind, f"function:{code}", "", MARKING)
            )
            for kind in KINDS[:2]
            for code in FUNCTIONS
        }


def _rows(scopes: dict[tuple[str, str], int], first: int) -> tuple[list[Any], list[Any]]:
    chance, budgets, lines = Random(15), [], []  # noqa: S311 - a world, and no secret
    for n in range(COLLABORATIONS):
        parties = sorted(chance.sample(forces(), chance.randint(2, 6)))
        function, agreement = FUNCTIONS[n % len(FUNCTIONS)], f"bench-{n:03}"
        for year in range(first, first + YEARS):
            key, pence = new_id(), chance.randint(10**6, 10**9)
            frame = _frame(scopes["finance.budget", function])
            said = (agreement, function, year)
            budgets.append(
                (key, *frame, *said, f"{function} {year}", pence, "quarter", "alike", parties[0],
                 "open", "Board", "{}", _standing(chance, parties, year), "[]")
            )  # fmt: skip
            frame = _frame(scopes["finance.line", function])
            lines += [
                (new_id(), *frame, key, *said, sort, date(year, 4 + at, 1 + n % 28),
                 pence // LINES + at, party, "Pay and fuel")
                for at, (sort, party) in enumerate(_sorts(parties))
            ]  # fmt: skip
    return budgets, lines


def _sorts(parties: list[str]) -> Iterator[tuple[str, str]]:
    for n in range(LINES):
        if n < 5:
            yield "actual", parties[0]
        else:
            yield ("in-kind" if n == 5 else "charge"), parties[n % len(parties)]


def _standing(chance: Random, parties: list[str], year: int) -> str:
    """Two stretches, in which other shares hold, as after somebody's phasing."""
    found = []
    for begins, ends in (
        (date(year, 4, 1), date(year, 9, 15)),
        (date(year, 9, 15), date(year + 1, 4, 1)),
    ):
        weights = [chance.randint(1, 1_000_000) for _ in parties]
        shares = {
            p: str(Fraction(w, sum(weights))) for p, w in zip(parties, weights, strict=True)
        }
        found.append(
            {"from": str(begins), "until": str(ends), "shares": shares, "clause": "5",
             "words": "shared by population", "assumed": None, "term": "cost-share"}
        )  # fmt: skip
    return json.dumps(found)


def _frame(scope: int) -> tuple[Any, ...]:
    at = LONG_AGO
    return (scope, 1, "", "", ["duty-from-law"], "", "kept", "", at, "bench", at, "bench")


STAFF: Final = """
INSERT INTO people_staff (id, scope_id, organisation, number, given_name, family_name, sort_key, kind, rank, email,
                          version, starts_at, changed_at, changed_by)
VALUES (%s, 0, %s, 'B1', 'A', 'Person', 'person', 'officer', '', '', 1, %s, %s, 'bench')"""
POSTING: Final = """
INSERT INTO people_posting (id, staff_id, organisation, role, state, starts_at, version, changed_at, changed_by,
                            answered_at, answered_by)
VALUES (%s, %s, %s, 'finance-officer', 'held', %s, 1, %s, 'bench', %s, 'bench')"""


def _people(cursor: Any) -> None:
    key = actor().posting
    cursor.execute(STAFF, [key, KEEPER, LONG_AGO, LONG_AGO])
    cursor.execute(POSTING, [key, key, KEEPER, *[LONG_AGO] * 3])


def _organisation() -> None:
    values = {"kind": "force", "name_en": "Keeper", "confidence": "D", "source": "bench"}
    Organisation.objects.get_or_create(code=KEEPER, defaults=values)


def _grant(kind: str) -> access.Grant:
    return access.Grant(
        version=1, clause="2", term=f"2/{kind}", holder=KEEPER, recipient=KEEPER, kind=kind,
        actions=("find", "read", "add", "edit"), holds=Period(LONG_AGO), marking=MARKING,
    )  # fmt: skip
