"""Units need at least so many people: said, and changed."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from crossforce.duty.choices import COVER, MARKING, PURPOSES
from crossforce.kernel import civil
from crossforce.kernel.refusals import NotUnderstood
from crossforce.people import api as people
from crossforce.people.api import Actor
from crossforce.records import api as records


class NoSuchDays(NotUnderstood):
    """Days are written as numbers in order, 1 for Monday to 7 for Sunday, each once."""


class NoSuchNeed(NotUnderstood):
    """There is no such skill or authority."""


@dataclass(frozen=True, slots=True)
class NewCover:
    """At least so many in a unit, or in one of its functions, on these days between these times.

    Who has not the skill or the authority that is named does not count.
    """

    unit: str
    function: str
    weekdays: str
    begins: time
    ends: time
    minimum: int
    skill: str = ""
    authority: str = ""

    def values(self, on: date) -> dict[str, Any]:
        """As a record holds them. Raises NoSuchDays, NoSuchNeed."""
        if (
            not self.weekdays
            or "".join(sorted(set(self.weekdays) & set("1234567"))) != self.weekdays
        ):
            raise NoSuchDays
        if self.skill and self.skill not in people.skills(on):
            raise NoSuchNeed(f"There is no skill “{self.skill}”.")
        if self.authority and self.authority not in people.authorities(on):
            raise NoSuchNeed(f"There is no authority “{self.authority}”.")
        return asdict(self)


def set_cover(*, actor: Actor, new: NewCover, at: datetime) -> UUID:
    """Say what a unit needs; the actor's organisation holds it. Raises MayNotAdd, NoSuchDays, NoSuchNeed."""
    place = records.Place(actor.organisation, f"unit:{new.unit}", "", MARKING)
    values = {**new.values(civil.day_of(at)), "purposes": list(PURPOSES)}
    row = records.create(actor=actor, new=records.NewRecord(COVER, place, values), at=at)
    key: UUID = row.pk
    return key


def change_cover(
    *, actor: Actor, cover: UUID, version: int, new: NewCover, at: datetime
) -> None:
    """Say it anew, of the same unit. Raises NoSuchRecord, Refused, NothingChanges, StaleVersion."""
    given = {
        name: value for name, value in new.values(civil.day_of(at)).items() if name != "unit"
    }
    records.edit(actor=actor, kind=COVER, record=cover, version=version, given=given, at=at)
