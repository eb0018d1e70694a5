"""Put a backup in the place of this installation.

Nothing of the installation is touched until every member's hash is right and the database has been
restored beside it; what it replaces is kept under another name, so that a mistake can be undone.
"""

import base64
import hashlib
import json
import shutil
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from crossforce.kernel import backup, database, postgres_roles, registry
from crossforce.kernel.backup_seal import Opener
from crossforce.kernel.files import standing
from crossforce.kernel.postgres import Plan
from crossforce.kernel.postgres_roles import Login

BEFORE: Final = ".before-"


class CannotRestore(Exception):
    """The backup was not restored and nothing was changed; the message says why."""


@dataclass(frozen=True)
class Restored:
    """What a restore put in place, and where what was there before is kept."""

    made_at: str
    manifest_sha256: str
    database_before: str
    keys_before: Path

    def summary(self) -> str:
        return (
            f"Restored the backup of {self.made_at}. Kept from before: database "
            f"{self.database_before}, keys {self.keys_before}. Delete them when you are sure."
        )


def restore(source: Path, *, opener: Opener, at: datetime) -> Restored:
    """Verify, restore beside, swap, then let the apps note it (the ledger signs an entry)."""
    plan = database.plan()
    with unpacked(source) as folder, plan.running():
        manifest = read_json(folder / backup.MANIFEST)
        keys = verified_keys(folder, manifest, opener)
        refuse_newer(manifest)
        plan.prepare()
        refuse_when_in_use(plan)
        name = connection.settings_dict["NAME"]
        stamp = f"{at:%Y%m%d%H%M%S}"
        restore_database(plan, folder / backup.DUMP, name=f"{name}_restoring")
        before = swap_database(plan, name=name, stamp=stamp)
        if manifest.get("files") != backup.ELSEWHERE:
            swap_files(folder / backup.FILES, stamp)
        keys_before = swap_keys(keys, stamp)
        database.migrate()
        sha256 = hashlib.sha256(backup.as_bytes(manifest)).hexdigest()
        for hook in registry.restored_hooks:
            hook(at=at, backup={"made_at": manifest["made_at"], "manifest_sha256": sha256})
    return Restored(manifest["made_at"], sha256, before, keys_before)


@contextmanager
def unpacked(source: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="crossforce-restore-") as name:
        folder = Path(name)
        try:
            with tarfile.open(source, mode="r:") as tar:
                tar.extractall(folder, filter="data")
        except (tarfile.TarError, OSError) as fault:
            raise CannotRestore(f"{source} is not a whole backup. ({fault})") from fault
        yield folder


def verified_keys(folder: Path, manifest: dict[str, Any], opener: Opener) -> dict[str, bytes]:
    """The keys, once the manifest and every member are shown to be those that were sealed."""
    if manifest.get("format") != backup.FORMAT:
        raise CannotRestore(f"This program reads format {backup.FORMAT} of backups only.")
    inside = json.loads(opener.open(read_json(folder / backup.KEYS)))
    if inside["manifest_sha256"] != hashlib.sha256(backup.as_bytes(manifest)).hexdigest():
        raise CannotRestore("The manifest was altered after the backup was sealed.")
    for name, member in manifest["members"].items():
        path = folder / name
        if not path.is_file() or backup.digest(path) != member["sha256"]:
            raise CannotRestore(f"The member {name} is missing or altered.")
    return {name: base64.b64decode(text) for name, text in inside["keys"].items()}


def read_json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError) as fault:
        raise CannotRestore(f"The backup has no readable {path.name}. ({fault})") from fault
    if not isinstance(found, dict):
        raise CannotRestore(f"{path.name} of the backup is not what it should be.")
    return found


def refuse_newer(manifest: dict[str, Any]) -> None:
    """A structure that this program does not know cannot be served by it."""
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    unknown = sorted(set(manifest["migrations"]) - known)
    if unknown:
        raise CannotRestore(
            f"The backup comes from a newer program ({unknown[-1]} is unknown here): install that version."
        )


IN_USE: Final = """
    SELECT FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""
LEAVING_SECONDS: Final = 5.0
"""As PostgreSQL itself waits before it drops a database: what has just ended takes a moment to be gone."""


def refuse_when_in_use(plan: Plan) -> None:
    """Whoever is still connected is waited for a little. Raises CannotRestore."""
    connection.close()
    last = time.monotonic() + LEAVING_SECONDS
    with administrator(plan).connect() as opened:
        while opened.execute(IN_USE, [connection.settings_dict["NAME"]]).fetchone():
            if time.monotonic() > last:
                raise CannotRestore("The database is in use. Stop “crossforce serve” first.")
            time.sleep(0.05)


def administrator(plan: Plan) -> Login:
    if plan.admin is None:
        raise CannotRestore(
            "A restore makes a database: give DATABASE_URL alone, of a role that may do that."
        )
    return plan.admin


def restore_database(plan: Plan, dump: Path, *, name: str) -> None:
    admin, owner = administrator(plan), plan.owner_login()
    postgres_roles.drop_database(admin, name=name)
    postgres_roles.make_database(admin, owner=owner, application=plan.application, name=name)
    backup.run_program(
        "pg_restore",
        owner.on(name),
        "--no-owner",
        "--single-transaction",
        "--exit-on-error",
        str(dump),
    )


def swap_database(plan: Plan, *, name: str, stamp: str) -> str:
    before = f"{name}_before_{stamp}"
    postgres_roles.rename_databases(
        administrator(plan), [(name, before), (f"{name}_restoring", name)]
    )
    return before


def swap_files(fresh: Path, stamp: str) -> None:
    """What was there is kept in the folder itself, which may be a disk of its own. In an object store nothing is taken away."""
    root = standing.folder()
    if root is None:
        for name, path in backup.stored_files(fresh):
            standing.main().keep(name.removeprefix(backup.FILES), path)
        return
    before = root / f"{BEFORE}{stamp}"
    before.mkdir(parents=True, mode=0o700)
    for path in root.iterdir():
        if not path.name.startswith(BEFORE):
            path.rename(before / path.name)
    if fresh.exists():
        shutil.copytree(fresh, root, dirs_exist_ok=True)


def swap_keys(keys: dict[str, bytes], stamp: str) -> Path:
    """The backup's keys; but the database passwords of this installation, which its server knows."""
    folder: Path = settings.KEYS.folder
    before = folder.with_name(f"{folder.name}.before-{stamp}")
    fresh = folder.with_name(f"{folder.name}.restoring-{stamp}")
    fresh.mkdir(mode=0o700)
    kept = {path.name: path.read_bytes() for path in folder.glob("database-*.json")}
    for name, content in (keys | kept).items():
        path = fresh / name
        path.touch(mode=0o600)
        path.write_bytes(content)
    folder.rename(before)
    fresh.rename(folder)
    return before
