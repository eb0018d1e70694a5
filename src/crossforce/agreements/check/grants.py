"""ACCESS: of what, held by whom, to whom, to do what, for which purpose; and measures."""

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal

from crossforce.agreements import catalogues
from crossforce.agreements.check.case import Case, suggestion
from crossforce.agreements.check.facts import Placed
from crossforce.agreements.check.rule import Path, Problem, Rule
from crossforce.agreements.check.spans import gaps, in_words
from crossforce.agreements.document.terms import Access, Kpi
from crossforce.agreements.document.values import DECONFLICT, OWN
from crossforce.agreements.wording import Names

KIND = Rule(
    "access.kind-unknown",
    "A record kind that is granted exists.",
    "Name a record kind of the platform.",
)
ACTION = Rule(
    "access.action-unknown",
    "An action that is granted is one that the platform decides on.",
    "Name an action of the platform.",
)
PURPOSE = Rule(
    "access.purpose-unknown",
    "A purpose that access is granted for is in the catalogue.",
    "Name a purpose of the catalogue.",
)
ROLE = Rule(
    "access.role-unknown",
    "A role that access is granted to is in the catalogue.",
    "Name a role of the catalogue.",
)
EARLY = Rule(
    "access.before-commencement",
    "Access never begins before the agreement does.",
    "Let access begin with the agreement, or later.",
)
NOBODY = Rule(
    "access.to-nobody",
    "Access is granted to somebody: a unit, those who work on a function, organisations.",
    "Write whom it is granted to.",
)
ITSELF = Rule(
    "access.to-itself",
    "Access is granted to others than the holder alone.",
    "Grant it to others; what a force sees of its own records its own policy says.",
)
COMPARTMENT = Rule(
    "access.compartment-unknown",
    "A compartment that is opened is that of a unit of the agreement.",
    "Name the compartment of a unit, or write `compartment` in the unit.",
)
HOLDER = Rule(
    "access.holder-not-taking-part",
    "Who grants sight of its records is bound: itself or its chief officer is party.",
    "Name holders that are bound, or make the holder's chief officer a party.",
)
COMPARED = Rule(
    "access.compared",
    "What is compared without being seen is each posting's own, and no other act is given with it.",
    'Write actions = ["deconflict"] and compartment = "own" in a term of its own.',
)
GLASS = Rule(
    "access.break-glass-without-end",
    "Emergency access names the roles that may use it.",
    "Write `roles` in `break_glass`.",
)
STANDING = Rule(
    "access.break-glass-standing",
    "What is read only in an emergency is not given standing by the same term.",
    'Write actions = ["find"] in the term with `break_glass`, and what is always read in a term of its own.',
)
ONWARD = Rule(
    "access.onward",
    "What is seen by a grant is not passed on; where a term allows it, the parties know it.",
    "Leave `onward` out unless every holder has agreed to it.",
)
BANDS = Rule(
    "kpi.bands-out-of-order",
    "The amber limit of a measure lies on the worse side of its target.",
    "Put the amber limit below the target where higher is better, above it where lower is.",
)
DUPLICATE = Rule(
    "kpi.duplicate",
    "A measure stands once on a day.",
    "Give the second measure a code of its own, or dates that follow the first.",
)
NO_KPI = Rule(
    "kpi.none",
    "The agreement says what its benefit is measured by.",
    "Add a KPI term.",
)

RULES = (
    KIND, ACTION, PURPOSE, ROLE, EARLY, NOBODY, ITSELF, HOLDER, COMPARTMENT, COMPARED, GLASS, STANDING, ONWARD,
    BANDS, DUPLICATE, NO_KPI,
)  # fmt: skip


def find(case: Case) -> Iterator[Problem]:
    """Problems of grants and measures."""
    for placed in case.facts.of(Access):
        yield from _names(case, placed)
        yield from _period(case, placed)
        yield from _holders(case, placed)
        yield from _recipients(case, placed)
        yield from _compartments(case, placed)
    yield from _measures(case)


def _names(case: Case, placed: Placed[Access]) -> Iterator[Problem]:
    term, world = placed.term, case.context
    named: list[tuple[Rule, str, str, Collection[str], Collection[str] | None]] = [
        (ACTION, "actions", "action", term.actions, world.actions),
        (PURPOSE, "purposes", "purpose", term.purposes, world.purposes),
        (ROLE, "to", "role", term.to.roles, world.roles),
    ]
    for rule, key, what, codes, known in named:
        for code in codes if known is not None else ():
            if code not in (known or ()):
                says = f"There is no {what} {code!r}.{suggestion(code, known or ())}"
                yield rule.broken((*placed.path, key), says, clause=placed.clause.number)
    kinds = world.record_kinds
    for kind in term.kinds if kinds is not None else ():
        service = kind.removesuffix("*")
        if kind not in (kinds or ()) and not (
            kind.endswith(".*") and any(each.startswith(service) for each in kinds or ())
        ):
            says = f"There is no record kind {kind!r}.{suggestion(kind, kinds or ())}"
            yield KIND.broken((*placed.path, "kinds"), says, clause=placed.clause.number)


