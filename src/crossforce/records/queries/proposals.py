"""Proposed corrections: those to answer, and one's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing
from crossforce.people.choices import Actor
from crossforce.records import models
from crossforce.records.choices import Place, ProposalState
from crossforce.records.governed import GovernedRecord
from crossforce.records.queries.kinds import model_of
from crossforce.records.queries.places import in_words, place_of
from crossforce.records.queries.showing import may


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal beside the record as it is: for each field what it says and what it would say."""

    proposal: models.Proposal
    row: GovernedRecord
    fields: Sequence[tuple[str, Any, Any]]
    is_to_answer: bool
    place: Place
    organisation: str

    @property
    def is_out_of_date(self) -> bool:
        """Whether the record has changed since."""
        return self.proposal.version != self.row.version


@guarded.acts
def proposals(actor: Actor) -> tuple[list[models.Proposal], list[models.Proposal]]:
    """Open proposals that the actor may answer, and those that they made; the newest first."""
    rows = list(models.Proposal.objects.order_by("-proposed_at")[:500])
    mine = [row for row in rows if row.posting == actor.posting]
    others = [
        row for row in rows if row.posting != actor.posting and row.state == ProposalState.OPEN
    ]
    return others, mine


@guarded.acts
def proposal(actor: Actor, identifier: UUID) -> Proposed:
    """One proposal. Raises Missing."""
    found = models.Proposal.objects.filter(pk=identifier).first()
    if found is None:
        raise Missing
    row: GovernedRecord | None = model_of(found.kind).objects.filter(pk=found.record).first()
    if row is None:
        raise Missing
    fields = [
        (name, getattr(row, name), after) for name, after in sorted(found.changes.items())
    ]
    is_open = found.state == ProposalState.OPEN
    is_ours = is_open and "edit" in may(found.kind, row)
    by = in_words([Place(found.organisation)]).get(found.organisation, found.organisation)
    return Proposed(found, row, fields, is_ours, place_of(row.scope_id), by)
