"""OCFL 1.1: a storage root with one object of one version for each exhibit, written as it goes out; its declarations go last."""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256, sha512
from typing import Any, Final
from urllib.parse import quote

from crossforce.evidence.rules.packages.parts import Given, Member, Passing, Said

LAYOUT: Final = "0003-hash-and-id-n-tuple-storage-layout"
CONFIG: Final = {
    "extensionName": LAYOUT, "digestAlgorithm": "sha256", "tupleSize": 3, "numberOfTuples": 3,
}  # fmt: skip
TOLD: Final = {
    "extension": LAYOUT,
    "description": "Each object in folders named by the SHA-256 of its identifier, then by the identifier itself",
}
ROOT, OBJECT = "0=ocfl_1.1", "0=ocfl_object_1.1"


def members(given: Iterable[Given], said: Said) -> Iterator[Member]:
    """The files of the storage root, in the order in which they are written. Raises Changed."""
    for each in given:
        yield from _object(each, said)
    yield "ocfl_layout.json", [_json(TOLD)]
    yield f"extensions/{LAYOUT}/config.json", [_json(CONFIG)]
    yield ROOT, [b"ocfl_1.1\n"]


def folder_of(identifier: str) -> str:
    """Where an object stands in the root, as its layout says."""
    digest = sha256(identifier.encode()).hexdigest()
    named = quote(identifier, safe="-_").replace("%3A", "%3a")
    return "/".join([digest[:3], digest[3:6], digest[6:9], named])


def _object(each: Given, said: Said) -> Iterator[Member]:
    identifier = f"urn:uuid:{each.document.record}"
    folder, held = folder_of(identifier), list[Passing]()
    for content in each.members():
        path = f"v1/content/{content.path}"
        passing = Passing(path, content)
        yield f"{folder}/{path}", passing
        held.append(passing)
    inventory = _json(_inventory(identifier, held, said))
    sidecar = f"{sha512(inventory).hexdigest()} inventory.json\n".encode()
    for place in (f"{folder}/v1", folder):
        yield f"{place}/inventory.json", [inventory]
        yield f"{place}/inventory.json.sha512", [sidecar]
    yield f"{folder}/{OBJECT}", [b"ocfl_object_1.1\n"]


def _inventory(identifier: str, held: list[Passing], said: Said) -> dict[str, Any]:
    manifest, state, fixity = (dict[str, list[str]]() for _ in range(3))
    for each in held:
        manifest.setdefault(each.sha512, []).append(each.path)
        state.setdefault(each.sha512, []).append(each.content.path)
        fixity.setdefault(each.sha256, []).append(each.path)
    version = {
        "created": said.made_at.isoformat(timespec="seconds"),
        "message": f"{said.marking}: {said.reason}",
        "user": {"name": said.organisation, "address": said.by},
        "state": state,
    }
    return {
        "id": identifier,
        "type": "https://ocfl.io/1.1/spec/#inventory",
        "digestAlgorithm": "sha512",
        "head": "v1",
        "manifest": manifest,
        "versions": {"v1": version},
        "fixity": {"sha256": fixity},
    }


def _json(value: Any) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode()
