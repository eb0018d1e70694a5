"""A backup: one tar file with the database, the files and the sealed keys (docs/formats/backup.md).

The sealed part holds the hash of every other member, so that a backup altered on its way is
refused, though nobody but the holder of the passphrase or of the escrow key can read the keys.
"""

import base64
import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from crossforce.kernel import database, postgres_place
from crossforce.kernel.backup_seal import Sealer
from crossforce.kernel.files import standing
from crossforce.kernel.postgres_roles import Login

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
KEYS: Final = "keys.json"
DUMP: Final = "database.dump"
FILES: Final = "files/"
HERE: Final = "here"
ELSEWHERE: Final = "elsewhere"
ELSEWHERE_SAID: Final = "Stored files are not in it: they lie in an object store, whose own versions are their backup."


class BackupFailed(Exception):
    """The backup was not written; the message says why."""


@dataclass(frozen=True)
class Backup:
    """A backup that was written and read back."""

    path: Path
    size: int
    members: int
    has_files: bool = True

    def summary(self) -> str:
        """What was written, and what was not."""
        said = f"Wrote {self.path} ({self.size:,} bytes, {self.members} members)."
        return said if self.has_files else f"{said} {ELSEWHERE_SAID}"


def make(target: Path, *, sealer: Sealer, at: datetime) -> Backup:
    """Write beside, force to disk, then rename: a half-written backup never bears the name."""
    path = target / f"crossforce-{at:%Y%m%dT%H%M%SZ}.tar" if target.is_dir() else target
    if path.exists():
        raise BackupFailed(f"{path} exists already; nothing was written.")
    with tempfile.TemporaryDirectory(prefix="crossforce-backup-") as folder:
        dump = Path(folder) / DUMP
        with (
            settings.KEYS.rotating()
        ):  # no key is replaced between what is sealed and what it is sealed under
            dump_database(dump)
            keys = held_keys()
        root = standing.folder()
        sources = chain([(DUMP, dump)], stored_files(root) if root else ())
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            manifest = partial(manifest_of, at=at, has_files=root is not None)
            members = _write(fresh, sources, manifest, partial(sealed_keys, keys, sealer))
            fresh.rename(path)
        finally:
            fresh.unlink(missing_ok=True)
    return Backup(path, path.stat().st_size, members, root is not None)


def dump_database(target: Path) -> None:
    """By PostgreSQL's own program, in one snapshot."""
    plan = database.plan()
    login = (plan.admin or plan.owner_login()).on(connection.settings_dict["NAME"])
    options = ("--format=custom", "--no-owner", "--exclude-schema=pg_catalog", "--compress=6")
    run_program("pg_dump", login, *options, "--file", str(target))


def run_program(name: str, login: Login, *arguments: str) -> None:
    """Run pg_dump or pg_restore with the password in its environment, never on its command line."""
    server = database.plan().server
    binaries = server.place.binaries if server else postgres_place.wheel_binaries()
    command = [str(binaries / name), "--dbname", login.without_password(), *arguments]
    environment = {**postgres_place.BARE_ENVIRONMENT, "PGPASSWORD": login.password}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupFailed(
            f"{name} did not finish: {done.stderr.strip()}\nIf the versions differ, name the folder "
            "of the server's own programs in CROSSFORCE_PG_BIN."
        )


def manifest_of(members: dict[str, Any], at: datetime, *, has_files: bool) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()
    applied = sorted(MigrationRecorder(connection).applied_migrations())
    return {
        "format": FORMAT,
        "made_at": at.isoformat(),
        "server": server[0] if server else "",
        "files": HERE if has_files else ELSEWHERE,
        "migrations": [f"{app}.{name}" for app, name in applied],
        "members": members,
    }


def held_keys() -> dict[str, str]:
    """Every key as it lies in its file, save passwords of the database, which are another one's after a restore."""
    folder: Path = settings.KEYS.folder
    return {
        path.name: base64.b64encode(path.read_bytes()).decode()
        for path in sorted(folder.iterdir())
        if path.suffix in {".json", ".pub"} and not path.name.startswith("database-")
    }


def sealed_keys(keys: dict[str, str], sealer: Sealer, manifest: dict[str, Any]) -> bytes:
    inside = {"keys": keys, "manifest_sha256": hashlib.sha256(as_bytes(manifest)).hexdigest()}
    return as_bytes(sealer.seal(as_bytes(inside)))


def stored_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """All but what begins with a dot anywhere: it is on its way, or kept from before a restore."""
    for path in sorted(folder.rglob("*")) if folder.exists() else ():
        below = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in below.parts):
            yield FILES + below.as_posix(), path


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def as_bytes(value: dict[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, indent=1).encode()


class Digested:
    """A file as it is read, and the digest of what was."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.sha256 = file, hashlib.sha256()

    def read(self, length: int = -1) -> bytes:
        part = self.file.read(length)
        self.sha256.update(part)
        return part


def _write(
    path: Path,
    sources: Iterable[tuple[str, Path]],
    manifest_of_members: Callable[[dict[str, Any]], dict[str, Any]],
    keys_sealed: Callable[[dict[str, Any]], bytes],
) -> int:
    """Each source is opened once: what goes meanwhile is in it whole, or not at all. Answers how many members there are."""
    members: dict[str, Any] = {}
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as raw:
        with tarfile.open(fileobj=raw, mode="w") as tar:
            for name, file in sources:
                with suppress(FileNotFoundError), file.open("rb") as source:
                    digested = Digested(source)
                    size = _add(tar, name, digested, os.fstat(source.fileno()).st_size)
                    members[name] = {"sha256": digested.sha256.hexdigest(), "size": size}
            manifest = manifest_of_members(members)
            for name, text in ((MANIFEST, as_bytes(manifest)), (KEYS, keys_sealed(manifest))):
                _add(tar, name, io.BytesIO(text), len(text))
        raw.flush()
        os.fsync(raw.fileno())
    return len(members) + 2


def _add(tar: tarfile.TarFile, name: str, source: Any, size: int) -> int:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    tar.addfile(member, source)
    return size
