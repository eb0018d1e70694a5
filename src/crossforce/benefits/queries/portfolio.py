"""Every benefit that somebody may read, together: by class, force and collaboration, and what is counted twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from crossforce.benefits.choices import BenefitClass
from crossforce.benefits.queries.benefits import Wanted, listed, profiles_read
from crossforce.benefits.queries.sharing import Dividing
from crossforce.benefits.queries.standings import Standing
from crossforce.benefits.rules import portfolio as rules
from crossforce.benefits.rules.counting import Overlap, faults_of_counting, overlaps
from crossforce.benefits.rules.portfolio import Result, View
from crossforce.kernel import civil, guarded, guarded_watch
from crossforce.people.api import Actor


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What the benefits come to. `undivided` names those that no force can call its own, and why.

    `levels` say how things stand, such as days to a laboratory: each is told by itself, and in no sum.
    """

    standings: tuple[Standing, ...]
    programme: View
    forces: tuple[View, ...]
    collaborations: tuple[View, ...]
    overlaps: tuple[Overlap, ...]
    faults: tuple[str, ...]
    undivided: tuple[tuple[str, str], ...]
    levels: tuple[Standing, ...]
    """As a list tells them."""


@guarded.acts
def portfolio(actor: Actor, wanted: Wanted, at: datetime) -> Portfolio:
    """All together, as of the instant. Benefits that are counted in another add nothing."""
    found = listed(actor, wanted, civil.day_of(at))
    profiles = profiles_read(actor)  # where one is counted may stand outside of what is wanted
    of = {each.profile.reference for each in found}
    counting = [each for each in found if not each.profile.counted_in]
    results, undivided = _results(counting, at)
    return Portfolio(
        standings=tuple(found),
        programme=rules.programme_view(results),
        forces=rules.force_views(results),
        collaborations=rules.collaboration_views(results),
        overlaps=overlaps(profiles, of),
        faults=faults_of_counting(profiles, of),
        undivided=tuple(undivided),
        levels=tuple(each for each in counting if each.is_level),
    )


@guarded.acts
def taken_out(actor: Actor, wanted: Wanted, at: datetime) -> Portfolio:
    """The same, to leave the platform as a file."""
    guarded_watch.takes_out("benefits-portfolio")
    return portfolio(actor, wanted, at)


def _results(
    found: Sequence[Standing], at: datetime
) -> tuple[list[Result], list[tuple[str, str]]]:
    dividing = Dividing(at, (each.profile.collaboration for each in found))
    results, undivided = [], []
    for each in found:
        result, why_not = _result(each, dividing)
        results.append(result)
        if why_not:
            undivided.append((each.profile.reference, why_not))
    return results, undivided


def _result(of: Standing, dividing: Dividing) -> tuple[Result, str]:
    """Levels, such as minutes to answer, add up to nothing: of them only the light is counted."""
    profile = of.profile
    if not of.is_told:
        return _untold(of)
    unit = profile.measure.unit if profile.measure else ""
    adds = of.adds_up and profile.benefit_class is not BenefitClass.QUALITATIVE
    planned, why_not = dividing.planned(of) if adds else ({}, "")
    realised, nor = dividing.realised(of) if adds else ({}, "")
    return (
        Result(
            profile.reference,
            profile.collaboration,
            profile.benefit_class,
            unit,
            of.signal.light,
            planned,
            realised,
            adds,
        ),
        why_not or nor,
    )


def _untold(of: Standing) -> tuple[Result, str]:
    """It is there, and adds nothing: of what may not be read nobody is told a sum."""
    profile, unit = of.profile, of.profile.measure.unit if of.profile.measure else ""
    found = Result(
        profile.reference,
        profile.collaboration,
        profile.benefit_class,
        unit,
        of.signal.light,
        {},
        {},
        of.adds_up,
    )
    return found, f"{of.signal.rule}."
