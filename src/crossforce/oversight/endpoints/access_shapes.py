"""What the API of access takes and answers."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field

from crossforce.agreements.document.values import Action
from crossforce.kernel import clock
from crossforce.oversight import queries
from crossforce.oversight.choices import EARLIEST_DAY, LATEST_DAY

Code = Annotated[str, Field(max_length=80, pattern=r"^[a-z0-9.-]*$")]
Words = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]
Asking = Annotated[AwareDatetime | None, Field(description="Now, when none is given.")]


class Question(Schema):
    """May this be done, at the instant?"""

    action: Action = "read"
    at: Asking = None

    @property
    def instant(self) -> datetime:
        """The instant asked about."""
        return clock.now() if self.at is None else self.at


class Reason(Schema):
    """A clause, an opening, or standing access (which has no agreement), and what it lacks.

    `is_on_paper`: on that day the agreement was in force on paper only, and opened nothing here yet.
    """

    agreement: str
    version: int
    clause: str
    title: str
    heading: str
    text: str
    holder: str
    recipient: str
    units: list[str]
    roles: list[str]
    actions: list[str]
    purposes: list[str]
    marking: str
    starts_at: datetime
    ends_at: datetime | None
    missing: list[str]
    origin: str
    is_on_paper: bool


class Granter(Schema):
    """One way to what is missing, the easiest first.

    `how`: `acting` for one of the purposes; an `opening` of the record by the offices of its holder; a
    `variation` of the clause by every party.
    """

    how: str
    organisations: list[str]
    offices: list[str]
    purposes: list[str]
    agreement: str
    clause: str


class Explanation(Schema):
    """Whether it is allowed, why, what lacks least, nearest first, and who could grant it.

    `is_closed_now`: it was allowed at that past instant, and is not now. Looking back shows what is open at both.
    """

    kind: str
    action: str
    at: datetime
    is_allowed: bool
    is_closed_now: bool
    because: list[Reason]
    nearest: list[Reason]
    ask: list[Granter]


class DaysQuestion(Schema):
    """Which kinds, and from which day on; no purpose is any purpose."""

    kind: Code = ""
    action: Action = "read"
    purpose: Code = ""
    on: Annotated[date, Field(ge=EARLIEST_DAY, le=LATEST_DAY)] | None = None


class ExplorerQuestion(DaysQuestion):
    """Which people, kinds and day the matrix is about; no purpose is any purpose."""

    role: Code = ""
    unit: Code = ""
    name: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")] = ""
    offset: int = Field(0, ge=0, le=100_000)
    limit: int = Field(25, ge=1, le=100)


class Cell(Schema):
    """One kind of record for one person: by which clauses, for which purposes only."""

    kind: str
    is_allowed: bool
    clauses: list[str]
    purposes: list[str]


class Line(Schema):
    """One person, in one posting."""

    posting: UUID
    role: str
    unit: str
    name: str
    cells: list[Cell]


class Matrix(Schema):
    """A page of people by kinds of record."""

    total: int
    items: list[Line]


class Future(Schema):
    """One person: the days on which something changes, and for each kind a cell for each of them."""

    role: str
    unit: str
    name: str
    days: list[date]
    kinds: list[list[Cell]]


class Wanted(Schema):
    """One record, for which actions, why, until when."""

    kind: Code
    record: UUID
    actions: list[Action] = Field(min_length=1, max_length=7)
    reason: Words
    until: AwareDatetime


class Given(Wanted):
    """The same, and to which posting."""

    posting: UUID


class Decision(Schema):
    """The holder's decision."""

    is_granted: bool
    answer: Words = ""


class Emergency(Schema):
    """Which record must be read at once, and why."""

    kind: Code
    record: UUID
    reason: Words


class Finding(Schema):
    """What the holder found of a broken glass."""

    is_justified: bool
    words: Words


