"""Statements that go to the server together."""

from typing import Any, Final

import pytest
from django.db import DatabaseError, OperationalError, transaction

from crossforce.kernel import database, statements

pytestmark = pytest.mark.django_db
SAY: Final = b"SELECT set_config('crossforce.said', $1, true)"
SAID: Final = b"SELECT current_setting('crossforce.said', true)"
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
