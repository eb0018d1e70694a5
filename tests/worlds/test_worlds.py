"""The database's answer is the model's, in every random world; and in those that once were not."""

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from crossforce.agreements.tests import factories as agreed
from crossforce.organisations import api as organisations
from tests.worlds import comparing, loading, papers, tables
from tests.worlds.strategies import Sketch, sketches

WORLDS, PAPERS = 270, 30
PARTS = 6
"""So that both cores have something to do."""
GENERATED = [Phase.explicit, Phase.generate]  # a world that fails is shrunk by hand: named.py
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
DRAWN = settings(suppress_health_check=SLOW, database=None, phases=GENERATED)


@pytest.fixture
def base(transactional_db: None) -> datetime:
    """What worlds have in common is in the database; the present is the database's."""
    loading.stage(tuple(tables.RECORDS))
    return comparing.clock()


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_the_database_answers_as_the_model(base: datetime, part: int) -> None:
    @seed(part)  # each part its own worlds, and the same ones every time
    @settings(DRAWN, max_examples=WORLDS // PARTS, derandomize=False)
    @given(sketches(base, tuple(tables.RECORDS)))
    def compare(sketch: Sketch) -> None:
        found = comparing.differences(sketch, tables.RECORDS)
        assert not found, found[0]

    compare()


@pytest.fixture
def paper_base(transactional_db: None, few_bodies: Path) -> datetime:
    """The same for worlds of documents, which need bodies that can be party to something."""
    organisations.load_reference(actor=agreed.loader(), at=agreed.NOW, folder=few_bodies)
    loading.stage(tuple(tables.RECORDS), agreed.FORCES)
    return comparing.clock()


@pytest.mark.slow
@settings(DRAWN, max_examples=PAPERS)
@given(data=st.data())
def test_of_signed_terms_the_database_answers_as_the_model(
    paper_base: datetime, data: st.DataObject
) -> None:
    sketch, write = data.draw(papers.papers(paper_base))
    found = comparing.differences(sketch, tables.RECORDS, write)
    assert not found, found[0]
