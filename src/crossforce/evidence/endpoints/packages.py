"""Packages of exhibits over HTTP: BagIt and OCFL."""

from typing import Any
from uuid import UUID

from ninja import Router, Schema
from pydantic import ConfigDict, Field

from crossforce.evidence.answering import exported
from crossforce.evidence.operations import exporting
from crossforce.evidence.operations.exporting import NewExport
from crossforce.evidence.queries.packages import Wanted
from crossforce.evidence.rules.packages.parts import Form
from crossforce.kernel import clock
from crossforce.people.api import ActingRequest

router = Router()


class ExportIn(Schema):
    """Of what a package is made: one exhibit, one case, or one holder; in which form, for whom, and why."""

    model_config = ConfigDict(extra="forbid")

    exhibit: UUID | None = None
    case: str = Field("", max_length=80)
    holder: str = Field("", max_length=120)
    form: Form = Form.BAGIT
    recipient: str = Field(min_length=1, max_length=200)
    reason: str = Field(min_length=1, max_length=500)


@router.post("/exports", url_name="evidence-export")
def export(request: ActingRequest, sent: ExportIn) -> Any:
    """A ZIP file that holds a BagIt bag or an OCFL storage root: originals, what they are, and their continuity.

    Each is a disclosure of its own, also one that is asked for again under the same key.
    """
    wanted = Wanted(sent.exhibit, sent.case, sent.holder)
    new = NewExport(wanted, sent.form, sent.recipient, sent.reason)
    return exported(exporting.make(actor=request.actor, new=new, at=clock.now()))
