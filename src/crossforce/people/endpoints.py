"""People over HTTP: the same queries and operations as the pages.

A change to a row names the version that it was made on; an old one answers 409.
"""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field, model_validator

from crossforce.kernel import civil, clock
from crossforce.kernel.periods import Period
from crossforce.people import models, operations, queries
from crossforce.people.choices import Actor, EmploymentKind
from crossforce.people.forms import end_of

router = Router(tags=["people"])
Word = Annotated[str, Field(max_length=60)]


class ActingRequest(HttpRequest):
    """A request whose sender the API's door let through."""

    actor: Actor


class Asked(Schema):
    """Which staff to list."""

    q: str = Field("", max_length=200)
    role: Word = ""
    unit: str = Field("", max_length=80)
    skill: Word = ""
    authority: Word = ""
    state: str = Field("serving", pattern="^(serving|left|all)$")
    offset: int = Field(0, ge=0, le=100_000)
    limit: int = Field(50, ge=1, le=200)


class Lasting(Schema):
    """A first day, and a last day or none."""

    first_day: date
    last_day: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Lasting":
        if self.last_day and self.last_day < self.first_day:
            raise ValueError("the last day is before the first")
        return self

    @property
    def period(self) -> Period:
        return Period(civil.instant(self.first_day), end_of(self.last_day))


class Particulars(Schema):
    """Who somebody is, as the organisation notes it."""

    number: str = Field(min_length=1, max_length=20, pattern=r"\S")
    given_name: str = Field("", max_length=80)
    family_name: str = Field(min_length=1, max_length=80, pattern=r"\S")
    kind: EmploymentKind
    rank: Word = ""
    email: str = Field("", max_length=254)

    @property
    def particulars(self) -> operations.Particulars:
        names = ("number", "given_name", "family_name", "rank", "email")
        return operations.Particulars(
            kind=self.kind.value, **{name: getattr(self, name) for name in names}
        )


class NewStaff(Particulars, Lasting):
    """Someone to enter."""


class EditedStaff(Particulars):
    """New particulars, on the version that was seen."""

    version: int = Field(ge=1)


class Ending(Schema):
    """The last day of something, on the version that was seen."""

    version: int = Field(ge=1)
    last_day: date

    @property
    def ends_at(self) -> datetime:
        return civil.instant(civil.next_day(self.last_day))


class Seen(Schema):
    """The version that was seen."""

    version: int = Field(ge=1)


class NewPosting(Lasting):
    """Where someone is to act."""

    organisation: str = Field(max_length=80)
    role: Word
    unit: UUID | None = None


class NewQualification(Lasting):
    """Something from a catalogue: a skill, an authority or a clearance."""

    code: Word
    words: str = Field("", max_length=200)


class Suspension(Seen):
    """Why an authority stops at once."""

    reason: str = Field(min_length=1, max_length=500)


class Renewal(Lasting):
    """The same authority for another time."""

    version: int = Field(ge=1)


class Staff(Schema):
    """A member of staff."""

    id: UUID
    organisation: str
    number: str
    given_name: str
    family_name: str
    kind: EmploymentKind
    rank: str
    email: str
    starts_at: datetime
    ends_at: datetime | None
    version: int


class Page(Schema):
    """One page of a list."""

    total: int
    items: list[Staff]


class Posting(Schema):
    """A posting; `state` says whether the organisation accepted it."""

    id: UUID
    staff: UUID
    organisation: str
    unit: UUID | None
    role: str
    state: str
    starts_at: datetime
    ends_at: datetime | None
    version: int


class Qualification(Schema):
    """A skill, an authority or a clearance."""

    id: UUID
    staff: UUID
    code: str
    starts_at: datetime
    ends_at: datetime | None
    version: int


class Authority(Qualification):
    """An authority, and where it stands now."""

    state: str
    valid_until: datetime | None
    wanting: list[str]


class Record(Schema):
    """Everything noted of one member of staff that the reader may see."""

    staff: Staff
    postings: list[Posting]
    skills: list[Qualification]
    authorities: list[Authority]
    vettings: list[Qualification] | None


@router.get("/staff", response=Page)
def list_staff(request: ActingRequest, asked: Query[Asked]) -> Page:
    """The organisation's staff, by name."""
    wanted = queries.StaffFilter(
        asked.q, asked.role, asked.unit, asked.skill, asked.authority, asked.state
    )
    found = queries.staff_list(request.actor, wanted, clock.now())
    rows = found[asked.offset : asked.offset + asked.limit]
    return Page(total=found.count(), items=[_staff(row) for row in rows])


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
    return Status(201, _staff(row))


@router.get("/staff/{staff}", response=Record)
def show_staff(request: ActingRequest, staff: UUID) -> Record:
    """One member of staff."""
    found = queries.record(request.actor, staff, clock.now())
    vettings = found.vettings
    return Record(
        staff=_staff(found.staff),
        postings=[_posting(row) for row in found.postings],
        skills=[Qualification(**_held(row)) for row in found.skills],
        authorities=[_authority(held) for held in found.authorities],
        vettings=None
        if vettings is None
        else [Qualification(**_held(row)) for row in vettings],
    )


@router.put("/staff/{staff}", response=Staff)
def edit_staff(request: ActingRequest, staff: UUID, edited: EditedStaff) -> Staff:
    """Change what is noted of someone."""
    row = operations.edit_staff(
        actor=request.actor,
        staff=staff,
        version=edited.version,
        particulars=edited.particulars,
        at=clock.now(),
    )
    return _staff(row)


