"""What the governance clause of a function says of its board: quorum, cycle, chair, reporting line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from crossforce.agreements.resolve import Citation, cite
from crossforce.agreements.terms import CompiledTerms, GovernanceRule
from crossforce.boards.choices import Cycle
from crossforce.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Charter:
    """How a function's board works by its clause; `why` is None where no clause speaks."""

    quorum: Mapping[str, int] = field(default_factory=dict)
    cycle: Cycle = Cycle.AS_NEEDED
    chair: Words | None = None
    reports_to: str = ""
    why: Citation | None = None


def charter(terms: CompiledTerms, function: str, at: datetime) -> Charter:
    """The charter of the board that governs the function at the instant.

    Where no clause says how often it meets, it meets as needed.
    """
    for term, rule in terms.in_force(GovernanceRule, at):
        if function in rule.functions:
            return Charter(
                quorum=dict(rule.quorum),
                cycle=Cycle(rule.meets) if rule.meets else Cycle.AS_NEEDED,
                chair=rule.chair,
                reports_to=rule.reports_to or "",
                why=cite(term, "the governance of the function"),
            )
    return Charter()


@dataclass(frozen=True, slots=True)
class Required:
    """What several functions together ask of a quorum: of every office the most that one of them does.

    `by_practice` is whether the clause of one of them names none, so that practice fills in too.
    """

    needs: Mapping[str, int] = field(default_factory=dict)
    by_practice: bool = True
    why: Citation | None = None


def required(charters: Iterable[Charter]) -> Required:
    """The quorum that meets that of every one of these charters."""
    found = list(charters)
    named = [each for each in found if each.quorum]
    offices = dict.fromkeys(office for each in named for office in each.quorum)
    needs = {office: max(each.quorum.get(office, 0) for each in named) for office in offices}
    why = named[0].why if named else None
    return Required(needs, len(named) < len(found) or not found, why)
