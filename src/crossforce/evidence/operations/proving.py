"""A proof pack is made: an exhibit is disclosed with its files and its continuity, and with what proves both.

What is disclosed is decided and entered in one transaction; the log's receipts are had once the entry has its place, and the
files are read as they go out, with nothing open in the database.
"""

import hashlib
import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from django.conf import settings

from crossforce.evidence.choices import EXHIBIT, ITEM, TOUCH
from crossforce.evidence.models import Exhibit, Item, Touch
from crossforce.evidence.queries import called, continuity_of, kept_of, may_prove
from crossforce.evidence.rules import manifest as manifests
from crossforce.evidence.rules import proof
from crossforce.evidence.rules.manifest import Cut, Kept, Manifest, Written
from crossforce.evidence.rules.packages import zipped
from crossforce.kernel import guarded, lengthy, platform_key
from crossforce.kernel.files.models import StoredFile
from crossforce.kernel.files.reading import Reading
from crossforce.kernel.refusals import Conflict, Refused
from crossforce.ledger import api as ledger
from crossforce.people.api import Actor
from crossforce.records import api as records
from crossforce.records.choices import COLLECTED

TRIES: Final = 120
BETWEEN: Final = 0.25
SAID: Final = (
    "exhibit_reference", "description", "case_reference", "seized_where", "seized_by", "power",
    "kept_as",
)  # fmt: skip
SAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")


class MayNotProve(Refused):
    """A proof pack discloses an exhibit with all its files and its continuity, and you may not disclose all of them. Ask its holder."""


class TellsOfOriginal(Conflict):
    """An entry of its continuity names the SHA-256 of a file of which the redacted copy goes, so there is no such pack. Share the copy by link."""


class NotProvenYet(Conflict):
    """The log gives no proof of it now, so there is no pack; that the exhibit is disclosed is entered all the same. “crossforce doctor” says why. Each try is entered anew."""


@dataclass(frozen=True, slots=True)
class NewPack:
    """A pack that is to be made: of which exhibit, for whom, and why."""

    exhibit: UUID
    recipient: str
    reason: str
    is_redacted: bool = False
    """Whether an original that has an approved redacted copy is in it as that copy, and not as itself."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A proof pack, ready to be handed out."""

    manifest: Manifest
    receipts: dict[str, str]
    files: dict[str, Reading]

    def parts(self) -> Iterator[bytes]:
        """The bytes of the ZIP file, in order. Raises Altered where a file is not as it was kept: what went out is then no pack."""
        return zipped.parts(self._members(), self.manifest.made_at)

    def _members(self) -> Iterator[tuple[str, Iterable[bytes]]]:
        yield proof.INSTRUCTIONS, [manifests.HOW.encode()]
        yield manifests.MANIFEST, [self.manifest.to_bytes()]
        for name, text in self.receipts.items():
            yield name, [text.encode()]
        for name, reading in self.files.items():
            yield name, reading.parts()


def wait() -> None:
    """Whoever serves gives entries their places beside the web: that takes a second or two."""
    time.sleep(BETWEEN)


def make(
    *, actor: Actor, new: NewPack, at: datetime, settle: Callable[[], object] | None = None
) -> Pack:
    """Disclose an exhibit with its files and its continuity, and prove them. Call it outside of any transaction.

    `settle`, which waits where none is given, is called until the log gave the entry its place. Raises Missing, MayNotProve, StillInClear, TellsOfOriginal, NotProvenYet and what `records.disclose` raises.
    """
    manifest, entries, files = _disclosed(actor, new, at)
    for _ in range(TRIES):
        lengthy.let_go()
        (settle or wait)()
        with suppress(Conflict):
            return Pack(manifest, _receipts(actor, entries), files)
    raise NotProvenYet


