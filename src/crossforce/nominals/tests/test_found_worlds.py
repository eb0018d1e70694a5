"""In random small worlds: what a searcher sees is what clauses and shares permit at that instant, and nothing else."""

from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossforce.nominals.choices import PERSON
from crossforce.nominals.operations import indexing
from crossforce.nominals.queries import indexed, searching
from crossforce.nominals.searching import asking
from crossforce.nominals.tests import holding
from crossforce.people.choices import Actor
from crossforce.records.tests import factories
from crossforce.records.tests.factories import AT, ELSEWHERE, HERE, PARTNER

pytestmark = pytest.mark.django_db
FORCES = (HERE, PARTNER, ELSEWHERE)
RANKS = ("OFFICIAL", "OFFICIAL-SENSITIVE")
Clause = tuple[str, str, tuple[str, ...], str]
Held = tuple[int, str, tuple[str, ...]]
ACTIONS = st.sampled_from((("find",), ("read",), ("find", "read"), ("edit",)))
CLAUSES = st.lists(
    st.tuples(
        st.sampled_from(FORCES), st.sampled_from(FORCES), ACTIONS, st.sampled_from(RANKS)
    ),
    max_size=8,
)
PEOPLE = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(RANKS), st.sampled_from(((), ("find",), ("find", "read")))),
    min_size=2,
    max_size=6,
)  # fmt: skip


@pytest.fixture
def cast() -> list[Actor]:
    """One of each of three forces, which hold people, and read none of them but by a clause."""
    for force in FORCES:
        add = {"holder": force, "recipient": force, "actions": ("add",)}
        holding.policy(f"own-{force}", kinds=(PERSON,), **add)
    return [factories.asha(), factories.bryn(), factories.cole()]


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(clauses=CLAUSES, people=PEOPLE)
def test_in_small_worlds_a_searcher_sees_what_access_permits(
    cast: list[Actor],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    clauses: list[Clause],
    people: list[Held],
) -> None:
    place = _fresh(tmp_path)
    monkeypatch.setattr(indexed, "folder", lambda: place)
    with transaction.atomic():
        rows = [_held(cast, each) for each in people]
        indexing.rebuild()
        for number, (holder, recipient, actions, rank) in enumerate(clauses):
            opens = {
                "holder": holder,
                "recipient": recipient,
                "actions": actions,
                "marking": rank,
            }
            holding.policy(f"clause-{number}", kinds=(PERSON,), **opens)
        for number, actor in enumerate(cast):
            assert _seen(actor) == _expected(number, rows, people, clauses)
        for number in range(len(clauses)):
            holding.policy(f"clause-{number}", kinds=())
        for number, actor in enumerate(cast):
            assert _seen(actor) == _expected(number, rows, people, [])
        transaction.set_rollback(True)


def _fresh(folder: Path) -> Path:
    """A folder of its own for each world."""
    place = next(folder / str(each) for each in count() if not (folder / str(each)).exists())
    place.mkdir()
    return place


def _held(cast: list[Actor], each: Held) -> Any:
    """One of a force's people; of this force's one may be shared with the partner."""
    owner, rank, shared = each
    row = holding.person(cast[owner], "John", "Smith", marking=rank)
    if shared and owner == 0:
        holding.opened(row, cast[1], shared)
    return row


def _seen(actor: Actor) -> dict[Any, bool]:
    """Who is found, and whether in full."""
    found = searching.find(actor, asking.understood("john smith", at=AT.date()))
    readable = sum(each.is_readable for each in found.seen)
    assert (found.readable, found.pointers) == (readable, len(found.seen) - readable)
    return {each.id: each.is_readable for each in found.seen}


def _expected(
    number: int, rows: list[Any], people: list[Held], clauses: list[Clause]
) -> dict[Any, bool]:
    """From the words of the clauses: holder, recipient, and up to which marking."""
    found = {}
    for row, (owner, rank, shared) in zip(rows, people, strict=True):
        may = set(shared) if owner == 0 and number == 1 else set()
        for holder, recipient, actions, most in clauses:
            if (holder, recipient) == (FORCES[owner], FORCES[number]) and rank in RANKS[
                : RANKS.index(most) + 1
            ]:
                may |= set(actions)
        if may & {"find", "read"}:
            found[row.pk] = "read" in may
    return found
