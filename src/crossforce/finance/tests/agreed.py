"""The small joint agreement of the library's tests, with the costs that a test gives it."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from itertools import pairwise

from hypothesis import strategies as st

from crossforce.agreements.compile import compile_document
from crossforce.agreements.reading import read
from crossforce.agreements.terms import CompiledTerms
from crossforce.agreements.tests.pure.conftest import JOINT, with_clause
from crossforce.agreements.tests.strategies import DIRECTORY
from crossforce.finance.choices import Spread
from crossforce.finance.rules.sharing import SharedCost
from crossforce.finance.rules.standing import Standing
from crossforce.finance.rules.years import FinancialYear

AVON, GLOS, WILTS = "avon-and-somerset", "gloucestershire", "wiltshire"
ROADS = "roads-policing"
JOINS = date(2015, 12, 1)
"""Gloucestershire joins on this day."""
YEAR = FinancialYear(2015)


class Figures:
    """Driver figures that a test makes up: by driver, force and year."""

    def __init__(self, rows: Mapping[str, Mapping[str, Mapping[int, int]]]) -> None:
        self.rows = rows

    def figure(self, driver: str, force: str, on: date) -> int | None:
        years = self.rows.get(driver, {}).get(force, {})
        held = [year for year in years if date(year, 4, 1) <= on]
        return years[max(held)] if held else None


def joint() -> CompiledTerms:
    """Equal shares; Wiltshire gives a garage; Gloucestershire joins on 1 December 2015."""
    return compile_document(read(JOINT.encode()).document, DIRECTORY)


def costed(text: str) -> CompiledTerms:
    """The joint agreement, whose costs this term shares instead."""
    document = with_clause(f'[[clause.term]]\ntype = "COST_SHARE"\n{text}\n')
    rest = tuple(clause for clause in document.clause if clause.number != "5")
    return compile_document(document.model_copy(update={"clause": rest}), DIRECTORY)


@st.composite
def standings(draw: st.DrawFn, year: FinancialYear = YEAR) -> tuple[Standing, ...]:
    """One to four stretches of the year, with gaps perhaps, each with its own parties."""
    whole = year.whole
    edges = st.integers(0, whole.days).map(
        lambda n: date.fromordinal(whole.starts_on.toordinal() + n)
    )
    days = sorted(draw(st.sets(edges, min_size=2, max_size=5)))
    gaps = st.booleans()
    found = [Standing(*pair, draw(shares())) for pair in pairwise(days) if not draw(gaps)]
    return tuple(found) or (Standing(days[0], days[-1], draw(shares())),)


@st.composite
def shares(draw: st.DrawFn) -> Mapping[str, Fraction]:
    """Shares of one to six parties that sum to exactly 1."""
    parties = draw(st.sets(st.sampled_from("abcdef"), min_size=1))
    weights = {party: draw(st.integers(0, 1000)) for party in sorted(parties)}
    total = sum(weights.values())
    if total == 0:
        return {party: Fraction(1, len(weights)) for party in weights}
    return {party: Fraction(weight, total) for party, weight in weights.items()}


@st.composite
def costs(draw: st.DrawFn) -> SharedCost:
    """Any cost of a year: also nothing, or less than nothing; given in kind by anybody."""
    amounts = st.integers(-(10**10), 10**10)
    return SharedCost(
        "dogs",
        YEAR,
        draw(amounts),
        draw(standings()),
        draw(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 10**8), max_size=3)),
        draw(st.sampled_from(Spread)),
    )
