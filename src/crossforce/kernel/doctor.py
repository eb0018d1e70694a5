"""Is this installation sound? Each finding says what is, and what mends it."""

import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from crossforce.kernel import companions, database, finite, keys_rotation, registry
from crossforce.kernel.live import process as live
from crossforce.kernel.postgres_server import DidNotStart

OLDEST_SERVER: Final = 150000
LEAST_FREE: Final = 2 * 1024**3
SOUND, WARNING, SERIOUS = "sound", "warning", "serious"
MARKS: Final = {
    SOUND: "[green]✔[/green]",
    WARNING: "[yellow]![/yellow]",
    SERIOUS: "[red]✘[/red]",
}


Look = Callable[[], Iterator["Finding"]]
more_looks: registry.Shelf[Look] = registry.Shelf("look of the doctor")
"""What the apps look at beside; each needs the database."""


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    subject: str
    said: str
    grade: str = SOUND
    remedy: str = ""

    @property
    def mark(self) -> str:
        return MARKS[self.grade]

    @property
    def is_serious(self) -> bool:
        return self.grade == SERIOUS


def examine(*, at: datetime) -> list[Finding]:
    """Look at everything; a database that does not answer is a finding, not an end."""
    found = [
        *folders(),
        *keys(at),
        *exposure(),
        *assets(),
        *live_pages(),
        *companions_at_work(),
    ]
    try:
        with database.plan().running():
            found += [finding for look in (*DATABASE_LOOKS, *more_looks) for finding in look()]
    except (DidNotStart, OperationalError) as fault:
        found.append(
            Finding(
                "Database",
                f"does not answer: {fault}".strip(),
                SERIOUS,
                "On a new installation run “crossforce migrate”; else correct DATABASE_URL.",
            )
        )
    finally:
        connection.close()
    return found


def folders() -> Iterator[Finding]:
    var: Path = settings.VAR
    free = shutil.disk_usage(var).free
    remedy = "" if free > LEAST_FREE else "Free space, or move the data with CROSSFORCE_VAR."
    grade = SOUND if free > LEAST_FREE else WARNING
    yield Finding("Data folder", f"{var}, {free / 1024**3:.1f} GiB free", grade, remedy)
    server = database.plan().server
    if server is None:
        yield Finding("Database server", "not ours: DATABASE_URL names it")
        return
    place = server.place
    moved = f"; kept there because {place.moved_because}" if place.moved_because else ""
    said = f"PostgreSQL {place.major} in {place.home}, account “{place.account.name}”{moved}"
    yield Finding("Database server", said)


