"""What every test that kills something needs."""

from collections.abc import Iterator

import pytest

from tests.crash.installation import Installation


@pytest.fixture(scope="module")
def installation(request: pytest.FixtureRequest) -> Iterator[Installation]:
    """An installation for the tests of one file, migrated and empty."""
    made = Installation(request.path.stem.removeprefix("test_"))
    made.migrate()
    yield made
    made.remove()
