"""A witness: remembers what it saw of a log, and signs only what continues it.

It runs where the log's host has no say. Before a signature leaves, what was signed is on the disk.
"""

import base64
import fcntl
import json
import os
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crossforce.transparency import checkpoint, receipt, tree
from crossforce.transparency.checkpoint import Checkpoint, Key, NotACheckpoint, NotSigned
from crossforce.transparency.entry import NotAnEntry
from crossforce.transparency.exported import DoesNotVerify, NotAnExport
from crossforce.transparency.receipt import Receipt
from crossforce.transparency.tree import DoesNotProve

RESTORED: Final = "platform.restored"
CLOCKS_DIFFER: Final = 300
"""By how many seconds the clocks of host and witness may differ."""
PATIENCE: Final = 30
LARGEST: Final = 8_000_000

Prove = Callable[[int], Sequence[bytes]]
"""Proof that the offered checkpoint continues the tree of a size: `prove(size)`."""


class Fraud(Exception):
    """The log does not continue what was seen of it, and no restore explains it: keep both checkpoints."""


class Restored(Exception):
    """The log was restored from a backup, and entries that were seen are not in it any more."""

    def __init__(self, message: str, entry: str) -> None:
        super().__init__(message)
        self.entry = entry


class Unreachable(Exception):
    """The log did not answer as it should; the message says what."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A checkpoint that was cosigned, and when."""

    size: int
    root: str
    time: int


@dataclass(frozen=True, slots=True)
class Memory:
    """What a witness knows of one log. `restores` are those that a person accepted."""

    log_key: str = ""
    seen: tuple[Seen, ...] = ()
    lost: tuple[Seen, ...] = ()
    restores: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> "Memory":
        body = json.loads(text)
        seen, lost = (tuple(Seen(**each) for each in body[name]) for name in ("seen", "lost"))
        return cls(body["log_key"], seen, lost, tuple(body["restores"]))


class Source(Protocol):
    """Where a log publishes."""

    def note(self) -> str: ...
    def path(self, first: int, second: int) -> Sequence[bytes]: ...
    def restorations(self) -> Sequence[Receipt]: ...
    def send(self, note: str) -> None: ...


def judge(
    memory: Memory,
    offered: Checkpoint,
    prove: Prove,
    restorations: Callable[[], Sequence[Receipt]],
) -> None:
    """Return when the offered checkpoint continues what was seen; raise Restored or Fraud."""
    if not memory.seen:
        return
    last = max(memory.seen, key=lambda seen: seen.size)
    fault = _break(last, offered, prove)
    if fault is None:
        return
    for declared in restorations():
        if _explains(declared, memory, offered, prove):
            raise Restored(_in_words(declared, last), _id(declared))
    raise Fraud(
        f"{fault}. Seen: size {last.size}, root {last.root}. "
        f"Offered: size {offered.size}, root {offered.root.hex()}. No restore explains it."
    )


def _break(seen: Seen, offered: Checkpoint, prove: Prove) -> str | None:
    """How the offered checkpoint fails to continue what was seen; None when it does continue it."""
    if offered.size < seen.size:
        return f"The log shrank from {seen.size} to {offered.size} entries"
    try:
        path = prove(seen.size) if offered.size > seen.size else ()
        tree.verify_consistency(
            seen.size, offered.size, path, bytes.fromhex(seen.root), offered.root
        )
    except DoesNotProve as fault:
        return f"The log was rewritten below entry {seen.size} ({fault})"
    return None


