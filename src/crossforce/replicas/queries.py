"""Whether the primary agrees with what was read on a standby; and how the standby stands."""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import connection

from crossforce.kernel import guarded_watch, replica, statements
from crossforce.kernel.doctor import SERIOUS, WARNING, Finding
from crossforce.kernel.guarded_newest import among
from crossforce.kernel.guarded_watch import Rows
from crossforce.records import api as records

NOTE: Final = b"SELECT replicas_known(), now()::text"
AGREES: Final = b"SELECT replicas_agrees($1, $2::timestamptz)"
SUBJECT: Final = "Standby"
WAITS: Final = 5
"""Seconds within which a standby has to answer the doctor."""
WRITTEN: Final = "SELECT pg_current_wal_lsn()::text"
REPLAYED: Final = """SELECT pg_is_in_recovery(),
    greatest(pg_wal_lsn_diff(%s::pg_lsn, coalesce(pg_last_wal_replay_lsn(), '0/0')), 0)::bigint"""
Noted = tuple[str | None, ...]


def look() -> Iterator[Finding]:
    """Whether the standby that is named answers and follows; what “crossforce doctor” says of it."""
    login = settings.REPLICA_DATABASE
    if login is None:
        return
    where = (
        f"at {login.host or 'this machine'}, port {login.port or '5432'}, database {login.name}"
    )
    try:
        is_standby, behind = _asked(login)
    except psycopg.Error as fault:
        said = f"{where}: does not answer as one; the primary reads alone: {fault}".strip()
        remedy = "Start it and let the web's role in, or correct or unset REPLICA_DATABASE_URL."
        yield Finding(SUBJECT, " ".join(said.split()), WARNING, remedy)
        return
    if is_standby:
        yield Finding(SUBJECT, f"{where}: follows, {behind:,} bytes of log behind")
    else:
        remedy = "Let REPLICA_DATABASE_URL name a hot standby of this database, or unset it."
        said = f"{where}: takes writes of its own, so it is none; the primary reads alone"
        yield Finding(SUBJECT, said, SERIOUS, remedy)


def _asked(login: Any) -> tuple[bool, int]:
    """Whether it is a standby, and how many bytes of the primary's log it has not replayed."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        (written,) = cursor.fetchone() or ("0/0",)
    with login.connect(connect_timeout=WAITS) as opened:
        found: tuple[bool, int] = opened.execute(REPLAYED, [written]).fetchone()
    return found


def noted() -> Noted:
    """What the standby knows of rights, and when by its clock."""
    return statements.texts(NOTE)[0]


def agrees(known: Noted, gathered: replica.Gathered) -> bool:
    """Whether the standby knew all that decides, and each row that was read is still where it was read.

    The rows are read again under the row security of the primary: one that was moved, disposed of or closed
    to the reader since is missing.
    """
    if statements.texts(AGREES, known) != [("t",)]:
        return False
    with guarded_watch.unwatched():
        return all(
            _are_there(each.model, each.consulted)
            and _are_there(records.Pointer, each.pointers)
            for each in gathered.values()
        )


def _are_there(model: Any, rows: Rows) -> bool:
    if not rows:
        return True
    found = model.objects.filter(among(list(rows), "pk", "uuid"))
    there: Mapping[UUID, int] = dict(found.values_list("pk", "scope_id"))
    return all(
        row in there and (scope is None or there[row] == scope) for row, scope in rows.items()
    )
