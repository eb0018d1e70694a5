"""Staff over HTTP."""

from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status

from crossforce.kernel import clock
from crossforce.kernel.web import api
from crossforce.people import operations, queries
from crossforce.people.endpoints.shapes import (
    Account,
    ActingRequest,
    Asked,
    Change,
    Ending,
    NewAccount,
    NewStaff,
    Page,
    Particulars,
    Qualification,
    Record,
    Staff,
    account_of,
    authority_of,
    change_of,
    held_of,
    posting_of,
    staff_of,
)

router = Router()
ADMINISTER = "people.administer"


@router.get("/staff", response=Page)
def list_staff(request: ActingRequest, asked: Query[Asked]) -> Page:
    """The organisation's staff, by name."""
    wanted = queries.StaffFilter(
        asked.q, asked.role, asked.unit, asked.skill, asked.authority, asked.state
    )
    found = queries.staff_list(request.actor, wanted, clock.now())
    rows = found[asked.offset : asked.offset + asked.limit]
    return Page(total=found.count(), items=[staff_of(row) for row in rows])


@router.post("/staff", response={201: Staff})
def add_staff(request: ActingRequest, new: NewStaff) -> Status[Staff]:
    """Enter someone into the organisation that the sender acts for."""
    row = operations.add_staff(
        actor=request.actor,
        organisation=request.actor.organisation,
        particulars=new.particulars,
        period=new.period,
        at=clock.now(),
    )
    return Status(201, staff_of(row))


@router.get("/staff/{staff}", response=Record)
def show_staff(request: ActingRequest, response: HttpResponse, staff: UUID) -> Record:
    """One member of staff."""
    found = queries.record(request.actor, staff, clock.now())
    vettings = found.vettings
    api.tagged(response, found.staff)
    return Record(
        staff=staff_of(found.staff),
        postings=[posting_of(row) for row in found.postings],
        skills=[Qualification(**held_of(row)) for row in found.skills],
        authorities=[authority_of(held) for held in found.authorities],
        vettings=None
        if vettings is None
        else [Qualification(**held_of(row)) for row in vettings],
    )


@router.put("/staff/{staff}", response=Staff)
def edit_staff(
    request: ActingRequest, response: HttpResponse, staff: UUID, edited: Particulars
) -> Staff:
    """Change what is noted of someone."""
    seen = queries.changeable(request.actor, staff, ADMINISTER)
    row = operations.edit_staff(
        actor=request.actor,
        staff=staff,
        version=api.version_of(request, seen),
        particulars=edited.particulars,
        at=clock.now(),
    )
    api.tagged(response, row)
    return staff_of(row)


@router.post("/staff/{staff}/end", response=Staff)
def end_staff(request: ActingRequest, staff: UUID, ending: Ending) -> Staff:
    """Someone leaves, and everything they hold ends with them."""
    seen = queries.changeable(request.actor, staff, ADMINISTER)
    row = operations.end_staff(
        actor=request.actor,
        staff=staff,
        version=api.version_of(request, seen),
        ends_at=ending.ends_at,
        at=clock.now(),
    )
    return staff_of(row)


@router.get("/staff/{staff}/history", response=list[Change])
def show_history(request: ActingRequest, staff: UUID) -> list[Change]:
    """How someone's particulars changed, newest first."""
    _, found = queries.history(request.actor, staff)
    return [change_of(each) for each in found]


@router.post("/staff/{staff}/account", response={201: Account})
def open_account(request: ActingRequest, staff: UUID, new: NewAccount) -> Status[Account]:
    """Let someone sign in."""
    credentials = operations.Credentials(new.username, new.email, new.password)
    row = operations.open_account(
        actor=request.actor, staff=staff, credentials=credentials, at=clock.now()
    )
    return Status(201, account_of(row))


@router.post("/accounts/{account}/close", response=Account)
def close_account(request: ActingRequest, account: UUID) -> Account:
    """Stop an account at once."""
    row = operations.close_account(actor=request.actor, account=account, at=clock.now())
    return account_of(row)
