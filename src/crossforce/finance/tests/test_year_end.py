"""The year's cycle: instalments, invoices, the true-up, payment, and the journal of it all."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossforce.finance import models
from crossforce.finance.choices import (
    TRUE_UP,
    Account,
    InvoiceState,
    Rhythm,
    Sort,
    Spread,
    State,
)
from crossforce.finance.operations import charging, invoices
from crossforce.finance.queries import invoices as reads
from crossforce.finance.queries import journals, years
from crossforce.finance.queries.invoices import Wanted
from crossforce.finance.rules import exports
from crossforce.finance.rules.journals import balances
from crossforce.finance.rules.positions import Plan, Position, Sum
from crossforce.finance.rules.years import FinancialYear
from crossforce.finance.tests import agreed, factories
from crossforce.finance.tests.factories import AVON, GLOS, NOW, OVER, WILTS, YEAR
from crossforce.kernel import guarded
from crossforce.kernel.ids import new_id
from crossforce.people.choices import Actor

PAID = datetime(YEAR + 1, 5, 2, 9, tzinfo=UTC)
MINE, THEIRS = f"pcc-{WILTS}", f"pcc-{GLOS}"


def raised(actor: Actor, part: str) -> list[UUID]:
    return charging.raise_invoices(
        actor=actor,
        agreement=factories.REFERENCE,
        year=YEAR,
        part=part,
        at=factories.charged_at(part),
    )


def send_all(actor: Actor) -> list[reads.Shown]:
    for each in reads.invoices(actor, Wanted(state=InvoiceState.RAISED)):
        invoices.send_invoice(actor=actor, invoice=each.row.pk, version=1, at=NOW)
    return reads.invoices(actor, Wanted(state=InvoiceState.SENT))


def settle_all(actor: Actor) -> None:
    """Every body that was sent invoices pays what is left, by one payment."""
    by_debtor: dict[str, list[UUID]] = {}
    send_all(actor)
    for each in reads.invoices(actor, Wanted(state=InvoiceState.SENT)):
        by_debtor.setdefault(each.row.debtor, []).append(each.row.pk)
    for debtor, chosen in by_debtor.items():
        invoices.settle_invoices(
            actor=actor, chosen=chosen, on=date(YEAR + 1, 5, 1), reference=f"BACS {debtor}", at=PAID
        )  # fmt: skip


def books(actor: Actor) -> dict[tuple[str, Account, str], int]:
    return balances(journals.journal(actor, factories.REFERENCE, YEAR))


@pytest.mark.django_db
class TestInstalments:
    def test_are_invoiced_to_each_other_body(self, keeper: Actor) -> None:
        factories.opened(keeper)
        raised(keeper, "2027/28 Q1")
        found = {each.row.debtor: each for each in reads.invoices(keeper, Wanted())}
        assert set(found) == {THEIRS, f"pcc-{AVON}"}
        assert {each.row.creditor for each in found.values()} == {MINE}
        assert found[THEIRS].row.number == f"joint-roads/2027-28-q1/{THEIRS}/1"
        assert found[THEIRS].pence == 8_333_333

    def test_are_charged_once(self, keeper: Actor) -> None:
        factories.opened(keeper)
        raised(keeper, "2027/28 Q1")
        with pytest.raises(charging.NothingDue):
            raised(keeper, "2027/28 Q1")

    def test_a_later_one_charges_what_was_left_out(self, keeper: Actor) -> None:
        factories.opened(keeper)
        raised(keeper, "2027/28 Q3")
        with pytest.raises(charging.NothingDue):
            raised(keeper, "2027/28 Q2")
        raised(keeper, "2027/28 Q4")
        charged = sum(each.pence for each in reads.invoices(keeper, Wanted(body=THEIRS)))
        assert charged == 33_333_333

    def test_that_nobody_knows_is_refused(self, keeper: Actor) -> None:
        factories.opened(keeper)
        with pytest.raises(charging.NoSuchPart):
            raised(keeper, "2027-04")

    def test_withdrawn_are_raised_anew_under_another_number(self, keeper: Actor) -> None:
        factories.opened(keeper)
        (first, _) = raised(keeper, "2027/28 Q1")
        row = reads.one(keeper, first).row
        invoices.withdraw_invoice(
            actor=keeper, invoice=first, version=1, words="Wrong address", at=NOW
        )
        (again,) = raised(keeper, "2027/28 Q1")
        new = reads.one(keeper, again).row
        assert (new.debtor, new.pence) == (row.debtor, row.pence)
        assert new.number.endswith("/2")
        with pytest.raises(invoices.NotSo, match="is withdrawn"):
            invoices.send_invoice(actor=keeper, invoice=first, version=2, at=NOW)


@pytest.mark.django_db
class TestTrueUp:
    def test_waits_for_the_end_of_the_year(self, keeper: Actor) -> None:
        with pytest.raises(charging.YearGoesOn):
            factories.settled(keeper, factories.opened(keeper), NOW)

    def test_charges_what_was_spent_less_what_was_given_and_paid(self, keeper: Actor) -> None:
        budget = factories.opened(keeper)
        raised(keeper, "2027/28 Q4")
        factories.posted(
            keeper, budget,
            factories.line(110_000_000),
            factories.line(1_000_000, GLOS, Sort.IN_KIND),
            factories.line(500_000, AVON),
        )  # fmt: skip
        factories.settled(keeper, budget)
        assert factories.row(keeper, budget).state == State.CLOSED
        found = {
            each.row.debtor: each.pence
            for each in reads.invoices(keeper, Wanted())
            if each.row.part == TRUE_UP
        }
        whole = 111_500_000
        assert found[THEIRS] == whole // 3 - 1_000_000 - 33_333_333 + found_penny(whole, GLOS)
        assert found[f"pcc-{AVON}"] == whole // 3 - 500_000 - 33_333_334 + found_penny(
            whole, AVON
        )

    def test_of_a_true_up_is_nothing(self, keeper: Actor) -> None:
        budget = factories.opened(keeper)
        factories.posted(keeper, budget, factories.line(90_000_001))
        factories.settled(keeper, budget)
        with pytest.raises(charging.NothingDue):
            factories.settled(keeper, budget)
        (trued,) = years.true_ups(keeper, YEAR)
        assert set(trued.answer.balances().values()) == {0}

    def test_what_comes_later_is_a_correction(self, keeper: Actor) -> None:
        budget = factories.opened(keeper)
        factories.posted(keeper, budget, factories.line(90_000_000))
        factories.settled(keeper, budget)
        factories.posted(keeper, budget, factories.line(-30_000_000, words="Credit"), at=OVER)
        (first, _) = factories.settled(keeper, budget)
        shown = reads.one(keeper, first)
        assert shown.pence == -10_000_000
        assert shown.claims[0].words.endswith("correction")

    def test_steps_count_instalments_and_true_up(self, keeper: Actor) -> None:
        """The year is paid when all of its invoices are, and not when the last two are."""
        budget = factories.opened(keeper)
        factories.posted(keeper, budget, factories.line(90_000_000))
        raised(keeper, "2027/28 Q1")
        factories.settled(keeper, budget)
        send_all(keeper)
        found = years.year_end(keeper, budget, OVER)
        told = {each.title: each for each in years.steps(found)}
        assert (
            told["Invoices are sent"].words
            == "4 of 4. Raised: 2 of instalments, 2 of the true-up."
        )
        assert told["Invoices are settled"][1:] == (
            "0 of 4. Raised: 2 of instalments, 2 of the true-up.",
            False,
        )
        settle_all(keeper)
        assert all(step.is_done for step in years.steps(years.year_end(keeper, budget, OVER)))
        factories.posted(keeper, budget, factories.line(300, words="Late"), at=OVER)
        (later,) = (
            s for s in years.steps(years.year_end(keeper, budget, OVER)) if not s.is_done
        )
        assert later.words.startswith("£2 came later")

    def test_steps_tell_what_was_given_beyond_what_was_agreed(self, bodies: None) -> None:
        gift = f'{{ force = "{GLOS}", what = {{ en = "A garage" }}, annual_pence = 1200 }}'
        factories.agreement(f'method = "equal"\nin_kind = [{gift}]')
        factories.policy()
        keeper = factories.officer()
        budget = factories.opened(keeper)
        told = []
        for pence in (1000, 201, -1):
            factories.posted(keeper, budget, factories.line(pence, GLOS, Sort.IN_KIND))
            told.append(years.steps(years.year_end(keeper, budget, OVER))[2][1:])
        assert told == [
            (f"Agreed and not posted: {GLOS} £2.", False),
            (f"Posted beyond what was agreed: {GLOS} £0.01.", False),
            ("As agreed.", True),
        ]

    def test_steps_count_the_invoices_of_that_budget_that_stand(self, keeper: Actor) -> None:
        budget = factories.opened(keeper)
        factories.posted(keeper, budget, factories.line(90_000_000))
        settled = factories.settled(keeper, budget)
        assert {each.row.pk for each in reads.of_budget(keeper, budget)} == set(settled)
        invoices.withdraw_invoice(
            actor=keeper, invoice=settled[0], version=1, words="Wrong", at=OVER
        )
        again = factories.settled(keeper, budget)
        found = {each.row.pk for each in reads.of_budget(keeper, budget)}
        assert found == {*settled[1:], *again}
        with guarded.acting(keeper):
            claims = models.Invoice.objects.get(pk=again[0]).claims
            elsewhere = claims.replace(claims.split('"reference":"')[1][:36], str(new_id()))
            models.Invoice.objects.filter(pk=again[0]).update(claims=elsewhere)
        assert {each.row.pk for each in reads.of_budget(keeper, budget)} == set(settled[1:])

    def test_the_way_there_is_told(self, keeper: Actor) -> None:
        budget = factories.opened(keeper)
        factories.posted(keeper, budget, factories.line(5, sort=Sort.COMMITMENT))
        found = years.year_end(keeper, budget, NOW)
        assert (found.is_over, found.promised, found.last_actual) == (False, 5, None)
        factories.posted(
            keeper, budget, factories.line(90), factories.line(-5, sort=Sort.COMMITMENT)
        )
        for at, is_done in ((NOW, False), (OVER, True)):
            told = years.steps(years.year_end(keeper, budget, at))
            assert told[1] == (
                "What was spent is posted",
                "Last line of 1 June 2027. Still promised: £0.",
                is_done,
            )
        draft = factories.drafted(keeper, year=2026)
        with pytest.raises(years.NotOpened):
            years.year_end(keeper, draft, NOW)

    def test_of_all_budgets_asks_the_database_as_often_as_of_one(self, keeper: Actor) -> None:
        def asked() -> int:
            with CaptureQueriesContext(connection) as seen:
                years.true_ups(keeper)
            return len(seen)

        factories.opened(keeper)
        years.true_ups(keeper)
        one = asked()
        for year in range(2028, 2034):
            factories.opened(keeper, year=year)
        assert asked() == one


@pytest.mark.django_db
class TestJournal:
    def test_everybody_ends_with_its_share_and_nothing_due(self, keeper: Actor) -> None:
        budget = factories.opened(keeper)
        raised(keeper, "2027/28 Q2")
        factories.posted(
            keeper, budget,
            factories.line(99_999_999),
            factories.line(777, GLOS, Sort.IN_KIND),
            factories.line(5, AVON),
            factories.line(8, sort=Sort.FORECAST),
        )  # fmt: skip
        factories.settled(keeper, budget)
        settle_all(keeper)
        found = books(keeper)
        (trued,) = years.true_ups(keeper, YEAR)
        bodies = {f"pcc-{line.party}": line for line in trued.answer.lines}
        for body, line in bodies.items():
            assert found[body, Account.SHARED_COST, ""] == line.gross
            assert found[body, Account.CASH, ""] == -line.due
        assert not any(
            pence for (_, account, _), pence in found.items() if account.value.startswith("due")
        )

    def test_leaves_as_a_table_whose_columns_sum_alike(self, keeper: Actor) -> None:
        budget = factories.opened(keeper)
        factories.posted(keeper, budget, factories.line(123_45))
        raised(keeper, "2027/28 Q1")
        rows = list(exports.journal(journals.journal(keeper, factories.REFERENCE, YEAR)))
        debit, credit = (
            sum(round(float(row[at]) * 100) for row in rows if row[at]) for at in (5, 6)
        )
        assert debit == credit > 0

    def test_two_payments_are_not_one(self, keeper: Actor) -> None:
        factories.opened(keeper)
        raised(keeper, "2027/28 Q1")
        sent = send_all(keeper)
        with pytest.raises(invoices.NotBetweenTwo):
            invoices.settle_invoices(
                actor=keeper, chosen=[each.row.pk for each in sent], on=NOW.date(), reference="B", at=NOW
            )  # fmt: skip


def found_penny(pence: int, force: str) -> int:
    """Which of three that share alike gets a penny of what is left: the earlier ones."""
    return int((AVON, GLOS, WILTS).index(force) < pence % 3)


@st.composite
def positions(draw: st.DrawFn) -> Position:
    """A budget with any lines."""
    parties = st.sampled_from("abcdef")
    plan = Plan(
        "dogs", FinancialYear(2015), draw(st.integers(0, 10**9)), draw(parties),
        draw(st.sampled_from(Rhythm)), draw(st.sampled_from(list(Spread))),
        draw(agreed.standings()),
    )  # fmt: skip
    amounts = st.builds(
        Sum,
        st.sampled_from([Sort.ACTUAL, Sort.IN_KIND, Sort.CHARGE, Sort.COMMITMENT]),
        parties,
        st.integers(-(10**8), 10**8),
    )
    return Position(plan, tuple(draw(st.lists(amounts, max_size=12))))


def after(position: Position, due: Any) -> Position:
    more = tuple(Sum(Sort.CHARGE, party, pence) for party, pence in due.items())
    return Position(position.plan, position.sums + more)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(positions())
def test_what_is_settled_is_settled_whatever_was_posted(position: Position) -> None:
    assert sum(position.true_up.balances().values()) == 0
    assert sum(position.paid.values()) == position.total(Sort.ACTUAL)
    done = after(position, position.owed)
    assert not done.owed
    assert not any(done.true_up.balances().values())


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(positions(), st.data())
def test_what_is_charged_by_parts_is_the_year_however_often(
    position: Position, data: st.DataObject
) -> None:
    parts = position.plan.year.parts(position.plan.rhythm)
    for part in data.draw(st.lists(st.sampled_from(parts), max_size=4)):
        position = after(position, position.due_by(part))
    position = after(position, position.due_by(parts[-1]))
    assert not position.due_by(parts[-1])
