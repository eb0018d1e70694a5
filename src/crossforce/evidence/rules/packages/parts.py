"""What goes into a package: exhibits, each with a document of what it is and what was done with it, and its originals."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from crossforce.evidence.rules import manifest as manifests
from crossforce.evidence.rules.manifest import Manifest, NotAPack

DOCUMENT: Final = "exhibit.json"
FORMAT: Final = "crossforce-exhibit/1"
Member = tuple[str, Iterable[bytes]]


class Form(StrEnum):
    """The standard that a package keeps to."""

    BAGIT = "bagit"
    OCFL = "ocfl"


class NotAPackage(ValueError):
    """The package is not what its standard says, or not as it was made; the message names what."""


class Changed(Exception):
    """What goes into a package is not what its record says; the message names it."""


@dataclass(frozen=True, slots=True)
class Content:
    """An original: where it stands in its exhibit, the SHA-256 that its record gives, and its bytes when they are asked for."""

    path: str
    sha256: str
    parts: Callable[[], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Given:
    """An exhibit that goes into a package."""

    document: Manifest
    contents: Sequence[Content]

    def members(self) -> Iterator[Content]:
        """Its document, then its originals."""
        said = written(self.document)
        yield Content(DOCUMENT, hashlib.sha256(said).hexdigest(), lambda: [said])
        yield from self.contents


@dataclass(frozen=True, slots=True)
class Said:
    """What a package tells of itself: who gives it, how it is marked, when and for what it was made.

    `left` exhibits whoever made it may read, and may not take out.
    """

    organisation: str
    by: str
    marking: str
    made_at: datetime
    reason: str
    left: int = 0
    after: str = ""
    """The last exhibit of it, where more follow in another package."""


@dataclass(slots=True)
class Passing:
    """The bytes of a file as they go by, and what they come to. Raises Changed at their end."""

    path: str
    content: Content
    size: int = 0
    sha256: str = ""
    sha512: str = ""

    def __iter__(self) -> Iterator[bytes]:
        first, second = hashlib.sha256(), hashlib.sha512()
        for part in self.content.parts():
            first.update(part)
            second.update(part)
            self.size += len(part)
            yield part
        self.sha256, self.sha512 = first.hexdigest(), second.hexdigest()
        if self.sha256 != self.content.sha256:
            raise Changed(f"{self.path} is not what its record says.")


def written(document: Manifest) -> bytes:
    """The document of an exhibit: what a proof pack says of it, without the pack's instructions."""
    body = json.loads(document.to_bytes()) | {"format": FORMAT}
    del body["instructions_sha256"]
    return (json.dumps(body, indent=1, ensure_ascii=False) + "\n").encode()


def read(said: bytes) -> Manifest:
    """The document of an exhibit that a package brings. Raises NotAPackage."""
    try:
        body = json.loads(said)
        if not isinstance(body, dict) or body.get("format") != FORMAT:
            raise NotAPackage(f"{DOCUMENT} is not in the format {FORMAT}")
        whole = body | {"format": manifests.FORMAT, "instructions_sha256": ""}
        return manifests.read(json.dumps(whole).encode())[0]
    except (ValueError, RecursionError) as fault:
        if isinstance(fault, NotAPackage):
            raise
        why = "" if isinstance(fault, NotAPack) else f": {fault}"
        raise NotAPackage(f"{DOCUMENT} is not in the format {FORMAT}{why}") from fault
