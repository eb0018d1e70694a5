"""BagIt 1.0 (RFC 8493): a bag is written as it goes out, each file digested as it passes; what declares it a bag goes last."""

from collections.abc import Iterable, Iterator
from hashlib import sha256, sha512
from typing import Final

from crossforce.evidence.rules.packages.parts import Given, Member, Passing, Said

DECLARED: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def members(given: Iterable[Given], said: Said) -> Iterator[Member]:
    """The files of the bag, in the order in which they are written. Raises Changed."""
    payload: list[Passing] = []
    for number, each in enumerate(given, 1):
        for content in each.members():
            path = f"data/{number}/{content.path}"
            passing = Passing(path, content)
            yield path, passing
            payload.append(passing)
    tags = {
        "manifest-sha256.txt": _lines((each.sha256, each.path) for each in payload),
        "manifest-sha512.txt": _lines((each.sha512, each.path) for each in payload),
        "bag-info.txt": _info(said, payload),
        "bagit.txt": DECLARED,
    }
    sums = {
        "tagmanifest-sha256.txt": _lines((sha256(tags[at]).hexdigest(), at) for at in tags),
        "tagmanifest-sha512.txt": _lines((sha512(tags[at]).hexdigest(), at) for at in tags),
    }
    for path in (*list(tags)[:-1], *sums, "bagit.txt"):
        yield path, [(tags | sums)[path]]


def _lines(sums: Iterable[tuple[str, str]]) -> bytes:
    return "".join(f"{digest}  {path}\n" for digest, path in sums).encode()


def _info(said: Said, payload: list[Passing]) -> bytes:
    size = sum(each.size for each in payload)
    told = {
        "Source-Organization": said.organisation,
        "External-Description": said.reason,
        "Security-Marking": said.marking,
        "Bagging-Date": said.made_at.date().isoformat(),
        "Payload-Oxum": f"{size}.{len(payload)}",
    }
    if said.left:
        told["Not-Included"] = f"{said.left} exhibits that may be read and not taken out"
    if said.after:
        told["Continued"] = f"more exhibits follow after urn:uuid:{said.after}, in another bag"
    return "".join(
        f"{name}: {' '.join(value.split())}\n" for name, value in told.items()
    ).encode()