@router.post("/staff/{staff}/end", response=Staff)
def end_staff(request: ActingRequest, staff: UUID, ending: Ending) -> Staff:
    """Someone leaves, and everything they hold ends with them."""
    row = operations.end_staff(
        actor=request.actor,
        staff=staff,
        version=ending.version,
        ends_at=ending.ends_at,
        at=clock.now(),
    )
    return _staff(row)


@router.post("/staff/{staff}/postings", response={201: Posting})
def post_staff(request: ActingRequest, staff: UUID, new: NewPosting) -> Status[Posting]:
    """Post someone; for another organisation it is an offer."""
    wanted = operations.Wanted(new.organisation, new.role, new.period, new.unit)
    row = operations.post(actor=request.actor, staff=staff, wanted=wanted, at=clock.now())
    return Status(201, _posting(row))


@router.post("/postings/{posting}/end", response=Posting)
def end_posting(request: ActingRequest, posting: UUID, ending: Ending) -> Posting:
    """End a posting, or bring its end forward."""
    row = operations.end_posting(
        actor=request.actor,
        posting=posting,
        version=ending.version,
        ends_at=ending.ends_at,
        at=clock.now(),
    )
    return _posting(row)


@router.post("/postings/{posting}/accept", response=Posting)
def accept_posting(request: ActingRequest, posting: UUID, seen: Seen) -> Posting:
    """Take someone whom another organisation offers."""
    return _posting(
        operations.accept_posting(
            actor=request.actor, posting=posting, version=seen.version, at=clock.now()
        )
    )


@router.post("/postings/{posting}/decline", response=Posting)
def decline_posting(request: ActingRequest, posting: UUID, seen: Seen) -> Posting:
    """Turn down someone whom another organisation offers."""
    return _posting(
        operations.decline_posting(
            actor=request.actor, posting=posting, version=seen.version, at=clock.now()
        )
    )


@router.post("/staff/{staff}/skills", response={201: Qualification})
def record_skill(
    request: ActingRequest, staff: UUID, new: NewQualification
) -> Status[Qualification]:
    """Record a skill; `words` is its evidence."""
    skill = operations.NewSkill(new.code, new.period, new.words)
    row = operations.record_skill(actor=request.actor, staff=staff, skill=skill, at=clock.now())
    return Status(201, Qualification(**_held(row)))


@router.post("/staff/{staff}/authorities", response={201: Qualification})
def grant_authority(
    request: ActingRequest, staff: UUID, new: NewQualification
) -> Status[Qualification]:
    """Grant an authority; `words` are its conditions."""
    authority = operations.NewAuthority(new.code, new.period, new.words)
    row = operations.grant_authority(
        actor=request.actor, staff=staff, authority=authority, at=clock.now()
    )
    return Status(201, Qualification(**_held(row)))


@router.post("/authorities/{authority}/suspend", response=Qualification)
def suspend_authority(
    request: ActingRequest, authority: UUID, suspension: Suspension
) -> Qualification:
    """Stop an authority at once."""
    row = operations.suspend_authority(
        actor=request.actor,
        authority=authority,
        version=suspension.version,
        reason=suspension.reason,
        at=clock.now(),
    )
    return Qualification(**_held(row))


@router.post("/authorities/{authority}/reinstate", response=Qualification)
def reinstate_authority(request: ActingRequest, authority: UUID, seen: Seen) -> Qualification:
    """Lift a suspension."""
    row = operations.reinstate_authority(
        actor=request.actor, authority=authority, version=seen.version, at=clock.now()
    )
    return Qualification(**_held(row))


@router.post("/authorities/{authority}/renew", response={201: Qualification})
def renew_authority(
    request: ActingRequest, authority: UUID, renewal: Renewal
) -> Status[Qualification]:
    """Grant the same authority anew."""
    row = operations.renew_authority(
        actor=request.actor,
        authority=authority,
        version=renewal.version,
        period=renewal.period,
        at=clock.now(),
    )
    return Status(201, Qualification(**_held(row)))


@router.post("/staff/{staff}/vettings", response={201: Qualification})
def record_vetting(
    request: ActingRequest, staff: UUID, new: NewQualification
) -> Status[Qualification]:
    """Record a clearance; `words` is its reference."""
    vetting = operations.NewVetting(new.code, new.period, new.words)
    row = operations.record_vetting(
        actor=request.actor, staff=staff, vetting=vetting, at=clock.now()
    )
    return Status(201, Qualification(**_held(row)))


def _staff(row: models.Staff) -> Staff:
    return Staff(
        id=row.pk,
        organisation=row.organisation_id,
        number=row.number,
        given_name=row.given_name,
        family_name=row.family_name,
        kind=EmploymentKind(row.kind),
        rank=row.rank,
        email=row.email,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        version=row.version,
    )


def _posting(row: models.Posting) -> Posting:
    return Posting(
        id=row.pk,
        staff=row.staff_id,
        organisation=row.organisation_id,
        unit=row.unit_id,
        role=row.role,
        state=row.state,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        version=row.version,
    )


def _held(row: models.Skill | models.Authority | models.Vetting) -> dict[str, Any]:
    return {
        "id": row.pk,
        "staff": row.staff_id,
        "code": row.code,
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "version": row.version,
    }


def _authority(held: queries.HeldAuthority) -> Authority:
    return Authority(
        **_held(held.row),
        state=held.standing.state.value,
        valid_until=held.standing.until if held.standing.is_valid else None,
        wanting=list(held.standing.wanting),
    )