def _explains(declared: Receipt, memory: Memory, offered: Checkpoint, prove: Prove) -> bool:
    """Whether a declared restore accounts for what is missing, and for no more.

    The declaration must be in the offered tree and new. Whatever was seen before the backup was
    made must be in it; and the newest that was seen of what is kept must be continued.
    """
    try:
        found = receipt.verify(declared, [Key.parse(memory.log_key)]).found.entry
        at = datetime.fromisoformat(str(found.detail["backup_made_at"])).timestamp()
    except (
        NotSigned,
        DoesNotProve,
        DoesNotVerify,
        NotAnEntry,
        NotAnExport,
        KeyError,
        ValueError,
    ):
        return False
    here = declared.note.checkpoint
    if found.operation != RESTORED or str(found.id) in memory.restores:
        return False
    if here.size > offered.size:
        raise Unreachable("The log grew while it was looked at: look again")
    if _break(Seen(here.size, here.root.hex(), 0), offered, prove):
        return False
    gone = [seen for seen in memory.seen if seen.size > declared.index]
    if any(seen.time < at - CLOCKS_DIFFER for seen in gone):
        return False
    kept = [seen for seen in memory.seen if seen.size <= declared.index]
    return not kept or _break(max(kept, key=lambda each: each.size), offered, prove) is None


def _in_words(declared: Receipt, last: Seen) -> str:
    detail = receipt.verify(declared).found.entry.detail
    return (
        f"The log was restored from the backup made at {detail['backup_made_at']}: it kept "
        f"{declared.index} entries, and up to {last.size - declared.index} that were cosigned are gone."
    )


def _id(declared: Receipt) -> str:
    return str(receipt.verify(declared).found.entry.id)


def cosign(
    source: Source,
    state: Path,
    private: Ed25519PrivateKey,
    name: str,
    *,
    log_key: Key | None,
    accept: str,
    now: int,
) -> checkpoint.Note:
    """Look at the log, judge it, remember it, sign it. Raises Fraud, Restored, NotSigned, Unreachable.

    `accept` is the identifier of a restore that a person decided to accept.
    """
    with _remembered(state) as (memory, remember):
        note = checkpoint.parse(source.note())
        memory = _with_key(memory, note, log_key)
        offered = note.checkpoint

        def prove(first: int) -> Sequence[bytes]:
            return source.path(first, offered.size)

        try:
            judge(memory, offered, prove, source.restorations)
        except Restored as restored:
            if restored.entry != accept:
                raise
            memory = _after_restore(memory, source, restored.entry)
        seen = Seen(offered.size, offered.root.hex(), now)
        if not memory.seen or memory.seen[-1].root != seen.root:
            memory = replace(memory, seen=(*memory.seen, seen))
        remember(memory)
    signed = note.also([checkpoint.cosign(offered, private, name, now)])
    source.send(str(signed))
    return signed


def _with_key(memory: Memory, note: checkpoint.Note, given: Key | None) -> Memory:
    """The key by which the log is known. A new one must come beside a signature of the old."""
    known = Key.parse(memory.log_key) if memory.log_key else given
    if known is None:
        raise NotSigned("The log is not known yet: give its verifier key as --log-key")
    for key in (known, given or known):
        if key.kind != checkpoint.LOG or key.name != note.checkpoint.origin:
            raise NotSigned(f"{key.name} is not the key of this log, {note.checkpoint.origin}")
        note.signed_by(key)
    return replace(memory, log_key=str(given or known))


def _after_restore(memory: Memory, source: Source, entry: str) -> Memory:
    kept_below = next(each.index for each in source.restorations() if _id(each) == entry)
    return replace(
        memory,
        seen=tuple(seen for seen in memory.seen if seen.size <= kept_below),
        lost=(*memory.lost, *(seen for seen in memory.seen if seen.size > kept_below)),
        restores=(*memory.restores, entry),
    )


