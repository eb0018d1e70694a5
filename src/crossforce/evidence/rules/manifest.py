"""The manifest of a proof pack: what the exhibit is, what each file is, and the continuity as it was signed.

It is written and read here alone (docs/formats/proof-pack.md). What it says is of the types that it should be, or it is none:
whoever reads it may have it from anybody.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from crossforce.evidence.rules import continuity
from crossforce.evidence.rules.continuity import Act, Break, Custody, Step

FORMAT: Final = "crossforce-proof-pack/1"
MANIFEST: Final = "proof.json"
HOW: Final = """\
Proof pack of an exhibit

files/         the exhibit's digital originals, byte for byte as they were kept; where proof.json calls one redacted,
               a copy of it, made for disclosure and approved by a second person; where cuts in proof.json names one, a
               still or clip that was made of another file of the exhibit
proof.json     what the exhibit is, the SHA-256 of each file, and its continuity since the seizure: every act with
               the digest of the act before it and the platform's signature
receipt.json   the log's receipt for the making of this pack: it binds proof.json
receipts/      the log's receipt for the writing down of each act: that it was written down then, and not later

To verify it you need no account, and no network once the library "crossforce" is installed (Python 3.11):

    crossforce evidence verify THIS-FILE.zip --log-key KEY

KEY is the verifier key of the log, one line of text. Have it from elsewhere than from this pack or whoever gave it to you: from
the platform itself, which shows it to everybody at /ledger/keys, from another force, or from a witness. The command names the first thing that is not as it was and ends with code 1;
with code 3 where you gave no key. Where the continuity itself is broken it says at which act and why: that is no fault of
the pack.

All receipts stand on one state of the log, of just after the pack was made. A witness signs the log when it comes by, most
often later: so --witness KEY, which asks that a witness signed that very state, fails with most packs, and that is no fault
of the pack either. To have a witness vouch, ask it, or whoever keeps the log, for proof that the log it signed since continues
the one in receipt.json.

Without this library: the SHA-256 of each file stands in proof.json; the formats are described with the library's sources,
under docs/formats (proof-pack, ledger-receipt, ledger-checkpoint). The log is a Merkle tree as in RFC 6962.
"""


class NotAPack(ValueError):
    """This is not a proof pack; the message says why."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the pack: under which name it lies there, what it was called, and what it is."""

    path: str
    name: str
    size: int
    sha256: str
    media_type: str
    is_redacted: bool = False


@dataclass(frozen=True, slots=True)
class Redaction:
    """A redacted copy: of which file, on what ground, what was taken out, with what, and what was decided on it; each empty where it is not."""

    path: str
    of: str
    ground: str
    places: str
    made_with: str
    made_by: str
    decision: str
    decided_at: str
    decided_by: str
    decided_why: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A still or clip: of which file, what part of it in seconds, why, with what and by whom it was made."""

    path: str
    of: str
    places: str
    ground: str
    made_with: str
    made_by: str


@dataclass(frozen=True, slots=True)
class Written:
    """An act of the continuity with what it was written down as: its record, its signature and the key that verifies it."""

    record: str
    step: Step
    signature: str
    public_key: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a pack holds. `exhibit` says what the exhibit is, in words; `names` what organisations are called."""

    record: str
    holder: str
    seized_at: datetime
    made_at: datetime
    marking: str
    exhibit: Mapping[str, str]
    files: Sequence[Kept]
    acts: Sequence[Written]
    keys: Sequence[str]
    names: Mapping[str, str]
    redactions: Sequence[Redaction] = ()
    """Of an exhibit in a package. A proof pack has none: it names nothing of what was redacted."""

    cuts: Sequence[Cut] = ()
    missed: Sequence[Break] = ()
    """Acts that the log says were written down, and that were not there when the pack was made."""

    def to_bytes(self) -> bytes:
        """The file."""
        body = {
            "format": FORMAT,
            "record": self.record,
            "holder": self.holder,
            "seized_at": self.seized_at.isoformat(),
            "made_at": self.made_at.isoformat(),
            "marking": self.marking,
            "exhibit": dict(self.exhibit),
            "files": [_fields(each) for each in self.files],
            "continuity": [
                _fields(each.step)
                | {"happened_at": each.step.happened_at.isoformat(), "record": each.record}
                | {"signature": each.signature, "public_key": each.public_key}
                for each in self.acts
            ],
            "keys": list(self.keys),
            "names": dict(self.names),
            **self._made("redactions", self.redactions),
            **self._made("cuts", self.cuts),
            **self._made("missed", self.missed),
            "instructions_sha256": hashlib.sha256(HOW.encode()).hexdigest(),
        }
        return (json.dumps(body, indent=1, ensure_ascii=False) + "\n").encode()

    def breaks(self) -> list[Break]:
        """Where the continuity cannot be shown, acts among them that the platform did not sign."""
        seized = Custody(self.holder, self.seized_at)
        signed = [(each.step, each.signature, each.public_key) for each in self.acts]
        steps = [each.step for each in self.acts]
        return [
            *continuity.breaks(self.record, seized, steps, self._called),
            *continuity.unsigned(self.record, signed, self.keys),
            *self.missed,
        ]

    def _made(self, name: str, rows: Sequence[Any]) -> dict[str, Any]:
        """What else there is to say, where there is something."""
        told = [_fields(each) for each in rows]
        return {name: told} if told else {}

    def _called(self, code: str) -> str:
        """As the platform calls the organisation, where the pack says so."""
        return self.names.get(code, code)


def read(said: bytes) -> tuple[Manifest, str]:
    """The manifest that a file writes, with the SHA-256 of its instructions. Raises NotAPack."""
    try:
        body = _Body.model_validate_json(said)
    except ValidationError as fault:
        raise NotAPack(f"its {MANIFEST} is not in the format {FORMAT}") from fault
    manifest = Manifest(
        record=body.record,
        holder=body.holder,
        seized_at=body.seized_at,
        made_at=body.made_at,
        marking=body.marking,
        exhibit=body.exhibit,
        files=body.files,
        acts=[each.written() for each in body.continuity],
        keys=body.keys,
        names=body.names,
        redactions=body.redactions,
        cuts=body.cuts,
        missed=tuple(body.missed),
    )
    return manifest, body.instructions_sha256


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Act(_Said):
    number: int
    act: Act
    organisation: str
    office: str
    happened_at: AwareDatetime
    other: str
    place: str
    seal: str
    paper: str
    note: str
    previous: str
    digest: str
    record: str
    signature: str
    public_key: str

    def written(self) -> Written:
        step = Step(**{name: getattr(self, name) for name in Step.__dataclass_fields__})
        return Written(self.record, step, self.signature, self.public_key)


class _Body(_Said):
    format: Literal["crossforce-proof-pack/1"]
    record: str
    holder: str
    seized_at: AwareDatetime
    made_at: AwareDatetime
    marking: str
    exhibit: dict[str, str]
    files: list[Kept]
    continuity: list[_Act]
    keys: list[str]
    names: dict[str, str]
    redactions: list[Redaction] = []
    cuts: list[Cut] = []
    missed: list[Break] = []
    instructions_sha256: str


def _fields(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__dataclass_fields__}
