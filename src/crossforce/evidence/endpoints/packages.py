"""Packages of exhibits over HTTP: BagIt and OCFL."""

from typing import Any
from uuid import UUID

from ninja import Router, Schema
from pydantic import ConfigDict, Field

from crossforce.evidence.answering import exported
from crossforce.evidence.operations import bringing, exporting
from crossforce.evidence.operations.exporting import NewExport
from crossforce.evidence.queries.packages import Wanted
from crossforce.evidence.rules.packages.parts import Form
from crossforce.kernel import clock
from crossforce.people.api import ActingRequest

router = Router()


class ExportIn(Schema):
    """Of what a package is made: one exhibit, one case, or one holder; after which exhibit it goes on, in which form, for whom, and why."""

    model_config = ConfigDict(extra="forbid")

    exhibit: UUID | None = None
    case: str = Field("", max_length=80)
    holder: str = Field("", max_length=120)
    after: UUID | None = None
    form: Form = Form.BAGIT
    recipient: str = Field(min_length=1, max_length=200)
    reason: str = Field(min_length=1, max_length=500)


class ForeseenOut(Schema):
    """An exhibit that a package brings; without a reference, files for the package's own."""

    exhibit_reference: str
    case_reference: str
    description: str
    files: int
    size: int


class AdmittedOut(Schema):
    """An exhibit that was brought: how many of its files came now, and how many were there."""

    exhibit: UUID
    exhibit_reference: str
    taken: int
    there: int


class BroughtOut(Schema):
    """What was added. Where it is not whole, ask again under another key: it goes on."""

    exhibits: list[AdmittedOut]
    is_whole: bool


@router.get(
    "/items/{uuid:item}/package", response=list[ForeseenOut], url_name="evidence-package"
)
def look(request: ActingRequest, item: UUID) -> Any:
    """What a BagIt bag or OCFL that is kept as a ZIP file would bring, once all of it is found right. To look is to read it, and entered as such."""
    return bringing.look(actor=request.actor, item=item, at=clock.now())[1]


@router.post("/items/{uuid:item}/package", response=BroughtOut)
def bring(request: ActingRequest, item: UUID) -> Any:
    """Bring it in as the exhibits that it names, where the package's own exhibit stands; nothing before all of it is found right."""
    found = bringing.go_on(actor=request.actor, item=item, at=clock.now())
    exhibits = [
        AdmittedOut(
            exhibit=each.exhibit.pk,
            exhibit_reference=each.exhibit.exhibit_reference,
            taken=len(each.items),
            there=each.there,
        )
        for each in found.admitted
    ]
    return BroughtOut(exhibits=exhibits, is_whole=found.is_whole)


@router.post("/exports", url_name="evidence-export")
def export(request: ActingRequest, sent: ExportIn) -> Any:
    """A ZIP file that holds a BagIt bag or an OCFL storage root: originals, what they are, and their continuity.

    Each is a disclosure of its own, also one that is asked for again under the same key. It takes a thousand exhibits: where more
    follow, `Crossforce-After` names what to send as `after` for the next.
    """
    wanted = Wanted(sent.exhibit, sent.case, sent.holder, sent.after)
    new = NewExport(wanted, sent.form, sent.recipient, sent.reason)
    return exported(exporting.make(actor=request.actor, new=new, at=clock.now()))
