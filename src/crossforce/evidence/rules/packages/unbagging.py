"""A bag is read (RFC 8493, and its drafts since 0.93): each manifest, each digest, nothing missing and nothing beside. Nothing is fetched."""

import codecs
import hashlib
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from crossforce.evidence.rules.packages import sources
from crossforce.evidence.rules.packages.parts import NotAPackage
from crossforce.evidence.rules.packages.sources import Source

VERSION: Final = re.compile(r"BagIt-Version: ([0-9])\.([0-9]+)")
ENCODING: Final = re.compile(r"Tag-File-Character-Encoding: ([A-Za-z0-9_.:-]+)")
NAMED: Final = re.compile(r"(tag)?manifest-([a-z0-9_-]+)\.txt")
LINE: Final = re.compile(r"([0-9A-Fa-f]+)[ \t]+\*?(.+)")
OXUM: Final = re.compile(r"^Payload-Oxum\s*:\s*([0-9]+)\.([0-9]+)\s*$", re.MULTILINE)
MARKED: Final = re.compile(r"^Security-Marking\s*:\s*([A-Za-z-]+)", re.MULTILINE)
KNOWN: Final = {
    each.replace("_", ""): each
    for each in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "sha3_512")
}
OLDEST, NEWEST = (0, 93), (1, 0)
Sums = dict[str, str]


def payload(source: Source) -> list[str]:
    """Where the files of its payload lie, once all of the bag is found right. Raises NotAPackage."""
    version, encoding = _declared(sources.small(source, "bagit.txt"))
    found = {name: NAMED.fullmatch(name) for name in source.sizes}
    manifests = {
        name: (bool(match[1]), _known(match[2]), _sums(source, name, encoding, version))
        for name, match in found.items()
        if match
    }
    of_payload = {name: each[2] for name, each in manifests.items() if not each[0]}
    if not of_payload:
        raise NotAPackage("it has no manifest")
    there = [name for name in source.sizes if name.startswith("data/")]
    _complete(there, of_payload, version)
    for name, (is_of_tags, _, sums) in manifests.items():
        if not is_of_tags and (away := [path for path in sums if not path.startswith("data/")]):
            raise NotAPackage(f"{name} names {away[0]}, which is not of the payload")
    _nothing_to_fetch(source, encoding, version)
    _oxum(source, encoding, there)
    _right(source, manifests)
    return there


def marking(source: Source) -> str:
    """How `bag-info.txt` says that a sound bag is marked; nothing where it does not."""
    if "bag-info.txt" not in source.sizes:
        return ""
    _, encoding = _declared(sources.small(source, "bagit.txt"))
    said = MARKED.search(_text(source, "bag-info.txt", encoding))
    return said[1].upper() if said else ""


def _declared(said: bytes) -> tuple[tuple[int, int], str]:
    """The version of the standard, and the encoding of the other tag files."""
    try:
        lines = said.decode().replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    except UnicodeDecodeError as fault:
        raise NotAPackage("bagit.txt is not in UTF-8") from fault
    version = VERSION.fullmatch(lines[0])
    encoding = ENCODING.fullmatch(lines[1]) if len(lines) == 2 else None
    if not version or not encoding:
        raise NotAPackage("bagit.txt does not say version and encoding, each on its line")
    number = int(version[1]), int(version[2])
    if not OLDEST <= number <= NEWEST:
        raise NotAPackage(
            f"bagit.txt says version {version[1]}.{version[2]}, which is not known"
        )
    try:
        return number, codecs.lookup(encoding[1]).name
    except LookupError as fault:
        raise NotAPackage(
            f"bagit.txt says the encoding {encoding[1]}, which is not known"
        ) from fault


def _known(algorithm: str) -> str:
    name = KNOWN.get(algorithm.replace("-", "").replace("_", ""))
    if name is None:
        raise NotAPackage(f"its manifest is of {algorithm}, which nothing here verifies")
    return name


