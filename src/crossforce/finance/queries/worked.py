"""What the shares of a budget are worked out from: the clause in words, and the figures, for whoever checks them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from crossforce.agreements import catalogues, wording
from crossforce.agreements.terms import CostShareRule
from crossforce.finance import models
from crossforce.finance.choices import State
from crossforce.finance.queries import agreed
from crossforce.finance.rules import keeping
from crossforce.finance.rules.snapshots import Asked, Snapshot
from crossforce.finance.rules.years import FinancialYear
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Refusal
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor


@dataclass(frozen=True, slots=True)
class Worked:
    """The clauses of the year, each as a sentence with its methods and weights, and every figure used.

    `unread` are those that a force stated and the reader may not read: nothing of them is told but whose they are.
    """

    said: tuple[str, ...]
    figures: Snapshot
    unread: frozenset[Asked] = frozenset()

    def told(self) -> Iterator[tuple[Asked, Fraction | None, str]]:
        """Of each figure what it is, its value and its source; of one that is not read only the first."""
        known = {str(each.code): each for each in organisations.directory().drivers}
        for asked, value in self.figures.figures.items():
            if asked in self.unread:
                yield asked, None, ""
                continue
            driver = known.get(asked.driver)
            yield (
                asked,
                Fraction(value),
                self.figures.sources.get(asked) or (driver.source if driver else ""),
            )


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
        return Worked((), kept, _unread(kept))
    names = catalogues.names(organisations.directory())
    said = (
        wording.term_in_words(term, names)
        for each in known.of_year(FinancialYear(row.year))
        for term, rule in each.terms.of(CostShareRule)
        if row.function in rule.functions
    )
    return Worked(tuple(dict.fromkeys(said)), kept, _unread(kept))


def _unread(kept: Snapshot) -> frozenset[Asked]:
    """What is seen through a budget is not shared onward by it: who may not read a figure is not told it here."""
    stated = {asked: kept.records.get(asked, "") for asked in kept.sources}
    rows = models.Figure.objects.within_reach().filter(pk__in=filter(None, stated.values()))
    read = {str(row.pk) for row in rows} if stated else set()
    return frozenset(asked for asked, record in stated.items() if record not in read)
