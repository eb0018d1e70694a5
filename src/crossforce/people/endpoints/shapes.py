"""What the API of people takes and answers."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field, model_validator

from crossforce.kernel import civil
from crossforce.kernel.periods import Period
from crossforce.people import models, operations, queries
from crossforce.people.api import ActingRequest as ActingRequest
from crossforce.people.choices import EARLIEST_DAY, LATEST_DAY, EmploymentKind
from crossforce.people.forms import end_of
from crossforce.people.rules import changes

Day = Annotated[date, Field(ge=EARLIEST_DAY, le=LATEST_DAY)]


def text(longest: int, *, least: int = 0) -> Any:
    """Text that a database can hold; `least` 1 refuses one that is blank."""
    pattern = r"^[^\x00]*$" if not least else r"^[^\x00]*[^\x00\s][^\x00]*$"
    return Field(min_length=least, max_length=longest, pattern=pattern)


Word = Annotated[str, text(60)]


class Asked(Schema):
    """Which staff to list."""

    q: Annotated[str, text(200)] = ""
    role: Word = ""
    unit: Annotated[str, text(80)] = ""
    skill: Word = ""
    authority: Word = ""
    state: str = Field("serving", pattern="^(serving|left|all)$")
    offset: int = Field(0, ge=0, le=100_000)
    limit: int = Field(50, ge=1, le=200)


class Lasting(Schema):
    """A first day, and a last day or none."""

    first_day: Day
    last_day: Day | None = None

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

    number: Annotated[str, text(20, least=1)]
    given_name: Annotated[str, text(80)] = ""
    family_name: Annotated[str, text(80, least=1)]
    kind: EmploymentKind
    rank: Word = ""
    email: Annotated[str, text(254)] = ""

    @property
    def particulars(self) -> operations.Particulars:
        names = ("number", "given_name", "family_name", "rank", "email")
        return operations.Particulars(
            kind=self.kind.value, **{name: getattr(self, name) for name in names}
        )


class NewStaff(Particulars, Lasting):
    """Someone to enter."""


class Ending(Schema):
    """The last day of something."""

    last_day: Day

    @property
    def ends_at(self) -> datetime:
        return civil.instant(civil.next_day(self.last_day))


class NewPosting(Lasting):
    """Where someone is to act."""

    organisation: Annotated[str, text(80)]
    role: Word
    unit: UUID | None = None


class NewQualification(Lasting):
    """Something from a catalogue: a skill, an authority or a clearance."""

    code: Word
    words: Annotated[str, text(200)] = ""


class NewAccount(Schema):
    """What someone will sign in with."""

    username: Annotated[str, text(80, least=1)]
    email: Annotated[str, text(254)] = ""
    password: Annotated[str, text(200, least=8)] | None = None


class Account(Schema):
    """What someone signs in with."""

    id: UUID
    staff: UUID
    username: str
    is_active: bool


class Change(Schema):
    """One change of someone's particulars: for each field, what it was and what it became."""

    at: datetime
    by: str
    fields: dict[str, tuple[str | None, str | None]]


class Suspension(Schema):
    """Why an authority stops at once."""

    reason: Annotated[str, text(500, least=1)]


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


def staff_of(row: models.Staff) -> Staff:
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


def posting_of(row: models.Posting) -> Posting:
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


def held_of(row: models.Skill | models.Authority | models.Vetting) -> dict[str, Any]:
    return {
        "id": row.pk,
        "staff": row.staff_id,
        "code": row.code,
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "version": row.version,
    }


def authority_of(held: queries.HeldAuthority) -> Authority:
    return Authority(
        **held_of(held.row),
        state=held.standing.state.value,
        valid_until=held.standing.until if held.standing.is_valid else None,
        wanting=list(held.standing.wanting),
    )


def account_of(row: models.Account) -> Account:
    assert row.staff_id
    return Account(
        id=row.pk, staff=row.staff_id, username=row.username, is_active=row.is_active
    )


def change_of(change: changes.Change) -> Change:
    return Change(
        at=change.at,
        by=change.by,
        fields={name: (_text(before), _text(after)) for name, before, after in change.fields},
    )


def _text(value: object) -> str | None:
    if isinstance(value, datetime):
        return value.isoformat()
    return None if value is None else str(value)
