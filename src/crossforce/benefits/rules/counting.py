"""No benefit is counted twice: each has one owner, and says in which other it is counted already."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from crossforce.benefits.choices import Span
from crossforce.benefits.rules.profile import Profile


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two benefits of different collaborations that may be one and the same, and why it seems so."""

    one: str
    other: str
    measure: str
    forces: tuple[str, ...]
    span: Span

    @property
    def words(self) -> str:
        """For whoever settles in which of the two it is counted."""
        return (
            f"{self.one} and {self.other} both count {self.measure} for"
            f" {', '.join(self.forces)} from {self.span}: say in which one it is counted."
        )


def counted(profiles: Iterable[Profile]) -> tuple[Profile, ...]:
    """Those that totals are made of: a benefit counted in another adds nothing."""
    return tuple(each for each in profiles if not each.counted_in)


Known = Mapping[str, Sequence[Profile]]


def by_reference(profiles: Iterable[Profile]) -> Known:
    """Benefits by their reference: of different holders several may have the same."""
    found: defaultdict[str, list[Profile]] = defaultdict(list)
    for each in profiles:
        found[each.reference].append(each)
    return found


def faults_of_counting(
    profiles: Sequence[Profile], of: Collection[str] | None = None
) -> tuple[str, ...]:
    """Where `counted_in` leads nowhere, round in a circle, or to what cannot be added to.

    Only what concerns the references `of`, where these are given: where something is counted may
    stand outside of what is asked for.
    """
    known = by_reference(profiles)
    asked = [each for each in profiles if of is None or each.reference in of]
    found = [
        f"{reference} stands for more than one benefit: give each its own reference."
        for reference in sorted({each.reference for each in asked})
        if len(known[reference]) > 1
    ]
    return (*found, *filter(None, (fault_of_counting(each, known) for each in asked)))


def fault_of_counting(profile: Profile, known: Known) -> str:
    """Why a benefit cannot be counted where it says; empty when it can, or counts by itself."""
    if not profile.counted_in:
        return ""
    if fault := _unclear(profile, profile.counted_in, "is counted in", known):
        return fault
    if circle := _circle(profile, known, lambda each: each.counted_in.split()):
        return f"{' is counted in '.join(circle)}: one of them must count."
    (target,) = known.get(profile.counted_in, (profile,))
    if target.benefit_class is not profile.benefit_class:
        return (
            f"{profile.reference} is {profile.benefit_class} and is counted in"
            f" {target.reference}, which is {target.benefit_class}: they cannot be one sum."
        )
    return ""


def fault_of_depending(profile: Profile, known: Known) -> str:
    """Why a benefit cannot depend on what it says; empty when it can."""
    for each in profile.depends_on:
        if fault := _unclear(profile, each, "depends on", known):
            return fault
    if circle := _circle(profile, known, lambda each: each.depends_on):
        return f"{' depends on '.join(circle)}: one of them must come first."
    return ""


def _unclear(profile: Profile, named: str, how: str, known: Known) -> str:
    found = len(known.get(named, ())) + (named == profile.reference and named not in known)
    if not found:
        return f"{profile.reference} {how} {named}, which is no benefit here that you may see."
    if found > 1:
        return f"{profile.reference} {how} {named}, and more than one benefit is called so."
    return ""


def _circle(
    profile: Profile, known: Known, leads: Callable[[Profile], Iterable[str]]
) -> list[str]:
    """The way from a benefit back to itself, if there is one. Each benefit is looked at once."""
    came: dict[str, str] = {}
    ahead = [(each, profile.reference) for each in leads(profile)]
    while ahead:
        at, before = ahead.pop()
        if at in came:
            continue
        came[at] = before
        if at == profile.reference:
            return _way(came, at)
        ahead += [(each, at) for found in known.get(at, ()) for each in leads(found)]
    return []


def _way(came: Mapping[str, str], to: str) -> list[str]:
    way = [to, came[to]]
    while way[-1] != to:
        way.append(came[way[-1]])
    return way[::-1]


def overlaps(
    profiles: Iterable[Profile], of: Collection[str] | None = None, most: int = 200
) -> tuple[Overlap, ...]:
    """Benefits that both count, of different collaborations, with the same measure, for the same
    forces, in the same time, unless each is of another function. Told, never settled by itself; of
    very many the first are told. One of the two is among the references `of`, where these are given.
    """
    found = _overlaps(profiles)
    return tuple(islice((e for e in found if of is None or e.one in of or e.other in of), most))


def _overlaps(profiles: Iterable[Profile]) -> Iterator[Overlap]:
    alike: defaultdict[str, list[Profile]] = defaultdict(list)
    for each in counted(profiles):
        if each.measure and each.targets:
            alike[each.measure.name.casefold().strip()].append(each)
    for group in alike.values():
        for one, other in combinations(group, 2):
            if _may_be_one(one, other) and (found := _overlap(one, other)):
                yield found


def _may_be_one(one: Profile, other: Profile) -> bool:
    functions = {one.function, other.function} - {""}
    return one.collaboration != other.collaboration and len(functions) < 2


def _overlap(one: Profile, other: Profile) -> Overlap | None:
    assert one.measure
    forces = tuple(sorted({*one.beneficiaries} & {*other.beneficiaries}))
    span = _common(one, other) if forces else None
    return (
        Overlap(one.reference, other.reference, one.measure.name, forces, span)
        if span
        else None
    )


def _common(one: Profile, other: Profile) -> Span | None:
    shared = [
        Span(
            max(a.span.starts_on, b.span.starts_on),
            min(a.span.ends_on, b.span.ends_on),
        )
        for a in one.targets
        for b in other.targets
        if a.span.overlaps(b.span)
    ]
    if not shared:
        return None
    return Span(min(each.starts_on for each in shared), max(each.ends_on for each in shared))
