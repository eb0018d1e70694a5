"""Where an installation's keys live, who owns each, and how each is replaced (docs/keys.md).

One folder, mode 0700; one JSON file per key, mode 0600, newest version first. The master key seals
what is kept in the database (AES-256-GCM), so that a stolen database is not a stolen key.
"""

import base64
import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from crossforce.kernel import clock

SEAL_FORMAT: Final = b"cf1"
NONCE_BYTES: Final = 12


class KeyRefused(Exception):
    """The key cannot be used; the message says why and what mends it."""


@dataclass(frozen=True)
class KeyKind:
    """What a key is for, the office that answers for it, and how many days it should live."""

    name: str
    purpose: str
    owner: str
    days: int


CATALOGUE: Final = {
    kind.name: kind
    for kind in (
        KeyKind(
            "master",
            "Seals the keys kept in the database",
            "senior information risk owner",
            365,
        ),
        KeyKind("django", "Signs sessions and form tokens", "platform administrator", 180),
        KeyKind(
            "acting",
            "Authenticates the acting context to the database",
            "platform administrator",
            90,
        ),
        KeyKind(
            "platform",
            "Signs what the platform itself declares, such as a restore",
            "senior information risk owner",
            730,
        ),
        KeyKind(
            "log",
            "Signs the checkpoints of the ledger",
            "senior information risk owner",
            365,
        ),
        KeyKind(
            "database-admin",
            "Password of the database's administrator",
            "platform administrator",
            365,
        ),
        KeyKind(
            "database-owner",
            "Password of the role that owns the tables",
            "platform administrator",
            365,
        ),
        KeyKind(
            "database-app",
            "Password of the role that the web connects as",
            "platform administrator",
            180,
        ),
    )
}


@dataclass(frozen=True)
class KeyVersion:
    """One version of a key: its number, when it was made, and the secret."""

    number: int
    made_at: datetime
    secret: str

    def as_bytes(self) -> bytes:
        return base64.urlsafe_b64decode(self.secret)


class KeyStore:
    """The keys of one installation, in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def text(self, name: str) -> str:
        """The current secret, made on first use."""
        return self.versions(name)[0].secret

    def earlier_texts(self, name: str) -> list[str]:
        """Secrets still accepted, but no longer used for anything new."""
        return [version.secret for version in self.versions(name)[1:]]

    def versions(self, name: str) -> list[KeyVersion]:
        if name not in CATALOGUE:
            raise KeyRefused(f"There is no key called “{name}”. Known: {', '.join(CATALOGUE)}.")
        path = self._path(name)
        try:
            if not path.exists():
                with self._locked():
                    if not path.exists():
                        self._write(name, [self._made(1)])
            return self._read(path)
        except PermissionError as fault:
            raise KeyRefused(
                f"This account may not use {fault.filename}. Start as the account that owns "
                f"{self.folder}, or name another folder in CROSSFORCE_KEYS."
            ) from fault

    def exists(self, name: str) -> bool:
        return self._path(name).exists()

    def prepare(self, name: str) -> KeyVersion:
        """What could become the next version: nothing uses it until `adopt` of its secret."""
        return self._made(self.versions(name)[0].number + 1)

    def adopt(self, name: str, secret: str) -> KeyVersion:
        """Make the secret the current version; the one before stays readable until `retire`."""
        self.versions(name)  # made, if need be, before the lock is taken
        with self._locked():
            versions = self.versions(name)
            fresh = KeyVersion(versions[0].number + 1, clock.now(), secret)
            self._write(name, [fresh, *versions])
        return fresh

    def retire(self, name: str, *, keep: int = 1) -> int:
        """Forget all but the newest versions; answers how many went."""
        self.versions(name)
        with self._locked():
            versions = self.versions(name)
            self._write(name, versions[:keep])
        return max(len(versions) - keep, 0)

    def seal(self, plain: bytes, *, context: str) -> bytes:
        """Encrypt under the current master key, bound to the context (say, the row it belongs to)."""
        version = self.versions("master")[0]
        nonce = os.urandom(NONCE_BYTES)
        head = SEAL_FORMAT + version.number.to_bytes(4, "big")
        body = AESGCM(version.as_bytes()).encrypt(nonce, plain, head + context.encode())
        return head + nonce + body

    def unseal(self, sealed: bytes, *, context: str) -> bytes:
        """The plain bytes, or KeyRefused when altered, moved to another context, or its key is gone."""
        head, nonce, body = self._parts(sealed)
        number = int.from_bytes(head[len(SEAL_FORMAT) :], "big")
        for version in self.versions("master"):
            if version.number == number:
                return self._decrypted(version, nonce, body, head + context.encode())
        raise KeyRefused(
            f"Sealed under master key version {number}, which this installation no longer holds."
        )

    def reseal(self, sealed: bytes, *, context: str) -> bytes:
        """The same bytes under the current master key; unchanged when they already are."""
        head, _, _ = self._parts(sealed)
        current = self.versions("master")[0].number
        if int.from_bytes(head[len(SEAL_FORMAT) :], "big") == current:
            return sealed
        return self.seal(self.unseal(sealed, context=context), context=context)

    @staticmethod
    def _parts(sealed: bytes) -> tuple[bytes, bytes, bytes]:
        start = len(SEAL_FORMAT) + 4
        if not sealed.startswith(SEAL_FORMAT) or len(sealed) < start + NONCE_BYTES:
            raise KeyRefused("These bytes were not sealed by this program.")
        return (
            sealed[:start],
            sealed[start : start + NONCE_BYTES],
            sealed[start + NONCE_BYTES :],
        )

    @staticmethod
    def _decrypted(version: KeyVersion, nonce: bytes, body: bytes, bound: bytes) -> bytes:
        try:
            return AESGCM(version.as_bytes()).decrypt(nonce, body, bound)
        except InvalidTag:
            raise KeyRefused(
                "Sealed bytes were altered, or belong to something else."
            ) from None

    @staticmethod
    def _made(number: int) -> KeyVersion:
        secret = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
        return KeyVersion(number, clock.now(), secret)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.json"

    @staticmethod
    def _read(path: Path) -> list[KeyVersion]:
        try:
            rows = json.loads(path.read_text())["versions"]
            return [
                KeyVersion(r["number"], datetime.fromisoformat(r["made_at"]), r["secret"])
                for r in rows
            ]
        except (ValueError, KeyError, TypeError) as fault:
            raise KeyRefused(
                f"{path} is damaged: restore it from a backup. ({fault})"
            ) from fault

    def _write(self, name: str, versions: list[KeyVersion]) -> None:
        rows = [
            {"number": v.number, "made_at": v.made_at.isoformat(), "secret": v.secret}
            for v in versions
        ]
        text = json.dumps({"name": name, "versions": rows}, indent=1) + "\n"
        fresh = self.folder / f".{name}.{secrets.token_hex(4)}"
        with os.fdopen(
            os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w"
        ) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path(name))

    @contextmanager
    def rotating(self) -> Iterator[None]:
        """One rotation at a time, in whatever process: two would prepare the same number with two secrets."""
        with self._locked(".rotating"):
            yield

    @contextmanager
    def _locked(self, name: str = ".lock") -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self.folder / name, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)
