"""A person across forces over HTTP, as on the page."""

from typing import Any
from uuid import UUID

from ninja import Router, Schema

from crossforce.kernel import civil, clock
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


class Tie(Schema):
    """With whom or what the person is tied. `is_from` says that the person is the first of the two."""

    role: str
    is_from: bool
    since: str
    until: str
    end: Hit


class Moment(Schema):
    """Something at a time, as far as the time is known."""

    at: str
    until: str
    what: str
    words: str


class Person(Schema):
    """A person's record and what bears on it. Of one that the sender may only know of: `record`, and nothing beside it.

    `others` may be of the same person, as other forces know them; none is merged.
    """

    marking: str
    record: Hit
    facts: list[Fact] = []
    ties: list[Tie] = []
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
        facts=[Fact.from_orm(each) for each in found.facts],
        ties=[
            Tie(
                role=tie.role,
                is_from=tie.is_from,
                since=tie.since,
                until=tie.until,
                end=hit_of(tie.seen),
            )
            for tie in found.ties
        ],
        others=[hit_of(other) for other in found.others],
        moments=[Moment.from_orm(each) for each in found.moments],
    )
