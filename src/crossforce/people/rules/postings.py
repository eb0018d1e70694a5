"""Who may be posted where, in which role, and when."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crossforce.kernel.civil import day_of
from crossforce.kernel.periods import Period
from crossforce.people.choices import PLATFORM, Actor
from crossforce.people.rules import catalogue, powers


@dataclass(frozen=True, slots=True)
class Place:
    """Where someone would act: the organisation and its kind, and the unit and its owner."""

    organisation: str
    kind: str
    unit: UUID | None = None
    unit_owner: str = ""
    unit_is_joint: bool = False

    @property
    def kind_for_roles(self) -> str:
        """The kind that the catalogue of roles knows it by."""
        return catalogue.PLATFORM_KIND if self.organisation == PLATFORM else self.kind


def reason_not_to_post(
    *, actor: Actor, staff: UUID, employed: Period, place: Place, role: str, period: Period
) -> str | None:
    """Why this person may not be posted so, or None."""
    on = day_of(period.starts_at)
    return (
        _role_has_no_place(role, place, on)
        or _unit_is_not_theirs(place)
        or _not_employed(employed, period)
        or _posts_themself(actor, staff, role, on)
    )


def _role_has_no_place(role: str, place: Place, on: date) -> str | None:
    item = catalogue.roles(on).get(role)
    if item is None:
        return f"There is no role called “{role}” on {on:%d %B %Y}. Choose one from the list."
    if place.kind_for_roles not in item.at:
        return (
            f"The role “{item.title.en}” does not exist in {place.organisation}: "
            f"it belongs to an organisation of the kind {' or '.join(item.at)}."
        )
    return None


def _unit_is_not_theirs(place: Place) -> str | None:
    if place.unit is None or place.unit_is_joint or place.unit_owner == place.organisation:
        return None
    return (
        f"That unit belongs to {place.unit_owner}, the posting is for {place.organisation}. "
        "Choose a unit of that organisation, or a joint unit."
    )


def _not_employed(employed: Period, period: Period) -> str | None:
    if within(employed, period):
        return None
    until = "" if employed.ends_at is None else f" to {employed.ends_at:%d %B %Y}"
    return (
        f"It must lie within the time this person serves: from {employed.starts_at:%d %B %Y}"
        f"{until}. Change the dates, or the person's own first."
    )


def _posts_themself(actor: Actor, staff: UUID, role: str, on: date) -> str | None:
    if actor.staff != staff or role not in powers.offices(on=on):
        return None
    return "Nobody gives themself an office. Ask another administrator to post you."


def within(outer: Period, inner: Period) -> bool:
    """Whether the inner period lies wholly in the outer one."""
    return outer.intersection(inner) == inner
