"""The fixture `shipped_directory`: the reference files in the database, loaded once in a test run.

The first test that asks loads them as an administrator would and keeps the rows as JSON; every
later one puts them back, which takes a tenth of the time. Of other files the same can be kept.
"""

from collections.abc import Callable
from typing import Any, Final

from django.db import connection

from crossforce.kernel import guarded
from crossforce.kernel.testing import ground
from crossforce.organisations import models, operations
from crossforce.organisations.tests.factories import AT, KEEPER

TABLES: Final = [
    model._meta.db_table
    for model in (
        models.Organisation,
        models.FormerName,
        models.Succession,
        models.RegionMembership,
        models.Seat,
        models.Driver,
        models.DriverFigure,
        models.DirectoryStamp,
    )
]
PUT: Final = """
WITH put AS (
  INSERT INTO {0} OVERRIDING SYSTEM VALUE SELECT * FROM json_populate_recordset(NULL::{0}, %s) RETURNING 1)
SELECT count(*) FROM put"""


class Directory:
    """The rows of a directory, as they were when it was first loaded."""

    def __init__(self) -> None:
        self._rows: dict[str, str] = {}

    def stand(self, load: Callable[[], Any]) -> None:
        """Load it, or put back what was loaded: then the ledger is as it was."""
        if self._rows:
            with guarded.acting(KEEPER):
                for table, rows in self._rows.items():
                    _answered(PUT.format(table), rows)
        else:
            load()
            self._rows.update({table: _copied(table) for table in TABLES})


SHIPPED: Final = Directory()


@ground.fixture
def shipped_directory(db: None) -> None:
    """The shipped directory, in the database; the ledger is as it was."""
    SHIPPED.stand(lambda: operations.load_reference(actor=KEEPER, at=AT))


def _copied(table: str) -> str:
    return str(_answered(f"SELECT coalesce(json_agg(t), '[]')::text FROM {table} t"))


def _answered(statement: str, *given: str) -> Any:
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        return cursor.execute(statement, given).fetchone()[0]
