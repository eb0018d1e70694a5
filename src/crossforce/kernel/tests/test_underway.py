"""A statement that the server works on meanwhile."""

from datetime import UTC, datetime

import psycopg
import pytest
from django.db import OperationalError, ProgrammingError, connection, transaction

from crossforce.kernel import underway

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
ASKS = "SELECT n, %s::timestamptz FROM unnest(%s::int[]) n WHERE n <> %s"


def one() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        found: int = cursor.fetchone()[0]
    return found


@pytest.mark.django_db
def test_is_answered_when_it_is_wanted() -> None:
    assert one()
    with underway.begun(ASKS, [AT, [1, 2, 3], 2]) as answer:
        assert answer() == [(1, AT), (3, AT)]
    assert one()


@pytest.mark.django_db
def test_nothing_else_can_be_asked_meanwhile() -> None:
    assert one()
    with (
        pytest.raises(OperationalError),
        transaction.atomic(),
        underway.begun("SELECT pg_sleep(0.2)", []),
    ):
        one()
    assert one()


@pytest.mark.django_db
def test_what_goes_wrong_in_the_block_leaves_a_connection_that_works() -> None:
    assert one()
    with (
        pytest.raises(ZeroDivisionError),
        transaction.atomic(),
        underway.begun("SELECT generate_series(1, 100000)", []),
    ):
        raise ZeroDivisionError
    assert one()


@pytest.mark.django_db
def test_a_statement_that_fails_says_so_as_others_do() -> None:
    assert one()
    with (
        pytest.raises(ProgrammingError, match="no_such_thing"),
        transaction.atomic(),
        underway.begun("SELECT no_such_thing", []) as answer,
    ):
        answer()
    assert one()


@pytest.mark.django_db(transaction=True)
def test_is_refused_outside_of_a_transaction() -> None:
    assert one()
    with pytest.raises(psycopg.InterfaceError), underway.begun("SELECT 1", []):
        pass
