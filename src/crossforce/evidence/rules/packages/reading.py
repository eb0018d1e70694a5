"""A package is read: which standard it keeps to, that all of it is as that says, and what exhibits and files it brings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crossforce.evidence.rules.manifest import Cut, Manifest, Redaction
from crossforce.evidence.rules.packages import parts, sources, unbagging, unstoring
from crossforce.evidence.rules.packages.parts import DOCUMENT, Form, NotAPackage
from crossforce.evidence.rules.packages.sources import Source


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that a package brings: what it is called, where it lies there, and its SHA-256 where that was said."""

    name: str
    path: str
    sha256: str = ""
    redaction: Redaction | None = None
    cut: Cut | None = None
    of: str = ""
    """Of a redacted copy, still or clip the SHA-256 of its original."""


@dataclass(frozen=True, slots=True)
class Found:
    """An exhibit that a package brings, with its files, its document among them; without a document where somebody else made it.

    Then `marking` is what the package says of itself, if anything.
    """

    document: Manifest | None
    files: list[Brought]
    marking: str = ""


def read(source: Source) -> tuple[Form, list[Found]]:
    """What the package brings, once every digest of it is found right. Raises NotAPackage."""
    form, units = _units(source)
    marking = unbagging.marking(source) if form is Form.BAGIT else ""
    return form, [_found(source, each, marking) for each in units]


def is_one(source: Source) -> bool:
    """Whether it begins as a package does."""
    return "bagit.txt" in source.sizes or unstoring.is_one(source)


def _units(source: Source) -> tuple[Form, list[Mapping[str, str]]]:
    """The files of each exhibit to be: where each lies, by its name there."""
    if "bagit.txt" in source.sizes:
        return Form.BAGIT, list(_in_folders(unbagging.payload(source)))
    if unstoring.is_one(source):
        return Form.OCFL, unstoring.states(source)
    raise NotAPackage("it is neither a bag (bagit.txt) nor OCFL (0=ocfl_1.1)")


def _in_folders(payload: list[str]) -> Iterator[Mapping[str, str]]:
    """Of a bag of ours each folder is an exhibit; anybody else's is one thing."""
    first = {path.split("/")[1] for path in payload}
    ours = {f"data/{each}/{DOCUMENT}" for each in first}
    if not payload or not ours <= set(payload):
        yield {path.removeprefix("data/"): path for path in payload}
        return
    for each in sorted(first, key=lambda name: (len(name), name)):
        top = f"data/{each}/"
        yield {path.removeprefix(top): path for path in payload if path.startswith(top)}


def _found(source: Source, files: Mapping[str, str], marking: str) -> Found:
    if DOCUMENT not in files:
        brought = [Brought(name, path) for name, path in files.items()]
        return Found(None, brought, marking)
    document = parts.read(sources.small(source, files[DOCUMENT]))
    told = {each.path: each for each in document.files}
    if set(files) != {DOCUMENT, *told} or len(told) != len(document.files):
        raise NotAPackage(f"{files[DOCUMENT]} names other files than stand beside it")
    brought = _brought(files, document)
    own = f"continuity of {document.exhibit.get('exhibit_reference', '')}.json"
    return Found(document, [*brought, Brought(own.replace("/", "-"), files[DOCUMENT])])


def _brought(files: Mapping[str, str], document: Manifest) -> list[Brought]:
    """Its files, originals before the copies that are made of them. Raises NotAPackage."""
    told = {each.path: each for each in document.files}
    copies = {each.path: each for each in document.redactions}
    cuts = {each.path: each for each in document.cuts}
    of = {path: each.of for path, each in copies.items()} | {
        path: each.of for path, each in cuts.items()
    }
    if (
        any(each not in told or each in copies for each in of.values())
        or copies.keys() & cuts.keys()
    ):
        raise NotAPackage(
            f"{files[DOCUMENT]} names copies or parts of files that are not there"
        )
    found = [
        Brought(
            each.name,
            files[path],
            each.sha256,
            copies.get(path),
            cuts.get(path),
            told[of[path]].sha256 if path in of else "",
        )
        for path, each in told.items()
    ]
    return sorted(found, key=lambda each: each.redaction is not None)
