"""The price of leaving: worked out now from what is held, or as it was kept last night."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from crossforce.agreements import resolve
from crossforce.agreements.preview.context import Figures
from crossforce.agreements.terms import CompiledTerms, CostShareRule
from crossforce.finance import models
from crossforce.finance.choices import ITEM, PRICE
from crossforce.finance.queries import agreed, budgets, items
from crossforce.finance.rules import keeping, services
from crossforce.finance.rules.leaving import ExitPrice, ExitPrices, exit_price, exit_prices
from crossforce.finance.rules.notice import Budgets, Opened, costs_on
from crossforce.insight import api as insight
from crossforce.kernel import civil, guarded, guarded_watch, rulepacks
from crossforce.kernel.refusals import Conflict
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor
from crossforce.records import api as records

PACK = "finance-practice"
NAMED = "SELECT DISTINCT agreement FROM"
OPENED = "WHERE state IN ('open', 'closed')"


class NotInForce(Conflict):
    """No signed version of this agreement is in force on that day, so nobody can leave it then."""


class NoPrice(Conflict):
    """The price of leaving cannot be said; the message says why."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A price as it was kept, and by whom."""

    row: models.Price
    items: Sequence[Mapping[str, object]]
    holder: str


@dataclass(frozen=True, slots=True)
class PriceTold:
    """What leaving costs one force, or why that cannot be told; and what was kept of it."""

    force: str
    price: ExitPrice | None
    why_not: str
    kept: Kept | None


@dataclass(frozen=True, slots=True)
class Leaving:
    """What leaving an agreement costs each force if notice is given on that day."""

    reference: str
    title: str
    notice_on: date
    prices: ExitPrices
    kept: Mapping[str, Kept]
    may_add: bool
    may_keep: bool

    @property
    def told(self) -> list[PriceTold]:
        """Force by force."""
        known, unknown = self.prices.known, self.prices.unknown
        return [
            PriceTold(each, known.get(each), unknown.get(each, ""), self.kept.get(each))
            for each in sorted({*known, *unknown})
        ]


@dataclass(frozen=True, slots=True)
class Settlement:
    """The settlement of one force's leave, and what the service would cost it if it were bought."""

    reference: str
    title: str
    force: str
    price: ExitPrice
    fallbacks: Sequence[services.Fallback]


@guarded.acts
def leaving(actor: Actor, reference: str, notice_on: date, at: datetime) -> Leaving:
    """The price of leaving for everybody who takes part, by what is held as far as it may be read.

    Raises NoSuchAgreement, NotInForce.
    """
    known = agreed.agreed(actor, reference, at)
    return Leaving(
        reference,
        known.title,
        notice_on,
        _prices(known, notice_on, at, items.items_of(reference)),
        {each.row.force: each for each in _nearest(kept_of(reference), actor.organisation)},
        insight.may_add(actor, ITEM),
        insight.may_add(actor, PRICE),
    )


@guarded.acts
def prices_taken_out(
    actor: Actor, reference: str, notice_on: date, at: datetime
) -> list[PriceTold]:
    """The same, to leave the platform as a table. Raises NoSuchAgreement, NotInForce."""
    guarded_watch.takes_out("prices-of-leaving")
    return leaving(actor, reference, notice_on, at).told


@guarded.acts
def untold(actor: Actor, reference: str, notice_on: date) -> Leaving:
    """The same without prices, for a day on which nobody can leave. Raises NoSuchAgreement."""
    return Leaving(
        reference,
        agreed.title(actor, reference),
        notice_on,
        ExitPrices({}, {}),
        {},
        insight.may_add(actor, ITEM),
        may_keep=False,
    )


@guarded.acts
def settlement(
    actor: Actor, reference: str, force: str, notice_on: date, at: datetime
) -> Settlement:
    """What leaving costs one force, item by item. Raises NoSuchAgreement, NotInForce, NoPrice."""
    return _settlement(actor, reference, force, notice_on, at)


@guarded.acts
def settlement_taken_out(
    actor: Actor, reference: str, force: str, notice_on: date, at: datetime
) -> Settlement:
    """The same, to leave the platform as a document. Raises NoSuchAgreement, NotInForce, NoPrice."""
    guarded_watch.takes_out("settlement")
    return _settlement(actor, reference, force, notice_on, at)


def _settlement(
    actor: Actor, reference: str, force: str, notice_on: date, at: datetime
) -> Settlement:
    known = agreed.agreed(actor, reference, at)
    terms = _terms(known, notice_on)
    figures, opened, together = (
        drivers(terms, at),
        opened_of(reference),
        items.items_of(reference),
    )
    try:
        price = exit_price(terms, force, notice_on, figures, items.held(together), opened)
    except (resolve.NoExit, resolve.CannotShare) as reason:
        raise NoPrice(f"{force}: {reason}.") from reason
    bought = list(_fallbacks(terms, force, notice_on, figures, opened))
    return Settlement(reference, known.title, force, price, bought)


