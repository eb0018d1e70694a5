"""What a decision begins from cannot be written by whoever it would favour."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from crossforce.kernel import guarded
from crossforce.organisations.api import Unit, load_reference
from crossforce.people.api import system_actor
from crossforce.people.tests import factories as people
from crossforce.records.tests import factories
from tests.adversarial.conftest import Scene, as_actor, raw

COUNT = "SELECT count(*) FROM records_note"
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DIRECTORY = (
    "organisations_formername",
    "organisations_regionmembership",
    "organisations_seat",
    "organisations_driver",
    "organisations_driverfigure",
)
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

    @pytest.mark.parametrize("table", DIRECTORY)
    def test_keep_their_names_seats_regions_and_figures(self, scene: Scene, table: str) -> None:
        with guarded.acting(system_actor("world-loader", on=date(2026, 3, 2))):
            load_reference(actor=system_actor("world-loader", on=date(2026, 3, 2)), at=AT)
        before = raw(f"SELECT count(*) FROM {table}")
        assert before > [(0,)]
        for actor in (scene.cole, scene.asha):
            with guarded.acting(actor):
                tried(f"DELETE FROM {table}")
        tried(f"DELETE FROM {table}")
        assert raw(f"SELECT count(*) FROM {table}") == before


class TestTheRegister:
    def test_is_written_by_its_keeper_alone(self, scene: Scene) -> None:
        facet = """INSERT INTO register_facet (kind, code, name_en, name_cy, sort_en, sort_cy)
                   VALUES ('force', 'x', 'x', 'x', 'x', 'x')"""
        with guarded.acting(scene.asha):
            assert not tried(facet)
        assert not tried(facet)
        with guarded.acting(system_actor("registrar", on=date(2026, 3, 2))):
            assert tried(facet)
        with guarded.acting(scene.asha):
            tried("DELETE FROM register_facet")
        assert raw("SELECT code FROM register_facet") == [("x",)]


class TestUnits:
    def test_of_ones_own_are_not_made_joint(self, scene: Scene) -> None:
        own = people.unit("hunters", factories.ELSEWHERE)
        with guarded.acting(scene.cole):
            tried(
                "UPDATE organisations_unit SET organisation = NULL, agreement_reference = 'x' WHERE id = %s",
                own.pk,
            )
        assert Unit.objects.get(pk=own.pk).organisation_id == factories.ELSEWHERE
