"""The agreements in force, indexed so that one more is compared only with those it could touch."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from crossforce.agreements.check.facts import Facts, Taking
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.document.terms import DirectionControl


@dataclass(frozen=True)
class Standing:
    """Agreements by reference, and who takes part in what under them."""

    facts: dict[str, Facts] = field(default_factory=dict)
    takings: dict[tuple[str, str], list[tuple[str, Taking]]] = field(default_factory=dict)
    commands: dict[str, list[str]] = field(default_factory=dict)
    variations: dict[str, list[str]] = field(default_factory=dict)
    aside: tuple[str, ...] = ()

    def document(self, reference: str) -> AgreementDocument | None:
        """The agreement of that reference, if it is in force."""
        found = self.facts.get(reference)
        return found.document if found else None

    def variations_of(self, reference: str) -> tuple[str, ...]:
        """The agreements that vary this one."""
        return tuple(
            ref for ref, each in self.facts.items() if each.document.varies == reference
        )

    def commanding(self, unit: str) -> list[tuple[str, Facts]]:
        """The agreements that say who directs and controls members of a unit."""
        return [(each, self.facts[each]) for each in self.commands.get(unit, ())]


def index(documents: Iterable[AgreementDocument]) -> Standing:
    """The index of a set of agreements. `aside` are those that a source leaves out of scope."""
    facts = {each.reference: Facts(each) for each in documents}
    takings: dict[tuple[str, str], list[tuple[str, Taking]]] = defaultdict(list)
    commands: dict[str, list[str]] = defaultdict(list)
    variations: dict[str, list[str]] = defaultdict(list)
    for reference, each in facts.items():
        for taking in each.takings:
            if taking.counts:
                takings[taking.force, taking.function].append((reference, taking))
        for code in {placed.term.of.unit for placed in each.of(DirectionControl)}:
            commands[code or ""].append(reference)
        if each.document.varies:
            variations[each.document.varies].append(reference)
    aside = tuple(ref for ref, each in facts.items() if not each.document.in_scope)
    return Standing(facts, dict(takings), dict(commands), dict(variations), aside)
