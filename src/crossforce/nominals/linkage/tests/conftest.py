"""Records and their model, made once."""

import pytest

from crossforce.nominals.linkage import Model, Records, learn
from crossforce.nominals.linkage.tests.people import people


@pytest.fixture(scope="session")
def recorded() -> Records:
    return people(500)


@pytest.fixture(scope="session")
def learnt(recorded: Records) -> Model:
    return learn(recorded)
