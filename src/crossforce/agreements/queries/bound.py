"""Who is bound by agreements that stand, and so signs any change of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from crossforce.agreements import models, rules
from crossforce.agreements.queries.facts import facts_of_many


@dataclass(frozen=True, slots=True)
class Bound:
    """One agreement in force, and the parties that stand in it, each once."""

    reference: str
    title: str
    parties: tuple[str, ...]


def bound(references: Collection[str], at: datetime) -> list[Bound]:
    """Those of the agreements that are in force at the instant, in the order asked for."""
    known = {
        row.reference: row
        for row in models.Agreement.objects.filter(reference__in=list(references))
    }
    facts = facts_of_many(known.values())
    rows = [known[each] for each in references if each in known]
    found = [(row, _parties(facts[row.pk], at)) for row in rows]
    return [Bound(row.reference, row.title_en, parties) for row, parties in found if parties]


def _parties(facts: rules.Facts, at: datetime) -> tuple[str, ...]:
    version = rules.version_begun(facts, at)
    if version is None or not rules.is_in_force(facts, at):
        return ()
    sides = rules.sides_at(facts, version, at)
    return tuple(dict.fromkeys(p.stands(at) for p in version.parties if p.side in sides))
