"""Benefits of many collaborations together: by class, by force, by collaboration, with their lights.

Cash, time and other figures are never added to one another. The view of a force is its part of each
benefit; the views of all forces are the programme.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from crossforce.benefits.choices import BenefitClass, Light


@dataclass(frozen=True, slots=True)
class Result:
    """One benefit that counts: promised and realised so far, in whole units, divided among forces.

    Of a disbenefit both are losses, and are told beside what is gained, not taken off it. What has no
    figures, or figures that say how things stand (`adds` is false), has a light and is in no sum.
    """

    reference: str
    collaboration: str
    benefit_class: BenefitClass
    unit: str
    light: Light
    planned: Mapping[str, int]
    realised: Mapping[str, int]
    adds: bool = True


@dataclass(frozen=True, slots=True)
class Sum:
    """Everything of one class and unit, promised and realised so far."""

    benefit_class: BenefitClass
    unit: str
    planned: int
    realised: int


@dataclass(frozen=True, slots=True)
class View:
    """The sums of the programme, of a force, or of a collaboration, and how many bear each light."""

    name: str
    sums: tuple[Sum, ...]
    lights: Mapping[Light, int]


def programme_view(results: Sequence[Result]) -> View:
    """Everything together."""
    forces = sorted({force for each in results for force in (*each.planned, *each.realised)})
    return View("", _sums(results, forces), _lights(results))


def force_views(results: Sequence[Result]) -> tuple[View, ...]:
    """What of it is each force's, in order of force. The lights are those of benefits it has part in."""
    found = []
    for force in sorted({f for each in results for f in (*each.planned, *each.realised)}):
        own = [each for each in results if force in each.planned or force in each.realised]
        found.append(View(force, _sums(own, [force]), _lights(own)))
    return tuple(found)


def collaboration_views(results: Sequence[Result]) -> tuple[View, ...]:
    """What of it each collaboration brings, in order of collaboration."""
    by_name: defaultdict[str, list[Result]] = defaultdict(list)
    for each in results:
        by_name[each.collaboration].append(each)
    return tuple(
        View(name, programme_view(own).sums, _lights(own))
        for name, own in sorted(by_name.items())
    )


def _sums(results: Iterable[Result], forces: Sequence[str]) -> tuple[Sum, ...]:
    planned: Counter[tuple[BenefitClass, str]] = Counter()
    realised: Counter[tuple[BenefitClass, str]] = Counter()
    for each in results:
        if not each.adds:
            continue
        key = each.benefit_class, each.unit
        planned[key] += sum(each.planned.get(force, 0) for force in forces)
        realised[key] += sum(each.realised.get(force, 0) for force in forces)
    order = list(BenefitClass)
    keys = sorted({*planned, *realised}, key=lambda key: (order.index(key[0]), key[1]))
    return tuple(Sum(*key, planned[key], realised[key]) for key in keys)


def _lights(results: Iterable[Result]) -> dict[Light, int]:
    counted = Counter(each.light for each in results)
    return {light: counted[light] for light in Light if counted[light]}
