"""OCFL 1.0 and 1.1 are read: a storage root or one object, every inventory, every digest, nothing missing and nothing beside."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from crossforce.evidence.rules.packages import inventories, sources
from crossforce.evidence.rules.packages.inventories import ALGORITHMS, Inventory
from crossforce.evidence.rules.packages.parts import NotAPackage
from crossforce.evidence.rules.packages.sources import Source
from crossforce.evidence.rules.packages.unbagging import digests

VERSIONS: Final = ("1.0", "1.1")
DECLARED: Final = re.compile(r"(?:(.*)/)?0=ocfl_object_(.*)")
SIDECAR: Final = re.compile(rb"([0-9A-Fa-f]+)[ \t]+inventory\.json\n?")
BESIDE: Final = frozenset({"logs", "extensions"})


def is_one(source: Source) -> bool:
    """Whether it says that it is a storage root, or an object."""
    return any(name.startswith(("0=ocfl_object_", "0=ocfl_")) for name in source.sizes)


def states(source: Source) -> list[Mapping[str, str]]:
    """The newest state of each object, once all of each is found right: where each file lies, by its name. Raises NotAPackage."""
    if any(name.startswith("0=ocfl_object_") for name in source.sizes):
        return [_state(source, "")]
    _declared(source, "", "ocfl")
    found = sorted(match[1] for match in map(DECLARED.fullmatch, source.sizes) if match)
    objects = [each for each in found if not each.startswith("extensions/")]
    above = tuple(f"{each}/" for each in objects)
    for each in objects:
        if f"{each}/".startswith(tuple(other for other in above if other != f"{each}/")):
            raise NotAPackage(f"the object {each} stands in another")
    for name in source.sizes:
        if "/" in name and not name.startswith(("extensions/", *above)):
            raise NotAPackage(f"{name} belongs to no object")
    return [_state(source, f"{each}/") for each in objects]


def _declared(source: Source, top: str, what: str) -> str:
    """The version of the standard that the one declaration there says. Raises NotAPackage."""
    names = [name for name in source.sizes if name.startswith(f"{top}0=")]
    said = [f"{top}0={what}_{version}" for version in VERSIONS]
    if len(names) != 1 or names[0] not in said:
        raise NotAPackage(
            f"{top or 'it'} does not declare that it is OCFL {' or '.join(VERSIONS)}"
        )
    version = names[0].rpartition("_")[2]
    if sources.small(source, names[0]) != f"{what}_{version}\n".encode():
        raise NotAPackage(f"{names[0]} does not hold what it should")
    return version


def _state(source: Source, top: str) -> Mapping[str, str]:
    version = _declared(source, top, "ocfl_object")
    newest = _inventory(source, top)
    if newest.version != version:
        raise NotAPackage(f"{top}inventory.json is of another version of OCFL than its object")
    _top(source, top, newest)
    held = {name for name in source.sizes if name.startswith(top)}
    least = VERSIONS[0]
    for number, each in enumerate(newest.numbers, 1):
        if f"{top}{each}" not in source.folders:
            raise NotAPackage(f"{top}{each} is missing")
        before = _of_version(source, f"{top}{each}/", held)
        if before is None:
            continue
        _agree(source, top, number, before, newest)
        if before.version < least:
            raise NotAPackage(
                f"{top}{each}/inventory.json is of an older OCFL than the one before"
            )
        least = before.version
    inventories.is_all_there(
        newest.paths,
        {name.removeprefix(top) for name in held if _is_content(name, top, newest)},
    )
    _right(source, top, newest)
    return {name: f"{top}{path}" for name, path in newest.state(newest.head).items()}


def _inventory(source: Source, place: str) -> Inventory:
    """The inventory there, as its sidecar says. Raises NotAPackage."""
    found = inventories.read(sources.small(source, f"{place}inventory.json"), place)
    beside = f"{place}inventory.json.{found.algorithm}"
    match = SIDECAR.fullmatch(sources.small(source, beside))
    name = f"{place}inventory.json"
    if not match:
        raise NotAPackage(f"{beside} holds no digest of {name}")
    right = digests(source, name, {ALGORITHMS[found.algorithm]})[ALGORITHMS[found.algorithm]]
    if match[1].decode().lower() != right:
        raise NotAPackage(f"{name} is not as its sidecar says")
    return found


def _top(source: Source, top: str, newest: Inventory) -> None:
    """Nothing stands in the object but what the standard names."""
    files = {"inventory.json", f"inventory.json.{newest.algorithm}"}
    folders = {*newest.numbers, *BESIDE}
    for name in source.sizes:
        first, _, rest = name.removeprefix(top).partition("/")
        if not name.startswith(top) or first.startswith("0="):
            continue
        if first not in (folders if rest else files):
            raise NotAPackage(f"{name} does not belong into an object")
        if first == "extensions" and "/" not in rest:
            raise NotAPackage(f"{name} stands among the extensions, and is none")
    for folder in source.folders:
        inner = folder.removeprefix(top)
        if folder.startswith(top) and "/" not in inner and inner not in folders:
            raise NotAPackage(f"{folder} does not belong into an object")


def _of_version(source: Source, place: str, held: set[str]) -> Inventory | None:
    """The inventory of a version, where it has one of its own. Raises NotAPackage."""
    inside = {name.removeprefix(place) for name in held if name.startswith(place)}
    loose = {name for name in inside if "/" not in name}
    if not loose:
        return None
    if "inventory.json" not in loose:
        raise NotAPackage(f"{place}{min(loose)} is no content of its version")
    found = _inventory(source, place)
    if left := loose - {"inventory.json", f"inventory.json.{found.algorithm}"}:
        raise NotAPackage(f"{place}{min(left)} is no content of its version")
    return found


def _agree(source: Source, top: str, number: int, before: Inventory, newest: Inventory) -> None:
    """The inventory of a version says what the newest says of it, and of those before it. Raises NotAPackage."""
    name = f"{top}{newest.numbers[number - 1]}/inventory.json"
    if before.head != newest.numbers[number - 1]:
        raise NotAPackage(f"{name} is of version {before.head}")
    if (before.identifier, before.content) != (newest.identifier, newest.content):
        raise NotAPackage(f"{name} is of another object")
    if before.version > newest.version:
        raise NotAPackage(f"{name} is of a later version of OCFL than what follows it")
    if number < len(newest.numbers):
        _agree_on_versions(name, before, newest, newest.paths_until(number))
        _right(source, top, before)
    elif sources.small(source, name) != sources.small(source, f"{top}inventory.json"):
        raise NotAPackage(f"{name} is not the inventory of its object")


def _agree_on_versions(
    name: str, before: Inventory, newest: Inventory, wanted: set[str]
) -> None:
    if set(before.paths) != wanted:
        raise NotAPackage(f"{name} does not name every file until its version")
    for each in before.numbers:
        if before.means(each) != newest.means(each, wanted):
            raise NotAPackage(
                f"{name} says something else of {each} than the inventory of its object"
            )


def _is_content(name: str, top: str, newest: Inventory) -> bool:
    steps = name.removeprefix(top).split("/")
    return len(steps) > 2 and steps[0] in newest.numbers and steps[1] == newest.content


def _right(source: Source, top: str, inventory: Inventory) -> None:
    """Each file is read once, for all digests that are said of it."""
    for path, said in _said(inventory):
        found = digests(source, f"{top}{path}", {ALGORITHMS[each] for each in said})
        for algorithm, wanted in said.items():
            if wanted.lower() != found[ALGORITHMS[algorithm]]:
                raise NotAPackage(f"{top}{path} is not as its inventory says")


def _said(inventory: Inventory) -> Iterator[tuple[str, dict[str, str]]]:
    for path, digest in inventory.paths.items():
        fixed = {
            algorithm: sums[path]
            for algorithm, sums in inventory.fixity.items()
            if algorithm in ALGORITHMS and path in sums
        }
        yield path, fixed | {inventory.algorithm: digest}
