"""What a searcher sees is what access permits, in every random world: to read, to know of, or not at all."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, seed, settings

from crossforce.nominals.operations import indexing
from crossforce.nominals.queries import indexed, searching
from crossforce.nominals.searching import asking
from tests.worlds import comparing, loading
from tests.worlds.model import Actor, Oracle, World
from tests.worlds.strategies import Sketch, sketches
from tests.worlds.tables import BY, GIVEN, OLD, Table

WORLDS: Final = 9
KIND: Final = "nominals.person"
SMITH: Final = asking.understood("john smith", at=date(2026, 1, 1))
NEAR: Final = asking.understood("jon smyth 1980", at=date(2026, 1, 1))
"""By which all are read and none is known of: neither name is to the letter."""
PERSON: Final = Table(
    kind=KIND,
    model="nominals.Person",
    name="nominals_person",
    history="nominals_personevent",
    words="number",
    parts="sex::int",
    blind=f"changed_by = {BY}",
    insert=f"""
        INSERT INTO nominals_person
               (id, scope_id, number, sex, given_names, family_name, born, team, categories, warnings, statements,
                purposes, version, disposal, source_system, source_reference, review_group, proposed_by,
                created_at, created_by, changed_at, changed_by)
        SELECT id, scope, words, parts::text, 'John', 'Smith', '', '', '{{}}', '{{}}', '[]',
               '{{prevent-offences}}', 1, 'kept', '', '', '', '', {OLD}, {BY}, {OLD}, {BY}
          FROM {GIVEN}
    """,
)


@pytest.fixture
def base(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """What worlds have in common is in the database; the index is the test's own."""
    monkeypatch.setattr(indexed, "folder", lambda: tmp_path)
    loading.stage((KIND,))
    return comparing.clock()


@pytest.mark.slow
def test_a_searcher_sees_what_access_permits(base: datetime) -> None:
    told: Counter[str] = Counter()

    @seed(2)
    @settings(
        max_examples=WORLDS,
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=False,
        phases=[Phase.explicit, Phase.generate],
    )
    @given(sketches(base, (KIND,)))
    def compare(sketch: Sketch) -> None:
        with transaction.atomic():
            try:
                loading.load(sketch.world, {KIND: PERSON})
                indexing.rebuild()
                answers = [(who, *compared(sketch.world, who)) for who in sketch.actors]
            finally:
                transaction.set_rollback(True)
        assert not [each for each in answers if each[1] != each[2]]
        for _, ((*_, read, found), _), _ in answers:
            told.update(read=read, found=found)

    compare()
    assert told["read"] > WORLDS
    assert told["found"] > 1


def compared(world: World, who: Actor) -> tuple[Any, Any]:
    """What the search answers, and what it should; asked again when a boundary passes meanwhile."""
    while True:
        expected = permitted(Oracle(world, comparing.clock()), who)
        answer = searched(who, SMITH), searched(who, NEAR)
        if expected == permitted(Oracle(world, comparing.clock()), who):
            return answer, expected


def searched(who: Actor, wanted: asking.Wanted) -> tuple[Any, ...]:
    actor, page = loading.actor(who), 1
    read: set[UUID] = set()
    found: set[UUID] = set()
    while page <= (asked := searching.find(actor, wanted, page=page)).pages:
        for each in asked.seen:
            (read if each.is_readable else found).add(each.id)
        page += 1
    return read, found, asked.readable, asked.pointers


def permitted(oracle: Oracle, who: Actor) -> tuple[Any, ...]:
    """By both names whole and to the letter, and by names that are only near."""
    rows = oracle.world.rows
    read = {row.id for row in rows if oracle.allows_row(who, "read", row)}
    found = {row.id for row in rows if oracle.allows_row(who, "find", row)} - read
    return (read, found, len(read), len(found)), (read, set(), len(read), 0)
