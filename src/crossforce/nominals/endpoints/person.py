"""A person across forces over HTTP, as on the page."""

from typing import Any
from uuid import UUID

from ninja import Router, Schema

from crossforce.kernel import civil, clock
from crossforce.nominals.endpoints.matching import Around, around_of
from crossforce.nominals.endpoints.searching import Hit, hit_of
from crossforce.nominals.queries import person as queries
from crossforce.people.api import ActingRequest

router = Router()


class Fact(Schema):
    """One thing that a holder says of the person: from where, as of when and how sure."""

    about: str
    value: dict[str, Any]
    asserted: str
    as_of: str
    since: str
    until: str
    source: str
    confidence: str
    verified_by: str
    holder: str
    record: UUID
    number: str


class Tie(Schema):
    """With whom or what the person is tied, by which record. `is_from`: the person is the first of the two."""

    role: str
    is_from: bool
    since: str
    until: str
    end: Hit
    holder: str
    record: UUID


class Moment(Schema):
    """Something at a time, as far as the time is known, by which record."""

    at: str
    until: str
    what: str
    words: str
    holder: str
    record: UUID


class Warned(Schema):
    """A record with warnings: what to know before anything else."""

    record: UUID
    number: str
    holder: str
    warnings: list[str]


class Person(Schema):
    """A person's record and what bears on it. Of one that the sender may only know of: `record`, and nothing beside it.

    Warnings, facts, ties and moments are of this record and of those confirmed to be of the same person, each with
    its record: none is merged. With `is_cut` there are more ties: the newest are told. `others` may be of the same person, as other forces know them.
    """

    marking: str
    record: Hit
    warned: list[Warned] = []
    matched: Around | None = None
    facts: list[Fact] = []
    ties: list[Tie] = []
    is_cut: bool = False
    others: list[Hit] = []
    moments: list[Moment] = []


@router.get("/person/{uuid:key}", response=Person)
def show_person(request: ActingRequest, key: UUID) -> Person:
    """What forces hold of a person, as far as clauses reach the sender."""
    try:
        found = queries.person(request.actor, key, on=civil.day_of(clock.now()))
    except queries.KnownOnly as only:
        return Person(marking=only.seen.place.marking, record=hit_of(only.seen))
    return Person(
        marking=found.marking,
        record=hit_of(found.seen),
        warned=[
            Warned(
                record=each.id,
                number=each.row.number,
                holder=each.holder,
                warnings=list(each.warnings),
            )
            for each in found.warned
        ],
        matched=around_of(found.around),
        facts=[Fact.from_orm(each) for each in found.facts],
        ties=[_tie(each) for each in found.ties],
        is_cut=found.is_cut,
        others=[hit_of(other) for other in found.others],
        moments=[_moment(each) for each in found.moments],
    )


def _tie(tie: queries.Tied) -> Tie:
    return Tie(
        role=tie.role,
        is_from=tie.is_from,
        since=tie.since,
        until=tie.until,
        end=hit_of(tie.seen),
        holder=tie.of.holder,
        record=tie.of.id,
    )


def _moment(moment: queries.Moment) -> Moment:
    return Moment(
        at=moment.at,
        until=moment.until,
        what=moment.what,
        words=moment.words,
        holder=moment.of.holder,
        record=moment.of.id,
    )
