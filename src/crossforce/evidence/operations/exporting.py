"""Exhibits go out in a package that others read: their originals, what they are, and what was done with them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from crossforce.evidence.choices import EXHIBIT, ITEM, TOUCH
from crossforce.evidence.models import Exhibit, Item
from crossforce.evidence.operations.proving import manifest_of
from crossforce.evidence.queries import called, continuity_of, copies_of, kept_of
from crossforce.evidence.queries.packages import Wanted, to_take_out
from crossforce.evidence.rules.manifest import Manifest, Redaction
from crossforce.evidence.rules.packages import bags, stores, zipped
from crossforce.evidence.rules.packages.parts import Content, Form, Given, Member, Said
from crossforce.kernel import guarded, lengthy
from crossforce.kernel.files.models import StoredFile
from crossforce.kernel.files.reading import Reading
from crossforce.kernel.refusals import Refused
from crossforce.ledger import api as ledger
from crossforce.people.api import Actor
from crossforce.records import api as records

EXPORTED: Final = "evidence.exported"
FORMS: Final = {Form.BAGIT: bags.members, Form.OCFL: stores.members}
TOGETHER: Final = 500
OF_COPY: Final = (
    "ground", "places", "made_with", "made_by", "decision", "decided_at", "decided_by", "decided_why",
)  # fmt: skip


class MayNotExport(Refused):
    """There is no exhibit there that you may take out with all that is of it. Ask the holder."""


@dataclass(frozen=True, slots=True)
class NewExport:
    """A package that is to be made: of what, in which form, for whom, and why."""

    wanted: Wanted
    form: Form
    recipient: str
    reason: str


@dataclass(frozen=True, slots=True)
class Export:
    """A package, ready to be written. The bytes of its files are read as they go out."""

    form: Form
    given: list[Given]
    said: Said

    def members(self) -> Iterator[Member]:
        """Its files, in the order in which they are written. Raises Altered and Changed where one is not as it was kept."""
        return FORMS[self.form](self.given, self.said)

    def parts(self) -> Iterator[bytes]:
        """The same as the bytes of a ZIP file."""
        return zipped.parts(self.members(), self.said.made_at)

    @property
    def files(self) -> int:
        """How many originals and redacted copies there are in it."""
        return sum(len(each.contents) for each in self.given)


def make(*, actor: Actor, new: NewExport, at: datetime) -> Export:
    """Disclose exhibits with all that is of them, to be written as a package. Call it outside of any transaction.

    What goes out is entered before a byte does, of every exhibit. Raises Missing, MayNotExport and what `records.disclose` raises.
    """
    made = _entered(actor, new, at)
    lengthy.let_go()
    return made


@guarded.acts
def _entered(actor: Actor, new: NewExport, at: datetime) -> Export:
    taking = to_take_out(new.wanted)
    rows = taking.exhibits
    if not rows:
        raise MayNotExport
    taken = [_given(actor, row, at) for row in rows]
    keys = {
        EXHIBIT: [row.pk for row in rows],
        ITEM: [key for each in taken for key in each.items],
        TOUCH: [key for each in taken for key in each.touches],
    }
    for kind, some in keys.items():
        _disclose(actor, kind, some, new, at)
    for row in rows:
        _enter(actor, row, new.form, len(rows), at)
    marking = records.marking_line(*_markings(rows))
    by = f"urn:uuid:{actor.posting}" if actor.posting else ""
    said = Said(
        called(actor.organisation),
        by,
        marking,
        at,
        new.reason.strip(),
        taking.left,
        str(taking.after or ""),
    )
    return Export(new.form, [each.given for each in taken], said)


@dataclass(frozen=True, slots=True)
class _Taken:
    given: Given
    items: list[UUID]
    touches: list[UUID]


def _given(actor: Actor, row: Exhibit, at: datetime) -> _Taken:
    known = continuity_of(actor, row.pk)
    items = [*kept_of(actor, row.pk), *copies_of(actor, row.pk)]
    document = _document(manifest_of(row, known.place, items, known.touches, at), items)
    stored = StoredFile.objects.in_bulk([item.file for item in items])
    contents = [
        Content(kept.path, item.sha256, partial(_bytes, stored[item.file]))
        for kept, item in zip(document.files, items, strict=True)
    ]
    return _Taken(
        Given(document, contents),
        [item.pk for item in items],
        [each.pk for each in known.touches],
    )


def _document(made: Manifest, items: list[Item]) -> Manifest:
    """What a package says besides: how its redacted copies were made and decided on, why and by whom a part was cut out."""
    paths = {item.pk: kept.path for kept, item in zip(made.files, items, strict=True)}
    copies = [
        Redaction(paths[item.pk], paths[item.derived_from], **{name: _said(item, name) for name in OF_COPY})
        for item in items
        if item.derived_from in paths
    ]  # fmt: skip
    by_path = {paths[item.pk]: item for item in items}
    cuts = [
        replace(each, ground=by_path[each.path].ground, made_by=by_path[each.path].created_by)
        for each in made.cuts
    ]
    return replace(made, redactions=copies, cuts=cuts)


def _said(item: Item, name: str) -> str:
    found = getattr(item, "created_by" if name == "made_by" else name)
    return found.isoformat() if isinstance(found, datetime) else str(found or "")


def _bytes(file: StoredFile) -> Iterator[bytes]:
    """What is kept, from when it is asked for on: no key is held before. No connection is held while it goes out."""
    reading = Reading(file)
    lengthy.let_go()
    return reading.parts()


def _disclose(actor: Actor, kind: str, keys: list[UUID], new: NewExport, at: datetime) -> None:
    for start in range(0, len(keys), TOGETHER):
        records.disclose(
            actor=actor,
            kind=kind,
            records=keys[start : start + TOGETHER],
            recipient=new.recipient,
            reason=new.reason,
            at=at,
        )


def _enter(actor: Actor, row: Exhibit, form: Form, number: int, at: datetime) -> None:
    holder = records.place_of(row.scope_id).holder
    ledger.append(
        actor=actor,
        operation=EXPORTED,
        subject=row.reference.subject,
        detail={"form": form.value, "exhibits": number},
        at=at,
        about=ledger.About(concerns=[holder], scopes=[row.scope_id]),
    )


def _markings(rows: Iterable[Exhibit]) -> tuple[list[str], list[str]]:
    places = records.places_of({row.scope_id for row in rows}).values()
    return [each.marking for each in places], [each.compartment for each in places]
