"""A standby for the tests of this folder, and the scene on it."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from crossforce.kernel import replica
from tests.adversarial.conftest import Scene
from tests.adversarial.conftest import made as scene_made
from tests.replicas import standby as standbys
from tests.replicas.standby import Standby


@pytest.fixture(scope="module")
def following(django_db_setup: None) -> Iterator[Standby]:
    made = standbys.made()
    yield made
    made.remove()


@pytest.fixture
def standby(
    following: Standby, transactional_db: None, settings: Settings
) -> Iterator[Standby]:
    """In use: whatever a request reads may come from it."""
    settings.REPLICA_DATABASE = following.login(connection.settings_dict["NAME"])
    replica._behind[0] = 0.0
    with replica.wanted():
        yield following
    replica.close()


@pytest.fixture
def scene(standby: Standby) -> Scene:
    with transaction.atomic():
        made = scene_made()
    standby.catch_up()
    return made
