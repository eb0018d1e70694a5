"""The days of a notice: shared by those who take part on each, at the sum that is agreed for its year."""

from datetime import date
from fractions import Fraction

import pytest

from crossforce.agreements.compile import compile_document
from crossforce.agreements.reading import read
from crossforce.agreements.terms import CompiledTerms
from crossforce.agreements.tests.pure.conftest import JOINT
from crossforce.agreements.tests.strategies import DIRECTORY
from crossforce.finance.choices import ExitItem
from crossforce.finance.queries import exits
from crossforce.finance.rules.holdings import Holdings
from crossforce.finance.rules.leaving import ExitLine, exit_price, exit_prices
from crossforce.finance.rules.notice import Budgets, Opened, costs_on
from crossforce.finance.tests import factories
from crossforce.finance.tests.agreed import AVON, GLOS, ROADS, WILTS, costed
from crossforce.finance.tests.factories import NOW, REFERENCE

DORSET = "dorset"
NOTICE = date(2026, 11, 22)


def three_then_four() -> CompiledTerms:
    """Three forces share £120,000 a year alike; a fourth takes part from 14 December 2026 to the end
    of February. Notice is three months."""
    changes = {
        'forces = ["avon-and-somerset", "wiltshire"]': f'forces = ["{AVON}", "{DORSET}", "{WILTS}"]',
        'forces = ["gloucestershire"]\nfrom = { date = 2015-12-01, precision = "month" }': (
            f'forces = ["{GLOS}"]\nfrom = 2026-12-14\nuntil = 2027-03-01'
        ),
        '[[function.participation]]\nforces = ["dorset"]\nstatus = "linked"\n': "",
        "pence = 100, assumed": "pence = 12_000_000, assumed",
        '\n[[clause.term.in_kind]]\nforce = "wiltshire"\nwhat = { en = "A garage" }\nannual_pence = 20\n': "",
        "notice_months = 12": 'notice_months = 3\neffective = "day"',
    }
    text = JOINT
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return compile_document(read(text.encode()).document, DIRECTORY)


def noticed(terms: CompiledTerms, on: date, opened: Budgets | None = None) -> ExitLine:
    found = exit_price(terms, AVON, on, DIRECTORY, Holdings(), opened)
    return next(line for line in found.lines if line.item is ExitItem.NOTICE)


def test_is_shared_with_who_joins_while_it_runs() -> None:
    """22 days at a third, £2,410.96, and 71 at a quarter, £5,835.62; the fourth bears its 71 days."""
    line = noticed(three_then_four(), NOTICE)
    assert (line.total_pence, line.pence) == (3_057_534, 824_658)
    assert line.parts == {AVON: 824_658, DORSET: 824_657, GLOS: 583_562, WILTS: 824_657}
    assert "93 days" in line.words
    assert line.assumed == "invented"
    assert line.words.endswith("; shared anew from 2026-12-14")


def test_takes_the_open_budget_before_the_clause() -> None:
    """£125,000 a year, and says so."""
    opened = {(ROADS, 2026): Opened(12_500_000, "Roads policing, 2026/27")}
    line = noticed(three_then_four(), NOTICE, opened)
    assert line.total_pence == 12_500_000 * 93 // 365 == 3_184_931
    share = Fraction(12_500_000, 365) * (Fraction(22, 3) + Fraction(71, 4))
    assert abs(line.pence - share) < 1
    assert line.assumed is None
    assert "by the open budget “Roads policing, 2026/27”, £125,000 a year" in line.words


def test_takes_each_budget_for_its_own_year() -> None:
    """From 1 January 2015 to 31 March 2016: 90 days by the budget, 366 by the clause, of which
    Gloucestershire bears a third of the last 122."""
    terms = costed('method = "equal"\nannual_cost = { pence = 36_500 }')
    opened = {(ROADS, 2014): Opened(73_000, "Roads policing, 2014/15")}
    line = noticed(terms, date(2015, 1, 1), opened)
    assert line.total_pence == 90 * 200 + 366 * 100
    assert line.parts[GLOS] in (4_066, 4_067)
    assert line.words.count("by the clause where no budget is open") == 1


def test_a_budget_is_of_the_year_of_the_day() -> None:
    terms, opened = three_then_four(), {(ROADS, 2026): Opened(5, "x")}
    assert list(costs_on(terms, NOTICE, opened).values()) == [5]
    assert not costs_on(terms, date(2027, 4, 1), opened)


def test_is_the_same_for_one_and_for_all() -> None:
    terms = three_then_four()
    found = exit_prices(terms, NOTICE, DIRECTORY, Holdings()).known
    assert set(found) == {AVON, DORSET, WILTS}
    for force, price in found.items():
        assert price == exit_price(terms, force, NOTICE, DIRECTORY, Holdings())


@pytest.mark.django_db
def test_a_budget_counts_once_it_is_open(bodies: None) -> None:
    """Of the clause nothing a year, of the budget £730: 366 days of it to the end of its year."""
    factories.agreement()
    factories.policy()
    keeper = factories.officer()
    on = date(factories.YEAR, 4, 1)

    def line() -> ExitLine:
        price = exits.settlement(keeper, REFERENCE, WILTS, on, NOW).price
        return next(each for each in price.lines if each.item is ExitItem.NOTICE)

    factories.drafted(keeper, year=factories.YEAR + 1)
    assert (line().total_pence, "open budget" in line().words) == (0, False)
    factories.opened(keeper, pence=73_000)
    assert line().parts == {AVON: 24_400, GLOS: 24_400, WILTS: 24_400}
    assert "by the open budget “Roads policing, 2027/28”, £730 a year" in line().words
    prices = exits.leaving(keeper, REFERENCE, on, NOW).prices.known
    assert (
        prices[WILTS].pence == exits.settlement(keeper, REFERENCE, WILTS, on, NOW).price.pence
    )