@contextmanager
def _remembered(state: Path) -> Iterator[tuple[Memory, Callable[[Memory], None]]]:
    """What the state file holds, and how to replace it at once and durably; one run at a time."""
    with state.with_name(f"{state.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        memory = Memory.of(state.read_text()) if state.exists() else Memory()

        def remember(fresh: Memory) -> None:
            beside = state.with_name(f"{state.name}.new")
            with beside.open("w") as file:
                file.write(json.dumps(asdict(fresh), indent=1) + "\n")
                file.flush()
                os.fsync(file.fileno())
            beside.replace(state)
            folder = os.open(state.parent, os.O_RDONLY)
            try:
                os.fsync(folder)  # or the name could still lead to what was remembered before
            finally:
                os.close(folder)

        yield memory, remember


@dataclass(frozen=True)
class Web:
    """A log at `<base>/ledger/checkpoint`."""

    address: str
    base: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "base", self.address.removesuffix("/ledger/checkpoint"))

    def note(self) -> str:
        return self._asked(f"{self.base}/ledger/checkpoint").decode()

    def path(self, first: int, second: int) -> Sequence[bytes]:
        address = f"{self.base}/api/v1/ledger/consistency?first={first}&second={second}"
        return path_of(self._asked(address))

    def restorations(self) -> Sequence[Receipt]:
        rows = json.loads(self._asked(f"{self.base}/api/v1/ledger/restorations"))
        return [receipt.parse(json.dumps(row)) for row in rows]

    def send(self, note: str) -> None:
        body = json.dumps({"note": note}).encode()
        key = base64.urlsafe_b64encode(os.urandom(24)).decode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        self._asked(f"{self.base}/api/v1/ledger/cosignatures", body, headers)

    @staticmethod
    def _asked(address: str, body: bytes | None = None, headers: Any = None) -> bytes:
        if not address.startswith(("http://", "https://")):
            raise Unreachable(f"{address} is not a web address")
        asked = urllib.request.Request(address, body, headers or {})  # noqa: S310 - checked above
        try:
            with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:  # noqa: S310 - as above
                found: bytes = answer.read(LARGEST)
        except urllib.error.HTTPError as fault:
            with suppress(OSError):
                raise Unreachable(f"{address}: {fault.read(500).decode()}") from fault
            raise Unreachable(f"{address}: {fault}") from fault
        except OSError as fault:
            raise Unreachable(f"{address}: {fault}") from fault
        return found


@dataclass(frozen=True)
class Files:
    """A checkpoint and a proof that somebody carried over; the cosignature is carried back."""

    checkpoint: Path
    proof: Path | None

    def note(self) -> str:
        return self.checkpoint.read_text()

    def path(self, first: int, second: int) -> Sequence[bytes]:
        if self.proof is None:
            raise Unreachable(f"A proof from {first} to {second} is needed: give it as --proof")
        body = json.loads(self.proof.read_text())
        if (body["first"], body["second"]) != (first, second):
            raise Unreachable(f"{self.proof} is not the proof from {first} to {second}")
        return path_of(self.proof.read_bytes())

    def restorations(self) -> Sequence[Receipt]:
        return ()

    def send(self, note: str) -> None:
        """Printed by the command."""


def path_of(answer: bytes) -> list[bytes]:
    """The path that an answer about consistency holds."""
    try:
        return [base64.b64decode(each, validate=True) for each in json.loads(answer)["path"]]
    except (ValueError, KeyError, TypeError) as fault:
        raise Unreachable(f"This is not a proof: {fault}") from fault


def write_key(file: Path, name: str, private: Ed25519PrivateKey) -> Key:
    """Write the private key of a witness, for its owner alone; answers the public one."""
    key = checkpoint.public_key(private, name, checkpoint.WITNESS)
    text = base64.b64encode(private.private_bytes_raw()).decode()
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(f"{name} {text}\n")
    return key


def read_key(file: Path) -> tuple[str, Ed25519PrivateKey]:
    """The name and private key that the file holds. Raises NotACheckpoint."""
    name, _, encoded = file.read_text().strip().partition(" ")
    try:
        return name, Ed25519PrivateKey.from_private_bytes(base64.b64decode(encoded))
    except ValueError as fault:
        raise NotACheckpoint(f"{file} holds no key of a witness: {fault}") from fault
