"""In random small worlds: what a search, a person's page and matches tell is what clauses and shares permit at that instant, and nothing else."""

from itertools import combinations, count
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossforce.access.operations import put_grants
from crossforce.kernel.refusals import Missing
from crossforce.nominals.choices import MATCH, PERSON
from crossforce.nominals.operations import indexing
from crossforce.nominals.queries import indexed, matching, person, searching
from crossforce.nominals.queries.around import around
from crossforce.nominals.searching import asking
from crossforce.nominals.tests import holding
from crossforce.nominals.tests.interested import match
from crossforce.nominals.tests.test_matching import alike
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
        holding.policy(f"matches-{force}", kinds=(MATCH,), recipient=force)
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
        _linked(rows)
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
            _told(actor, rows, _expected(number, rows, people, clauses))
        for number in range(len(clauses)):
            holding.policy(f"clause-{number}", kinds=())
        for number, actor in enumerate(cast):
            _told(actor, rows, _expected(number, rows, people, []))
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


def _linked(rows: list[Any]) -> None:
    """Any two may be one person; of the first two this force confirmed it, while it read them."""
    for one, other in combinations(rows, 2):
        alike(one.pk, other.pk)
    reads = [factories.grant(PERSON, holder=force, actions=("read",)) for force in FORCES]
    put_grants("reads", reads)
    match(*rows[:2])
    put_grants("reads", [])


def _told(actor: Actor, rows: list[Any], permitted: dict[Any, bool]) -> None:
    """By search, by page, by what is around each, and by the queue: that, and no more."""
    assert _seen(actor) == permitted
    readable = {key for key, is_readable in permitted.items() if is_readable}
    first = {each.pk for each in rows[:2]}
    matched = first if first <= permitted.keys() else set()
    for row in rows:
        assert _page(actor, row.pk) == permitted.get(row.pk)
        mates = {row.pk}
        for part in (readable, matched, readable):
            mates |= part if part & mates else set()
        found = {each.id: each.is_readable for each in around(actor, row.pk).seen}
        found.pop(row.pk, None)
        assert found == {key: permitted[key] for key in mates - {row.pk}}
    waits = {frozenset(two) for two in combinations(readable, 2)} - {frozenset(matched)}
    assert _listed(actor, matching.WAITING) == waits
    assert _listed(actor, "confirmed") == ({frozenset(first)} if first <= readable else set())


def _listed(actor: Actor, state: str) -> set[frozenset[Any]]:
    pairs = matching.listed(actor, state=state).pairs
    return {frozenset((each.one.id, each.other.id)) for each in pairs}


def _page(actor: Actor, key: Any) -> bool | None:
    """Whether a person's page is read in full; or nothing, where there is none."""
    try:
        return person.person(actor, key, on=AT.date()).seen.is_readable
    except person.KnownOnly as only:
        return only.seen.is_readable
    except Missing:
        return None


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
