"""Statements that go to the server together."""

from typing import Final

import pytest
from django.db import DatabaseError, transaction

from crossforce.kernel import statements

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
