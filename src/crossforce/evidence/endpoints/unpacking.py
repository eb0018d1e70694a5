"""Archives and e-mails that are kept, taken apart over HTTP."""

from dataclasses import asdict
from uuid import UUID

from ninja import Router, Schema

from crossforce.evidence.operations import unpacking
from crossforce.evidence.operations.importing import Became
from crossforce.evidence.operations.unpacking import Progress
from crossforce.kernel import clock
from crossforce.people.api import ActingRequest

router = Router()


class FileOut(Schema):
    """A file that lies in it: what became of it, why not, as which original it is kept, and which exhibit the manifest names for it.

    Without a name: all of it. Without an exhibit: that of the archive itself.
    """

    name: str
    became: Became
    why: str
    item: UUID | None
    size: int
    exhibit: str


class FaultOut(Schema):
    """What is wrong in its manifest, by line and column."""

    line: int
    column: str
    why: str


class Unpacked(Schema):
    """How many files became what; of each the first two hundred. Where it is not whole, ask again: it goes on.

    `has_manifest`: a file manifest.csv lies in it, and nobody asked to go by it. `is_package`: it declares itself a bag or OCFL.
    """

    number: dict[str, int]
    files: list[FileOut]
    refused: list[FileOut]
    faults: list[FaultOut]
    is_whole: bool
    has_manifest: bool
    is_package: bool


@router.get("/items/{uuid:item}/unpack", response=Unpacked, url_name="evidence-unpack")
def look(request: ActingRequest, item: UUID, by_manifest: bool = False) -> Unpacked:
    """What lies in an archive or e-mail, and what would become of it. To look into it is to read it, and entered as such."""
    return _gone_on(request, item, is_rehearsal=True, by_manifest=by_manifest)


@router.post("/items/{uuid:item}/unpack", response=Unpacked)
def unpack(request: ActingRequest, item: UUID, by_manifest: bool = False) -> Unpacked:
    """Take in what lies in it, for some twenty seconds. Each file becomes an original beside it; with `by_manifest`, of the exhibit that its manifest.csv names.

    Ask again, under another key, until it is whole: what is kept is not kept twice.
    """
    return _gone_on(request, item, is_rehearsal=False, by_manifest=by_manifest)


def _gone_on(
    request: ActingRequest, item: UUID, *, is_rehearsal: bool, by_manifest: bool
) -> Unpacked:
    return _told(
        unpacking.go_on(
            actor=request.actor,
            item=item,
            at=clock.now(),
            is_rehearsal=is_rehearsal,
            by_manifest=by_manifest,
        )
    )


def _told(found: Progress) -> Unpacked:
    return Unpacked(
        number={each.value: count for each, count in found.number.items()},
        files=[FileOut(**asdict(each)) for each in found.shown],
        refused=[FileOut(**asdict(each)) for each in found.refused],
        faults=[FaultOut(**asdict(each)) for each in found.faults],
        is_whole=found.is_whole,
        has_manifest=found.has_manifest,
        is_package=found.is_package,
    )
