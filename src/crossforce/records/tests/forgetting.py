"""What records remember of bodies and places is of one database; every test has its own."""

import pytest

from crossforce.records import queries


@pytest.fixture(autouse=True)
def _fresh_places() -> None:
    queries.forget_places()
