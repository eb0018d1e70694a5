"""Statements that go to the server together."""

from typing import Any, Final

import psycopg
import pytest
from django.db import (
    DatabaseError,
    OperationalError,
    close_old_connections,
    connection,
    transaction,
)

from crossforce.kernel import database, statements, underway

pytestmark = pytest.mark.django_db
SAY: Final = b"SELECT set_config('crossforce.said', $1, true)"
SAID: Final = b"SELECT current_setting('crossforce.said', true)"
STAYS: Final = b"SELECT set_config('crossforce.said', $1, false)"
ONE: Final = b"SELECT '1'"
AROUND: Final = (SAY, ["before"]), (SAY, ["after"])


class TestBetween:
    def test_one_is_asked_after_what_is_said_before_it_and_before_the_rest(self) -> None:
        for number in (1, 2):
            asked = SAID + b", %s::int"
            assert statements.rows_between(AROUND, asked, [number]) == [("before", number)]
            assert statements.texts(SAID) == [("after",)]

    def test_one_that_fails_takes_back_what_was_said_with_its_transaction(self) -> None:
        statements.texts(SAY, ["first"])
        with pytest.raises(DatabaseError, match="division by zero"), transaction.atomic():
            statements.rows_between(AROUND, b"SELECT 1 / %s::int", [0])
        assert statements.texts(SAID) == [("first",)]

    def test_the_first_that_fails_is_told_of(self) -> None:
        wrong = (b"SELECT $1::int", ["nought"]), (SAY, ["after"])
        with pytest.raises(DatabaseError, match="invalid input syntax"), transaction.atomic():
            statements.rows_between(wrong, b"SELECT 1 / %s::int", [0])


def by_cursor(statement: bytes = SAID) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement.decode())
        return list(cursor.fetchall())


def by_many() -> list[Any]:
    """In a pipeline of the driver's own."""
    seen = "SELECT set_config(%s, current_setting('crossforce.said'), true)"
    with connection.cursor() as cursor:
        cursor.executemany(seen, [["crossforce.seen"], ["crossforce.seen"]])
    return statements.texts(b"SELECT current_setting('crossforce.seen')")


def said_after(statement: bytes, given: list[str]) -> None:
    statements.hold(statement, given)
    statements.texts(SAY, ["second"])


def held_after(statement: bytes, given: list[str]) -> None:
    statements.texts(statement, given)
    statements.hold(b"SELECT $1::int", ["nought"])


class TestHold:
    @pytest.mark.parametrize(
        "asked",
        [lambda: statements.texts(SAID), lambda: statements.rows(SAID), by_cursor, by_many],
    )
    def test_it_is_said_before_the_next_whatever_way_that_goes(self, asked: Any) -> None:
        statements.texts(SAY, ["first"])
        statements.hold(SAY, ["second"])
        statements.hold(SAY, ["third"])
        assert asked() == [("third",)]

    def test_the_next_does_not_happen_where_it_fails(self) -> None:
        statements.texts(SAY, ["first"])
        with pytest.raises(DatabaseError, match="invalid input syntax"), transaction.atomic():
            said_after(b"SELECT $1::int", ["nought"])
        assert statements.texts(SAID) == [("first",)]


@pytest.mark.django_db(transaction=True)
class TestHeldToTheEnd:
    def test_it_travels_with_the_commit(self) -> None:
        with transaction.atomic():
            statements.texts(SAID)
            statements.hold(STAYS, ["held"])
        assert statements.texts(SAID) == [("held",)]

    def test_one_that_fails_takes_the_transaction_back(self) -> None:
        with pytest.raises(DatabaseError, match="invalid input syntax"), transaction.atomic():
            held_after(STAYS, ["lost"])
        assert statements.texts(SAID) != [("lost",)]

    def test_it_is_never_said_of_a_transaction_taken_back(self) -> None:
        with transaction.atomic():
            statements.texts(SAID)
            statements.hold(b"SELECT $1::int", ["nought"])
            transaction.set_rollback(True)
        assert statements.texts(b"SELECT '1'") == [("1",)]


