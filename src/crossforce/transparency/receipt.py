"""A receipt: proof that a log holds an entry, to verify without the log (docs/formats/ledger-receipt.md)."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from crossforce.transparency import checkpoint, exported, tree
from crossforce.transparency.checkpoint import Key, Note
from crossforce.transparency.entry import leaf_hash

FORMAT: Final = "crossforce-ledger-receipt/1"


class NotAReceipt(ValueError):
    """This is not a receipt; the message says why."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """An exported entry, where it stands in the tree, and the signed checkpoint over the tree.

    `keys` are those of the log and its witnesses as the giver names them: whoever relies on a
    receipt compares them with what they have from elsewhere.
    """

    export: str
    index: int
    path: tuple[bytes, ...]
    note: Note
    keys: tuple[Key, ...]

    def to_text(self) -> str:
        """The file."""
        body = {
            "format": FORMAT,
            "entry": json.loads(self.export),
            "index": self.index,
            "path": [base64.b64encode(each).decode() for each in self.path],
            "checkpoint": str(self.note),
            "keys": [str(key) for key in self.keys],
        }
        return json.dumps(body, indent=1, ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True)
class Verified:
    """What a receipt proves: the entry, its place, and who vouches (witnesses with their time)."""

    found: exported.Verified
    index: int
    note: Note
    witnesses: dict[str, int]
    is_trusted: bool


def parse(text: str | bytes) -> Receipt:
    """The receipt that the text writes. Raises NotAReceipt, NotACheckpoint."""
    try:
        body: Any = json.loads(text)
        if body["format"] != FORMAT or type(body["index"]) is not int:
            raise NotAReceipt(f"it is not in the format {FORMAT}")
        return Receipt(
            export=json.dumps(body["entry"]),
            index=body["index"],
            path=tuple(base64.b64decode(each, validate=True) for each in body["path"]),
            note=checkpoint.parse(body["checkpoint"]),
            keys=tuple(Key.parse(each) for each in body["keys"]),
        )
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise NotAReceipt("it is not a text in JSON") from fault
    except KeyError as fault:
        raise NotAReceipt(f"it is not in the format {FORMAT}: it has no {fault}") from fault
    except (TypeError, AttributeError, binascii.Error) as fault:
        raise NotAReceipt(f"it is not in the format {FORMAT}") from fault


def verify(receipt: Receipt, trusted: Sequence[Key] = ()) -> Verified:
    """Check everything; every trusted key must have signed. Without any, the receipt's own are used.

    Raises NotAnExport, NotAnEntry, DoesNotVerify, DoesNotProve, NotSigned.
    """
    found = exported.verify(receipt.export)
    note = receipt.note
    leaf = leaf_hash(found.entry.to_bytes())
    size, root = note.checkpoint.size, note.checkpoint.root
    tree.verify_inclusion(leaf, receipt.index, size, receipt.path, root)
    keys = trusted or receipt.keys
    if not any(key.kind == checkpoint.LOG for key in keys):
        raise checkpoint.NotSigned("no key of the log is given")
    times = {key.name: note.signed_by(key) for key in keys}
    witnesses = {name: at for name, at in times.items() if at is not None}
    return Verified(found, receipt.index, note, witnesses, bool(trusted))
