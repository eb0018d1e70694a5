"""A night in three forces: people with skills and authorities, their duties, and the cover that is wanted."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from crossforce.duty import mapping, operations
from crossforce.duty.choices import COVER, MARKING
from crossforce.kernel import civil, clock, guarded
from crossforce.kernel.ids import new_id
from crossforce.kernel.periods import Period
from crossforce.organisations.api import Unit
from crossforce.people import models as people_models
from crossforce.people import operations as people_operations
from crossforce.people.api import Actor
from crossforce.people.rules import catalogue
from crossforce.people.tests import factories
from crossforce.records import api as records

UNIT: Final = "tri-force-sou"
MAPPING: Final = """
format = 1
name = "{force}-shifts"
title = "One row per shift"
system = "shift-manager"
holder = "{force}"
shape = "shifts"

[file]
type = "csv"

[times]
date = "DD/MM/YYYY"
time = "HH:mm"
past_midnight = true

[columns]
reference = "No"
staff = "Collar"
start_date = "Date"
start_time = "From"
end_time = "To"
unit = "Team"
function = "Function"
call_sign = "Call sign"
location = "Where"
latitude = "Lat"
longitude = "Long"
status = "State"
on_call = "On call"
"""
HEADING: Final = "No,Collar,Date,From,To,Team,Function,Call sign,Where,Lat,Long,State,On call"
FORCES: Final = {
    "avon-and-somerset": ("AA", ("Black Rock", 51.4733, -2.6302)),
    "gloucestershire": ("GG", ("Waterwells", 51.8180, -2.2840)),
    "wiltshire": ("WW", ("Devizes", 51.3560, -1.9990)),
}
PEOPLE: Final = (
    ("Ash Rowan", "firearms", "2", ""),
    ("Bay Willow", "firearms", "6", ""),
    ("Cedar Hawthorn", "dogs", "2", ""),
    ("Elm Sorrel", "roads-policing", "5", ""),
    ("Fern Linden", "roads-policing", "7", ""),
    ("Hazel Bracken", "firearms", "", "y"),
)
DUTY: Final = timedelta(hours=8)
ARMED: Final = "firearms-authorised-officer"


@dataclass(frozen=True)
class Night:
    """What was made: the person who is armed, by force."""

    armed: dict[str, UUID]
    began: datetime


def planner(force: str) -> Actor:
    """Who plans duties in a force."""
    actor = factories.actor("resource-planner", force, name="Lark Meadow")
    return replace(actor, purpose="resource-planning")


def is_said_once(at: datetime) -> bool:
    """Whether London's clock shows that time once only: in the night in which it goes back, an hour comes twice."""
    local = at.astimezone(civil.LONDON)
    return local.utcoffset() == local.replace(fold=1 - local.fold).utcoffset()


def hours_ago(at: datetime) -> datetime:
    """A full hour, two or more before the instant, such that a duty from it begins and ends at times said once."""
    began = (at - timedelta(hours=2)).replace(minute=0, second=0, microsecond=0)
    while not (is_said_once(began) and is_said_once(began + DUTY)):
        began -= timedelta(hours=1)
    return began


def night(at: datetime) -> Night:
    """Everybody is on duty from two hours before the instant for eight hours, in all three forces."""
    began = hours_ago(at)
    armed = {}
    for force, (letters, _) in FORCES.items():
        actor = planner(force)
        staff = [
            factories.staff(force, name=name, number=f"{letters}{n}")
            for n, (name, *_rest) in enumerate(PEOPLE, 1)
        ]
        for row in staff:
            factories.posting(row, "unit-member", unit_id=_unit())
        armed[force] = staff[0].pk
        _arm(staff[0].pk, at)
        _brought_in(actor, force, began, [row.number for row in staff])
    _cover(planner("wiltshire"))
    return Night(armed, began)


def one_armed_officer(force: str, at: datetime) -> UUID:
    """One person on duty, who may carry a firearm; by a policy that stands already."""
    letters = FORCES[force][0]
    row = factories.staff(force, name=PEOPLE[0][0], number=f"{letters}1")
    _arm(row.pk, at)
    began = hours_ago(at)
    _brought_in(factories.actor("duty-inspector", force), force, began, [row.number])
    return row.pk


def _unit() -> UUID:
    found: UUID = Unit.objects.get(code=UNIT).pk
    return found


def _brought_in(actor: Actor, force: str, began: datetime, numbers: list[str]) -> None:
    text = MAPPING.format(force=force)
    lines = "\n".join([HEADING, *_lines(force, began, numbers)])
    sent = operations.Sent(
        mapping.read(text.encode(), "mapping.toml"), io.BytesIO(lines.encode()), "duties.csv"
    )
    outcome = operations.bring_in(actor=actor, sent=sent, at=clock.now())
    assert not outcome.findings, outcome.findings


def _lines(force: str, began: datetime, numbers: list[str]) -> Iterator[str]:
    letters, (place, latitude, longitude) = FORCES[force]
    local, ends = (each.astimezone(civil.LONDON) for each in (began, began + DUTY))
    for n, (number, (_, function, status, on_call)) in enumerate(
        zip(numbers, PEOPLE, strict=False), 1
    ):
        where = f"{latitude + n / 50},{longitude + n / 35}" if n < 5 else ","
        yield (
            f"{n},{number},{local:%d/%m/%Y},{local:%H:%M},{ends:%H:%M},{UNIT},{function},"
            f"X{letters[0]}{n:02},{place},{where},{status},{on_call}"
        )


def _arm(staff: UUID, at: datetime) -> None:
    """The authority to carry a firearm, and every skill that it requires."""
    item = catalogue.authorities(at.date())[ARMED]
    period = Period(at - timedelta(days=10), at + timedelta(days=100))
    for code in item.requires:
        people_operations.record_skill(
            actor=factories.loader(),
            staff=staff,
            skill=people_operations.NewSkill(code, period, ""),
            at=at,
        )
    with guarded.acting(factories.loader()):
        person = people_models.Staff.objects.get(pk=staff)
        scope = guarded.scope(
            guarded.ScopeOf(
                person.organisation_id, "people.authority", person=staff, marking=MARKING
            )
        )
        people_models.Authority.objects.create(
            id=new_id(), scope_id=scope, staff=person, code=ARMED, granted_by="x",
            starts_at=period.starts_at, ends_at=period.ends_at, changed_at=at, changed_by="x",
        )  # fmt: skip


def _cover(actor: Actor) -> None:
    for function, minimum in (("", 12), ("dogs", 4)):
        values = {
            "unit": UNIT,
            "function": function,
            "weekdays": "1234567",
            "begins": "00:00",
            "ends": "00:00",
            "minimum": minimum,
            "purposes": ["duty-from-law"],
        }
        place = records.Place("wiltshire", f"unit:{UNIT}", "", MARKING)
        records.create(actor=actor, new=records.NewRecord(COVER, place, values), at=clock.now())


def suspended(staff: UUID) -> None:
    """The person's authority is suspended, as after a discharge."""
    with guarded.acting(factories.loader()):
        row = people_models.Authority.objects.get(staff=staff)
    people_operations.suspend_authority(
        actor=factories.loader(),
        authority=row.pk,
        version=row.version,
        reason="Post-incident procedure",
        at=clock.now(),
    )
