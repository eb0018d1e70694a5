"""What is charged and paid: numbers, one's own body, withdrawing, payment, and what a part reader may not."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from crossforce.finance import models
from crossforce.finance.choices import BUDGET, INVOICE, LINE, InvoiceState
from crossforce.finance.operations import charging, invoices
from crossforce.finance.queries import budgets, exits, summing, years
from crossforce.finance.queries import invoices as reads
from crossforce.finance.queries.invoices import Wanted
from crossforce.finance.tests import factories
from crossforce.finance.tests.factories import AVON, GLOS, NOW, OVER, WILTS, YEAR
from crossforce.kernel import guarded, guarded_watch
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


@pytest.mark.django_db
class TestNumbers:
    def test_are_no_two_alike_though_none_is_seen(self, keeper: Actor) -> None:
        budget = factories.opened(keeper)
        (first, _) = raised(keeper, "2027/28 Q1")
        shown = reads.one(keeper, first).row
        with guarded.acting(keeper):
            row = models.Budget.objects.get(pk=budget)
        factories.policy(kinds=(BUDGET, LINE))
        with guarded.acting(keeper):
            assert not models.Invoice.objects.filter(pk=first).exists()
            number = charging._number(row, "2027/28 Q1", MINE, shown.debtor)
        assert (shown.number[-2:], number[-2:]) == ("/1", "/2")

    def test_go_on_after_the_highest(self, keeper: Actor) -> None:
        budget = factories.opened(keeper)
        (first, _) = raised(keeper, "2027/28 Q1")
        shown = reads.one(keeper, first).row
        stem = shown.number.rpartition("/")[0]
        with guarded.acting(keeper):
            models.Invoice.objects.filter(pk=first).update(number=f"{stem}/41")
            row = models.Budget.objects.get(pk=budget)
            number = charging._number(row, "2027/28 Q1", MINE, shown.debtor)
        assert number == f"{stem}/42"


@pytest.mark.django_db
class TestOwnBody:
    def test_bears_its_forces_part_without_an_invoice(
        self, keeper: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where one body keeps two of the forces, it charges itself nothing, and the year still ends."""
        known = charging._bodies

        def one_body(forces: set[str], on: date) -> dict[str, str]:
            return known(forces, on) | {AVON: MINE}

        monkeypatch.setattr(charging, "_bodies", one_body)
        budget = factories.opened(keeper)
        assert len(raised(keeper, "2027/28 Q1")) == 1
        factories.posted(keeper, budget, factories.line(90_000_000))
        assert len(factories.settled(keeper, budget)) == 1
        (trued,) = years.true_ups(keeper, YEAR)
        assert not any(trued.answer.balances().values())
        with pytest.raises(charging.NothingDue):
            factories.settled(keeper, budget)


@pytest.mark.django_db
class TestWithdrawing:
    def test_takes_all_charges_back_or_none(self, bodies: None) -> None:
        factories.agreement()
        factories.policy()
        keeper = factories.officer()
        factories.opened(keeper)
        (first, _) = raised(keeper, "2027/28 Q1")
        factories.policy(kinds=(BUDGET, INVOICE))
        with pytest.raises(invoices.NotAllThere, match="1 of the charges of joint-roads"):
            invoices.withdraw_invoice(
                actor=keeper, invoice=first, version=1, words="Wrong", at=NOW
            )
        assert reads.one(keeper, first).row.state == InvoiceState.RAISED


@pytest.mark.django_db
class TestWhoReadsAPart:
    def test_charges_nothing(self, bodies: None) -> None:
        factories.agreement()
        factories.policy()
        keeper = factories.officer()
        budget = factories.opened(keeper)
        factories.posted(keeper, budget, factories.line(90_000_000))
        factories.policy(kinds=(BUDGET, INVOICE))
        factories.sharing(WILTS, kinds=(LINE,), actions=("add",), roles=("finance-officer",))
        with pytest.raises(summing.NotWhole, match="are not open to you"):
            raised(keeper, "2027/28 Q1")
        with pytest.raises(summing.NotWhole, match="Roads policing"):
            factories.settled(keeper, budget)
        with pytest.raises(summing.NotWhole):
            years.year_end(keeper, budget, OVER)
        assert not budgets.shown(keeper, budget, NOW).is_whole
        assert [each.is_whole for each in years.true_ups(keeper, YEAR)] == [False]


@pytest.mark.django_db
class TestPayment:
    def paid(self, actor: Actor, chosen: list[UUID], on: date) -> None:
        invoices.settle_invoices(actor=actor, chosen=chosen, on=on, reference="BACS", at=PAID)

    def sent(self, actor: Actor) -> list[UUID]:
        factories.opened(actor)
        raised(actor, "2027/28 Q1")
        return [each.row.pk for each in send_all(actor) if each.row.debtor == THEIRS]

    @pytest.mark.parametrize("on", [date(YEAR + 1, 5, 3), date(2026, 12, 31), date.max])
    def test_is_of_a_day_that_there_was(self, keeper: Actor, on: date) -> None:
        with pytest.raises(invoices.NotThen, match="from 15 January 2027 to 2 May 2028"):
            self.paid(keeper, self.sent(keeper), on)

    def test_of_one_agreement_is_not_set_off_against_another(self, keeper: Actor) -> None:
        (first,) = self.sent(keeper)
        raised(keeper, "2027/28 Q2")
        second = next(
            e.row.pk for e in send_all(keeper) if e.row.pk != first and e.row.debtor == THEIRS
        )
        with guarded.acting(keeper):
            models.Invoice.objects.filter(pk=second).update(agreement="joint-dogs")
        with pytest.raises(invoices.TwoAgreements, match="of joint-dogs and joint-roads"):
            self.paid(keeper, [first, second], date(YEAR, 7, 1))
        self.paid(keeper, [first], date(YEAR, 7, 1))


@pytest.mark.django_db
class TestFiles:
    def test_are_told_to_the_ledger_and_pages_are_not(
        self, keeper: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        factories.opened(keeper)
        told: list[str] = []
        monkeypatch.setattr(guarded_watch, "takes_out", told.append)
        years.taken_out(keeper, YEAR)
        budgets.taken_out(keeper, budgets.Wanted())
        leave = (keeper, factories.REFERENCE, GLOS, NOW.date(), NOW)
        exits.settlement_taken_out(*leave)
        assert told == ["true-ups", "budgets", "settlement"]
        years.true_ups(keeper, YEAR)
        budgets.budgets(keeper, budgets.Wanted())
        exits.settlement(*leave)
        assert len(told) == 3
