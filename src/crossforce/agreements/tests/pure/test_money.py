import re
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crossforce.agreements import resolve
from crossforce.agreements.compile import compile_document
from crossforce.agreements.resolve import CannotShare
from crossforce.agreements.resolve.methods import capped, floored
from crossforce.agreements.terms import CompiledTerms, CostShareRule
from crossforce.agreements.tests.pure.conftest import with_clause
from crossforce.agreements.tests.strategies import DIRECTORY, documents
from crossforce.agreements.wording import Names, term_in_words
from crossforce.kernel.civil import day_of
from crossforce.kernel.words import Language

AVON, GLOS, WILTS = "avon-and-somerset", "gloucestershire", "wiltshire"
ROADS = "roads-policing"
ON = date(2015, 6, 1)


class Figures:
    """Driver figures that a test makes up: by driver, force and year."""

    def __init__(self, rows: Mapping[str, Mapping[str, Mapping[int, int]]]) -> None:
        self.rows = rows

    def figure(self, driver: str, force: str, on: date) -> int | None:
        years = self.rows.get(driver, {}).get(force, {})
        held = [year for year in years if date(year, 4, 1) <= on]
        return years[max(held)] if held else None


class Counting(Figures):
    """A platform that counts what it is told to."""

    def __init__(self, found: Mapping[str, int] | None) -> None:
        super().__init__({})
        self.found, self.asked = found, list[CostShareRule]()

    def counted(
        self, rule: CostShareRule, year: int | None, forces: tuple[str, ...], on: date
    ) -> Mapping[str, int] | None:
        self.asked.append(rule)
        return self.found


def costed(text: str, **more: str) -> CompiledTerms:
    """The joint agreement whose costs this term shares instead of the one it has."""
    document = with_clause(f'[[clause.term]]\ntype = "COST_SHARE"\n{text}\n')
    rest = tuple(clause for clause in document.clause if clause.number != "5")
    return compile_document(document.model_copy(update={"clause": rest}), DIRECTORY)


def shares(
    terms: CompiledTerms, on: date = ON, figures: Figures | None = None
) -> dict[str, Fraction]:
    return dict(resolve.shares(terms, ROADS, on, figures or DIRECTORY).shares)


class TestShares:
    def test_are_alike_when_equal(self, terms: CompiledTerms) -> None:
        found = resolve.shares(terms, ROADS, ON, DIRECTORY)
        assert found.shares == {AVON: Fraction(1, 2), WILTS: Fraction(1, 2)}
        assert found.why.clause == "5"
        assert len(shares(terms, date(2015, 12, 1))) == 3

    def test_by_officers_take_the_vintage_agreed(self) -> None:
        figures = Figures(
            {"officer-fte": {AVON: {2013: 3, 2014: 1}, WILTS: {2013: 1, 2014: 1}}}
        )
        assert shares(costed('method = "officer-fte"\nyear = 2013'), ON, figures)[
            AVON
        ] == Fraction(3, 4)
        assert shares(costed('method = "officer-fte"'), ON, figures)[AVON] == Fraction(1, 2)

    def test_stand_still_within_a_financial_year(self) -> None:
        terms = costed('method = "officer-fte"')
        assert shares(terms, date(2015, 4, 1)) == shares(terms, date(2015, 11, 30))

    def test_of_a_hybrid_are_weighted(self) -> None:
        terms = costed(
            'method = "hybrid"\n[[clause.term.component]]\nweight = "0.4"\nmethod = "equal"\n'
            '[[clause.term.component]]\nweight = "3/5"\nmethod = "fixed"\n'
            f'shares = {{ {AVON} = "1", {WILTS} = "0" }}'
        )
        assert shares(terms) == {AVON: Fraction(4, 5), WILTS: Fraction(1, 5)}

    @pytest.mark.parametrize("method", ["demand", "tariff"])
    def test_by_demand_count_units(self, method: str) -> None:
        terms = costed(
            f'method = "{method}"\ntariff_pence = 250\ndemand = {{ {AVON} = 30, {WILTS} = 10 }}'
        )
        assert shares(terms)[AVON] == Fraction(3, 4)

    def test_by_demand_weigh_incidents_by_their_harm(self) -> None:
        incidents = (
            f"{{ {AVON} = {{ burglary = 10, robbery = 1 }}, {WILTS} = {{ burglary = 5 }} }}"
        )
        text = f'method = "demand"\nincidents = {incidents}\nharm_days = {{ burglary = 20, robbery = 300 }}'
        assert shares(costed(text)) == {AVON: Fraction(5, 6), WILTS: Fraction(1, 6)}

    def test_by_what_the_platform_counts_over_the_months_agreed(self) -> None:
        text = 'method = "demand"\ndriver = "duty-hours-received"'
        counting = Counting({AVON: 7200, WILTS: 3600})
        assert shares(costed(text), figures=counting)[AVON] == Fraction(2, 3)
        assert shares(costed(text + "\nmonths = 3"), figures=counting)[AVON] == Fraction(2, 3)
        assert [rule.months for rule in counting.asked] == [12, 3]

    def test_by_what_the_platform_counts_are_refused_where_it_may_not_be_told(self) -> None:
        text = 'method = "demand"\ndriver = "duty-hours-given"'
        with pytest.raises(CannotShare, match="cannot be counted for whoever asks"):
            shares(costed(text), figures=Counting(None))
        with pytest.raises(CannotShare, match="and here is none"):
            shares(costed(text))

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            (f'method = "fixed"\nshares = {{ {AVON} = "0.99", {WILTS} = "0" }}', "99/100"),
            (f'method = "fixed"\nshares = {{ {AVON} = "1" }}', "taking part"),
            (f'method = "demand"\ndemand = {{ {AVON} = 1 }}', "wiltshire"),
            ('method = "total-fte"', "total-fte"),
            ('method = "costs-lie-where-they-fall"', "own-cost"),
            ('method = "hybrid"', "sum to 0"),
        ],
    )
    def test_are_refused_rather_than_guessed(self, text: str, says: str) -> None:
        with pytest.raises(CannotShare, match=says):
            shares(costed(text))

    @given(st.data())
    @settings(max_examples=30, deadline=None)
    def test_sum_to_one_and_to_the_penny(self, data: st.DataObject) -> None:
        terms = compile_document(data.draw(documents()), DIRECTORY)
        on = day_of(terms.valid.starts_at) + timedelta(days=data.draw(st.integers(0, 1500)))
        for known in resolve.charges(terms, on, DIRECTORY).known:
            assert sum(known.shares.values()) == 1
            assert all(share >= 0 for share in known.shares.values())
            assert sum(known.gross.values()) == known.cost_pence
            assert sum(known.due.values()) == known.cost_pence - sum(known.in_kind.values())


