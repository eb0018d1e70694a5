"""What the API of records takes and answers."""

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

from crossforce.people.api import ActingRequest as ActingRequest
from crossforce.records import models, operations, queries
from crossforce.records.choices import (
    EARLIEST_DAY,
    LATEST_DAY,
    Group,
    Place,
    Purpose,
    Reference,
    Relation,
)
from crossforce.records.governed import GovernedRecord
from crossforce.records.rules import changes

Day = Annotated[date, Field(ge=EARLIEST_DAY, le=LATEST_DAY)]
Text = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Reason = Annotated[str, Field(min_length=1, max_length=1000, pattern=r"^[^\x00]*$")]
Code = Annotated[str, Field(max_length=120, pattern=r"^[^\x00]*$")]
Marking = Literal["", "OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "TOP SECRET"]


class Given(Schema):
    """What is sent to the API: a name that is not known is refused, never passed over."""

    model_config = ConfigDict(extra="forbid")


class Asked(Schema):
    """Which records to list, newest first."""

    q: Text = ""
    marking: Marking = ""
    holder: Code = ""
    purpose: Code = ""
    offset: int = Field(0, ge=0, le=10_000)
    limit: int = Field(50, ge=1, le=200)


class Where(Given):
    """Who holds a record, in which collection and compartment, how marked."""

    holder: Code = ""
    collection: Code = ""
    compartment: Code = ""
    marking: Code = "OFFICIAL"

    def place(self, default: str) -> Place:
        """As an operation takes it."""
        return Place(self.holder or default, self.collection, self.compartment, self.marking)


class NewRecord(Given):
    """A record to add. `fields` are those of its kind."""

    fields: dict[str, Any]
    purposes: list[Purpose] = Field(min_length=1)
    place: Where = Where()
    group: Group = Group.NONE
    source_system: Annotated[str, Field(max_length=60)] = ""
    source_reference: Annotated[str, Field(max_length=120)] = ""
    id: UUID | None = None


class Edit(Given):
    """Fields to change; what is not named stays."""

    fields: dict[str, Any]


class Move(Where):
    """Another place or marking."""

    reason: Annotated[str, Field(max_length=500)] = ""


class Because(Given):
    """Why."""

    reason: Reason


class Review(Given):
    """A review group, and when the subject last came to notice."""

    group: Group
    last_notice: Day | None = None


class NewLink(Given):
    """Another record, and how this one bears on it."""

    kind: Code
    record: UUID
    relation: Relation


class Disclosure(Given):
    """To whom records go, and why. The log shows a recipient that is an organisation, and commits to any other."""

    records: list[UUID] = Field(min_length=1, max_length=5_000)
    recipient: Annotated[str, Field(min_length=1, max_length=200)]
    reason: Annotated[str, Field(max_length=500)] = ""


class Part(Given):
    """One record."""

    kind: Code
    record: UUID

    @property
    def reference(self) -> Reference:
        return Reference(self.kind, self.record)


class Combination(NewRecord):
    """A record to make of others, of any kinds."""

    parts: list[Part] = Field(min_length=2, max_length=100)


class NewProposal(Given):
    """What a record should say, and why."""

    fields: dict[str, Any]
    reason: Reason


class Kind(Schema):
    """A kind of record, and the fields that people write in it."""

    name: str
    title: str
    fields: list[str]
    pointer_fields: list[str]


class Record(Schema):
    """A record, and where it is."""

    id: UUID
    kind: str
    title: str
    fields: dict[str, Any]
    purposes: list[str]
    holder: str
    collection: str
    compartment: str
    marking: str
    source_system: str
    source_reference: str
    review_group: str
    review_due: date | None
    disposal: str
    created_at: datetime
    changed_at: datetime
    version: int


class Page(Schema):
    """One page of a list; it bears the marking of what is in it. `total` is counted no further than 1,000 beyond it."""

    total: int
    marking: str
    items: list[Record]


class Pointer(Schema):
    """That a record exists, for who may find it and not read it."""

    id: UUID
    kind: str
    title: str
    holder: str
    marking: str
    fields: dict[str, Any]
    may_read: bool = False


class Sought(Schema):
    """Words, and of which kind; of any without one."""

    q: Text
    kind: Code = ""


class Hits(Schema):
    """What a search found, best first."""

    marking: str
    items: list[Pointer]


class Link(Schema):
    """A link, as seen from one of its ends."""

    id: UUID
    relation: str
    is_from_here: bool
    kind: str
    record: UUID
    title: str


class Hold(Schema):
    """A hold on a record."""

    id: UUID
    reason: str
    placed_at: datetime
    lifted_at: datetime | None


class Proposal(Schema):
    """A proposed correction."""

    id: UUID
    kind: str
    record: UUID
    changes: dict[str, Any]
    reason: str
    organisation: str
    state: str
    answer: str
    proposed_at: datetime


class Shown(Record):
    """A record with what stands beside it; `may` are the actions that are the reader's."""

    may: list[str]
    links: list[Link]
    holds: list[Hold]
    proposals: list[Proposal]


class Change(Schema):
    """One change: for each field, what it was and what it became."""

    at: datetime
    by: str
    fields: dict[str, tuple[Any, Any]]


def record_of(row: GovernedRecord, place: Place) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.record_kind,
        "title": row.title,
        "fields": row.values(),
        "purposes": list(row.purposes),
        "holder": place.holder,
        "collection": place.collection,
        "compartment": place.compartment,
        "marking": place.marking,
        "source_system": row.source_system,
        "source_reference": row.source_reference,
        "review_group": row.review_group,
        "review_due": row.review_due,
        "disposal": row.disposal,
        "created_at": row.created_at,
        "changed_at": row.changed_at,
        "version": row.version,
    }


def link_of(each: queries.Linked) -> Link:
    link = each.link
    return Link(
        id=link.pk,
        relation=link.relation,
        is_from_here=each.is_from_here,
        kind=each.kind,
        record=each.id,
        title=each.title,
    )


def hold_of(row: models.Hold) -> Hold:
    return Hold(id=row.pk, reason=row.reason, placed_at=row.placed_at, lifted_at=row.lifted_at)


def proposal_of(row: models.Proposal) -> Proposal:
    return Proposal(
        id=row.pk,
        kind=row.kind,
        record=row.record,
        changes=row.changes,
        reason=row.reason,
        organisation=row.organisation,
        state=row.state,
        answer=row.answer,
        proposed_at=row.proposed_at,
    )


def shown_of(found: queries.Shown) -> Shown:
    return Shown(
        **record_of(found.row, found.place),
        may=sorted(found.may),
        links=[link_of(each) for each in found.links],
        holds=[hold_of(each) for each in found.holds],
        proposals=[proposal_of(each) for each in found.proposals],
    )


def change_of(change: changes.Change) -> Change:
    return Change(
        at=change.at,
        by=change.by,
        fields={name: (_plain(before), _plain(after)) for name, before, after in change.fields},
    )


def new_of(kind: str, new: NewRecord, organisation: str) -> operations.NewRecord:
    values = {
        **new.fields,
        "purposes": [each.value for each in new.purposes],
        "source_system": new.source_system,
        "source_reference": new.source_reference,
    }
    made = operations.NewRecord(
        kind, new.place.place(organisation), values, group=new.group.value
    )
    return made if new.id is None else replace(made, id=new.id)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
