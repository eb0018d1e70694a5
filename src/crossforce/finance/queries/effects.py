"""Preview: what a draft would do to the budgets that are made, and to the price of leaving.

It changes nothing, and answers with what whoever acts may read.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from crossforce.acting import api as acting
from crossforce.agreements import resolve
from crossforce.agreements.preview import Figures, PreviewContext, Row, Section
from crossforce.agreements.preview.phrases import plain
from crossforce.agreements.terms import CompiledTerms
from crossforce.finance import models
from crossforce.finance.choices import State
from crossforce.finance.queries import agreed, exits, items, summing
from crossforce.finance.rules import keeping
from crossforce.finance.rules.leaving import exit_prices
from crossforce.finance.rules.positions import Plan, clipped
from crossforce.finance.rules.sharing import SharedCost, due_of_year
from crossforce.finance.rules.standing import NobodyPays, Standing, standing_shares
from crossforce.finance.rules.years import FinancialYear
from crossforce.kernel import civil
from crossforce.kernel.money import in_pounds
from crossforce.kernel.words import Words

MONEY: Final = Words(en="Budgets", cy="Cyllidebau")
EXIT: Final = Words(
    en="Price of leaving, with what is held", cy="Pris ymadael, gyda'r hyn a ddelir"
)
NOTHING: Final = Words(en="nothing", cy="dim")
Pence = Mapping[str, int]


def money(context: PreviewContext) -> Section:
    """What each party would pay of every budget of the agreement that is made and not closed."""
    if acting.current() is None:
        return Section("", MONEY, _words("Budgets are told to whoever acts in a posting.",
                                         "Dywedir cyllidebau wrth bwy bynnag sy'n gweithredu."))  # fmt: skip
    first = civil.financial_year(context.on)
    rows = models.Budget.objects.filter(
        agreement=context.new.reference, year__gte=first, state__in=[State.PROPOSED, State.OPEN]
    ).order_by("year", "function", "pk")
    found = [row for budget in rows for row in _of_budget(context, budget)]
    changes = sum(row.is_change for row in found)
    if not found:
        lead = _words("No budget that you may read is made of it.",
                      "Nid oes cyllideb y cewch ei darllen wedi'i llunio ohono.")  # fmt: skip
    elif not changes:
        lead = _words("Nobody's part of the budgets that are made would change.",
                      "Ni fyddai rhan neb o'r cyllidebau a luniwyd yn newid.")  # fmt: skip
    else:
        lead = _words(f"{changes} part{'s' * (changes != 1)} of the budgets that are made would change.",
                      f"Byddai {changes} rhan o'r cyllidebau a luniwyd yn newid.")  # fmt: skip
    return Section("", MONEY, lead, tuple(found))


def leaving(context: PreviewContext) -> Section:
    """What leaving would cost each force by the draft, beside today, with all that is held together."""
    rows = [] if acting.current() is None else items.items_of(context.new.reference)
    if not rows or context.is_parting:
        lead = _words("Nothing that you may read is recorded as held together.",
                      "Nid oes dim y cewch ei ddarllen wedi'i gofnodi fel a ddelir ar y cyd.")  # fmt: skip
        return Section("", EXIT, lead)
    held, on = items.held(rows), civil.day_of(max(context.since, context.at))
    opened = exits.opened_of(context.new.reference)
    sides = [
        exit_prices(terms, on, context.drivers, held, opened) if terms else None
        for terms in context.sides
    ]
    before, after = (
        {force: price.pence for force, price in side.known.items()} if side else {}
        for side in sides
    )
    found = tuple(
        _row(context, force, before.get(force), after.get(force), on)
        for force in sorted({*before, *after})
    )
    lead = _words(f"With {len(rows)} items held together, if notice is given on {on}.",
                  f"Gyda {len(rows)} eitem a ddelir ar y cyd, os rhoddir rhybudd ar {on}.")  # fmt: skip
    return Section("", EXIT, lead, found)


def _of_budget(context: PreviewContext, row: models.Budget) -> Iterator[Row]:
    try:
        plan = _plan(context, row)
        before = due_of_year(plan.cost)
    except (NobodyPays, resolve.CannotShare) as reason:
        yield _untold(context, row, str(reason))
        return
    try:
        after = due_of_year(_after(context, plan, _drivers(context, row)))
    except (NobodyPays, resolve.CannotShare) as reason:
        yield _untold(context, row, str(reason))
        return
    for force in sorted({*before, *after}):
        yield _row(
            context, force, before.get(force), after.get(force), plan.year.whole.starts_on, row
        )


def _plan(context: PreviewContext, row: models.Budget) -> Plan:
    """The budget as it was frozen; one that is only proposed, as it would be by what stands."""
    plan = summing.plan_of(row)
    if plan.standing:
        return plan
    terms = context.old.terms if context.old else context.new.terms
    return _shared(plan, terms, context.drivers)


def _drivers(context: PreviewContext, row: models.Budget) -> resolve.Drivers:
    """The figures that the budget was agreed on; what it does not hold is as it is known now."""
    if not row.figures:
        return context.drivers
    return agreed.Frozen(keeping.figures_kept(row.figures), context.drivers)


def _after(context: PreviewContext, plan: Plan, drivers: resolve.Drivers) -> SharedCost:
    """The same cost, shared by the draft from the day on which it would begin to count."""
    whole, since = plan.year.whole, civil.day_of(context.since)
    new = _shared(plan, context.new.terms, drivers)
    standing = (
        *clipped(plan.standing, whole.starts_on, max(since, whole.starts_on)),
        *clipped(new.standing, max(since, whole.starts_on), whole.ends_on),
    )
    return SharedCost(plan.function, plan.year, plan.pence, standing, plan.in_kind, plan.spread)


def _shared(plan: Plan, terms: CompiledTerms, drivers: resolve.Drivers) -> Plan:
    standing: tuple[Standing, ...] = standing_shares(terms, plan.function, plan.year, drivers)
    return Plan(
        plan.function, plan.year, plan.pence, plan.lead, plan.rhythm, plan.spread, standing,
        plan.in_kind,
    )  # fmt: skip


def _row(
    context: PreviewContext,
    force: str,
    before: int | None,
    after: int | None,
    on: date,
    budget: models.Budget | None = None,
) -> Row:
    name = context.organisation(force)
    what = name
    if budget is not None:
        what = Words(
            en=f"{name.in_language('en')}: {budget.title}",
            cy=f"{name.in_language('cy')}: {budget.title}",
        )
    return Row(
        kind="same" if before == after else "changed",
        what=what,
        before=_pounds(before),
        after=_pounds(after),
        when=plain(str(FinancialYear(budget.year)) if budget else on.isoformat()),
        starts_on=on,
        figures=Figures(before, after),
        about=(("force", force), *((("budget", str(budget.pk)),) if budget else ())),
    )


def _untold(context: PreviewContext, row: models.Budget, reason: str) -> Row:
    said = _words(f"cannot be said: {reason}", f"ni ellir dweud: {reason}")
    return Row(
        kind="changed", what=plain(row.title), before=plain(in_pounds(row.pence)), after=said,
        when=plain(str(FinancialYear(row.year))), about=(("budget", str(row.pk)),),
    )  # fmt: skip


def _pounds(pence: int | None) -> Words:
    return NOTHING if pence is None else plain(in_pounds(pence))


def _words(en: str, cy: str) -> Words:
    return Words(en=en, cy=cy)
