"""This host's side of the log: its name and keys, and where it keeps the nodes of the tree."""

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection

from crossforce.kernel.refusals import Conflict
from crossforce.ledger import models
from crossforce.transparency import checkpoint, tree
from crossforce.transparency.checkpoint import LOG, Key, NotACheckpoint, NotSigned
from crossforce.transparency.tree import DoesNotProve, Edge, NodeFiles

CHUNK: Final = 65_536


class DoesNotMatch(Conflict):
    """The places in the tree do not lead to the last checkpoint, so the log does not grow.

    Run “crossforce ledger verify-log”: it names what was altered.
    """


def private_keys() -> list[Ed25519PrivateKey]:
    """The log's key, and the one before it: whoever knows only that can still verify."""
    held = settings.KEYS.versions("log")
    return [Ed25519PrivateKey.from_private_bytes(version.as_bytes()) for version in held]


def public_keys() -> list[Key]:
    """The same, public."""
    return [checkpoint.public_key(key, origin(), LOG) for key in private_keys()]


def origin() -> str:
    """The name of the log: from its first key, and then the same for ever."""
    first = models.Checkpoint.objects.order_by("size").first()
    with suppress(NotACheckpoint):
        return checkpoint.parse(first.note if first else "").checkpoint.origin
    public = private_keys()[-1].public_key().public_bytes_raw()
    return f"crossforce.invalid/ledger/{public.hex()[:16]}"


def has_signed(row: models.Checkpoint) -> bool:
    """Whether this checkpoint is the log's own, under its key or the one before."""
    for key in public_keys():
        with suppress(NotACheckpoint, NotSigned):
            note = checkpoint.parse(row.note)
            note.signed_by(key)
            return (note.checkpoint.size, note.checkpoint.root) == (row.size, bytes(row.root))
    return False


def files() -> NodeFiles:
    """The node files of the database in use."""
    return _files(Path(settings.VAR) / "ledger" / str(connection.settings_dict["NAME"]))


@cache
def _files(folder: Path) -> NodeFiles:
    return NodeFiles(folder)


def edge() -> Edge:
    """The edge of the tree as its last checkpoint says it is. Raises DoesNotMatch."""
    last = models.Checkpoint.objects.order_by("-size").first()
    if last is None:
        return Edge()
    ready(last.size, bytes(last.root))
    return Edge.of(files().node, last.size)


def ready(size: int, root: bytes) -> NodeFiles:
    """Node files that hold the tree of this size and root: caught up, or made anew if need be."""
    _require_leaves(size)
    held = files()
    for start in (size, min(held.held(), size), 0):
        with suppress(DoesNotProve):
            made = Edge.of(held.node, start)
            for leaves in stored(start, size):
                made.extend(leaves, held.keep)
            if made.size == size and made.root() == root:
                return held
    raise DoesNotMatch


def made_anew(size: int, root: bytes) -> NodeFiles:
    """The same, whatever the files hold: some node inside them was wrong."""
    _require_leaves(size)
    made = Edge()
    for leaves in stored(0, size):
        made.extend(leaves, files().keep)
    if made.root() != root:
        raise DoesNotMatch
    return files()


def _require_leaves(size: int) -> None:
    """A checkpoint over leaves that nobody has is not tried out leaf by leaf."""
    if size and not models.Leaf.objects.filter(index=size - 1).exists():
        raise DoesNotMatch


def stored(start: int, end: int) -> Iterator[list[bytes]]:
    """Leaf hashes as the database keeps them, in chunks."""
    with connection.cursor() as cursor:
        for low in range(start, end, CHUNK):
            cursor.execute(
                "SELECT string_agg(leaf_hash, ''::bytea ORDER BY index) FROM ledger_leaf "
                "WHERE index >= %s AND index < %s",
                [low, min(low + CHUNK, end)],
            )
            data = bytes((cursor.fetchone() or (None,))[0] or b"")
            yield split(data)


def split(data: bytes) -> list[bytes]:
    """Hashes that were joined."""
    return [data[n : n + tree.HASH_BYTES] for n in range(0, len(data), tree.HASH_BYTES)]
