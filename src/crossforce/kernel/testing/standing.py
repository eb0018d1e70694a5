"""What was loaded into an empty test database once, kept as the rows of its tables and put back for every test.

The administrator of the server puts the rows back, so that no trigger and no policy takes part: they
took part when the rows were first written. All workers of a run share what one of them has loaded.
"""

import fcntl
import json
import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, LiteralString, TypeVar

from django.db import connection
from psycopg import sql

from crossforce.kernel import database
from crossforce.kernel.postgres_roles import Login
from crossforce.kernel.testing import emptying

Told = TypeVar("Told")
COUNTERS: Final = (
    "SELECT sequencename::text, last_value FROM pg_sequences WHERE last_value IS NOT NULL"
)
KEEP: Final[LiteralString] = "COPY {} TO STDOUT (FORMAT binary)"
PUT: Final[LiteralString] = "COPY {} FROM STDIN (FORMAT binary)"


class Standing:
    """Worlds by name, in a folder that all workers of the run know."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def stand(self, name: str, load: Callable[[], Told]) -> Told:
        """Load it, or put back what was loaded under this name; answers what loading answered."""
        admin = database.plan().admin
        if admin is None:  # only the administrator of a server may
            return load()
        mine = admin.on(connection.settings_dict["NAME"])
        kept = self.folder / name
        with alone(self.folder / f"{name}.lock"):
            if kept.exists():
                put_back(mine, kept)
                told: Told = pickle.loads((kept / "told").read_bytes())  # noqa: S301 - of this run
                return told
            told = load()
            fresh = self.folder / f"{name}-{os.getpid()}"
            fresh.mkdir()
            keep(mine, fresh)
            (fresh / "told").write_bytes(pickle.dumps(told))
            fresh.rename(kept)
            return told


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Another worker that wants the same waits here until it is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def keep(admin: Login, folder: Path) -> None:
    """Write the rows of every table that has some, and where the counters stand."""
    with admin.connect() as opened:
        untouched = {
            table for table, kept in emptying.installed_rows().items() if kept == "true"
        }
        for table in set(emptying.tables_with_rows(opened)) - untouched:
            with (
                (folder / f"{table}.rows").open("wb") as file,
                opened.cursor().copy(_named(KEEP, table)) as rows,
            ):
                file.writelines(rows)
        counters = dict(opened.execute(COUNTERS).fetchall())
        (folder / "counters").write_text(json.dumps(counters))


def put_back(admin: Login, folder: Path) -> None:
    """The same rows into an empty database, all of them or none."""
    with admin.connect() as opened:
        paths = sorted(folder.glob("*.rows"))
        with emptying.without_triggers(opened, {path.stem for path in paths}):
            for path in paths:
                opened.execute(_named("DELETE FROM {}", path.stem))  # what `migrate` wrote
                with opened.cursor().copy(_named(PUT, path.stem)) as rows:
                    rows.write(path.read_bytes())
        for name, value in json.loads((folder / "counters").read_text()).items():
            opened.execute("SELECT setval(quote_ident(%s)::regclass, %s)", [name, value])


def _named(statement: LiteralString, table: str) -> sql.Composed:
    return sql.SQL(statement).format(sql.Identifier(table))
