"""A package is brought in: all of it is found right first, then its exhibits and their originals are added, each once.

Continuity that another platform signed is no entry of this one: it is kept as it came, as a document of its exhibit.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from crossforce.access.choices import MARKINGS
from crossforce.evidence.choices import EXHIBIT
from crossforce.evidence.models import Exhibit, Item
from crossforce.evidence.operations import receiving
from crossforce.evidence.operations.receiving import Sent
from crossforce.evidence.queries import exhibit_to_fill, opened
from crossforce.evidence.rules.manifest import Manifest
from crossforce.evidence.rules.packages import reading, sources
from crossforce.evidence.rules.packages.parts import NotAPackage
from crossforce.evidence.rules.packages.reading import Brought, Found
from crossforce.evidence.rules.packages.sources import Source
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Conflict, NotUnderstood
from crossforce.people.api import Actor
from crossforce.records import api as records

GIVEN: Final = (
    "exhibit_reference", "description", "case_reference", "seized_where", "seized_by", "power",
)  # fmt: skip


class NotSound(NotUnderstood):
    """The package is not sound; the message says where."""


class WhoseFiles(NotUnderstood):
    """The package does not say of which exhibit its files are. Name one that is there already."""


class AnotherThere(Conflict):
    """That case has another exhibit of this reference. Give that one another, or bring these files to it."""


class NotAsChecked(Conflict):
    """The package was changed while it was brought in. What is not as it was found is named by its SHA-256; bring it in again."""


@dataclass(frozen=True, slots=True)
class Into:
    """Where what comes is put: exhibits that say what they are into a place, all other files to an exhibit that is there."""

    place: records.Place
    purposes: tuple[str, ...]
    exhibit: UUID | None = None


@dataclass(frozen=True, slots=True)
class Admitted:
    """An exhibit that a package brought, and the files that came with it now: the others were there."""

    exhibit: Exhibit
    items: list[Item]
    there: int


def admit(
    *,
    actor: Actor,
    package: Path,
    into: Into,
    now: Callable[[], datetime],
) -> Iterator[Admitted]:
    """Add what a bag or an OCFL package brings. Begun again after an interruption it adds what is not there yet.

    Nothing is added before all of it was found right. Raises NotSound, WhoseFiles, AnotherThere, NotAsChecked, and what adding raises.
    """
    try:
        with sources.opened(package) as source:
            _, found = reading.read(source)
            if into.exhibit is None and any(each.document is None for each in found):
                raise WhoseFiles
            for each in found:
                yield _admitted(actor, source, each, into, now)
    except NotAPackage as fault:
        raise NotSound(f"The package is not sound: {fault}.") from fault


def _admitted(
    actor: Actor, source: Source, found: Found, into: Into, now: Callable[[], datetime]
) -> Admitted:
    if found.document is None:
        assert into.exhibit is not None
        row, _ = exhibit_to_fill(actor, into.exhibit)
    else:
        row = _exhibit(actor, found.document, _marked(into, found.document), now())
    kept = {(each.name, each.sha256) for each in opened(actor, row.pk).items if each.is_kept}
    items, there = list[Item](), 0
    for file in found.files:
        digest = file.sha256 or sources.sha256(source, file.path)
        if (file.name[:255], digest) in kept:
            there += 1
            continue
        items.append(_kept(actor, source, row, file, digest, now))
    return Admitted(row, items, there)


def _marked(into: Into, document: Manifest) -> Into:
    """What comes is marked no lower than it was. Raises NotSound."""
    if document.marking not in MARKINGS:
        raise NotSound(f"“{document.marking}” is no marking: one of {', '.join(MARKINGS)}.")
    marking = max(into.place.marking, document.marking, key=MARKINGS.index)
    return replace(into, place=replace(into.place, marking=marking))


@guarded.acts
def _exhibit(actor: Actor, document: Manifest, into: Into, at: datetime) -> Exhibit:
    """The exhibit that the document describes, added where it is not there. Raises AnotherThere."""
    said = {name: document.exhibit.get(name, "") for name in GIVEN}
    scope = guarded.scope(_scope(into))
    found: Exhibit | None = Exhibit.objects.filter(
        scope_id=scope,
        case_reference=said["case_reference"],
        exhibit_reference=said["exhibit_reference"],
    ).first()
    if found is None:
        values = said | {"seized_at": document.seized_at, "purposes": list(into.purposes)}
        new = records.NewRecord(EXHIBIT, into.place, values)
        made = records.create(actor=actor, new=new, at=at)
        assert isinstance(made, Exhibit)
        return made
    is_same = found.seized_at == document.seized_at and all(
        getattr(found, name) == value for name, value in said.items()
    )
    if not is_same:
        raise AnotherThere
    return found


def _scope(into: Into) -> guarded.ScopeOf:
    place = into.place
    return guarded.ScopeOf(
        place.holder, EXHIBIT, place.collection, place.compartment, place.marking
    )


def _kept(
    actor: Actor,
    source: Source,
    row: Exhibit,
    file: Brought,
    digest: str,
    now: Callable[[], datetime],
) -> Item:
    sent = Sent(row.pk, file.name, source.sizes[file.path])
    begun = receiving.begin(actor=actor, sent=sent, at=now())
    if not begun.is_kept:
        parts = source.parts(file.path)
        begun = receiving.receive(actor=actor, item=begun.pk, offset=0, parts=parts, at=now())
    if begun.sha256 != digest:
        raise NotAsChecked(
            f"{file.path} was changed while it was brought in: bring it in again."
        )
    return begun