@guarded.acts
def _disclosed(
    actor: Actor, new: NewPack, at: datetime
) -> tuple[Manifest, dict[str, UUID], dict[str, Reading]]:
    """What is disclosed, entered: with the entries by the names of their receipts, and the files by theirs."""
    known = continuity_of(actor, new.exhibit)
    if not (known.is_judged and may_prove(known.place)):
        raise MayNotProve
    items = kept_of(actor, new.exhibit, is_redacted=new.is_redacted)
    if new.is_redacted and _tells(kept_of(actor, new.exhibit), items, known.touches):
        raise TellsOfOriginal
    for kind, rows in ((EXHIBIT, [known.exhibit]), (ITEM, items), (TOUCH, known.touches)):
        if rows:
            keys = [row.pk for row in rows]
            records.disclose(
                actor=actor, kind=kind, records=keys, recipient=new.recipient, reason=new.reason, at=at
            )  # fmt: skip
    manifest = manifest_of(known.exhibit, known.place, items, known.touches, at)
    manifest = replace(manifest, missed=known.missed)
    entry = ledger.append(
        actor=actor,
        operation=proof.MADE,
        subject=known.exhibit.reference.subject,
        detail={"sha256": hashlib.sha256(manifest.to_bytes()).hexdigest()},
        at=at,
        about=ledger.About(concerns=[known.place.holder], scopes=[known.exhibit.scope_id]),
    )
    entries = {proof.receipt_of(each.number): _entry_of(each) for each in known.touches}
    readings = [Reading(StoredFile.objects.get(pk=item.file)) for item in items]
    files = {kept.path: read for kept, read in zip(manifest.files, readings, strict=True)}
    return manifest, {proof.SEAL: entry.id} | entries, files


def _tells(originals: list[Item], given: list[Item], touches: list[Touch]) -> bool:
    """Whether a note has the digest of an original that is not given, as those of early redactions have."""
    withheld = {each.sha256 for each in originals} - {each.sha256 for each in given}
    return any(digest in each.note for each in touches for digest in withheld)


def manifest_of(
    exhibit: Exhibit,
    place: records.Place,
    items: list[Item],
    touches: list[Touch],
    at: datetime,
) -> Manifest:
    """What an exhibit is, with its originals and what was done with it."""
    codes = {
        place.holder,
        exhibit.copied_from,
        *(each.organisation for each in touches),
        *(each.other for each in touches),
    }
    files = [_kept(number, item) for number, item in enumerate(items, 1)]
    return Manifest(
        record=str(exhibit.pk),
        holder=exhibit.copied_from or place.holder,
        seized_at=exhibit.seized_at.astimezone(UTC),
        made_at=at.astimezone(UTC),
        marking=place.marking,
        exhibit={name: str(getattr(exhibit, name)) for name in SAID},
        files=files,
        acts=[
            Written(str(each.pk), each.step, each.signature, each.public_key)
            for each in touches
        ],
        keys=sorted(platform_key.public_keys(settings.KEYS)),
        names={code: called(code) for code in sorted(codes - {""})},
        cuts=list(_cuts(files, items)),
    )


def _cuts(files: list[Kept], items: list[Item]) -> Iterator[Cut]:
    """Which files are stills and clips of which others; why, and by whom they were made, is left to whom all of it goes."""
    paths = {item.sha256: kept.path for kept, item in zip(files, items, strict=True)}
    for kept, item in zip(files, items, strict=True):
        if item.cut_from in paths:
            yield Cut(kept.path, paths[item.cut_from], item.places, "", item.made_with, "")


def _kept(number: int, item: Item) -> Kept:
    path = f"files/{number}-{SAFE.sub('-', item.name)[-80:]}"
    return Kept(path, item.name, item.size, item.sha256, item.media_type, item.is_derived)


def _entry_of(touch: Touch) -> UUID:
    """The entry by which an act was written down."""
    wanted = ledger.Touching(operations=(COLLECTED,), row=touch.pk)
    found = ledger.touching(wanted).last()
    assert found is not None
    return found.pk


@guarded.acts
def _receipts(actor: Actor, entries: dict[str, UUID]) -> dict[str, str]:
    """Each receipt, all over one checkpoint, opening what the entry says of the act, where that is open to the actor, and nothing of who wrote it down. Raises NotInTheTreeYet."""
    rows = {row.pk: row for row in ledger.StoredEntry.objects.filter(pk__in=entries.values())}
    made, size = dict[str, str](), None
    for name, entry in entries.items():  # the pack's own first: its checkpoint is over all
        opened = ledger.opened_to(actor, rows[entry])
        said = {part: each for part, each in opened.items() if part == "private"}
        given = ledger.proven(rows[entry], said, size=size)
        made[name], size = given.to_text(), given.note.checkpoint.size
    return made
