"""Charges between policing bodies: instalments and true-ups, each with its invoices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from crossforce.access import api as access
from crossforce.finance import models
from crossforce.finance.choices import (
    BUDGET,
    INVOICE,
    OWN,
    PURPOSES,
    TRUE_UP,
    InvoiceState,
    Rhythm,
    Sort,
    State,
    Vat,
)
from crossforce.finance.operations import posting
from crossforce.finance.operations.budgets import NotInState
from crossforce.finance.queries import budgets, summing
from crossforce.finance.queries.apart import require_together
from crossforce.finance.rules import invoices as rules
from crossforce.finance.rules import keeping
from crossforce.finance.rules.positions import Position
from crossforce.finance.rules.years import FinancialYear, Part
from crossforce.kernel import civil, guarded, rulepacks, statements
from crossforce.kernel.refusals import Conflict, NotUnderstood, StaleVersion
from crossforce.kernel.web.dates import day
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor
from crossforce.records import api as records

PACK: Final = "finance-practice"
NEXT: Final = """INSERT INTO finance_numbering AS n (creditor, stem, last) VALUES (%s, %s, %s + 1)
 ON CONFLICT (creditor, stem) DO UPDATE SET last = greatest(n.last + 1, excluded.last) RETURNING last"""
HIGHEST: Final = """SELECT max(substring(number from '/([0-9]{1,8})$')::int) FROM finance_invoice
 WHERE creditor = %s AND starts_with(number, %s)"""


class NoSuchPart(NotUnderstood):
    """No open budget of yours in that agreement and year is paid by that part of the year."""


class TooEarly(Conflict):
    """This part of the year is not charged yet; the message says from which day it is."""


class NothingDue(Conflict):
    """Nothing is due that was not charged already."""


class YearGoesOn(Conflict):
    """The year is not over yet. The true-up comes when its last day is past."""


class NoBody(NotUnderstood):
    """No policing body of that force is known on that day; the message says of which force."""


@dataclass(frozen=True, slots=True)
class _Charge:
    """What everybody but the lead of one budget is charged at once."""

    row: models.Budget
    due: Mapping[str, int]
    words: str


@guarded.acts
def raise_invoices(
    *, actor: Actor, agreement: str, year: int, part: str, at: datetime
) -> list[UUID]:
    """Charge what falls due until the end of a month or quarter, and raise the invoices.

    One invoice from each body to each other, for all budgets of the agreement's year together. What
    was charged already is not charged again. Raises NoSuchPart, TooEarly, NotWhole, SharedOtherwise, NothingDue,
    NoBody, MayNotPost, MayNotAdd.
    """
    rows = models.Budget.objects.select_for_update().filter(
        agreement=agreement, year=year, state=State.OPEN
    )
    rows = rows.order_by("pk")
    may = records.allowed(BUDGET, "edit")
    editable = [each for each in rows if may(each)]
    found = [(each, part_of(each, part)) for each in editable]
    named = {each.pk: known for each, known in found if known is not None}
    if not named:
        raise NoSuchPart
    _require_time(part, min(each.starts_on for each in named.values()), civil.day_of(at))
    summing.require_whole(each for each in editable if each.pk in named)
    charged_to = summing.charged_to(named)
    if all(charged_to.get(key, date.min) > part.starts_on for key, part in named.items()):
        raise NothingDue
    positions = summing.positions_of(each for each in editable if each.pk in named)
    charges = [
        _Charge(row, position.due_by(named[row.pk]), _of(row, part))
        for row, position in positions
        if charged_to.get(row.pk, date.min) <= named[row.pk].starts_on
    ]
    on = min(each.starts_on for each in named.values())
    require_together(actor, positions, at)
    if not any(each.due for each in charges):
        raise NothingDue
    return _charge(actor, charges, part, on, at)


@guarded.acts
def true_up(*, actor: Actor, budget: UUID, version: int, at: datetime) -> list[UUID]:
    """Settle a year that is over: charge or give back what each party owes of what was really spent,
    raise the invoices, and close the budget.

    Of a closed budget to which lines came later it is the correction; the true-up of a true-up is
    nothing. Raises NoSuchBudget, NotInState, YearGoesOn, NotWhole, SharedOtherwise, NothingDue,
    StaleVersion, NoBody.
    """
    access.require(BUDGET, budget, "edit")
    row = budgets.row_of(budget, is_locked=True)
    if row.version != version:
        raise StaleVersion
    if row.state not in budgets.ALREADY:
        raise NotInState(f"Only a budget that was opened is settled. This one is {row.state}.")
    whole = FinancialYear(row.year).whole
    if civil.day_of(at) < whole.ends_on:
        raise YearGoesOn
    summing.require_whole([row])
    ((_, position),) = summing.positions_of([row])
    require_together(actor, [(row, position)], at)
    if row.state == State.CLOSED and not position.owed:
        raise NothingDue
    last_day = date.fromordinal(whole.ends_on.toordinal() - 1)
    words = _of(row, "correction" if row.state == State.CLOSED else TRUE_UP)
    raised = _charge(actor, [_Charge(row, position.owed, words)], TRUE_UP, last_day, at)
    if row.state == State.OPEN:
        given = {"state": State.CLOSED.value}
        records.edit(
            actor=actor, kind=BUDGET, record=budget, version=version, given=given, at=at
        )
    return raised


def _require_time(part: str, starts_on: date, today: date) -> None:
    """Let nobody be charged long before what they pay for. Raises TooEarly."""
    if starts_on - ahead(today) > today:
        first = day(starts_on - ahead(today))
        raise TooEarly(f"{part} begins on {day(starts_on)} and is charged from {first} on.")


def ahead(on: date) -> timedelta:
    """How long before a part of a year begins it may be charged."""
    return timedelta(days=rulepacks.load(PACK).value("invoice.days-ahead", on))


def part_of(row: models.Budget, label: str) -> Part | None:
    """The part of the budget's year that is called so, if it is paid by such parts."""
    parts = FinancialYear(row.year).parts(Rhythm(row.rhythm))
    return next((each for each in parts if each.label == label), None)


