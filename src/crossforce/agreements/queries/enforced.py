"""What the platform acts on through time: each version's terms, without leavers, while they bind."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from crossforce.agreements import models, resolve, rules
from crossforce.agreements.choices import Origin
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.queries import documents, exits
from crossforce.agreements.queries.facts import facts_of
from crossforce.agreements.terms import CompiledTerms
from crossforce.kernel.periods import Period

Content = tuple[CompiledTerms, AgreementDocument]
"""What a version says: its terms, and the document around them."""


@dataclass(frozen=True, slots=True)
class Enforced:
    """One version: its terms, the whole period in which it binds, what is taken out of that, the units of
    each function, and whose records its parties answer for: their own, and chief officers their forces'.
    """

    number: int
    terms: CompiledTerms
    binds: Period
    suspensions: tuple[Period, ...]
    units: dict[str, tuple[str, ...]]
    bound: frozenset[str]


def enforced(agreement: models.Agreement, at: datetime) -> list[Enforced]:
    """Every version that is, was or will be acted on, by all that is known at the instant.

    What is only recorded from a public source is never acted on.
    """
    return list(_enforced(agreement, at))


def _enforced(agreement: models.Agreement, at: datetime) -> Iterator[Enforced]:
    def content(number: int) -> Content:
        version = agreement.versions.get(number=number)
        return documents.terms_of(version), documents.document_of(version)

    return by_facts(facts_of(agreement), at, content)


def by_facts(
    facts: rules.Facts, at: datetime, content: Callable[[int], Content]
) -> Iterator[Enforced]:
    """The same by facts, which need not have come about; `content` gives what each version says."""
    for known in facts.versions:
        binds = None if known.origin is Origin.RECORDED else _binds(facts, known, at)
        if binds is None:
            continue
        terms, document = content(known.number)
        leaves = exits.leaves(facts, known, at)
        yield Enforced(
            number=known.number,
            terms=resolve.after_leaving(terms, leaves),
            binds=binds,
            suspensions=facts.suspensions,
            units=_units(document),
            bound=frozenset(_bound(known, document)),
        )


def _binds(facts: rules.Facts, version: rules.VersionFacts, at: datetime) -> Period | None:
    """From activation until a later version begins, the end that is written, or that was agreed."""
    begins = rules.enforced_from(version, at)
    if begins is None:
        return None
    later = (
        rules.in_force_from(each, at) for each in facts.versions if each.number > version.number
    )
    ending = rules.ending_notice(facts, version, at)
    ends = [*later, version.ends_at, ending.effective_at if ending else None]
    end = min((each for each in ends if each is not None), default=None)
    return None if end is not None and end <= begins else Period(begins, end)


def _bound(version: rules.VersionFacts, document: AgreementDocument) -> Iterator[str]:
    """A policing body maintains a force, and does not control its records: its signature opens none of them."""
    bodies = {each.organisation for each in document.party if each.capacity == "policing-body"}
    for party in version.parties:
        yield party.organisation
        if party.organisation not in bodies:
            yield party.side


def _units(document: AgreementDocument) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for unit in document.unit:
        for function in unit.functions:
            found[function] = (*found.get(function, ()), unit.code)
    return found
