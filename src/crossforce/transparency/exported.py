"""An entry on its own: a file to keep, and to verify without this platform.

The file holds the entry's bytes and, as far as the giver opens them, the salts and private parts
behind its commitments. `verify` needs nothing else.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from crossforce.transparency import canonical
from crossforce.transparency.entry import (
    SALT_BYTES,
    Entry,
    commitment,
    from_bytes,
    leaf_hash,
)

FORMAT: Final = "crossforce-ledger-export/1"
ACTOR, PRIVATE = "actor", "private"


class NotAnExport(ValueError):
    """This is not an exported ledger entry; the message says why."""


class DoesNotVerify(ValueError):
    """The file was altered; the message says what does not match."""


@dataclass(frozen=True, slots=True)
class Verified:
    """An entry whose bytes, leaf hash and opened parts all match; and what the parts hold."""

    entry: Entry
    leaf_hash: str
    opened: Mapping[str, Any]
    closed: tuple[str, ...]


def write(data: bytes, parts: Mapping[str, tuple[bytes, bytes]]) -> str:
    """The export of an entry, with the parts (salt, private part) to open. Ends with a newline."""
    body = {
        "format": FORMAT,
        "entry": _text(data),
        "leaf_hash": leaf_hash(data).hex(),
        "parts": {
            name: {"body": _text(private), "salt": _text(salt)}
            for name, (salt, private) in sorted(parts.items())
        },
    }
    return json.dumps(body, indent=1) + "\n"


def verify(text: str | bytes) -> Verified:
    """Check everything the file claims. Raises NotAnExport, NotAnEntry, DoesNotVerify."""
    data, claimed, parts = _read(text)
    entry = from_bytes(data)
    found = leaf_hash(data).hex()
    if found != claimed:
        raise DoesNotVerify(f"the leaf hash is {found}, and the file says {claimed}")
    committed = {ACTOR: entry.actor_commitment, PRIVATE: entry.private_commitment}
    return Verified(
        entry=entry,
        leaf_hash=found,
        opened={name: _opened(name, *part, committed[name]) for name, part in parts.items()},
        closed=tuple(name for name, hash_ in committed.items() if hash_ and name not in parts),
    )


def _opened(name: str, salt: bytes, private: bytes, committed: str | None) -> Any:
    if len(salt) != SALT_BYTES or commitment(salt, private) != committed:
        raise DoesNotVerify(f"the part “{name}” is not what the entry committed to")
    try:
        return canonical.from_bytes(private)
    except canonical.NotCanonical as fault:
        raise DoesNotVerify(f"the part “{name}” is not in canonical JSON: {fault}") from fault


def _read(text: str | bytes) -> tuple[bytes, str, dict[str, tuple[bytes, bytes]]]:
    try:
        body = json.loads(text)
        if body["format"] != FORMAT or not set(body["parts"]) <= {ACTOR, PRIVATE}:
            raise NotAnExport(f"it is not in the format {FORMAT}")
        parts = {
            name: (_bytes(part["salt"]), _bytes(part["body"]))
            for name, part in body["parts"].items()
        }
        return _bytes(body["entry"]), str(body["leaf_hash"]), parts
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise NotAnExport("it is not a text in JSON") from fault
    except KeyError as fault:
        raise NotAnExport(f"it is not in the format {FORMAT}: it has no {fault}") from fault
    except (TypeError, AttributeError) as fault:
        raise NotAnExport(f"it is not in the format {FORMAT}") from fault


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as fault:
        raise NotAnExport(f"a value is not base64: {fault}") from fault
