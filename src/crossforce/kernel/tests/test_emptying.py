"""After a transactional test the database is empty again, append-only tables too."""

from typing import Any

import psycopg
import pytest
from django.db import connection

from crossforce.kernel import database
from crossforce.kernel.testing import emptying

APPEND_ONLY = """
CREATE TABLE stone (id int PRIMARY KEY);
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'append-only'; END $$;
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON stone EXECUTE FUNCTION refuse();
CREATE TRIGGER no_delete BEFORE DELETE ON stone EXECUTE FUNCTION refuse();
ALTER TABLE stone ENABLE ALWAYS TRIGGER no_delete;
INSERT INTO stone VALUES (1);
"""


@pytest.fixture
def stone(owner_connection: psycopg.Connection[tuple[Any, ...]]) -> Any:
    owner_connection.execute(APPEND_ONLY)
    yield owner_connection
    owner_connection.execute("DROP TABLE stone; DROP FUNCTION refuse()")


@pytest.mark.parametrize("who", ["owner", "admin"])
def test_empties_an_append_only_table_and_leaves_its_triggers_on(
    stone: psycopg.Connection[tuple[Any, ...]], who: str
) -> None:
    login = getattr(database.plan(), who)
    if login is None:
        pytest.skip("the server is not ours to administer")
    emptying.empty(login.on(connection.settings_dict["NAME"]))
    assert stone.execute("SELECT count(*) FROM stone").fetchone() == (0,)
    stone.execute("INSERT INTO stone VALUES (1)")
    for statement in ("TRUNCATE stone", "DELETE FROM stone"):
        with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
            stone.execute(statement)