def keys(at: datetime) -> Iterator[Finding]:
    folder: Path = settings.KEYS.folder
    open_to = [
        path.name
        for path in (folder, *folder.glob("*.json"))
        if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    if open_to:
        said = f"others may read {', '.join(open_to)} in {folder}"
        yield Finding(
            "Keys", said, SERIOUS, f"chmod -R go= {folder}, then rotate what was exposed."
        )
    due = [
        state.kind.name for state in keys_rotation.states(settings.KEYS, at=at) if state.is_due
    ]
    if due:
        remedy = "Run “crossforce keys rotate” for each."
        yield Finding("Keys", f"due for rotation: {', '.join(due)}", WARNING, remedy)
    if not open_to and not due:
        yield Finding("Keys", f"in {folder}, readable by us alone, none due")


def exposure() -> Iterator[Finding]:
    outside = set(settings.ALLOWED_HOSTS) - {"127.0.0.1", "localhost", "[::1]", "testserver"}
    if settings.DEMONSTRATION and outside:
        yield Finding(
            "Demonstration",
            f"anybody may choose an account, and the hosts {', '.join(sorted(outside))} are served",
            SERIOUS,
            "Set CROSSFORCE_DEMONSTRATION=0.",
        )
    elif settings.DEMONSTRATION:
        yield Finding(
            "Demonstration",
            "on, for this machine only; set CROSSFORCE_DEMONSTRATION=0 for real use",
        )
    if outside and not settings.BEHIND_TLS:
        yield Finding(
            "Transport",
            "outside hosts without TLS",
            SERIOUS,
            "Set CROSSFORCE_TLS=1 behind a TLS proxy.",
        )
    if settings.DEBUG:
        yield Finding(
            "Debugging", "on: faults show settings", WARNING, "Unset CROSSFORCE_DEBUG."
        )


def assets() -> Iterator[Finding]:
    if finders.find("built/crossforce.css"):
        yield Finding("Assets", "built")
    else:
        yield Finding("Assets", "style sheets are missing", SERIOUS, "Run “make assets”.")


def live_pages() -> Iterator[Finding]:
    """Whether pages that stay current do, while the platform is served."""
    if settings.BEHIND_TLS and not settings.LIVE_PATH:
        remedy = "Set CROSSFORCE_LIVE_PATH to the path that the proxy hands on to the stream."
        yield Finding("Live pages", "off: a port of their own has no TLS", WARNING, remedy)
    elif not live.note().exists():
        yield Finding("Live pages", "nothing is served now")
    elif live.is_well(port := live.noted_port()):
        yield Finding("Live pages", f"stream on port {port}")
    else:
        remedy = "It is begun again by itself: look into what “crossforce serve” printed."
        yield Finding("Live pages", f"nothing streams on port {port}", SERIOUS, remedy)


def companions_at_work() -> Iterator[Finding]:
    """Whether each process beside the web lives, while the platform is served."""
    standing = companions.standing()
    if standing is None:
        yield Finding("Companions", "nothing is served now")
    elif dead := [name for name, is_alive in standing.items() if not is_alive]:
        remedy = (
            "Each is begun again by itself within a minute: look into what “crossforce serve” "
            "printed. Where all of them are named, start the platform again."
        )
        yield Finding("Companions", f"not at work: {', '.join(dead)}", SERIOUS, remedy)
    else:
        yield Finding("Companions", f"at work: {', '.join(standing)}")


def server_version() -> Iterator[Finding]:
    version = connection.cursor().connection.info.server_version
    grade = SOUND if version >= OLDEST_SERVER else SERIOUS
    remedy = "" if version >= OLDEST_SERVER else "Use PostgreSQL 15 or newer."
    yield Finding("Server version", f"{version // 10000}.{version % 10000}", grade, remedy)


def collation() -> Iterator[Finding]:
    row = asked(
        "SELECT datcollate, pg_encoding_to_char(encoding), 'B' < 'a' COLLATE \"default\" "
        "FROM pg_database WHERE datname = current_database()"
    )
    good = row[1] == "UTF8" and row[2]
    remedy = "" if good else "Make the database with encoding UTF8 and collation C.UTF-8."
    yield Finding("Collation", f"{row[0]}, {row[1]}", SOUND if good else SERIOUS, remedy)


def application_role() -> Iterator[Finding]:
    row = asked(
        "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb, "
        "(SELECT count(*) FROM pg_class WHERE relowner = r.oid) FROM pg_roles r WHERE rolname = current_user"
    )
    if row[1] or row[2]:
        remedy = "Connect as a role without these: see docs/settings.md, DATABASE_URL."
        yield Finding(
            "Application role", f"{row[0]} bypasses or owns something", SERIOUS, remedy
        )
    else:
        yield Finding("Application role", f"{row[0]} owns nothing and bypasses nothing")


def nothing_of_its_own() -> Iterator[Finding]:
    """What one request could leave behind for the next."""
    row = asked(
        "SELECT has_database_privilege(current_database(), 'TEMPORARY'), "
        "has_database_privilege(current_database(), 'CREATE') OR EXISTS "
        "(SELECT FROM pg_namespace WHERE has_schema_privilege(oid, 'CREATE')) "
    )
    told = ["temporary tables" * bool(row[0]), "tables of its own" * bool(row[1])]
    if any(told):
        said = (
            f"may make {' and '.join(filter(None, told))}, which would stand in front of ours"
        )
        remedy = (
            "As owner of the database: REVOKE TEMPORARY, CREATE ON DATABASE … FROM PUBLIC and the "
            "application's role, and CREATE ON SCHEMA public likewise; GRANT TEMPORARY to the owner's."
        )
        yield Finding("Application's objects", said, SERIOUS, remedy)
    else:
        yield Finding("Application's objects", "none: it may make nothing, not even temporary")


def settings_of_the_role() -> Iterator[Finding]:
    """What somebody gave the role to begin each connection with: it may itself, so may SQL that slipped in."""
    (names,) = asked(
        "SELECT coalesce(string_agg(DISTINCT split_part(given, '=', 1), ', '), '') "
        "FROM pg_db_role_setting s, unnest(s.setconfig) given WHERE s.setrole = current_user::regrole"
    )
    if names:
        remedy = (
            "If none of yours set them: ALTER ROLE … RESET ALL, as the owner of the server."
        )
        yield Finding("Settings of the role", f"it has its own: {names}", WARNING, remedy)
    else:
        yield Finding("Settings of the role", "none of its own")


def structure() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        yield Finding(
            "Structure",
            f"{len(pending)} migrations pending",
            SERIOUS,
            "Run “crossforce migrate”.",
        )
    else:
        yield Finding("Structure", "up to date")


def safeguards() -> Iterator[Finding]:
    """What keeps rows from those who may not see them."""
    faults = [fault for check in registry.safeguards for fault in check()]
    for fault in faults:
        remedy = "Run “crossforce migrate”, which puts it back; then find out who took it away."
        yield Finding("Safeguards", fault, SERIOUS, remedy)
    if not faults:
        yield Finding("Safeguards", "row security stands on every guarded table")


def values_that_are() -> Iterator[Finding]:
    """Rows from before the database refused a day or number that there is not."""
    with connection.cursor() as cursor:
        tables = finite.unsettled(cursor)
    if tables:
        said = f"some of {', '.join(tables)} are none that there are, such as infinity: pages that list them fail"
        remedy = "Correct these rows, as owner of the database, then run “crossforce migrate”."
        yield Finding("Days and numbers", said, WARNING, remedy)
    else:
        yield Finding("Days and numbers", "all are ones that there are")


def asked(question: str) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        row: tuple[object, ...] = cursor.fetchone() or ()
    return row


DATABASE_LOOKS: Final[tuple[Callable[[], Iterator[Finding]], ...]] = (
    server_version,
    collation,
    application_role,
    nothing_of_its_own,
    settings_of_the_role,
    structure,
    safeguards,
    values_that_are,
)
