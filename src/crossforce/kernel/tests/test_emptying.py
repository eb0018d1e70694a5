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
INSERT INTO stone VALUES (1);
"""


@pytest.fixture
def stone(owner_connection: psycopg.Connection[tuple[Any, ...]]) -> Any:
    owner_connection.execute(APPEND_ONLY)
    yield owner_connection
    owner_connection.execute("DROP TABLE stone; DROP FUNCTION refuse()")


def test_empties_an_append_only_table_and_leaves_its_trigger_on(
    stone: psycopg.Connection[tuple[Any, ...]],
) -> None:
    emptying.empty(database.plan().owner_login().on(connection.settings_dict["NAME"]))
    assert stone.execute("SELECT count(*) FROM stone").fetchone() == (0,)
    with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        stone.execute("TRUNCATE stone")
