"""What the platform acts on at an instant: signed terms, without those who have left."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from crossforce.agreements import models, resolve, rules
from crossforce.agreements.choices import Origin, State
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.queries import documents, exits
from crossforce.agreements.terms import CompiledTerms


@dataclass(frozen=True, slots=True)
class InForce:
    """One agreement that stands at an instant. `is_acted_on` is false for what is only recorded."""

    reference: str
    number: int
    origin: Origin
    state: State
    document: AgreementDocument
    terms: CompiledTerms

    @property
    def is_acted_on(self) -> bool:
        return self.state in rules.IN_FORCE


def in_force(at: datetime, references: Collection[str] | None = None) -> list[InForce]:
    """Every agreement that stands at the instant, by reference, as its terms hold without leavers.

    With `references`, of those agreements only.
    """
    return _in_force({at: references}, rules.STANDING)[at]


def standing(at: datetime, references: Collection[str]) -> list[InForce]:
    """The same of these agreements, with those among them that are suspended."""
    return standing_on({at: references})[at]


def standing_on(asked: Mapping[datetime, Collection[str]]) -> dict[datetime, list[InForce]]:
    """The same at each of these instants, of the agreements that are asked for then; all are read together."""
    return _in_force(asked, rules.STANDING | {State.SUSPENDED})


def suspended_by(reference: str, at: datetime) -> tuple[str, datetime] | None:
    """Which organisation has suspended an agreement at the instant, and since when."""
    found = models.Suspension.objects.filter(
        agreement__reference=reference, suspended_at__lte=at
    ).exclude(resumed_at__lte=at)
    rows = found.values_list("organisation", "suspended_at")
    return rows.order_by("-suspended_at").first()


def _in_force(
    asked: Mapping[datetime, Collection[str] | None], states: Collection[State]
) -> dict[datetime, list[InForce]]:
    found = documents.governing_versions(asked, states)
    return {at: list(_without_leavers(of, at)) for at, of in found.items()}


def _without_leavers(
    found: Iterable[tuple[models.Version, rules.Facts]], at: datetime
) -> Iterator[InForce]:
    for version, facts in found:
        current = rules.version_begun(facts, at)
        if current is None:
            continue
        leaves = exits.leaves(facts, current, at)
        yield InForce(
            reference=version.agreement.reference,
            number=version.number,
            origin=Origin(version.origin),
            state=rules.state(facts, at),
            document=documents.document_of(version),
            terms=resolve.after_leaving(documents.terms_of(version), leaves),
        )
