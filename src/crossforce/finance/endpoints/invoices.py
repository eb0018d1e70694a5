"""Invoices between policing bodies, over HTTP. Money is in pence."""

from datetime import date
from functools import partial
from typing import Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import Field

from crossforce.finance.choices import FIRST_YEAR, LAST_YEAR
from crossforce.finance.endpoints.asked import StepAsked
from crossforce.finance.endpoints.years import Raised
from crossforce.finance.operations import charging
from crossforce.finance.operations import invoices as operations
from crossforce.finance.queries import billing
from crossforce.finance.queries import invoices as reads
from crossforce.finance.queries.invoices import Shown, Wanted
from crossforce.finance.views import billed
from crossforce.kernel import clock, pdf
from crossforce.kernel.web import api, downloads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records

router = Router()


class InvoicesAsked(StepAsked):
    """Which invoices; nothing given is the first thousand, and `after` leads on from the last of them.
    `body` is either side."""

    agreement: str = Field("", max_length=120)
    year: int | None = Field(None, ge=FIRST_YEAR, le=LAST_YEAR)
    state: Literal["", "raised", "sent", "settled", "withdrawn"] = ""
    body: str = Field("", max_length=120)


class Charging(Schema):
    """Charge what falls due until the end of a part of the year, such as `2027/28 Q1` or `2027-04`."""

    agreement: str = Field(max_length=120)
    year: int = Field(ge=FIRST_YEAR, le=LAST_YEAR)
    part: str = Field(max_length=40)


class Reason(Schema):
    """Why it is withdrawn."""

    words: str = Field(max_length=200)


class Settling(Schema):
    """What is set off, paid on a day under a reference."""

    invoices: list[UUID] = Field(min_length=1, max_length=500)
    on: date
    reference: str = Field(max_length=200)


class Settlement(Schema):
    """What is left to pay."""

    payer: str
    payee: str
    pence: int


class Claimed(Schema):
    """One thing that an invoice charges; `line` is the line that it was posted by."""

    line: str
    words: str
    vat: str
    pence: int


class Invoice(Schema):
    """An invoice; a credit note where it is below nothing."""

    id: UUID
    version: int
    number: str
    agreement: str
    year: int
    part: str
    creditor: str
    debtor: str
    pence: int
    vat_pence: int
    state: str
    raised_on: date
    sent_on: date | None
    settled_on: date | None
    settlement: str
    claims: list[Claimed]


class BilledLine(Schema):
    """One charge: of which budget, whose share and how large, by which clause."""

    words: str
    budget: UUID | None
    force: str
    share: str
    why: str
    pence: int


class Earlier(Schema):
    """An invoice between the same bodies that was raised before."""

    id: UUID
    number: str
    raised_on: date
    state: str
    pence: int


class BillOf(Schema):
    """An invoice as it is sent: what each charge is of, what was invoiced before, when it is due."""

    number: str
    creditor: str
    debtor: str
    agreement: str
    title: str
    year: int
    due_on: date
    pence: int
    lines: list[BilledLine]
    before: list[Earlier]


@router.get("/invoices", response=list[Invoice])
def invoices(request: ActingRequest, asked: Query[InvoicesAsked]) -> list[Invoice]:
    """The invoices that you may read."""
    wanted = Wanted(asked.agreement, asked.year, asked.state, asked.body)
    return [_told(each) for each in reads.page(request.actor, wanted, asked.step).rows]


@router.post("/invoices", response={201: Raised})
def raise_invoices(request: ActingRequest, sent: Charging) -> Status[Raised]:
    """Charge an instalment, and raise the invoices for it."""
    raised = charging.raise_invoices(
        actor=request.actor,
        agreement=sent.agreement,
        year=sent.year,
        part=sent.part,
        at=clock.now(),
    )
    return Status(201, Raised(invoices=raised))


@router.get("/invoices/{invoice}", response=Invoice)
def invoice(request: ActingRequest, response: HttpResponse, invoice: UUID) -> Invoice:
    """One invoice, and the ETag that a change carries."""
    shown = reads.one(request.actor, invoice)
    api.tagged(response, shown.row)
    return _told(shown)


@router.get("/invoices/{invoice}/bill", response=BillOf)
def bill(request: ActingRequest, invoice: UUID) -> BillOf:
    """The invoice as it is sent."""
    return _bill(billing.bill(request.actor, invoice))


@router.get("/invoices/{invoice}/bill.pdf")
def bill_pdf(request: ActingRequest, invoice: UUID) -> HttpResponse:
    """The same as a tagged PDF: a disclosure."""
    ask = partial(billing.taken_out, request.actor, invoice)
    content = billed.paper(*records.marked(request.actor, ask), clock.now())
    return downloads.file(f"{invoice}.pdf", content, pdf.MEDIA_TYPE)


@router.put("/invoices/{invoice}/sent", response=Invoice)
def send(request: ActingRequest, invoice: UUID) -> Invoice:
    """Note that it was sent, with If-Match."""
    version = api.version_of(request, reads.one(request.actor, invoice).row)
    operations.send_invoice(
        actor=request.actor, invoice=invoice, version=version, at=clock.now()
    )
    return _told(reads.one(request.actor, invoice))


@router.put("/invoices/{invoice}/withdrawn", response=Invoice)
def withdraw(request: ActingRequest, invoice: UUID, sent: Reason) -> Invoice:
    """Withdraw one that was not sent, with If-Match."""
    version = api.version_of(request, reads.one(request.actor, invoice).row)
    operations.withdraw_invoice(
        actor=request.actor, invoice=invoice, version=version, words=sent.words, at=clock.now()
    )
    return _told(reads.one(request.actor, invoice))


@router.post("/settlements", response={201: Settlement})
def settle(request: ActingRequest, sent: Settling) -> Status[Settlement]:
    """Set invoices between two bodies off against each other."""
    done = operations.settle_invoices(
        actor=request.actor,
        chosen=sent.invoices,
        on=sent.on,
        reference=sent.reference,
        at=clock.now(),
    )
    return Status(201, Settlement(payer=done.payer, payee=done.payee, pence=done.pence))


def _told(shown: Shown) -> Invoice:
    named = (name for name in Invoice.model_fields if name not in ("id", "claims"))
    return Invoice(
        id=shown.row.pk,
        claims=[
            Claimed(line=each.reference, words=each.words, vat=each.vat.value, pence=each.pence)
            for each in shown.claims
        ],
        **{name: getattr(shown.row, name) for name in named},
    )


def _bill(found: billing.Bill) -> BillOf:
    row = found.shown.row
    return BillOf(
        number=row.number,
        creditor=row.creditor,
        debtor=row.debtor,
        agreement=row.agreement,
        title=found.title,
        year=row.year,
        due_on=found.due_on,
        pence=found.shown.pence,
        lines=[
            BilledLine(
                words=each.claim.words,
                budget=each.budget.pk if each.budget else None,
                force=each.force,
                share=each.share,
                why=each.why,
                pence=each.claim.pence,
            )
            for each in found.billed
        ],
        before=[
            Earlier(
                id=each.row.pk,
                number=each.row.number,
                raised_on=each.row.raised_on,
                state=each.row.state,
                pence=each.pence,
            )
            for each in found.before
        ],
    )
