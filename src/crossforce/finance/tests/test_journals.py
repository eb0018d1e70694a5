"""Invoices between policing bodies, and books that balance whatever is put in them."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.finance.choices import Account, Rhythm, Vat
from crossforce.finance.rules import exports, journals
from crossforce.finance.rules.invoices import (
    Claim,
    Invoice,
    claims,
    invoices,
    set_off,
    vat_rates,
)
from crossforce.finance.rules.journals import Entry, Posting, Unbalanced, balances, between
from crossforce.finance.rules.sharing import SharedCost, due_of_year, gross_of_year, instalments
from crossforce.finance.rules.standing import parties_of
from crossforce.finance.rules.trueups import true_up
from crossforce.finance.tests.agreed import costs
from crossforce.kernel.rulepacks import load

PACK = load("finance-practice")
ON = date(2016, 4, 30)
RATES = vat_rates(PACK, ON)
BODIES = {force: f"body-{force}" for force in "abcdefg"}
CLAIMS = st.lists(
    st.builds(
        lambda pair, pence, vat: Claim(pair[0], pair[1], pence, "r", "w", vat),
        st.permutations("abcd"),
        st.integers(-(10**9), 10**9),
        st.sampled_from(Vat),
    ),
    max_size=12,
)


class TestClaims:
    def test_are_the_leads_on_all_others(self) -> None:
        found = claims("a", {"a": 10, "b": 20, "c": -5, "d": 0}, BODIES, "r", "w", Vat.OUTSIDE)
        assert [(each.creditor, each.debtor, each.pence) for each in found] == [
            ("body-a", "body-b", 20),
            ("body-a", "body-c", -5),
        ]

    def test_are_one_for_forces_that_share_a_body(self) -> None:
        bodies = {"a": "one", "b": "two", "c": "two"}
        [found] = claims("a", {"b": 20, "c": 1}, bodies, "r", "w", Vat.OUTSIDE)
        assert (found.debtor, found.pence) == ("two", 21)

    def test_of_oneself_are_refused(self) -> None:
        with pytest.raises(ValueError, match="cannot charge itself"):
            Claim("a", "a", 1, "r", "w")


class TestInvoices:
    def test_bear_tax_by_rate_with_no_part_of_a_penny(self) -> None:
        found = [
            Claim("a", "b", 99, "1", "x", Vat.STANDARD),
            Claim("a", "b", 100, "2", "y", Vat.OUTSIDE),
        ]
        [invoice] = invoices(found, RATES)
        assert (invoice.net_pence, invoice.vat_pence, invoice.pence) == (199, 19, 218)
        assert not invoice.is_credit_note

    def test_are_credit_notes_when_more_is_given_back(self) -> None:
        [invoice] = invoices([Claim("a", "b", -99, "1", "x", Vat.STANDARD)], RATES)
        assert (invoice.pence, invoice.is_credit_note) == (-118, True)

    def test_are_set_off_between_a_pair(self) -> None:
        found = invoices(
            [
                Claim("a", "b", 100, "1", ""),
                Claim("b", "a", 30, "2", ""),
                Claim("c", "a", 9, "3", ""),
            ],
            RATES,
        )
        assert [(each.payer, each.payee, each.pence) for each in set_off(found)] == [
            ("b", "a", 70),
            ("a", "c", 9),
        ]

    def test_that_cancel_out_are_settled_with_nothing(self) -> None:
        found = invoices([Claim("a", "b", 5, "1", ""), Claim("b", "a", 5, "2", "")], RATES)
        [settled] = set_off(found)
        assert (settled.pence, len(settled.invoices)) == (0, 2)

    @given(CLAIMS)
    def test_leave_every_body_as_their_claims_do(self, found: list[Claim]) -> None:
        charged = invoices(found, RATES)
        settled = set_off(charged)
        assert all(each.pence >= 0 for each in settled)
        for body in "abcd":
            owed = sum(each.pence for each in charged if each.creditor == body)
            owed -= sum(each.pence for each in charged if each.debtor == body)
            got = sum(each.pence for each in settled if each.payee == body)
            got -= sum(each.pence for each in settled if each.payer == body)
            assert got == owed
        assert sum(each.net_pence for each in charged) == sum(each.pence for each in found)

    @pytest.mark.parametrize(
        ("on", "rate"),
        [
            (date(2007, 5, 1), "0.175"),
            (date(2009, 5, 1), "0.15"),
            (date(2010, 5, 1), "0.175"),
            (date(2011, 1, 4), "0.2"),
        ],
    )
    def test_take_the_rate_of_the_day(self, on: date, rate: str) -> None:
        assert vat_rates(PACK, on)[Vat.STANDARD] == Fraction(rate)

    def test_of_bodies_stand_to_tax_as_the_pack_assumes(self) -> None:
        rule = PACK.rule_for("vat.between-policing-bodies", ON)
        assert (Vat(rule.value), rule.confidence) == (Vat.OUTSIDE, "D")


class TestEntry:
    def test_that_does_not_balance_cannot_be_made(self) -> None:
        with pytest.raises(Unbalanced, match="the books of a are out by 5 pence"):
            Entry("r", ON, "w", (Posting("a", Account.CASH, 5), Posting("b", Account.CASH, -5)))

    def test_must_show_the_same_in_both_books(self) -> None:
        lines = (Posting("a", Account.DUE_FROM, 5, "b"), Posting("a", Account.CASH, -5))
        with pytest.raises(Unbalanced, match="do not show the same"):
            Entry("r", ON, "w", lines)

    @pytest.mark.parametrize(("account", "other"), [(Account.DUE_TO, ""), (Account.CASH, "b")])
    def test_names_another_party_where_something_is_due(
        self, account: Account, other: str
    ) -> None:
        with pytest.raises(ValueError, match="names another party"):
            Posting("a", account, 1, other)

    def test_is_taken_back_by_another(self) -> None:
        found = [Claim("a", "b", 20, "r", "w"), Claim("a", "c", -3, "r", "w")]
        entry = journals.charged("r", ON, found, "w")
        assert balances([entry])["c", Account.DUE_FROM, "a"] == 3
        back = journals.reversed_by(entry, "r2", ON, "posted twice")
        assert not any(balances([entry, back]).values())

    def test_of_a_saving_put_to_a_use(self) -> None:
        entry = journals.reinvested("r", ON, "a", 500, "two detectives")
        assert balances([entry]) == {
            ("a", Account.REINVESTMENT, ""): 500,
            ("a", Account.SAVING, ""): -500,
        }


def a_year(
    cost: SharedCost, lead: str, paid: dict[str, int]
) -> tuple[list[Entry], list[Invoice]]:
    """A year as it is posted: spent and given, charged, trued up, invoiced and paid."""
    found = true_up(cost, paid)
    bodies = {party: party for party in {lead, *found.balances()}}
    charged = claims(lead, paid, bodies, "budget", "instalments", Vat.STANDARD)
    again = claims(lead, found.balances(), bodies, "true-up", "true-up", Vat.STANDARD)
    sent = list(invoices([*charged, *again], RATES))
    entries = [
        journals.spent("spent", ON, lead, cost.cash_pence, "w"),
        journals.given_in_kind("kind", ON, cost.in_kind, "w"),
        journals.charged("budget", ON, charged, "w"),
        journals.charged("true-up", ON, again, "w"),
        *(journals.taxed(f"tax-{n}", ON, each) for n, each in enumerate(sent)),
        *(journals.paid(f"paid-{n}", ON, each) for n, each in enumerate(set_off(sent))),
    ]
    return entries, sent


class TestJournal:
    @given(costs(), st.dictionaries(st.sampled_from("abcdefg"), st.integers(-(10**7), 10**7)))
    def test_of_a_year_leaves_each_with_its_share_and_nothing_due(
        self, cost: SharedCost, paid: dict[str, int]
    ) -> None:
        lead = parties_of(cost.standing)[0]
        entries, _ = a_year(cost, lead, paid)
        found = balances(entries)
        borne = {key[0]: pence for key, pence in found.items() if key[1] is Account.SHARED_COST}
        for party, gross in gross_of_year(cost).items():
            assert borne.get(party, 0) == gross
        assert sum(borne.values()) == cost.pence
        assert not any(pence for key, pence in found.items() if key[2])
        assert sum(found.values()) == 0
        cash = sum(pence for key, pence in found.items() if key[1] is Account.CASH)
        assert cash == -cost.cash_pence
        assert sum(pence for key, pence in found.items() if key[1] is Account.VAT) == 0

    @given(CLAIMS)
    def test_shows_the_same_due_in_both_books(self, found: list[Claim]) -> None:
        sent = invoices(found, RATES)
        entries = [journals.taxed("t", ON, each) for each in sent]
        due = between(line for entry in entries for line in entry.postings)
        assert all(pence == -due[other, party] for (party, other), pence in due.items())

    @given(costs())
    def test_is_exported_with_debits_and_credits_alike(self, cost: SharedCost) -> None:
        lead = parties_of(cost.standing)[0]
        entries, sent = a_year(cost, lead, due_of_year(cost))
        rows = list(exports.journal(entries))
        assert all(len(row) == len(exports.JOURNAL) for row in rows)
        assert summed(rows, 5) == summed(rows, 6)
        assert all(bool(row[5]) != bool(row[6]) for row in rows)
        charged = list(exports.invoiced(sent))
        assert all(len(row) == len(exports.INVOICES) for row in charged)
        assert sum(int(row[7]) for row in charged) == sum(each.pence for each in sent)

    @given(costs())
    def test_schedule_has_a_row_for_each_instalment(self, cost: SharedCost) -> None:
        rows = list(exports.schedule(instalments(cost, Rhythm.QUARTER)))
        assert all(len(row) == len(exports.INSTALMENTS) for row in rows)
        assert sum(int(row[7]) for row in rows) == cost.cash_pence

    def test_writes_pounds_with_two_places(self) -> None:
        [first, second] = exports.journal([journals.spent("r", ON, "a", 123405, "fuel")])
        assert first == ("r", "2016-04-30", "a", "shared-cost", "", "1234.05", "", "fuel")
        assert second[5:7] == ("", "1234.05")


def summed(rows: Iterable[exports.Row], column: int) -> Fraction:
    return sum((Fraction(row[column] or 0) for row in rows), Fraction(0))
