"""A file that names rows or people is a disclosure of them; the same on a page is not."""

from typing import Any

import pytest

from crossforce.duty import models
from crossforce.duty.tests import factories
from crossforce.duty.tests.factories import HERE, UNIT
from crossforce.duty.tests.test_board import _armed as armed
from crossforce.kernel import guarded
from crossforce.kernel.testing.cast import Player
from crossforce.ledger.models import Entry as StoredEntry
from crossforce.people import models as people_models
from crossforce.people.tests import factories as people
from crossforce.transparency.entry import from_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
ONE = factories.EARLY


@pytest.fixture
def asha(inspector: Player) -> Player:
    """Somebody armed is on duty, and three are needed."""
    armed("1234")
    factories.cover(inspector.actor)
    return inspector


def disclosed(player: Player, address: str, asked: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What the ledger says of a file, by kind; a page of the same says nothing of the sort."""
    shown = {name: value for name, value in asked.items() if name != "format"}
    assert player.client.get(address, shown).status_code == 200
    assert not told()
    answer = player.client.get(address, asked)
    assert answer.status_code == 200
    assert b"".join(answer).count(b"\n") > 1
    return told()


def told() -> dict[str, dict[str, Any]]:
    found = StoredEntry.objects.filter(operation="record.disclosed")
    entries = [from_bytes(bytes(each.body)) for each in found]
    return {
        each.subject.partition(" ")[0].partition(":")[0]: dict(each.detail) for each in entries
    }


def keys(model: Any) -> set[str]:
    with guarded.acting(people.loader()):
        return {str(each.pk) for each in model.objects.all()}


def test_the_requalification_list_discloses_duties_skills_and_authorities(
    asha: Player,
) -> None:
    asked = {"days": "366", "format": "csv"}
    found = disclosed(asha, "/duty/requalification/", asked)
    assert {each["file"] for each in found.values()} == {"requalification"}
    assert {each["recipient"] for each in found.values()} == {HERE}
    named = {row for each in found.values() for row in each["rows"]}
    assert keys(people_models.Skill) | keys(people_models.Authority) <= named
    assert entries(asha) <= named


def test_the_duties_that_hours_are_counted_from_are_disclosed(asha: Player) -> None:
    asked = {"unit": UNIT, "since": "2026-11", "months": "1", "format": "duties"}
    (found,) = disclosed(asha, "/duty/hours/", asked).values()
    assert (found["file"], set(found["rows"])) == ("duties-counted", entries(asha))


def test_the_gaps_ahead_disclose_the_cover_that_they_tell_of(asha: Player) -> None:
    (found,) = disclosed(asha, "/duty/cover/", {"format": "csv"}).values()
    with guarded.acting(asha.actor):
        (cover,) = models.Cover.objects.all()
    assert (found["file"], found["rows"]) == ("gaps-ahead", [str(cover.pk)])


def entries(player: Player) -> set[str]:
    return {str(each.pk) for each in factories.entries(player.actor)}
