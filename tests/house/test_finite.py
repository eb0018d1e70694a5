"""What the application may write is a day or a number that there is, in every column of every table."""

from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from crossforce.config import platform
from crossforce.kernel import doctor, finite

WRITABLE = """
SELECT c.relname::text, a.attname::text, format_type(a.atttypid, NULL)
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0
   AND (t.typcategory IN ('D', 'T', 'R') OR t.typname IN ('numeric', 'float4', 'float8'))
   AND (has_column_privilege(c.oid, a.attnum, 'INSERT') OR has_column_privilege(c.oid, a.attnum, 'UPDATE'))"""
NONE = {
    "date": ("infinity", "-infinity", "30000-01-01", "0044-03-15 BC", "0001-01-01"),
    "time without time zone": ("24:00",),
    "numeric": ("NaN",),
    "double precision": ("NaN", "infinity", "-infinity"),
}
NONE["timestamp with time zone"] = NONE["date"]
NONE["tstzrange"] = NONE["daterange"] = (
    *("[-infinity,2026-01-01)", "[2026-01-01,infinity)", "[2026-01-01,infinity]"),
    *("[20000-01-01,)", "(,30000-01-01)", "[0044-03-15 BC,)"),
)
SOME = {
    "date": "2024-02-29",
    "daterange": "[2024-02-29,)",
    "tstzrange": "[0001-01-01T00:00Z,)",
    "timestamp with time zone": "2026-11-22T10:00Z",
    "time without time zone": "23:59:59",
    "numeric": "-7.25",
    "double precision": "51.45",
}
OF = "SELECT pg_get_constraintdef(oid), convalidated FROM pg_constraint WHERE conrelid = %s::regclass AND conname = %s"


@pytest.fixture
def columns(db: None) -> list[tuple[str, str, str]]:
    """As the application sees its own rights."""
    with connection.cursor() as cursor:
        cursor.execute(WRITABLE)
        found: list[tuple[str, str, str]] = cursor.fetchall()
    assert len(found) > 60
    assert {kind for _, _, kind in found} <= NONE.keys()
    return found


def test_every_column_of_time_or_number_takes_no_other(
    columns: list[tuple[str, str, str]], owner_connection: psycopg.Connection[Any]
) -> None:
    """Each constraint is tried on an empty table of the same columns, where nothing else refuses."""
    made: set[str] = set()
    for table, column, kind in columns:
        copy = f"tried_{table}"[:63]
        if table not in made:
            owner_connection.execute(
                f'CREATE TEMP TABLE "{copy}" AS SELECT * FROM "{table}" WITH NO DATA'
            )
            found = owner_connection.execute(OF, [table, table + finite.SUFFIX]).fetchone()
            assert found, f"{table}.{column} takes infinity"
            assert found[1], table
            owner_connection.execute(f'ALTER TABLE "{copy}" ADD {found[0]}')
            made.add(table)
        for value in NONE[kind]:
            with pytest.raises(psycopg.errors.CheckViolation):
                owner_connection.execute(
                    f'INSERT INTO "{copy}" ("{column}") VALUES (%s)', [value]
                )
        owner_connection.execute(
            f'INSERT INTO "{copy}" ("{column}") VALUES (%s), (NULL)', [SOME[kind]]
        )


def test_a_command_says_what_was_wrong_with_what_it_was_sent(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    endless = "INSERT INTO django_session VALUES ('a', 'b', '4000-01-01')"
    with pytest.raises(SystemExit), platform.reported(), transaction.atomic():
        connection.cursor().execute(endless)
    assert "years are 1000 to 2999" in " ".join(capsys.readouterr().err.split())
    with pytest.raises(IntegrityError), platform.reported(), transaction.atomic():
        connection.cursor().execute(endless.replace("'b'", "NULL"))


def test_what_stood_before_is_named_until_it_is_mended(
    owner_connection: psycopg.Connection[Any],
) -> None:
    """An upgrade does not stop at such a row: nobody knows what it should say. New ones are refused at once."""
    owner_connection.execute("ALTER TABLE django_session DROP CONSTRAINT django_session_finite")
    owner_connection.execute("INSERT INTO django_session VALUES ('a', 'b', 'infinity')")
    with owner_connection.cursor() as owner:
        finite.install(owner)
        assert finite.unsettled(owner) == ["django_session"]
        assert [each.grade for each in doctor.values_that_are()] == [doctor.WARNING]
        with pytest.raises(psycopg.errors.CheckViolation):
            owner.execute("INSERT INTO django_session VALUES ('c', 'd', 'infinity')")
        owner.execute("DELETE FROM django_session")
        finite.install(owner)
        assert not finite.unsettled(owner)
        assert [each.grade for each in doctor.values_that_are()] == [doctor.SOUND]
