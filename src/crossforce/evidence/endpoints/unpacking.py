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
    """A file that lies in it: what became of it, why not, and as which original it is kept. Without a name: all of it."""

    name: str
    became: Became
    why: str
    item: UUID | None
    size: int


class FaultOut(Schema):
    """What is wrong in its manifest, by line and column."""

    line: int
    column: str
    why: str


class Unpacked(Schema):
    """How many files became what; of each the first two hundred. Where it is not whole, ask again: it goes on."""

    number: dict[str, int]
    files: list[FileOut]
    refused: list[FileOut]
    faults: list[FaultOut]
    is_whole: bool


@router.get("/items/{uuid:item}/unpack", response=Unpacked, url_name="evidence-unpack")
def look(request: ActingRequest, item: UUID) -> Unpacked:
    """What lies in an archive or e-mail, and what would become of it. To look into it is to read it, and entered as such."""
    return _told(
        unpacking.go_on(actor=request.actor, item=item, at=clock.now(), is_rehearsal=True)
    )


@router.post("/items/{uuid:item}/unpack", response=Unpacked)
def unpack(request: ActingRequest, item: UUID) -> Unpacked:
    """Take in what lies in it, for some twenty seconds. Each file becomes an original beside it, or of the exhibit that its manifest.csv names.

    Ask again, under another key, until it is whole: what is kept is not kept twice.
    """
    return _told(
        unpacking.go_on(actor=request.actor, item=item, at=clock.now(), is_rehearsal=False)
    )


def _told(found: Progress) -> Unpacked:
    return Unpacked(
        number={each.value: count for each, count in found.number.items()},
        files=[FileOut(**asdict(each)) for each in found.shown],
        refused=[FileOut(**asdict(each)) for each in found.refused],
        faults=[FaultOut(**asdict(each)) for each in found.faults],
        is_whole=found.is_whole,
    )
