"""What the shares of a budget are worked out from: the clause in words, and the figures, for whoever checks them."""

from dataclasses import dataclass
from datetime import datetime

from crossforce.agreements import catalogues, wording
from crossforce.agreements.terms import CostShareRule
from crossforce.finance import models
from crossforce.finance.choices import State
from crossforce.finance.queries import agreed
from crossforce.finance.rules import keeping
from crossforce.finance.rules.snapshots import Snapshot
from crossforce.finance.rules.years import FinancialYear
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Refusal
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor


@dataclass(frozen=True, slots=True)
class Worked:
    """The clauses of the year, each as a sentence with its methods and weights, and every figure used."""

    said: tuple[str, ...]
    figures: Snapshot


@guarded.acts
def worked(actor: Actor, row: models.Budget, at: datetime) -> Worked:
    """Of a budget that was opened, the figures that it keeps; before, those that would count now."""
    kept = keeping.figures_kept(row.figures)
    try:
        known = agreed.agreed(actor, row.agreement, at)
        if row.state in (State.DRAFT, State.PROPOSED):
            year, today = FinancialYear(row.year), civil.day_of(at)
            kept = known.shared(row.function, year, today).figures
    except Refusal:
        return Worked((), kept)
    names = catalogues.names(organisations.directory())
    said = (
        wording.term_in_words(term, names)
        for each in known.of_year(FinancialYear(row.year))
        for term, rule in each.terms.of(CostShareRule)
        if row.function in rule.functions
    )
    return Worked(tuple(dict.fromkeys(said)), kept)
