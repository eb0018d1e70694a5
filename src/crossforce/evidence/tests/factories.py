"""Exhibits for tests, and clauses that open them."""

from datetime import datetime
from typing import Any

from crossforce.evidence.choices import (
    ANNOTATION,
    CASE,
    CERTIFIED,
    COPY,
    EXHIBIT,
    ITEM,
    RECEIVED,
    SENSITIVE,
    SHARE,
    SUBJECT_ANSWER,
    SUBJECT_REQUEST,
    TOUCH,
    UNUSED,
)
from crossforce.evidence.models import Case, Exhibit, Item
from crossforce.evidence.operations import receiving
from crossforce.evidence.operations.receiving import Sent
from crossforce.people.choices import Actor
from crossforce.records import operations
from crossforce.records.choices import Place
from crossforce.records.tests import factories as records
from crossforce.records.tests.factories import AT, HERE

KINDS = (
    ANNOTATION,
    CASE,
    CERTIFIED,
    COPY,
    EXHIBIT,
    ITEM,
    RECEIVED,
    SENSITIVE,
    SHARE,
    SUBJECT_ANSWER,
    SUBJECT_REQUEST,
    TOUCH,
    UNUSED,
)
VALUES = {
    "exhibit_reference": "JAS/1",
    "description": "Film of a camera at lock 31",
    "case_reference": "op-heron",
    "seized_at": AT,
    "seized_by": "PC 1234",
    "purposes": ["bring-offenders-to-justice"],
}
CASE_VALUES = {
    "case_reference": "op-heron",
    "title": "Boats taken from the canal",
    "offence_group": "theft",
    "state": "open",
    "purposes": ["bring-offenders-to-justice"],
}


def policy(**more: Any) -> None:
    records.policy(kinds=KINDS, **more)


def exhibit(
    actor: Actor | None = None, collection: str = "", at: datetime = AT, **more: Any
) -> Exhibit:
    group = more.pop("group", "")
    place = Place(HERE, collection, marking=more.pop("marking", "OFFICIAL"))
    new = operations.NewRecord(EXHIBIT, place, VALUES | more, group)
    made = operations.create(actor=actor or records.asha(), new=new, at=at)
    assert isinstance(made, Exhibit)
    return made


def begun(of: Exhibit, size: int, name: str = "lock-31.mp4", at: datetime = AT) -> Item:
    return receiving.begin(actor=records.asha(), sent=Sent(of.pk, name, size), at=at)


def kept(of: Exhibit, content: bytes, name: str = "lock-31.txt", at: datetime = AT) -> Item:
    item = begun(of, len(content), name, at)
    if not content:
        return item
    return receiving.receive(
        actor=records.asha(), item=item.pk, offset=0, parts=[content], at=at
    )


def case(actor: Actor | None = None, at: datetime = AT, **more: Any) -> Case:
    given, actor = CASE_VALUES | more, actor or records.asha()
    new = operations.NewRecord(CASE, Place(actor.organisation), given)
    made = operations.create(actor=actor, new=new, at=at)
    assert isinstance(made, Case)
    return made