@pytest.mark.django_db(transaction=True)
class TestFirstOfRequest:
    def test_makes_the_connection_as_new_before_it_asks(self) -> None:
        left_behind("pg_catalog")
        asked = b"SELECT current_setting('search_path')"
        assert statements.first_of_request(asked, ()) == [("public, pg_temp",)]

    def test_leaves_it_to_the_next_where_what_was_left_keeps_it_from_being_planned(
        self,
    ) -> None:
        left_behind("pg_catalog")
        asked = b"SELECT count(*) FROM django_session WHERE session_key = %s"
        assert statements.first_of_request(asked, ["none"]) is None
        assert statements.rows(asked, ["none"]) == [(0,)]


@pytest.mark.django_db(transaction=True)
class TestBegunAhead:
    @pytest.fixture(autouse=True)
    def _begun(self) -> None:
        left_behind("pg_catalog")
        assert statements.first_of_request(b"SELECT 1", (), begins=True) == [(1,)]
        assert not is_idle()

    def test_whoever_begins_takes_it_and_is_told_where_it_is(self) -> None:
        with transaction.atomic():
            assert statements.here() == statements.texts(statements.HERE.statement)[0]

    def test_the_next_transaction_is_not_taken_for_it(self) -> None:
        with transaction.atomic():
            statements.texts(SAID)
        with transaction.atomic():
            assert statements.here() == statements.texts(statements.HERE.statement)[0]

    @pytest.mark.parametrize(
        "asked",
        [
            lambda: statements.texts(ONE),
            lambda: statements.rows(ONE),
            lambda: statements.rows(ONE, keeps_plan=True),
            lambda: by_cursor(ONE),
        ],
    )
    def test_what_is_said_outside_of_any_is_not_within_it(self, asked: Any) -> None:
        assert asked() == [("1",)]
        assert is_idle()

    def test_where_it_is_is_told_outside_of_it_too(self) -> None:
        statements.here()
        assert is_idle()

    def test_nothing_is_begun_within_it_by_whoever_has_none(self) -> None:
        with pytest.raises(psycopg.InterfaceError), underway.begun("SELECT 1", ()):
            pass

    def test_it_ends_with_the_request(self) -> None:
        close_old_connections()
        assert is_idle()
        assert statements.texts(b"SELECT '1'") == [("1",)]

    def test_taken_back_it_does_not_bring_back_what_was_left_before(self) -> None:
        with transaction.atomic():
            statements.texts(SAID)
            transaction.set_rollback(True)
        asked = b"SELECT current_setting('search_path')"
        assert statements.texts(asked) == [("public, pg_temp",)]


class TestAlong:
    def test_it_is_answered_with_the_next(self) -> None:
        statements.texts(SAY, ["first"])
        answer = statements.along(SAID, [])
        statements.texts(SAY, ["second"])
        assert answer() == [("first",)]

    def test_it_is_asked_where_nothing_was(self) -> None:
        statements.texts(SAY, ["first"])
        assert statements.along(SAID, [])() == [("first",)]


def is_idle() -> bool:
    opened: Any = connection
    return bool(opened.is_idle)


def left_behind(path: str) -> None:
    """By one request, for the next."""
    statements.texts(b"SELECT set_config('search_path', $1, false)", [path])
    opened: Any = connection
    opened.health_check_done = False


@pytest.mark.parametrize("asked", [statements.texts, statements.rows])
@pytest.mark.django_db(transaction=True)
def test_one_on_a_connection_that_the_server_ended_says_why(
    asked: Any,
) -> None:
    ((backend,),) = statements.texts(b"SELECT pg_backend_pid()::text")
    admin = database.plan().admin
    if admin is None:
        pytest.skip("the tests run on a server where nobody of ours may end a session")
    with admin.connect(autocommit=True) as beside:
        beside.execute("SELECT pg_terminate_backend(%s, 5000)", [int(backend or 0)])
    with pytest.raises(OperationalError, match="administrator command"):
        asked(b"SELECT 'a'")
