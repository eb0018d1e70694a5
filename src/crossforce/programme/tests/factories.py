"""A force with its own policy for the programme, entries and projects, for tests."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from crossforce.access.choices import ACTIONS
from crossforce.access.operations import put_grants
from crossforce.kernel import civil
from crossforce.people.choices import Actor
from crossforce.people.tests import factories as people
from crossforce.programme.choices import BID, PURPOSES
from crossforce.programme.kinds import KINDS
from crossforce.programme.operations import entries, projects
from crossforce.programme.operations.places import place_of
from crossforce.records import api
from crossforce.records.tests import factories as records

AT = people.AT
TODAY = civil.day_of(AT)
HERE, PARTNER, ELSEWHERE = people.HERE, people.PARTNER, people.ELSEWHERE
EVIDENCE = {
    "threat": "Armed crime across the border",
    "capability_evidence": "Regional risk assessment: too few officers at night",
}
FULL: dict[str, Any] = dict.fromkeys(
    ("strategic", "economic", "commercial", "financial", "management"), 2
)


def policy(*forces: str, actions: Sequence[str] = ACTIONS) -> None:
    """Each force's own policy: its people keep its programme. There are three forces."""
    for code in (HERE, PARTNER, ELSEWHERE):
        people.organisation(code)
    grants = [
        records.grant(kind.name, holder=force, recipient=force, actions=tuple(actions))
        for force in forces or (HERE,)
        for kind in KINDS
    ]
    with transaction.atomic():
        put_grants("programme-policy", grants)


def region(code: str, force: str) -> None:
    """A region in which the force is counted."""
    body = people.organisation(code, "region")
    with people.seen_by():
        body.region_forces.create(
            force_id=force, since=TODAY, since_precision="day", confidence="D"
        )


def sharing(recipient: str = PARTNER, holder: str = HERE, **more: Any) -> None:
    """A clause by which another force reads this one's programme."""
    values = {"actions": ("find", "read"), "clause": "5.1"} | more
    kinds = values.pop("kinds", tuple(each.name for each in KINDS))
    grants = [
        records.grant(kind, holder=holder, recipient=recipient, **values) for kind in kinds
    ]
    with transaction.atomic():
        put_grants("joint-programme", grants)


def officer(force: str = HERE, name: str = "Asha Rees") -> Actor:
    """Who keeps the register."""
    return people.actor("programme-officer", force, name=name)


def entry(actor: Actor, code: str = "W-1", **more: Any) -> UUID:
    """An idea for two forces."""
    values: dict[str, Any] = {
        "code": code,
        "title": "Joint dog section",
        "function": "dogs",
        "forces": "wiltshire; gloucestershire",
        "owner": "Head of operations",
    } | more
    return entries.add_entry(actor=actor, given=values, at=AT)


def project(actor: Actor, code: str = "dogs", **more: Any) -> UUID:
    """A project of that entry, with its purpose and benefit."""
    values: dict[str, Any] = {
        "code": code,
        "title": "One dog section",
        "entry": "W-1",
        "function": "dogs",
        "forces": "wiltshire; gloucestershire",
        "purpose": "One section for two forces",
        "benefit": "A dog is there sooner",
    } | more
    return projects.add_project(actor=actor, given=values, at=AT)


def own(actor: Actor, kind: str, **values: Any) -> UUID:
    """A record of the programme that people write by hand."""
    whole = {"project": "dogs", "purposes": list(PURPOSES)} | values
    if kind != BID:
        whole.setdefault("title", "Something")
    new = api.NewRecord(kind, place_of(actor, ""), whole)
    key: UUID = api.create(actor=actor, new=new, at=AT).pk
    return key


def milestone(actor: Actor, code: str, due: int, **more: Any) -> UUID:
    """A milestone so many days from today."""
    values = {"code": code, "title": f"Milestone {code}", "due_on": day(due)} | more
    return own(actor, "programme.milestone", **values)


def day(offset: int) -> date:
    """A day so many days from today."""
    return TODAY + timedelta(days=offset)
