"""The agreement beside those in force: the same work twice, and two leads for it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from crossforce.agreements.check.case import Case, verb
from crossforce.agreements.check.facts import Placed
from crossforce.agreements.check.rule import Path, Problem, Rule
from crossforce.agreements.check.spans import Span
from crossforce.agreements.document.terms import Lead

SAME = Rule(
    "overlap.same-work",
    "A force does not share one function under two agreements on a day unknown to its parties.",
    "Name the other agreement as a relation of this one, or end one of the two participations.",
)
DECLARED = Rule(
    "overlap.declared",
    "An overlap that the agreement declares is listed.",
    "Nothing: the agreement names the other.",
)
ASIDE = Rule(
    "overlap.alliance-out-of-scope",
    "An alliance that a source leaves out of scope is still looked at for conflicts.",
    "Name the alliance as a relation of this agreement once its terms have been compared.",
)
LEADS = Rule(
    "overlap.two-leads",
    "Two agreements of the same forces do not name two leads for one function on a day.",
    "Let one agreement name the lead, or end the term in the other.",
)
RULES = (SAME, DECLARED, ASIDE, LEADS)


@dataclass
class Shared:
    """What the document shares with another agreement."""

    functions: dict[str, dict[str, Span]] = field(default_factory=dict)
    path: Path = ()

    def forces(self) -> list[str]:
        """Every force shared in any function."""
        return list(dict.fromkeys(force for row in self.functions.values() for force in row))


def find(case: Case) -> Iterator[Problem]:
    """Overlaps with the agreements in force."""
    shared = shared_with(case)
    for reference, common in shared.items():
        yield from _same(case, reference, common)
        yield from _two_leads(case, reference, common)
    yield from _aside(case, shared)


def shared_with(case: Case) -> dict[str, Shared]:
    """What the document shares, by the reference of each other agreement in force."""
    found: dict[str, Shared] = {}
    mine, alone = itself(case), case.practice("overlap.bases-of-one", [])
    if case.document.basis in alone:
        return found
    for taking in case.facts.takings:
        if not taking.counts:
            continue
        for reference, other in case.standing.takings.get((taking.force, taking.function), ()):
            span = taking.span.meet(other.span)
            between_forces = _basis(case, reference) not in alone
            if reference not in mine and span and between_forces:
                common = found.setdefault(reference, Shared(path=taking.path))
                common.functions.setdefault(taking.function, {})[taking.force] = span
    return found


def itself(case: Case) -> tuple[str | None, ...]:
    """The agreement, what it varies and what varies it: none of them overlaps it."""
    reference = case.document.reference
    return (reference, case.document.varies, *case.standing.variations_of(reference))


def _basis(case: Case, reference: str) -> str:
    other = case.standing.document(reference)
    return other.basis if other else ""


def _related(case: Case, reference: str) -> bool:
    other = case.standing.document(reference)
    back = other.relation if other else ()
    return any(each.reference == reference for each in case.document.relation) or any(
        each.reference == case.document.reference for each in back
    )


def _same(case: Case, reference: str, common: Shared) -> Iterator[Problem]:
    spans = [span for row in common.functions.values() for span in row.values()]
    whole = Span(min(span.start for span in spans), max(span.end for span in spans))
    forces = common.forces()
    says = (
        f"{case.names(forces)} also {verb(forces, 'shares', 'share')} "
        f"{case.functions(common.functions)} under {case.agreement(reference)}, {whole}."
    )
    if _related(case, reference):
        yield DECLARED.broken(common.path, says)
        return
    mends = f"Add {reference!r} as a relation of this agreement, or end one of the two participations."
    yield SAME.broken(common.path, says, mends=mends)


def _two_leads(case: Case, reference: str, common: Shared) -> Iterator[Problem]:
    other = case.standing.facts[reference]
    for code, row in common.functions.items():
        if len(row) < 2:
            continue
        for mine in case.facts.about(Lead, code):
            clash = next(
                (their for their in other.about(Lead, code) if _contradicts(mine, their)), None
            )
            if clash:
                says = (
                    f"{case.name(mine.term.force)} leads {case.function(code)} here; by "
                    f"clause {clash.clause.number} of {case.agreement(reference)}, "
                    f"{case.name(clash.term.force)} leads it for the same forces."
                )
                yield LEADS.broken(mine.path, says, clause=mine.clause.number)


def _contradicts(mine: Placed[Lead], their: Placed[Lead]) -> bool:
    same_role = mine.term.role == their.term.role
    return (
        same_role and mine.term.force != their.term.force and bool(mine.span.meet(their.span))
    )


def _aside(case: Case, shared: dict[str, Shared]) -> Iterator[Problem]:
    if not case.document.in_scope:
        return
    for reference in case.standing.aside:
        if (
            reference in shared
            or reference == case.document.reference
            or _related(case, reference)
        ):
            continue
        other = case.standing.facts[reference]
        both = [force for force in case.facts.forces if force in other.forces]
        if len(both) > 1 and case.facts.span.meet(other.span):
            says = (
                f"{case.names(both)} also stand in the alliance {case.agreement(reference)}, "
                "which its source leaves out of scope."
            )
            mends = f"Add {reference!r} as a relation once its terms have been compared."
            yield ASIDE.broken((), says, mends=mends)
