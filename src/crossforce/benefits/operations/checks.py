"""What of a benefit is looked at before it is kept: that it is sound, and names what there is."""

from collections.abc import Callable, Collection, Mapping
from typing import Final

from crossforce.agreements import api as agreements
from crossforce.agreements import catalogues
from crossforce.benefits import models
from crossforce.benefits.operations import alone
from crossforce.benefits.queries import measuring
from crossforce.benefits.queries import rows as read
from crossforce.benefits.rules import counting
from crossforce.benefits.rules.profile import PUBLIC, Measure, Profile, faults
from crossforce.kernel.refusals import NotUnderstood
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor

MOST_EFFORT: Final = 10**12


class Unsound(NotUnderstood):
    """The benefit contradicts itself; the message says where and how to mend it."""


class Unknown(NotUnderstood):
    """The benefit names something that is not there; the message says what."""


def sound(profile: Profile) -> None:
    """Raises Unsound where it contradicts itself, Unknown where the platform cannot tell its measure."""
    if found := faults(profile):
        raise Unsound(" ".join(found))
    told(profile.measure)


def told(measure: Measure | None) -> None:
    """Raises Unknown where the platform is to tell a measure and cannot."""
    if measure and (fault := measuring.fault(measure)):
        raise Unknown(fault)


def effort(by_force: Mapping[str, int]) -> None:
    """Raises Unsound where a force's effort is none that can be divided by."""
    wrong = [force for force, each in by_force.items() if not 0 <= each <= MOST_EFFORT]
    if wrong:
        raise Unsound(
            f"The effort of {', '.join(wrong)} is below nothing, or beyond all measure: write a whole number."
        )


def beside_others(row: models.Benefit, *, counted: bool, depends: bool) -> None:
    """Raises Unsound where it is counted in, or depends on, what it cannot.

    Only one at a time says so, else two who act at once could close a circle.
    """
    profile = read.profile_of(row)
    asked: list[Callable[[Profile, counting.Known], str]] = []
    if counted and profile.counted_in:
        asked.append(counting.fault_of_counting)
    if depends and profile.depends_on:
        asked.append(counting.fault_of_depending)
    if not asked:
        return
    alone.with_counting()
    others = models.Benefit.objects.exclude(pk=row.pk)
    among = counting.by_reference([*map(read.profile_of, others), profile])
    if fault := next(filter(None, (of(profile, among) for of in asked)), ""):
        raise Unsound(fault)


def known(actor: Actor, agreement: str, function: str, bodies: Collection[str]) -> None:
    """Raises Unknown where an agreement, function or organisation is named that is not there."""
    if agreement and not agreements.visible(actor).filter(reference=agreement).exists():
        raise Unknown(f"There is no agreement “{agreement}”, or none that you may know of.")
    if function and function not in catalogues.functions():
        raise Unknown(f"There is no function “{function}”.")
    directory = organisations.directory()
    lost = [each for each in bodies if each != PUBLIC and directory.get(each) is None]
    if lost:
        raise Unknown(f"Nobody has the code {', '.join(lost)}: name organisations, or public.")
