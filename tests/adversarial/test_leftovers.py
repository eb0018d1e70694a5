"""What SQL that slipped into one person's request could leave on the connection for the next person's."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from crossforce.kernel import doctor, guarded, journeys, statements
from crossforce.people.choices import Actor
from tests.adversarial.conftest import Scene, another_backend, raw

COUNT = "SELECT count(*) FROM records_note"
SETTINGS = "SELECT name, setting FROM pg_settings ORDER BY name"
PROCESS = b"SELECT pg_backend_pid(), %s::int"
TEMPORARY = [
    "CREATE TEMP TABLE records_note (id uuid)",
    "CREATE TABLE pg_temp.records_note (id uuid)",
    "CREATE TEMP TABLE records_note AS SELECT 1",
    "SELECT 1 AS id INTO TEMP records_note",
    "CREATE TEMP VIEW records_note AS SELECT 1 AS id",
    "CREATE VIEW pg_temp.records_note AS SELECT 1 AS id",
    "CREATE TEMP SEQUENCE records_note",
    "CREATE FUNCTION pg_temp.access_scopes(text, text) RETURNS int[] LANGUAGE sql AS 'SELECT NULL::int[]'",
    "CREATE OPERATOR pg_temp.= (LEFTARG = int, RIGHTARG = int, FUNCTION = int4ne)",
    "CREATE DOMAIN pg_temp.uuid AS text",
    "CREATE TYPE pg_temp.records_note AS (id uuid)",
]
STAGED = [
    "CREATE TRIGGER mine AFTER INSERT ON duty_judged EXECUTE FUNCTION records_keep()",
    "CREATE RULE mine AS ON INSERT TO duty_judged DO ALSO SELECT 1",
    "ALTER TABLE duty_judged RENAME TO records_note",
    "ALTER TABLE duty_judged ADD COLUMN mine int",
    "ALTER TABLE duty_judged OWNER TO CURRENT_USER",
    "CREATE INDEX mine ON duty_judged ((row / 0))",
    "DROP TABLE duty_judged",
    "TRUNCATE duty_judged",
]
LEFT = [
    "SET search_path = pg_catalog",
    "SET row_security = off",
    "SET default_transaction_read_only = on",
    "SET default_transaction_isolation = 'repeatable read'",
    "SET synchronous_commit = off",
    "SET transform_null_equals = on",
    "SET standard_conforming_strings = off",
    "SET TimeZone = 'Asia/Tokyo'",
    "SET DateStyle = 'SQL, DMY'",
    "SET client_min_messages = debug5",
    "SET crossforce.acting = 'x'",
    "SET statement_timeout = '20s'",
]


def is_refused(statement: str) -> bool:
    """For want of a right, and for nothing else."""
    try:
        with transaction.atomic():
            raw(statement)
    except DatabaseError as error:
        return isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege)
    return False


def next_request() -> None:
    """What Django does before each."""
    connection.close_if_unusable_or_obsolete()


class TestTemporaryObjects:
    @pytest.mark.parametrize("is_staged", [False, True])
    @pytest.mark.parametrize("statement", TEMPORARY)
    def test_are_refused_even_where_an_import_has_its_tables(
        self, scene: Scene, statement: str, is_staged: bool
    ) -> None:
        with guarded.acting(scene.cole):
            if is_staged:
                raw("SELECT duty_staging_made()")
            assert is_refused(statement)
            assert raw(COUNT) == [(0,)]

    @pytest.mark.parametrize("statement", STAGED)
    def test_of_an_import_are_filled_and_read_and_nothing_else(
        self, db: None, statement: str
    ) -> None:
        raw("SELECT duty_staging_made()")
        raw("INSERT INTO duty_refused VALUES ('S-1')")
        assert is_refused(statement)

    def test_of_an_import_are_empty_for_the_next(self, db: None) -> None:
        raw("SELECT duty_staging_made()")
        raw("INSERT INTO duty_judged (act) VALUES ('cancelled')")
        raw("SELECT duty_staging_made()")
        assert raw("SELECT count(*) FROM duty_judged") == [(0,)]

    def test_are_something_that_the_doctor_looks_at(self, db: None) -> None:
        assert [each.grade for each in doctor.nothing_of_its_own()] == [doctor.SOUND]


class TestNamesOfKeptStatements:
    def test_are_told_by_nothing_that_may_be_asked(self, standing_scene: Scene) -> None:
        with guarded.acting(standing_scene.asha):
            statements.rows(PROCESS, [1], keeps_plan=True)
        assert is_refused("SELECT * FROM pg_prepared_statements")
        assert is_refused("SELECT * FROM pg_prepared_statement()")
        names = [name.decode() for name in _names().values()]
        assert names
        with another_backend() as other:
            told = str(other.execute("SELECT * FROM pg_stat_activity").fetchall())
        told += str(raw("SELECT * FROM pg_cursors"))
        assert not [name for name in names if name in told]

    def test_are_others_on_every_connection(self, transactional_db: None) -> None:
        statements.rows(PROCESS, [1], keeps_plan=True)
        before = set(_names().values())
        connection.close()
        statements.rows(PROCESS, [1], keeps_plan=True)
        assert before.isdisjoint(_names().values())

    def test_are_not_used_where_they_can_be_looked_up(
        self, transactional_db: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        connection.close()
        monkeypatch.setattr(statements, "HIDDEN", b"SELECT false")
        assert statements.rows(PROCESS, [1], keeps_plan=True)[0][1] == 1
        assert not _names()
        connection.close()

    def test_let_go_of_altogether_cost_one_request(self, standing_scene: Scene) -> None:
        _count(standing_scene.asha)
        raw("DEALLOCATE ALL")
        next_request()
        with pytest.raises(DatabaseError, match="does not exist"):
            _count(standing_scene.asha)
        next_request()
        assert _count(standing_scene.asha) == 2

    def test_let_go_of_altogether_cost_nothing_where_the_first_of_a_request_finds_it(
        self, standing_scene: Scene
    ) -> None:
        statements.rows(PROCESS, [1], keeps_plan=True)
        raw("DEALLOCATE ALL")
        next_request()
        assert statements.first_of_request(PROCESS, [1]) is None
        assert _count(standing_scene.asha) == 2


def by_the_first_statement() -> int:
    ((process, _),) = statements.first_of_request(PROCESS, [1]) or [(0, 0)]
    return int(process)


def by_a_cursor() -> int:
    return int(raw("SELECT pg_backend_pid()")[0][0])


@pytest.mark.parametrize("begin", [by_the_first_statement, by_a_cursor])
class TestTheNextRequest:
    def test_is_as_if_nothing_had_been(
        self, standing_scene: Scene, begin: Callable[[], int]
    ) -> None:
        before, process = raw(SETTINGS), by_a_cursor()
        for statement in LEFT:
            raw(statement)
        raw("DECLARE held CURSOR WITH HOLD FOR SELECT * FROM pg_catalog.pg_class")
        raw("LISTEN crossforce_live")
        raw("SELECT pg_catalog.pg_advisory_lock(7)")
        next_request()
        assert begin() == process
        assert raw(SETTINGS) == before
        assert raw("SELECT name FROM pg_cursors WHERE is_holdable") == []
        assert raw("SELECT pg_listening_channels()") == []
        with another_backend() as other:
            assert other.execute("SELECT pg_try_advisory_lock(7)").fetchall() == [(True,)]
        assert _count(standing_scene.asha) == 2
        assert _count(standing_scene.cole) == 0

    def test_is_not_in_a_transaction_that_was_begun_for_it(
        self, standing_scene: Scene, begin: Callable[[], int]
    ) -> None:
        process = by_a_cursor()
        raw("BEGIN ISOLATION LEVEL REPEATABLE READ")
        next_request()
        assert begin() != process
        assert _count(standing_scene.asha) == 2


def _count(actor: Actor) -> Any:
    with guarded.acting(actor):
        return raw(COUNT)[0][0]


def _names() -> dict[Any, bytes]:
    connection.ensure_connection()
    found: dict[Any, bytes] = connection.connection.__dict__.get(journeys.NAMES, {})
    return found


ROLE = "ALTER ROLE CURRENT_USER IN DATABASE {} {}"
OF_THE_ROLE = [
    "search_path = pg_catalog",
    "search_path = information_schema, public",
    "row_security = off",
    "default_transaction_read_only = on",
    "default_transaction_isolation = 'serializable'",
    "standard_conforming_strings = off",
    "transform_null_equals = on",
    "DateStyle = 'SQL, DMY'",
]


@pytest.fixture
def alter_role(transactional_db: None) -> Iterator[Callable[[str], None]]:
    """Gives the role a setting of its own in this database, as SQL that slipped in may."""
    name = connection.ops.quote_name(connection.settings_dict["NAME"])

    def alter(setting: str) -> None:
        raw(ROLE.format(name, f"SET {setting}"))
        connection.close()

    yield alter
    raw(ROLE.format(name, "RESET ALL"))
    connection.close()


class TestSettingsOfTheRole:
    @pytest.mark.parametrize("setting", OF_THE_ROLE)
    def test_decide_nothing_on_a_new_connection_nor_on_one_used_again(
        self, standing_scene: Scene, alter_role: Callable[[str], None], setting: str
    ) -> None:
        name, before = setting.split(" ")[0], {}
        before[name] = raw(f"SHOW {name}")
        alter_role(setting)
        for _ in range(2):
            assert raw(f"SHOW {name}") == before[name]
            assert _count(standing_scene.asha) == 2
            next_request()

    def test_are_told_by_the_doctor(
        self, standing_scene: Scene, alter_role: Callable[[str], None]
    ) -> None:
        assert [each.grade for each in doctor.settings_of_the_role()] == [doctor.SOUND]
        alter_role("search_path = pg_catalog")
        (told,) = doctor.settings_of_the_role()
        assert told.grade == doctor.WARNING
        assert "search_path" in told.said
