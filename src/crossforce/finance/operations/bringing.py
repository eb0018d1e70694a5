"""Budgets brought in by a table: all of them drafted, or, with what is wrong cell by cell, none."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from crossforce.finance.operations.budgets import NewBudget, NoLead, NotTheLead, draft_budget
from crossforce.finance.queries import agreed
from crossforce.finance.rules.budget_tables import Budgets, Row
from crossforce.finance.rules.tables import Finding
from crossforce.finance.rules.years import FinancialYear
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import NotUnderstood, Refusal
from crossforce.people.api import Actor

MOST_TOLD = 50


class CannotBringIn(NotUnderstood):
    """No budget was drafted; the message says which cells are wrong, and what would mend them."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(" ".join(str(each) for each in self.findings[:MOST_TOLD]))


@guarded.acts
def bring_in(*, actor: Actor, table: Budgets, at: datetime) -> list[UUID]:
    """Draft the budgets of a table. A cost whose shares cannot be worked out is told with its cell: of
    which force which figure is missing.

    Raises CannotBringIn, MayNotAdd.
    """
    findings = list(table.findings) or list(_faults(actor, table.rows, at))
    if findings:
        raise CannotBringIn(findings)
    done = []
    for row in table.rows:
        new = NewBudget(
            row.agreement, row.function, row.year, row.pence, row.rhythm, row.spread, row.lead
        )
        try:
            done.append(draft_budget(actor=actor, new=new, at=at))
        except (NoLead, NotTheLead) as refused:
            raise CannotBringIn([Finding(row.number, "lead", refused.message)]) from refused
    return done


def _faults(actor: Actor, rows: Iterable[Row], at: datetime) -> Iterator[Finding]:
    seen: set[tuple[str, str, int]] = set()
    for row in rows:
        try:
            known, year = agreed.agreed(actor, row.agreement, at), FinancialYear(row.year)
        except agreed.NoSuchAgreement as refused:
            yield Finding(row.number, "agreement", refused.message)
            continue
        try:
            first = known.together(row.function, year)[0]
            known.shared(row.function, year, civil.day_of(at))
        except Refusal as refused:
            yield Finding(row.number, "function", refused.message)
            continue
        if (row.agreement, first, row.year) in seen:
            yield Finding(row.number, "function", "This cost stands in the file twice.")
        seen.add((row.agreement, first, row.year))
