"""A force with people, policies and files of duties, for tests."""

import io
from typing import Any

from django.db import transaction

from crossforce.access.choices import ACTIONS
from crossforce.access.operations import put_grants
from crossforce.duty import models, operations
from crossforce.duty.choices import COVER, ENTRY, IMPORT, MAPPING
from crossforce.duty.mapping import Mapping
from crossforce.duty.operations import Outcome, Sent
from crossforce.duty.tests.exports import SHIFTS, described, shifts
from crossforce.kernel import guarded
from crossforce.organisations.api import Unit
from crossforce.people import models as people_models
from crossforce.people.choices import Actor
from crossforce.people.tests import factories as people
from crossforce.records import api
from crossforce.records.tests import factories as records

AT = people.AT
HERE, PARTNER, ELSEWHERE = people.HERE, people.PARTNER, people.ELSEWHERE
UNIT = "tri-force-sou"
EARLY = "1;1234;21/11/2026;07:00;15:00;SOU;XG01;Devizes;AV;;"
"""A row of the shifts, for one of these people."""


def policy(*forces: str) -> None:
    """Each force's own policy: its people bring duties in, and see them and their people."""
    kinds = (ENTRY, COVER, IMPORT, MAPPING, "people.staff", "people.skill", "people.authority")
    grants = [
        records.grant(kind, holder=force, recipient=force, actions=ACTIONS)
        for force in forces or (HERE,)
        for kind in kinds
    ]
    with transaction.atomic():
        put_grants("policy", grants)


def sharing(*pairs: tuple[str, str], reference: str = "tri-force", **more: Any) -> None:
    """An agreement by which the second of each pair sees the first's duties and skills in the unit.

    Or records of other `kinds`.
    """
    values = {"actions": ("find", "read"), "collection": f"unit:{UNIT}", "clause": "9.1"} | more
    kinds = values.pop("kinds", (ENTRY, "people.skill", "people.authority"))
    grants = [
        records.grant(kind, holder=holder, recipient=recipient, **values)
        for holder, recipient in pairs
        for kind in kinds
    ]
    with transaction.atomic():
        put_grants(reference, grants)


def unit(code: str = UNIT) -> None:
    """A joint unit, unless it is there."""
    if not Unit.objects.filter(code=code).exists():
        people.joint_unit(code, "tri-force")


def person(number: str, force: str = HERE, name: str = "Robin Hill") -> people_models.Staff:
    """Someone with a number."""
    return people.staff(force, name=name, number=number)


def planner(force: str = HERE) -> Actor:
    """Who brings duties in."""
    return people.actor("duty-inspector", force, name="Asha Rees")


def brought_in(actor: Actor, content: bytes, of: Mapping | None = None, **more: Any) -> Outcome:
    """A file, brought in."""
    sent = Sent(of or described(SHIFTS), io.BytesIO(content), "duties.csv")
    return operations.bring_in(actor=actor, sent=sent, at=AT, **more)


def rows(*lines: str) -> bytes:
    """A file of shifts."""
    return shifts(*lines)


def entries(actor: Actor) -> list[models.Entry]:
    """What the actor sees of all duties, by beginning."""
    with guarded.acting(actor):
        return list(models.Entry.objects.order_by("starts_at", "number"))


def cover(actor: Actor, **more: Any) -> None:
    """So many are needed in the unit, all round the clock."""
    values: dict[str, Any] = {
        "unit": UNIT, "function": "", "weekdays": "1234567", "begins": "07:00", "ends": "07:00",
        "minimum": 3, "purposes": ["duty-from-law"],
    } | more  # fmt: skip
    holder = values.pop("holder", HERE)
    new = api.NewRecord(COVER, api.Place(holder, "", "", "OFFICIAL-SENSITIVE"), values)
    api.create(actor=actor, new=new, at=AT)
