"""In random small worlds: who is told what follows from the words of the rule, and from nothing else."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossforce.nominals.choices import Decision
from crossforce.nominals.operations import deconflicting
from crossforce.nominals.queries.interests import Met
from crossforce.nominals.tests.interested import FORCES, compared, interest, own_policies, told
from crossforce.people.choices import Actor
from crossforce.records.tests import factories
from crossforce.records.tests.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast_of_four() -> list[Actor]:
    """Two of one force, one of each other."""
    own_policies()
    return [factories.asha(), factories.asha(), factories.bryn(), factories.cole()]


ENDS = st.tuples(st.sampled_from(FORCES), st.sampled_from(FORCES))
OF_INTEREST = st.tuples(
    st.integers(0, 3), st.sampled_from(("AB12CDE", "CD34EFG")), st.booleans()
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    grants=st.sets(ENDS, max_size=7),
    drawn=st.lists(OF_INTEREST, min_size=2, max_size=6),
    decisions=st.lists(st.sampled_from(Decision), min_size=6, max_size=6),
)
def test_in_small_worlds_nobody_learns_more(
    cast_of_four: list[Actor],
    grants: set[tuple[str, str]],
    drawn: list[tuple[int, str, bool]],
    decisions: list[Decision],
) -> None:
    actors = cast_of_four
    with transaction.atomic():
        for pair in grants:
            compared(*pair)
        rows = []
        for (owner, said, is_on), decision in zip(drawn, decisions, strict=False):
            row = interest(actors[owner], said, decision=decision)
            if not is_on:
                deconflicting.withdraw(actor=actors[owner], interest=row.pk, at=AT)
            rows.append((row.pk, owner, said, is_on, decision))
        for number, actor in enumerate(actors):
            assert told(actor) == dict(_expected(number, actors, rows, grants))
        transaction.set_rollback(True)


def _expected(
    number: int, actors: list[Actor], rows: list[Any], grants: set[tuple[str, str]]
) -> Iterator[tuple[UUID, Met]]:
    """From the words of the rule: both on, the same number, a clause of each side."""
    for key, owner, said, is_on, _ in rows:
        others = [
            (their, decision)
            for _, their, what, counts, decision in rows
            if owner == number
            and their != owner
            and is_on
            and counts
            and what == said
            and {
                (actors[owner].organisation, actors[their].organisation),
                (actors[their].organisation, actors[owner].organisation),
            }
            <= grants
        ]
        if others:
            shown = {
                f"Incident room of {actors[their].organisation}"
                for their, decision in others
                if decision is Decision.CONTACTED
            }
            asked = any(decision is Decision.CONTACTS for _, decision in others)
            yield key, Met(tuple(sorted(shown)), asked)
