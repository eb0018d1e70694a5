"""Units need at least so many people: said, and changed."""

from collections.abc import Container
from dataclasses import asdict, dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from crossforce.duty.choices import COVER, MARKING, PURPOSES
from crossforce.duty.operations.importing import known
from crossforce.kernel import civil
from crossforce.kernel.refusals import NotUnderstood
from crossforce.people import api as people
from crossforce.people.api import Actor
from crossforce.records import api as records


class NoSuchDays(NotUnderstood):
    """Days are written as numbers in order, 1 for Monday to 7 for Sunday, each once."""


class NoSuchNeed(NotUnderstood):
    """There is no such unit, function, skill or authority; the message says which."""


class HasOffset(NotUnderstood):
    """Cover is by London's clock, summer and winter: give times of day without an offset, such as 07:00."""


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

    def values(self, holder: str, at: datetime) -> dict[str, Any]:
        """As a record of the holder has them. Raises NoSuchDays, NoSuchNeed, HasOffset."""
        if (
            not self.weekdays
            or "".join(sorted(set(self.weekdays) & set("1234567"))) != self.weekdays
        ):
            raise NoSuchDays
        if self.begins.tzinfo or self.ends.tzinfo:
            raise HasOffset
        on, codes = civil.day_of(at), known(holder, at)
        catalogues: dict[str, Container[str]] = {
            "unit": codes.units,
            "function": codes.functions,
            "skill": people.skills(on),
            "authority": people.authorities(on),
        }
        for name, catalogue in catalogues.items():
            code = getattr(self, name)
            if (code or name == "unit") and code not in catalogue:
                raise NoSuchNeed(f"There is no {name} “{code}”.")
        return asdict(self)


def set_cover(*, actor: Actor, new: NewCover, at: datetime) -> UUID:
    """Say what a unit needs; the actor's organisation holds it.

    Raises MayNotAdd, NoSuchDays, NoSuchNeed, HasOffset.
    """
    place = records.Place(actor.organisation, f"unit:{new.unit}", "", MARKING)
    values = {**new.values(actor.organisation, at), "purposes": list(PURPOSES)}
    row = records.create(actor=actor, new=records.NewRecord(COVER, place, values), at=at)
    key: UUID = row.pk
    return key


def change_cover(
    *, actor: Actor, cover: UUID, version: int, new: NewCover, at: datetime
) -> None:
    """Say it anew, of the same unit. Raises NoSuchRecord, Refused, NothingChanges, StaleVersion."""
    values = new.values(actor.organisation, at)
    given = {name: value for name, value in values.items() if name != "unit"}
    records.edit(actor=actor, kind=COVER, record=cover, version=version, given=given, at=at)
