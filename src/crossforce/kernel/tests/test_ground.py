"""What several tests begin on is loaded once, and no test finds what another did there."""

from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session

from crossforce.kernel.testing import ground

pytestmark = pytest.mark.django_db
LOADED: list[str] = []


def keep(key: str) -> None:
    Session.objects.create(
        session_key=key, session_data="", expire_date=datetime(2030, 1, 1, tzinfo=UTC)
    )


def kept() -> set[str]:
    return set(Session.objects.values_list("session_key", flat=True))


@ground.fixture
def below(db: None) -> list[str]:
    LOADED.append("below")
    keep("below")
    return ["below"]


@ground.fixture
def above(below: list[str]) -> list[str]:
    keep("above")
    return [*below, "above"]


@pytest.mark.parametrize("number", range(3))
def test_each_begins_on_it_and_changes_it_for_itself(below: list[str], number: int) -> None:
    assert kept() == set(below) == {"below"}
    below.append("spoilt")
    keep("mine")


@pytest.mark.parametrize("number", range(3))
def test_one_stands_upon_another(above: list[str], number: int) -> None:
    assert kept() == set(above) == {"below", "above"}
    Session.objects.all().delete()


def test_is_loaded_once_for_all_that_follow(
    above: list[str], request: pytest.FixtureRequest
) -> None:
    before = len(LOADED)
    ground.begin(request)
    assert len(LOADED) == before
    assert kept() == set(above)


def test_is_not_there_for_whoever_does_not_ask() -> None:
    assert kept() == set()


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_loads_it_itself(above: list[str]) -> None:
    assert kept() == set(above)
