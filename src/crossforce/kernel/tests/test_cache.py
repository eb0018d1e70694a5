"""The shared cache."""

import base64
import os
import pickle
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.django_db

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=40,
)
@given(value=JSON)
def test_gives_back_what_was_put(value: Any) -> None:
    cache.set("one", value)
    assert cache.get("one", "nothing") == value


def test_a_value_that_is_over_is_gone_and_may_be_added_anew() -> None:
    cache.set("one", 1, timeout=-1)
    assert cache.get("one") is None
    assert cache.add("one", 2)
    assert not cache.add("one", 3)
    assert cache.get("one") == 2
    assert cache.touch("one", timeout=-1)
    assert not cache.touch("one")


def test_forgets() -> None:
    cache.set_many({"one": 1, "two": [2]})
    assert cache.delete("one")
    assert not cache.delete("one")
    assert cache.get_many(["one", "two"]) == {"two": [2]}
    cache.clear()
    assert cache.get("two") is None


def test_counts() -> None:
    cache.set("tries", 1)
    assert cache.incr("tries", 4) == 5


class Runs:
    """Something that does what it likes when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return os.mkdir, (str(self.path),)


def test_runs_nothing_that_was_slipped_in(tmp_path: Path) -> None:
    cache.set("one", 1)
    there = tmp_path / "made"
    slipped = base64.b64encode(pickle.dumps(Runs(there))).decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_cache SET value = %s", [slipped])
    assert cache.get("one", "nothing") == "nothing"
    assert not there.exists()