def parts_due(
    row: models.Budget, position: Position, charged_to: date | None, on: date
) -> list[tuple[Part, int]]:
    """The parts of the year of which something may be charged on the day, and what that comes to; below
    nothing where more is given back. A part before one that was charged is not charged any more."""
    last = on + ahead(on)
    found = [
        (each, position.due_by(each))
        for each in FinancialYear(row.year).parts(Rhythm(row.rhythm))
        if each.starts_on <= last and (charged_to is None or charged_to <= each.starts_on)
    ]
    return [(part, sum(due.values())) for part, due in found if due]


def _of(row: models.Budget, part: str) -> str:
    """A budget and a part of its year, which may name the year itself."""
    year = str(FinancialYear(row.year))
    title = row.title.removesuffix(f", {year}") if part.startswith(year) else row.title
    return f"{title}, {part}"


def _charge(
    actor: Actor, charges: Sequence[_Charge], part: str, on: date, at: datetime
) -> list[UUID]:
    """Post the charges, and raise one invoice between any two bodies in each holder's keeping."""
    by_place: dict[records.Place, list[rules.Claim]] = {}
    vat = _vat(on)
    for each in charges:
        place = records.place_of(each.row.scope_id)
        by_place.setdefault(place, []).extend(_posted(actor, each, vat, on, at))
    rates = rules.vat_rates(rulepacks.load(PACK), civil.day_of(at))
    named = charges[0].row
    return [
        _raised(actor, named, place, part, each, at)
        for place, claims in by_place.items()
        for each in rules.invoices(claims, rates)
    ]


def _posted(
    actor: Actor, charge: _Charge, vat: Vat, on: date, at: datetime
) -> list[rules.Claim]:
    """The charges as lines, and as claims that name them. Of a force under the lead's own body it is
    noted that it has borne its part, and no claim is made: a body does not charge itself."""
    row, bodies = charge.row, _bodies({charge.row.lead, *charge.due}, on)
    new = [
        posting.NewLine(Sort.CHARGE, on, pence, force, charge.words, system=OWN)
        for force, pence in charge.due.items()
    ]
    posted = posting.write(actor, row, new, at).new if new else ()
    return [
        claim
        for (force, pence), line in zip(charge.due.items(), posted, strict=True)
        for claim in rules.claims(
            row.lead, {force: pence}, bodies, str(line), charge.words, vat
        )
    ]


def _raised(
    actor: Actor,
    named: models.Budget,
    place: records.Place,
    part: str,
    invoice: rules.Invoice,
    at: datetime,
) -> UUID:
    values = {
        "number": _number(named, part, invoice.creditor, invoice.debtor),
        "agreement": named.agreement,
        "year": named.year,
        "part": part,
        "creditor": invoice.creditor,
        "debtor": invoice.debtor,
        "pence": invoice.net_pence,
        "vat_pence": invoice.vat_pence,
        "claims": keeping.claims(invoice.claims),
        "state": InvoiceState.RAISED.value,
        "raised_on": civil.day_of(at),
        "purposes": list(PURPOSES),
    }
    row = records.create(actor=actor, new=records.NewRecord(INVOICE, place, values), at=at)
    key: UUID = row.pk
    return key


def _number(named: models.Budget, part: str, creditor: str, debtor: str) -> str:
    """A number that says what it is: agreement, year or part of it, debtor, and which of these.

    It is counted beside the invoices and held until this is done: no two are the same, whoever raises
    them at once and whatever they may see.
    """
    said = f"{FinancialYear(named.year)} {part}" if part == TRUE_UP else part
    stem = f"{named.agreement}/{_slug(said)}/{debtor}"
    number: int = statements.answer(NEXT, creditor, stem, _last_seen(creditor, stem))
    return f"{stem}/{number}"


def _last_seen(creditor: str, stem: str) -> int:
    """The highest number of this stem among the invoices that were raised before they were counted."""
    ((last,),) = records.cursor(models.Invoice).figures(
        HIGHEST, [creditor, f"{stem}/"], planning={}
    )
    return int(last or 0)


def _slug(text: str) -> str:
    return text.replace("/", "-").replace(" ", "-").lower()


def _bodies(forces: set[str], on: date) -> dict[str, str]:
    directory = organisations.directory()
    found = {}
    for force in sorted(forces):
        try:
            found[force] = directory.policing_body(force, on)
        except organisations.NoSuchOrganisation as unknown:
            raise NoBody(f"No policing body of {force} is known on {on}.") from unknown
    return found


def _vat(on: date) -> Vat:
    return Vat(rulepacks.load(PACK).value("vat.between-policing-bodies", on))
