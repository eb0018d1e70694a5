"""An inventory of OCFL, by itself: of the types and forms that the standard asks for, and in agreement with itself."""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from crossforce.evidence.rules.packages.parts import NotAPackage

ALGORITHMS: Final = {
    "md5": "md5", "sha1": "sha1", "sha256": "sha256", "sha512": "sha512", "sha512/256": "sha512_256",
    "blake2b-512": "blake2b",
}  # fmt: skip
"""By the standard's names, what is verified here: as hashlib names it."""
NUMBER: Final = re.compile(r"v(0*)([1-9][0-9]*)")
CREATED: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}.*$"
TYPE: Final = r"^https://ocfl\.io/1\.[01]/spec/#inventory$"
Text = Annotated[str, StringConstraints(min_length=1)]
Listed = dict[str, Annotated[list[str], Field(min_length=1)]]


class _Said(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")


class _User(_Said):
    name: Text
    address: str = ""


class _Version(_Said):
    created: Annotated[str, StringConstraints(pattern=CREATED)]
    state: Listed
    message: str = ""
    user: _User | None = None


class _Inventory(_Said):
    id: Text
    type: Annotated[str, StringConstraints(pattern=TYPE)]
    digest_algorithm: Literal["sha256", "sha512"] = Field(alias="digestAlgorithm")
    head: str
    manifest: Listed
    versions: dict[str, _Version]
    content: str = Field("content", alias="contentDirectory")
    fixity: dict[str, Listed] = Field(default_factory=dict)


class _When(BaseModel):
    at: AwareDatetime


@dataclass(frozen=True, slots=True)
class Inventory:
    """What an inventory says: `paths` tells the digest of each file, `states` the digest of each name in each version."""

    identifier: str
    version: str
    algorithm: str
    content: str
    numbers: list[str]
    paths: Mapping[str, str]
    states: Mapping[str, Mapping[str, str]]
    fixity: Mapping[str, Mapping[str, str]]

    @property
    def head(self) -> str:
        """The newest version."""
        return self.numbers[-1]

    def state(self, number: str) -> dict[str, str]:
        """Where each name of a version lies."""
        where = {digest: path for path, digest in sorted(self.paths.items(), reverse=True)}
        return {name: where[digest] for name, digest in self.states[number].items()}

    def means(
        self, number: str, among: Collection[str] | None = None
    ) -> dict[str, frozenset[str]]:
        """All files that each name of a version may be read from."""
        files = dict[str, set[str]]()
        for path, digest in self.paths.items():
            if among is None or path in among:
                files.setdefault(digest, set()).add(path)
        return {
            name: frozenset(files.get(digest, ()))
            for name, digest in self.states[number].items()
        }

    def paths_until(self, number: int) -> set[str]:
        """The files that came with that version or before it."""
        until = set(self.numbers[:number])
        return {path for path in self.paths if path.partition("/")[0] in until}


def read(said: bytes, place: str) -> Inventory:
    """The inventory that a file writes. Raises NotAPackage."""
    try:
        body = _Inventory.model_validate(json.loads(said, object_pairs_hook=_once))
        for each in body.versions.values():
            _When(at=each.created)
        return _made(body)
    except NotAPackage as fault:
        raise NotAPackage(f"{place}inventory.json is not in order: {fault}") from fault
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise NotAPackage(
            f"{place}inventory.json is not in order: {where}: {first['msg']}"
        ) from fault
    except (ValueError, RecursionError) as fault:
        raise NotAPackage(f"{place}inventory.json is no JSON: {fault}") from fault


def is_all_there(named: Collection[str], there: Collection[str]) -> None:
    """Every file that is named is there, and no other. Raises NotAPackage."""
    if missing := set(named) - set(there):
        raise NotAPackage(f"{min(missing)} is missing")
    if beside := set(there) - set(named):
        raise NotAPackage(f"{min(beside)} is there, and its inventory does not name it")


def _made(body: _Inventory) -> Inventory:
    numbers = _numbers(body)
    if body.content in {".", "..", ""} or "/" in body.content:
        raise NotAPackage("its contentDirectory is no folder's name")
    paths = _by_path(body.manifest, "manifest")
    for path in paths:
        steps = path.split("/")
        if len(steps) < 3 or steps[0] not in numbers or steps[1] != body.content:
            raise NotAPackage(f"{path} is no content of a version")
    states = {number: _by_path(body.versions[number].state, number) for number in numbers}
    used = {digest for state in states.values() for digest in state.values()}
    if lost := used - set(body.manifest):
        raise NotAPackage(f"the digest {min(lost)} stands in a state, and not in the manifest")
    if idle := set(body.manifest) - used:
        raise NotAPackage(f"the digest {min(idle)} stands in the manifest, and in no state")
    fixity = {name: _by_path(sums, "fixity") for name, sums in body.fixity.items()}
    for sums in fixity.values():
        if away := set(sums) - set(paths):
            raise NotAPackage(f"fixity names {min(away)}, which the manifest does not")
    version = body.type.split("/")[3]
    return Inventory(
        body.id, version, body.digest_algorithm, body.content, numbers, paths, states, fixity
    )


def _numbers(body: _Inventory) -> list[str]:
    """The versions in order: all of them, from one on, padded alike."""
    found = {name: NUMBER.fullmatch(name) for name in body.versions}
    if not found or not all(found.values()):
        raise NotAPackage("it has no versions, or one is not called as a version is")
    numbers = sorted(found, key=lambda name: int(name[1:]))
    if [int(name[1:]) for name in numbers] != list(range(1, len(numbers) + 1)):
        raise NotAPackage("a version is missing")
    padded = {len(name) for name in numbers if name.startswith("v0")}
    if padded and padded != {len(name) for name in numbers}:
        raise NotAPackage("its versions are not padded alike")
    if body.head != numbers[-1]:
        raise NotAPackage("its head is not its newest version")
    return numbers


def _by_path(listed: Mapping[str, list[str]], where: str) -> dict[str, str]:
    """The digest of each path. Raises NotAPackage."""
    if len({digest.lower() for digest in listed}) != len(listed):
        raise NotAPackage(f"a digest stands twice in {where}")
    found = dict[str, str]()
    for digest, paths in listed.items():
        for path in paths:
            if any(step in {"", ".", ".."} for step in path.split("/")):
                raise NotAPackage(f"{path!r} in {where} would leave its folder")
            if path in found:
                raise NotAPackage(f"{path} stands twice in {where}")
            found[path] = digest
    for path in found:
        if any(above in found for above in _above(path)):
            raise NotAPackage(f"{path} in {where} stands in a file")
    return found


def _above(path: str) -> Iterable[str]:
    steps = path.split("/")
    return ("/".join(steps[:number]) for number in range(1, len(steps)))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise NotAPackage("a name stands twice in it")
    return dict(pairs)