def _period(case: Case, placed: Placed[Access]) -> Iterator[Problem]:
    begins = placed.term.from_.date if placed.term.from_ else None
    commences = case.facts.span.start
    if begins and commences != date.min and begins < commences:
        says = f"Access begins on {in_words(begins)}, the agreement on {in_words(commences)}."
        yield EARLY.broken((*placed.path, "from"), says, clause=placed.clause.number)


def _holders(case: Case, placed: Placed[Access]) -> Iterator[Problem]:
    held_by, path = placed.term.held_by, (*placed.path, "held_by")
    named = (held_by,) if isinstance(held_by, str) else held_by
    for code in named:
        missing = [*gaps(case.answering(code), placed.span)] if code != "participants" else []
        if missing and missing[-1].end == placed.span.end:
            says = f"{case.name(code)} holds the records, and nobody who answers for them is party {missing[-1]}."
            yield HOLDER.broken(path, says, clause=placed.clause.number)
    for code in case.facts.forces if "participants" in named else ():
        if not case.answering(code):
            says = f"{case.name(code)} takes part, and nobody who answers for its records is party."
            yield HOLDER.broken(path, says, clause=placed.clause.number)


def _recipients(case: Case, placed: Placed[Access]) -> Iterator[Problem]:
    term, clause = placed.term, placed.clause.number
    path: Path = (*placed.path, "to")
    if not (term.to.unit or term.to.function or term.to.organisations):
        says = "Access is granted to no unit, function or organisation."
        yield NOBODY.broken(path, says, clause=clause)
    to = set(term.to.organisations)
    if to and not isinstance(term.held_by, str) and to == set(term.held_by) and len(to) == 1:
        says = f"{case.name(next(iter(to)))} grants access to itself."
        yield ITSELF.broken(path, says, clause=clause)
    if term.break_glass and not term.break_glass.roles and not term.to.roles:
        says = "Any posting could break the glass."
        yield GLASS.broken((*placed.path, "break_glass"), says, clause=clause)
    standing = sorted(set(term.actions) - {"find"}) if term.break_glass else []
    if standing:
        says = f"Who may break the glass may {' and '.join(standing)} without breaking it."
        yield STANDING.broken((*placed.path, "actions"), says, clause=clause)
    if term.onward:
        says = f"What is seen of the records ({_kinds(term.kinds)}) may be passed on."
        yield ONWARD.broken((*placed.path, "onward"), says, clause=clause)


def _compartments(case: Case, placed: Placed[Access]) -> Iterator[Problem]:
    term, clause = placed.term, placed.clause.number
    known = {OWN, *(each.compartment for each in case.document.unit)}
    if DECONFLICT in term.actions and (len(term.actions) > 1 or term.compartment != OWN):
        says = (
            "The term would compare what is not each posting's own, or show what is compared."
        )
        yield COMPARED.broken((*placed.path, "actions"), says, clause=clause)
    if term.compartment and term.compartment not in known:
        says = f"No unit of the agreement has the compartment {term.compartment!r}."
        yield COMPARTMENT.broken((*placed.path, "compartment"), says, clause=clause)


def _kinds(names: Collection[str]) -> str:
    return Names(kinds=catalogues.record_kinds()).all_kinds(names)


def _measures(case: Case) -> Iterator[Problem]:
    seen: dict[str, list[Placed[Kpi]]] = {}
    for placed in case.facts.of(Kpi):
        term, clause = placed.term, placed.clause.number
        if term.amber is not None and _out_of_order(term):
            says = f"{term.better.capitalize()} is better, the target {term.target} and amber {term.amber}."
            yield BANDS.broken((*placed.path, "amber"), says, clause=clause)
        earlier = seen.setdefault(term.measure, [])
        if any(each.span.meet(placed.span) for each in earlier):
            says = f"The measure {term.measure!r} stands twice."
            yield DUPLICATE.broken((*placed.path, "measure"), says, clause=clause)
        earlier.append(placed)
    if not seen:
        yield NO_KPI.broken((), "Nothing says what the benefit is measured by.")


def _out_of_order(term: Kpi) -> bool:
    target, amber = Decimal(term.target), Decimal(term.amber or term.target)
    return amber >= target if term.better == "higher" else amber <= target
