"""Records and their model, made once; and the loops, compiled by one worker."""

from pathlib import Path
from typing import Final

import pytest

from crossforce.nominals.linkage import Model, Records, learn
from crossforce.nominals.linkage.tests.people import people

LINKAGE: Final = Path(__file__).parent
COMPILING: Final = {LINKAGE, LINKAGE.parents[1] / "searching" / "tests"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On a fresh machine these take a minute: the worker that waits for its database begins with them, and no other."""
    for item in items:
        if item.path.parent in COMPILING:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def recorded() -> Records:
    return people(500)


@pytest.fixture(scope="session")
def learnt(recorded: Records) -> Model:
    return learn(recorded)
