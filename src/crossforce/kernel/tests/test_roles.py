"""What the application role must not be able to do, whatever the code says."""

import psycopg
import pytest
from django.db import connection
from django.db.utils import ProgrammingError

pytestmark = pytest.mark.django_db

FORBIDDEN = {
    "make a table": "CREATE TABLE mischief (id int)",
    "empty a table at once": "TRUNCATE django_session",
    "drop a table": "DROP TABLE django_session",
    "switch a trigger off": "ALTER TABLE django_session DISABLE TRIGGER ALL",
    "make a role": "CREATE ROLE mischief",
    "become the owner": "SET ROLE crossforce_owner",
    "switch triggers off for itself": "SET session_replication_role = replica",
    "note a migration": "INSERT INTO django_migrations (app, name, applied) VALUES ('a', 'b', now())",
    "read files of the server": "SELECT pg_read_file('/etc/passwd')",
    "run programs on the server": "COPY (SELECT 1) TO PROGRAM 'true'",
}


def test_tests_run_as_the_application_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, session_user")
        assert cursor.fetchone() == ("crossforce_app", "crossforce_app")


@pytest.mark.parametrize("statement", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_the_application_role_may_not(statement: str) -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError) as refused:
        cursor.execute(statement)
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_the_application_role_bypasses_nothing_and_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication "
            "FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False,) * 5
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        assert cursor.fetchone() == (0,)


def test_text_sorts_by_code_point() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(w ORDER BY w) FROM unnest(ARRAY['b', 'B', 'a', 'â', 'Z']) w"
        )
        row = cursor.fetchone()
    assert row == (["B", "Z", "a", "b", "â"],)
