"""What a decision begins from cannot be written by whoever it would favour."""

import pytest
from django.db import DatabaseError, transaction

from crossforce.kernel import guarded
from crossforce.organisations.api import Unit
from crossforce.people.tests import factories as people
from crossforce.records.tests import factories
from tests.adversarial.conftest import Scene, as_actor, raw

COUNT = "SELECT count(*) FROM records_note"
POSTING = """INSERT INTO people_posting (id, staff_id, organisation, role, state, starts_at, version,
                    changed_at, changed_by, answered_at, answered_by)
             SELECT gen_random_uuid(), %s, %s, 'investigator', 'held', '2015-04-01', 1, now(), 'x', now(), 'x'"""
SUCCESSION = """INSERT INTO organisations_succession
                       (predecessor, successor, relation, "on", on_precision, note, position)
                VALUES (%s, %s, 'merged', '2020-01-01', 'day', '', 0)"""


def tried(statement: str, *values: object) -> bool:
    """Whether the statement changed something."""
    try:
        with transaction.atomic():
            raw(statement, *values)
    except DatabaseError:
        return False
    return True


class TestPostings:
    def test_are_not_taken_by_who_wants_one(self, scene: Scene) -> None:
        for actor in (scene.cole, scene.colleague):
            with guarded.acting(actor):
                assert not tried(POSTING, actor.staff, factories.HERE)
        assert not tried(POSTING, scene.cole.staff, factories.HERE)

    @pytest.mark.parametrize(
        "change",
        [
            "role = 'investigator'",
            "organisation = 'wiltshire'",
            "state = 'held'",
            "staff_id = (SELECT staff_id FROM people_posting LIMIT 1)",
            "ends_at = NULL, starts_at = '1990-01-01'",
        ],
    )
    def test_are_not_changed_by_who_holds_them(self, scene: Scene, change: str) -> None:
        before = raw("SELECT * FROM people_posting ORDER BY id")
        for actor in (scene.cole, scene.colleague, scene.asha):
            with guarded.acting(actor):
                tried(f"UPDATE people_posting SET {change}")
        tried(f"UPDATE people_posting SET {change}")
        assert raw("SELECT * FROM people_posting ORDER BY id") == before


class TestBodies:
    def test_are_not_made_ones_own_heirs(self, scene: Scene) -> None:
        with guarded.acting(scene.cole):
            tried(
                "UPDATE organisations_organisation SET until = '2020-01-01' WHERE code = 'wiltshire'"
            )
            tried(SUCCESSION, factories.HERE, factories.ELSEWHERE)
        assert as_actor(scene.cole, COUNT) == [(0,)]

    def test_are_not_made_ones_own_heirs_while_nobody_acts(self, scene: Scene) -> None:
        tried(
            "UPDATE organisations_organisation SET until = '2020-01-01' WHERE code = 'wiltshire'"
        )
        tried(SUCCESSION, factories.HERE, factories.ELSEWHERE)
        assert as_actor(scene.cole, COUNT) == [(0,)]


class TestUnits:
    def test_of_ones_own_are_not_made_joint(self, scene: Scene) -> None:
        own = people.unit("hunters", factories.ELSEWHERE)
        with guarded.acting(scene.cole):
            tried(
                "UPDATE organisations_unit SET organisation = NULL, agreement_reference = 'x' WHERE id = %s",
                own.pk,
            )
        assert Unit.objects.get(pk=own.pk).organisation_id == factories.ELSEWHERE