class Asked(Schema):
    """A request for access."""

    id: UUID
    kind: str
    record: UUID
    holder: str
    organisation: str
    posting: UUID
    actions: list[str]
    purpose: str
    reason: str
    until: datetime
    asked_at: datetime
    decided_at: datetime | None
    is_granted: bool | None
    answer: str
    share: UUID | None


class Opening(Schema):
    """A single record open to one posting. `ends_at` is None for one that never held."""

    id: UUID
    kind: str
    record: UUID
    holder: str
    posting: UUID
    actions: list[str]
    purposes: list[str]
    origin: str
    agreement: str
    clause: str
    reason: str
    given_at: datetime
    ends_at: datetime | None
    is_justified: bool | None
    finding: str


class Notice(Schema):
    """Something that the holder is told."""

    what: str
    id: UUID
    at: datetime
    subject: str
    reason: str
    role: str
    organisation: str
    waits: bool


def why_of(found: queries.Why) -> Explanation:
    said = found.said
    return Explanation(
        kind=said.kind,
        action=said.action,
        at=said.at,
        is_allowed=said.is_allowed,
        is_closed_now=found.is_closed_now,
        because=[reason_of(ground) for ground in found.because],
        nearest=[reason_of(ground) for ground in found.nearest],
        ask=[_granter(each) for each in found.granters],
    )


def _granter(each: queries.Granter) -> Granter:
    return Granter(
        how=each.how,
        organisations=list(each.bodies),
        offices=list(each.offices),
        purposes=list(each.purposes),
        agreement=each.agreement,
        clause=each.clause,
    )


def reason_of(ground: queries.Ground) -> Reason:
    reason = ground.reason
    same = ("agreement", "version", "clause", "holder", "recipient", "marking", "origin")
    lists = ("units", "roles", "actions", "purposes", "missing")
    said: dict[str, Any] = {name: getattr(reason, name) for name in same}
    said |= {name: list(getattr(reason, name)) for name in lists}
    return Reason(
        title=ground.title,
        heading=ground.heading,
        text=ground.text,
        starts_at=reason.holds.starts_at,
        ends_at=reason.holds.ends_at,
        is_on_paper=ground.is_on_paper,
        **said,
    )


def line_of(line: queries.Line, kinds: tuple[str, ...]) -> Line:
    return Line(
        posting=line.posting,
        role=line.holder.role,
        unit=line.holder.unit,
        name=line.holder.name,
        cells=[_cell(kind, cell) for kind, cell in zip(kinds, line.cells, strict=True)],
    )


def future_of(found: queries.Future) -> Future:
    who = found.holder
    kinds = [[_cell(kind, cell) for cell in cells] for kind, cells in found.rows]
    return Future(role=who.role, unit=who.unit, name=who.name, days=found.days, kinds=kinds)


def _cell(kind: str, cell: queries.Cell) -> Cell:
    cited = [f"{each.agreement} {each.version} {each.clause}".strip() for each in cell.reasons]
    return Cell(
        kind=kind, is_allowed=cell.is_allowed, clauses=cited, purposes=list(cell.purposes)
    )


def asked_of(row: Any) -> Asked:
    return Asked(**{name: getattr(row, name) for name in Asked.model_fields})


def opened_of(row: Any, review: Any) -> Opening:
    apart = {"ends_at", "is_justified", "finding"}
    return Opening(
        ends_at=None if row.holds.isempty else row.holds.upper,
        is_justified=review.is_justified if review else None,
        finding=review.words if review else "",
        **{name: getattr(row, name) for name in Opening.model_fields.keys() - apart},
    )


def notice_of(notice: queries.Notice) -> Notice:
    who = notice.who
    return Notice(
        what=notice.what,
        id=notice.identifier,
        at=notice.at,
        subject=notice.subject,
        reason=notice.reason,
        role=who.role if who else "",
        organisation=who.organisation if who else "",
        waits=notice.waits,
    )