class TestPhasing:
    TERMS = (
        'method = "equal"\nuntil = 2015-04-01\n[[clause.term]]\ntype = "COST_SHARE"\nmethod = "fixed"\n'
        f'shares = {{ {AVON} = "0.9", {WILTS} = "0.1" }}\nfrom = 2015-04-01\ntransition_years = 4\n'
        "until = 2015-12-01"
    )

    def test_goes_a_step_a_year_from_the_earlier_shares(self) -> None:
        found = shares(costed(self.TERMS))
        assert found == {AVON: Fraction(3, 5), WILTS: Fraction(2, 5)}

    def test_arrives_in_the_last_year(self, terms: CompiledTerms) -> None:
        later = costed(self.TERMS.replace("\nuntil = 2015-12-01", ""))
        later = resolve.after_leaving(later, {GLOS: later.valid.starts_at})
        assert [shares(later, date(year, 5, 1))[AVON] for year in range(2015, 2020)] == [
            Fraction(6, 10), Fraction(7, 10), Fraction(8, 10), Fraction(9, 10), Fraction(9, 10),
        ]  # fmt: skip

    def test_starts_from_the_shares_given(self) -> None:
        terms = costed('method = "equal"\ntransition_years = 2')
        before = {AVON: Fraction(1), WILTS: Fraction(0)}
        found = resolve.shares(terms, ROADS, date(2014, 5, 1), DIRECTORY, before).shares
        assert found == {AVON: Fraction(3, 4), WILTS: Fraction(1, 4)}


class TestFloor:
    def test_lifts_who_would_pay_too_little_and_the_others_give_way_alike(self) -> None:
        text = f'method = "demand"\ndemand = {{ {AVON} = 75, {GLOS} = 24, {WILTS} = 1 }}'
        found = shares(costed(text + '\nfloor = "0.1"'), date(2015, 12, 1))
        assert found == {
            AVON: Fraction(75, 110),
            GLOS: Fraction(24, 110),
            WILTS: Fraction(1, 10),
        }

    def test_comes_before_phasing_and_cap(self) -> None:
        text = f'method = "demand"\ndemand = {{ {AVON} = 1, {WILTS} = 0 }}\nfloor = "0.2"'
        terms = costed(text + "\ntransition_years = 2")
        before = {AVON: Fraction(1, 2), WILTS: Fraction(1, 2)}
        found = resolve.shares(terms, ROADS, date(2014, 5, 1), DIRECTORY, before)
        assert found.shares == {AVON: Fraction(13, 20), WILTS: Fraction(7, 20)}
        assert "each at least 1/5" in found.why.words

    @pytest.mark.parametrize(
        ("language", "says"), [("en", ", each at least 1/5"), ("cy", ", pob un o leiaf 1/5")]
    )
    def test_is_said_in_the_sentence_of_the_term(self, language: Language, says: str) -> None:
        [(term, _)] = costed('method = "equal"\nfloor = "0.2"').of(CostShareRule)
        assert says in term_in_words(term, Names(), language)

    @pytest.mark.parametrize(
        ("language", "says"), [("en", "Each bears its own costs"), ("cy", "ei gostau ei hun")]
    )
    def test_of_own_costs_are_never_said_to_be_shared(
        self, language: Language, says: str
    ) -> None:
        [(term, _)] = costed('method = "costs-lie-where-they-fall"').of(CostShareRule)
        said = term_in_words(term, Names(), language)
        assert says in said
        assert not re.search("shared|Rhennir", said)

    def test_too_high_for_all_is_refused(self) -> None:
        with pytest.raises(CannotShare, match="sum to more than 1"):
            shares(costed('method = "equal"\nfloor = "0.6"'))

    @given(st.data())
    @settings(max_examples=50, deadline=None)
    def test_holds_for_every_force_and_keeps_their_order(self, data: st.DataObject) -> None:
        forces = [f"force-{number}" for number in range(data.draw(st.integers(1, 6)))]
        old = _drawn(data, forces)
        floor = data.draw(st.fractions(0, Fraction(1, len(forces)), max_denominator=50))
        found = floored(old, floor)
        assert sum(found.values()) == 1
        assert min(found.values()) >= floor
        assert all(
            found[one] <= found[two] for one in forces for two in forces if old[one] <= old[two]
        )
        if min(old.values()) >= floor:
            assert found == old


