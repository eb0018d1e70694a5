"""What every test that kills something needs."""

from collections.abc import Iterator

import pytest

from tests.crash.installation import Installation


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Before the journeys: of these, some take most of a minute, and the last would be waited for."""
    items.sort(key=lambda item: item.get_closest_marker("crash") is None)


@pytest.fixture(scope="module")
def installation(request: pytest.FixtureRequest) -> Iterator[Installation]:
    """An installation for the tests of one file, migrated and empty."""
    made = Installation(request.path.stem.removeprefix("test_"))
    made.migrate()
    yield made
    made.remove()
