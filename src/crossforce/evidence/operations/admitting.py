"""A package is brought in: all of it is found right first, then its exhibits and their originals are added, each once.

Continuity that another platform signed is no entry of this one: it is kept as it came, as a document of its exhibit.
"""

import os
import zipfile
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final
from uuid import UUID

from crossforce.access.choices import MARKINGS
from crossforce.evidence.choices import EXHIBIT, KEPT_AS
from crossforce.evidence.models import Exhibit, Item
from crossforce.evidence.operations import receiving
from crossforce.evidence.operations.receiving import Sent
from crossforce.evidence.queries import exhibit_to_fill, opened
from crossforce.evidence.rules.manifest import Manifest
from crossforce.evidence.rules.members import ALWAYS, RATIO
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
"""What makes an exhibit that one. As what it is kept somebody may have changed since."""


class NotSound(NotUnderstood):
    """The package is not sound; the message says where."""


class WhoseFiles(NotUnderstood):
    """The package does not say of which exhibit its files are. Name one that is there already."""


class AnotherThere(Conflict):
    """That case has another exhibit of this reference. Give that one another, or bring these files to it."""


class MarkedHigher(Conflict):
    """The package is marked higher than the exhibit to which its files would go. Name one that is marked as high."""


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


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a package would bring: an exhibit with so many files; without a reference, files for one that is there."""

    exhibit_reference: str
    case_reference: str
    description: str
    files: int
    size: int


def admit(
    *,
    actor: Actor,
    package: Path | IO[bytes],
    into: Into,
    now: Callable[[], datetime],
) -> Generator[Admitted, None, None]:
    """Add what a bag or an OCFL package brings. Begun again after an interruption it adds what is not there yet.

    Nothing is added before all of it was found right. Raises NotSound, WhoseFiles, MarkedHigher, AnotherThere, NotAsChecked, and what
    adding raises.
    """
    with _sound(package) as (source, found):
        _refuse_unfit(actor, found, into)
        for each in found:
            yield _admitted(actor, source, each, into, now)


def is_package(path: Path) -> bool:
    """Whether what lies there declares itself a bag or OCFL."""
    if path.is_dir():
        return any((path / each).is_file() for each in sources.STARTS)
    return zipfile.is_zipfile(path) and _declares(path)


def _declares(path: Path) -> bool:
    try:
        with sources.opened(path) as source:
            return reading.is_one(source)
    except NotAPackage:
        return False


def rehearse(*, actor: Actor, package: Path | IO[bytes], into: Into) -> list[Foreseen]:
    """What a package would bring, once all of it was found right. Raises what `admit` raises before anything is added."""
    with _sound(package) as (source, found):
        _refuse_unfit(actor, found, into)
        return [_foreseen(source, each) for each in found]


@contextmanager
def _sound(package: Path | IO[bytes]) -> Iterator[tuple[Source, list[Found]]]:
    try:
        with sources.opened(package) as source:
            _refuse_swollen(source, package)
            yield source, reading.read(source)[1]
    except NotAPackage as fault:
        raise NotSound(f"The package is not sound: {fault}.") from fault


def _refuse_swollen(source: Source, package: Path | IO[bytes]) -> None:
    """Of a package that somebody sent not more is unpacked than of any archive."""
    if isinstance(package, Path):
        return
    total, length = sum(source.sizes.values()), package.seek(0, os.SEEK_END)
    if total > max(ALWAYS, RATIO * length):
        raise NotAPackage(f"its files are more than {RATIO} times as long as it is")


def _refuse_unfit(actor: Actor, found: list[Found], into: Into) -> None:
    strange = [each for each in found if each.document is None]
    if not strange:
        return
    if into.exhibit is None:
        raise WhoseFiles
    marking = exhibit_to_fill(actor, into.exhibit)[1].marking
    for each in strange:
        if each.marking in MARKINGS[MARKINGS.index(marking) + 1 :]:
            raise MarkedHigher


def _foreseen(source: Source, found: Found) -> Foreseen:
    size = sum(source.sizes[each.path] for each in found.files)
    if found.document is None:
        return Foreseen("", "", "", len(found.files), size)
    said = found.document.exhibit
    named = [
        said.get(each, "") for each in ("exhibit_reference", "case_reference", "description")
    ]
    return Foreseen(named[0], named[1], named[2], len(found.files), size)


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
        derived = _derived(file, [*opened(actor, row.pk).items, *items])
        items.append(_kept(actor, source, row, file, digest, now, derived))
    return Admitted(row, items, there)


def _derived(file: Brought, there: list[Item]) -> dict[str, Any]:
    """Of a redacted copy of which original it is, and how it was made; somebody here decides on it anew. Of a still or clip the same."""
    if file.cut:
        return {
            "cut_from": file.of,
            "ground": file.cut.ground[:500],
            "places": file.cut.places,
            "made_with": _made_with(file.cut.made_with),
        }
    copy = file.redaction
    if copy is None:
        return {}
    originals = [row.pk for row in there if row.sha256 == file.of and not row.is_derived]
    return {
        "derived_from": originals[0],
        "ground": copy.ground[:500] or "Not said",
        "places": copy.places,
        "made_with": _made_with(copy.made_with),
    }


def _made_with(said: str) -> str:
    return f"{said}; brought in".removeprefix("; ")[:200]


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
        kept_as = document.exhibit.get("kept_as", "")
        if kept_as not in KEPT_AS:
            raise NotSound(f"“{kept_as}” is nothing that an exhibit is kept as.")
        values = said | {
            "kept_as": kept_as,
            "seized_at": document.seized_at,
            "purposes": list(into.purposes),
        }
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
    derived: dict[str, Any],
) -> Item:
    sent = Sent(row.pk, file.name, source.sizes[file.path], derived=derived)
    begun = receiving.begin(actor=actor, sent=sent, at=now())
    if not begun.is_kept:
        parts = source.parts(file.path)
        begun = receiving.receive(actor=actor, item=begun.pk, offset=0, parts=parts, at=now())
    if begun.sha256 != digest:
        raise NotAsChecked(
            f"{file.path} was changed while it was brought in: bring it in again."
        )
    return begun