@guarded.acts
def prices(actor: Actor, reference: str, notice_on: date, at: datetime) -> ExitPrices:
    """The prices alone, to be kept. Raises NoSuchAgreement, NotInForce."""
    return _prices(
        agreed.agreed(actor, reference, at), notice_on, at, items.items_of(reference)
    )


@guarded.acts
def worth_pricing(actor: Actor) -> list[str]:
    """The agreements of which the actor may read items, budgets that were opened, or kept prices, by reference."""
    return sorted(_costing() | _priced())


@guarded.acts
def never_priced(actor: Actor) -> list[str]:
    """Those of which the actor may read items or such budgets, and no price that anybody keeps."""
    return sorted(_costing() - _priced())


def _costing() -> frozenset[str]:
    held = records.cursor(models.Holding).figures(f"{NAMED} finance_holding", planning={})
    spent = records.cursor(models.Budget).figures(
        f"{NAMED} finance_budget {OPENED}", planning={}
    )
    return frozenset(reference for (reference,) in (*held, *spent))


def _priced() -> frozenset[str]:
    rows = records.cursor(models.Price).figures(f"{NAMED} finance_price", planning={})
    return frozenset(reference for (reference,) in rows)


def opened_of(reference: str) -> Budgets:
    """What the agreement's budgets that were opened may cost, as far as whoever acts may read them;
    where two keep one, the newer counts."""
    rows = models.Budget.objects.filter(agreement=reference, state__in=budgets.ALREADY)
    listed = rows.defer(*budgets.LARGE).order_by("created_at", "pk")
    return {(each.function, each.year): Opened(each.pence, each.title) for each in listed}


def kept_of(reference: str) -> list[Kept]:
    """The prices that are kept of an agreement, by force, by whoever keeps them."""
    rows = list(models.Price.objects.filter(agreement=reference).order_by("force", "pk"))
    places = records.places_of(each.scope_id for each in rows)
    return [
        Kept(each, keeping.price_kept(each.lines), places[each.scope_id].holder)
        for each in rows
    ]


def kept_by(holder: str, reference: str) -> dict[str, models.Price]:
    """Those that one organisation keeps, by force."""
    return {each.row.force: each.row for each in kept_of(reference) if each.holder == holder}


def _nearest(found: Iterable[Kept], own: str) -> list[Kept]:
    """Where several keep the price of one force, one's own comes last and counts; else the newest."""
    return sorted(found, key=lambda each: (each.holder == own, each.row.changed_at))


def _prices(
    known: agreed.Agreed, notice_on: date, at: datetime, rows: Iterable[models.Holding]
) -> ExitPrices:
    terms = _terms(known, notice_on)
    opened = opened_of(known.reference)
    return exit_prices(terms, notice_on, drivers(terms, at), items.held(rows), opened)


def _terms(known: agreed.Agreed, on: date) -> CompiledTerms:
    terms = known.on(on)
    if terms is None:
        raise NotInForce
    return terms


def drivers(terms: CompiledTerms, at: datetime) -> Figures:
    """The figures by which the costs of an agreement are shared, as they are known at the instant."""
    units = {unit.code: frozenset(unit.functions) for unit in terms.units}
    return Figures(organisations.directory(), units, civil.day_of(at), terms.reference)


def _fallbacks(
    terms: CompiledTerms, force: str, on: date, figures: Figures, opened: Budgets
) -> Iterator[services.Fallback]:
    """For each cost of which the use is known: what the force would pay if it bought the service."""
    months = int(rulepacks.load(PACK).value("exit.fallback-months", on))
    rules = {term.id: rule for term, rule in terms.in_force(CostShareRule, civil.instant(on))}
    for each in resolve.charges(terms, on, figures, costs_on(terms, on, opened)).known:
        rule = rules.get(each.why.term or "")
        if rule is None or not rule.demand.get(force):
            continue
        service, units = rule.functions[0], sum(rule.demand.values())
        tariff = services.at_full_cost(service, "unit", each.cost_pence, units)
        if rule.tariff_pence is not None:
            words = f"clause {each.why.clause}" if each.why.clause else each.why.words
            tariff = services.Tariff(service, "unit", rule.tariff_pence, words)
        used = {service: rule.demand[force]}
        yield services.fallback(force, [tariff], used, months, each.due.get(force, 0))
