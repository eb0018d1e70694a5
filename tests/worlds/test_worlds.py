"""The database's answer is the model's, in every random world; and in those that once were not."""

from datetime import datetime

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.worlds import comparing, loading, tables
from tests.worlds.strategies import sketches

WORLDS = 150
GENERATED = [Phase.explicit, Phase.generate]  # a world that fails is shrunk by hand: named.py
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]


@pytest.fixture
def base(transactional_db: None) -> datetime:
    """What worlds have in common is in the database; the present is the database's."""
    loading.stage(tuple(tables.RECORDS))
    return comparing.clock()


@pytest.mark.slow
@settings(max_examples=WORLDS, suppress_health_check=SLOW, database=None, phases=GENERATED)
@given(data=st.data())
def test_the_database_answers_as_the_model(base: datetime, data: st.DataObject) -> None:
    sketch = data.draw(sketches(base, tuple(tables.RECORDS)))
    assert comparing.differences(sketch, tables.RECORDS) == []
