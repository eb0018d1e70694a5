"""Budgets: drafted, proposed, opened by a decision, shared anew when who takes part changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from crossforce.access import api as access
from crossforce.agreements import catalogues
from crossforce.finance import models
from crossforce.finance.choices import (
    BUDGET,
    MARKING,
    MOST_PENCE,
    PURPOSES,
    Rhythm,
    Spread,
    State,
)
from crossforce.finance.operations import alone
from crossforce.finance.queries import agreed, budgets, deciding
from crossforce.finance.rules import keeping
from crossforce.finance.rules.years import FinancialYear
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Conflict, NotUnderstood, Refused
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor
from crossforce.records import api as records


class NotInState(Conflict):
    """That cannot be done with a budget that stands so; the message says how it stands."""


class NotTheLead(Refused):
    """Another force spends for all by a clause of the agreement: the budget is kept there."""


class NoLead(NotUnderstood):
    """No clause says which force spends for all. Name one that takes part."""


class CostsNothing(NotUnderstood):
    """A budget is of some pence, of nobody's debt, and of no more than any budget can be; the message says which."""


@dataclass(frozen=True, slots=True)
class NewBudget:
    """A cost of an agreement in a year. `lead` is the force that spends, where no clause says so."""

    agreement: str
    function: str
    year: int
    pence: int
    rhythm: Rhythm = Rhythm.QUARTER
    spread: Spread = Spread.ALIKE
    lead: str = ""


@guarded.acts
def draft_budget(
    *, actor: Actor, new: NewBudget, at: datetime, known: agreed.Known | None = None
) -> UUID:
    """Draft the budget of a cost that a signed clause shares; the actor's organisation keeps it.

    `known` are agreements that were read for the same act.
    Raises NoSuchAgreement, NotShared, NotTheLead, NoLead, CostsNothing, MayNotAdd, Clashes.
    """
    _require_some(new.pence)
    of, year = (known or agreed.Known(actor, at)).of(new.agreement), FinancialYear(new.year)
    functions = of.together(new.function, year)
    function = functions[0]
    values = {
        "title": agreed.title_of(functions, new.year),
        "agreement": new.agreement,
        "function": function,
        "year": new.year,
        "pence": new.pence,
        "rhythm": new.rhythm.value,
        "spread": new.spread.value,
        "lead": lead_of(actor, of, function, year, new.lead),
        "state": State.DRAFT.value,
        "purposes": list(PURPOSES),
    }
    place = place_of(actor.organisation, function)
    row = records.create(actor=actor, new=records.NewRecord(BUDGET, place, values), at=at)
    key: UUID = row.pk
    return key


@guarded.acts
def change_budget(
    *, actor: Actor, budget: UUID, version: int, given: Mapping[str, Any], at: datetime
) -> None:
    """Change the sum, the rhythm or the spread of a draft. Raises NoSuchBudget, NotInState, CostsNothing."""
    row = _in_state(
        budget,
        State.DRAFT,
        "Only a draft is changed; one that is proposed becomes a draft again first.",
    )
    wanted = {name: given[name] for name in ("pence", "rhythm", "spread") if name in given}
    _require_some(wanted.get("pence", row.pence))
    _edit(actor, row, version, wanted, at)


@guarded.acts
def propose_budget(*, actor: Actor, budget: UUID, version: int, at: datetime) -> None:
    """Put a draft up for decision. Refused while its shares cannot be worked out.

    Raises NoSuchBudget, NotInState, NotShared, CannotShare.
    """
    row = _in_state(budget, State.DRAFT, "Only a draft is proposed.")
    _shared(actor, row, at)
    _edit(actor, row, version, {"state": State.PROPOSED.value}, at)


@guarded.acts
def take_back_to_draft(*, actor: Actor, budget: UUID, version: int, at: datetime) -> None:
    """Make a proposed budget a draft again. Raises NoSuchBudget, NotInState."""
    row = _in_state(budget, State.PROPOSED, "Only a proposed budget becomes a draft again.")
    _edit(actor, row, version, {"state": State.DRAFT.value}, at)


@guarded.acts
def open_budget(
    *,
    actor: Actor,
    budget: UUID,
    version: int,
    decision: str,
    at: datetime,
) -> None:
    """Open a proposed budget by a decision: its figures and shares are frozen as they are now.

    One that a board keeps here is named by its identifier, which stays on the budget; what is named in words is
    kept as decided elsewhere, where no board that is kept here has to decide. Raises NoSuchBudget, NotInState,
    NoDecision, NotDecided, NotShared, CannotShare.
    """
    access.require(BUDGET, budget, "edit")
    row = _in_state(budget, State.PROPOSED, "Only a proposed budget is opened.")
    found = _shared(actor, row, at)
    named = deciding.said(decision)
    alone.by_decision(str(deciding.identifier(named) or named))
    words = deciding.cited(actor, decision, row, found.functions, at)
    given = {**_frozen(found), "state": State.OPEN.value}
    _edit(actor, row, version, given | {"decision": words}, at)


@guarded.acts
def share_anew(*, actor: Actor, budget: UUID, version: int, at: datetime) -> None:
    """Work the shares of an open budget out again, because who takes part has changed in its year.

    Figures that were frozen stay; those of who joined are added. Raises NoSuchBudget, NotInState,
    NotShared, CannotShare, NothingChanges.
    """
    row = _in_state(budget, State.OPEN, "Only an open budget is shared anew.")
    found = _shared(actor, row, at, keeping.figures_kept(row.figures))
    _edit(actor, row, version, _frozen(found), at)


def place_of(holder: str, function: str = "") -> records.Place:
    """Where records of a function stand: in its collection, where the catalogue knows it."""
    collection = f"function:{function}" if function in catalogues.functions() else ""
    return records.Place(holder, collection, "", MARKING)


def _require_some(pence: int) -> None:
    if pence <= 0:
        raise CostsNothing("A budget is of some pence, and of nobody's debt.")
    if pence > MOST_PENCE:
        raise CostsNothing(f"A budget is of {MOST_PENCE // 100:,} pounds at most.")


def lead_of(
    actor: Actor, known: agreed.Agreed, function: str, year: FinancialYear, named: str
) -> str:
    """The force that spends: by clause, else as named, else the keeper's own if it takes part."""
    directory = organisations.directory()
    own = directory.force_of(actor.organisation) if directory.get(actor.organisation) else None
    by_clause = known.lead(function, year)
    if by_clause and by_clause != own:
        raise NotTheLead
    chosen = by_clause or named or own or ""
    taking_part = known.taking_part(function, year)
    if not by_clause and chosen not in taking_part:
        raise NoLead(f"{NoLead().message} There are: {', '.join(sorted(taking_part))}.")
    return chosen


def _shared(
    actor: Actor, row: models.Budget, at: datetime, frozen: Any = None
) -> agreed.Shared:
    known, today = agreed.agreed(actor, row.agreement, at), civil.day_of(at)
    return known.shared(row.function, FinancialYear(row.year), today, frozen)


def _frozen(found: agreed.Shared) -> dict[str, str]:
    return {
        "standing": keeping.standing(found.standing),
        "figures": keeping.figures(found.figures),
        "in_kind": keeping.amounts(found.in_kind),
    }


def _in_state(budget: UUID, state: State, words: str) -> models.Budget:
    row = budgets.row_of(budget)
    if row.state != state:
        raise NotInState(f"{words} This one is {row.state}.")
    return row


def _edit(
    actor: Actor, row: models.Budget, version: int, given: Mapping[str, Any], at: datetime
) -> None:
    records.edit(actor=actor, kind=BUDGET, record=row.pk, version=version, given=given, at=at)