class TestCap:
    FIGURES = Figures(
        {
            "population": {
                AVON: {2014: 50, 2015: 90, 2016: 90, 2017: 10},
                WILTS: {2014: 50, 2015: 10, 2016: 10, 2017: 90},
            }
        }
    )

    def test_lets_a_share_move_by_so_much_a_year(self) -> None:
        terms = costed('method = "population"\ncap = "0.1"')
        terms = resolve.after_leaving(terms, {GLOS: terms.valid.starts_at})
        moved = [
            shares(terms, date(year, 6, 1), self.FIGURES)[AVON] for year in range(2014, 2018)
        ]
        assert moved == [Fraction(5, 10), Fraction(6, 10), Fraction(7, 10), Fraction(6, 10)]

    @given(st.data())
    @settings(max_examples=30, deadline=None)
    def test_holds_for_every_force_and_loses_nothing(self, data: st.DataObject) -> None:
        forces = [f"force-{number}" for number in range(data.draw(st.integers(1, 6)))]
        old, new = (_drawn(data, forces) for _ in range(2))
        cap = data.draw(st.fractions(0, 1, max_denominator=50))
        found = capped(new, old, cap)
        assert sum(found.values()) == 1
        assert all(
            found[force] >= 0 and abs(found[force] - old[force]) <= cap for force in forces
        )
        if all(abs(new[force] - old[force]) <= cap for force in forces):
            assert found == new


def _drawn(data: st.DataObject, forces: list[str]) -> dict[str, Fraction]:
    weights = [data.draw(st.integers(0, 100)) for _ in forces]
    assume(sum(weights))
    return {
        force: Fraction(weight, sum(weights))
        for force, weight in zip(forces, weights, strict=True)
    }


class TestCharges:
    def test_take_what_is_given_in_kind_off(self, terms: CompiledTerms) -> None:
        [found] = resolve.charges(terms, ON, DIRECTORY).known
        assert found.due == {AVON: 50, WILTS: 30}
        assert found.cost_assumed == "invented"

    def test_of_a_tariff_are_units_times_price(self) -> None:
        terms = costed(
            f'method = "tariff"\ntariff_pence = 250\ndemand = {{ {AVON} = 3, {WILTS} = 1 }}'
        )
        assert resolve.charges(terms, ON, DIRECTORY).due() == {AVON: 750, WILTS: 250}

    def test_of_own_costs_are_what_each_spent(self) -> None:
        figures = Figures({"own-cost": {AVON: {2014: 70}, WILTS: {2014: 30}}})
        terms = costed('method = "costs-lie-where-they-fall"')
        assert resolve.charges(terms, ON, figures).due() == {AVON: 7000, WILTS: 3000}

    def test_of_a_tariff_without_table_are_units_that_each_states(self) -> None:
        figures = Figures({"demand": {AVON: {2014: 3}, WILTS: {2014: 1}}})
        terms = costed('method = "tariff"\ntariff_pence = 250')
        assert resolve.charges(terms, ON, figures).due() == {AVON: 750, WILTS: 250}

    def test_of_figures_are_as_at_the_day_of_their_shares(self) -> None:
        later = Figures({"own-cost": {AVON: {2014: 70, 2015: 900}, WILTS: {2014: 30}}})
        terms = costed('method = "costs-lie-where-they-fall"\nyear = 2014')
        assert resolve.charges(terms, ON, later).due() == {AVON: 7000, WILTS: 3000}

    def test_say_what_is_not_known(self) -> None:
        found = resolve.charges(costed('method = "total-fte"'), ON, DIRECTORY)
        assert found.known == ()
        assert "total-fte" in found.unknown[0].reason

    def test_take_a_cost_that_is_asked_about(self, terms: CompiledTerms) -> None:
        [(term, _)] = terms.of(CostShareRule)
        asked = resolve.charges(terms, ON, DIRECTORY, costs={term.id: 1001}).known[0]
        assert asked.gross == {AVON: 501, WILTS: 500}