def _sums(source: Source, name: str, encoding: str, version: tuple[int, int]) -> Sums:
    """The digest of each file that a manifest names."""
    sums = Sums()
    for line in _text(source, name, encoding).split("\n"):
        if not line.strip():
            continue
        match = LINE.fullmatch(line)
        if not match:
            raise NotAPackage(f"{name} has a line that is none: {line[:80]!r}")
        path, digest = _path(source, name, match[2], version), match[1].lower()
        if path in sums and (version >= NEWEST or sums[path] != digest):
            raise NotAPackage(f"{name} names {path} twice")
        sums[path] = digest
    return sums


def _text(source: Source, name: str, encoding: str) -> str:
    try:
        said = sources.small(source, name).decode(encoding)
    except (UnicodeDecodeError, LookupError) as fault:
        raise NotAPackage(f"{name} is not in {encoding}") from fault
    return said.replace("\r\n", "\n").replace("\r", "\n")


def _path(source: Source, name: str, said: str, version: tuple[int, int]) -> str:
    """The path that a line means: what is encoded in it decoded, and as the file's name spells it."""
    path = re.sub("%0[Aa]", "\n", re.sub("%0[Dd]", "\r", said.removeprefix("./")))
    if version >= NEWEST:
        path = path.replace("%25", "%")
    if not sources.is_plain(path):
        raise NotAPackage(f"{name} names {said!r}, which is outside of the bag")
    if path in source.sizes or path.isascii():
        return path
    spelt = (unicodedata.normalize(way, path) for way in ("NFC", "NFD"))
    return next((each for each in spelt if each in source.sizes), path)


def _complete(
    there: Collection[str], manifests: Mapping[str, Sums], version: tuple[int, int]
) -> None:
    """Every file of the payload is named: in each manifest since 1.0, in one before."""
    named = set().union(*manifests.values())
    for name, sums in manifests.items():
        wanted = sums if version >= NEWEST else named
        if left := [path for path in there if path not in wanted]:
            raise NotAPackage(f"{left[0]} is in the bag, and {name} does not name it")


def _nothing_to_fetch(source: Source, encoding: str, version: tuple[int, int]) -> None:
    if "fetch.txt" not in source.sizes:
        return
    for line in filter(str.strip, _text(source, "fetch.txt", encoding).split("\n")):
        path = _path(source, "fetch.txt", line.split(None, 2)[-1], version)
        if path not in source.sizes:
            raise NotAPackage(f"{path} is still to be fetched: complete the bag first")


def _oxum(source: Source, encoding: str, there: Collection[str]) -> None:
    if "bag-info.txt" not in source.sizes:
        return
    said = OXUM.search(_text(source, "bag-info.txt", encoding))
    is_so = sum(source.sizes[each] for each in there), len(there)
    if said and (int(said[1]), int(said[2])) != is_so:
        raise NotAPackage(f"bag-info.txt says that it has {said[1]} bytes in {said[2]} files")


def _right(source: Source, manifests: Mapping[str, tuple[bool, str, Sums]]) -> None:
    """Each file is read once, for all manifests that name it."""
    wanted = dict[str, dict[str, tuple[str, str]]]()
    for name, (_, algorithm, sums) in manifests.items():
        for path, digest in sums.items():
            wanted.setdefault(path, {})[name] = algorithm, digest
    for path, named in wanted.items():
        if path not in source.sizes:
            raise NotAPackage(f"{path} is missing")
        found = digests(source, path, {algorithm for algorithm, _ in named.values()})
        for name, (algorithm, digest) in named.items():
            if found[algorithm] != digest:
                raise NotAPackage(f"{path} is not as {name} says")


def digests(source: Source, path: str, algorithms: Collection[str]) -> dict[str, str]:
    """The digests of a file by their algorithms, as hashlib names them."""
    totals: dict[str, Any] = {each: hashlib.new(each) for each in algorithms}
    updates: list[Callable[[bytes], None]] = [each.update for each in totals.values()]
    for part in source.parts(path):
        for update in updates:
            update(part)
    return {each: total.hexdigest() for each, total in totals.items()}
