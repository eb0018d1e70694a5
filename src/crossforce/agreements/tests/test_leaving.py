"""A force gives notice and leaves; an agreement is suspended, ended by all, carried to a successor."""

from datetime import date
from typing import Any

import pytest

from crossforce.agreements import models, operations, rules
from crossforce.agreements.choices import HandoverKind, NoticeKind, State
from crossforce.agreements.queries import facts, in_force, mine
from crossforce.agreements.terms import ParticipationRule
from crossforce.agreements.tests import factories
from crossforce.agreements.tests.factories import (
    AVON,
    DAY,
    DORSET,
    GLOS,
    NOW,
    REFERENCE,
    THREE,
    WILTS,
    party,
)
from crossforce.kernel import civil
from crossforce.kernel.refusals import Missing, Refused, StaleVersion
from crossforce.people import api as people

pytestmark = pytest.mark.usefixtures("bodies")

LATER = civil.instant(date(2027, 1, 15))
LEAVES = civil.instant(date(2028, 4, 1))
CHIEF, PCC = factories.parties(WILTS)


def state(agreement: models.Agreement, at: Any) -> State:
    return rules.state(facts.facts_of(agreement), at)


def notice(organisation: str = CHIEF, at: Any = LATER, **changes: Any) -> models.Notice:
    values: dict[str, Any] = {
        "actor": party(organisation),
        "organisation": organisation,
        "reason": "Costs",
        "reference": REFERENCE,
        "at": at,
    }
    return operations.give_notice(**(values | changes))


def join(held: models.Notice, organisation: str = PCC, at: Any = LATER) -> models.Notice:
    return operations.join_notice(
        actor=party(organisation),
        reference=REFERENCE,
        notice=held.pk,
        organisation=organisation,
        at=at,
    )


def waiting(organisation: str) -> list[str]:
    """What the desk of an organisation says that it waits for."""
    return [each.waits for each in mine.mine(party(organisation), LATER).awaiting]


def taking_part(at: Any) -> set[str]:
    return {
        rule.force
        for each in in_force.in_force(at)
        for _, rule in each.terms.in_force(ParticipationRule, at)
    }


def rows_at(at: Any) -> set[str]:
    found = models.Term.objects.filter(
        type="PARTICIPATION", valid__contains=at, enforced__contains=at
    )
    return set(found.values_list("force", flat=True))


class TestNotice:
    def test_of_one_party_waits_for_the_other(self) -> None:
        agreement = factories.in_force()
        assert notice().effective_on is None
        assert state(agreement, LATER) is State.IN_FORCE

    def test_waits_on_the_desk_of_whoever_has_to_join(self) -> None:
        factories.in_force()
        held = notice()
        assert waiting(PCC) == ["Notice to leave: join it"]
        assert waiting(CHIEF) == waiting(factories.parties(GLOS)[0]) == []
        join(held)
        assert waiting(PCC) == []

    def test_of_both_takes_effect_on_the_day_the_exit_term_computes(self) -> None:
        agreement = factories.in_force()
        held = join(notice())
        assert (held.effective_on, held.clause) == (date(2028, 4, 1), "9")
        assert held.settlement["pence"] == 0
        assert state(agreement, LATER) is State.NOTICE_GIVEN
        assert state(agreement, LEAVES) is State.IN_FORCE

    def test_ends_what_rests_on_the_leaver_at_that_instant_and_nothing_else(self) -> None:
        factories.in_force()
        join(notice())
        before = LEAVES - DAY / 24
        assert taking_part(before) == rows_at(before) == set(THREE)
        assert taking_part(LEAVES) == rows_at(LEAVES) == {AVON, GLOS}

    def test_closes_rows_and_writes_new_ones_without_changing_any(self) -> None:
        factories.in_force()
        count = models.Term.objects.count()
        join(notice())
        closed = models.Term.objects.filter(enforced__endswith=LATER)
        assert {row.type for row in closed} == {"PARTICIPATION", "ACCESS"}
        assert models.Term.objects.count() == count + len(closed)

    def test_is_refused_twice(self) -> None:
        factories.in_force()
        held = join(notice())
        with pytest.raises(operations.NotNow, match="already"):
            notice()
        with pytest.raises(operations.NotNow, match="complete already"):
            join(held)

    def test_is_not_joined_by_another_force(self) -> None:
        factories.in_force()
        with pytest.raises(operations.NotNow, match="does not need"):
            join(notice(), f"pcc-{AVON}")

    def test_is_not_joined_twice_by_one_party(self) -> None:
        factories.in_force()
        with pytest.raises(operations.NotNow, match="joined the notice already"):
            join(notice(), CHIEF)

    def test_is_given_by_nobody_else(self) -> None:
        factories.in_force()
        with pytest.raises(Refused):
            notice(actor=party(PCC))
        with pytest.raises(Missing):
            notice(f"chief-constable-{DORSET}")

    def test_needs_a_reason(self) -> None:
        factories.in_force()
        with pytest.raises(operations.NotNow, match="Say why"):
            notice(reason="")

    def test_is_refused_before_it_is_in_force(self) -> None:
        factories.in_force()
        with pytest.raises(operations.NotNow, match="not in force"):
            notice(at=NOW)

    def test_of_a_second_force_ends_the_agreement(self) -> None:
        agreement = factories.in_force()
        join(notice())
        chief, pcc = factories.parties(GLOS)
        join(notice(chief), pcc)
        assert state(agreement, LEAVES) is State.WINDING_UP
        assert taking_part(LEAVES) == rows_at(LEAVES) == set()
        assert state(agreement, civil.instant(date(2028, 10, 1))) is State.RESIDUAL


class TestHandover:
    def items(self) -> list[models.HandoverItem]:
        factories.in_force()
        join(notice())
        return list(models.HandoverItem.objects.order_by("kind", "organisation"))

    def settle(
        self, item: models.HandoverItem, force: str = "", **changes: Any
    ) -> models.HandoverItem:
        values: dict[str, Any] = {
            "actor": factories.programme(force or item.organisation), "reference": REFERENCE,
            "item": item.pk, "outcome": "Handed over, receipt 12.", "version": 1, "at": LEAVES,
        }  # fmt: skip
        return operations.settle_item(**(values | changes))

    def test_list_asks_every_other_side_for_copies_held(self) -> None:
        copies = [i for i in self.items() if i.kind == HandoverKind.COPIES_HELD]
        assert {item.organisation for item in copies} == set(THREE)

    def test_item_is_settled_by_who_answers_for_it(self) -> None:
        item = self.items()[0]
        assert self.settle(item).done_at == LEAVES
        with pytest.raises(StaleVersion):
            self.settle(item)
        with pytest.raises(operations.NotNow, match="settled already"):
            self.settle(item, version=2)

    def test_item_of_another_is_refused(self) -> None:
        item = next(i for i in self.items() if i.organisation == WILTS)
        with pytest.raises(Refused):
            self.settle(item, force=AVON)

    def test_item_needs_an_outcome(self) -> None:
        with pytest.raises(operations.NotNow, match="how it was settled"):
            self.settle(self.items()[0], outcome="")

    def test_duties_that_remain_are_kept(self) -> None:
        self.items()
        duty = models.ResidualDuty.objects.get()
        assert duty.words_en == "Claims that arose before the leave stay shared."
        assert duty.lasts_until == civil.instant(date(2034, 4, 1))


class TestEnding:
    def test_needs_every_party(self) -> None:
        agreement = factories.in_force()
        held = operations.propose_ending(
            actor=party(CHIEF), organisation=CHIEF, reference=REFERENCE, wanted_on=date(2027, 6, 1),
            reason="Done", at=LATER,
        )  # fmt: skip
        others = [each for each in factories.parties(*THREE) if each != CHIEF]
        for organisation in others[:-1]:
            assert join(held, organisation).completed_at is None
        held = join(held, others[-1])
        assert (held.kind, held.effective_on) == (NoticeKind.END, date(2027, 6, 1))
        assert state(agreement, civil.instant(date(2027, 6, 1))) is State.WINDING_UP

    def test_is_not_wanted_in_the_past(self) -> None:
        factories.in_force()
        with pytest.raises(operations.NotNow, match="past"):
            operations.propose_ending(
                actor=party(CHIEF), organisation=CHIEF, reference=REFERENCE,
                wanted_on=date(2027, 1, 1), reason="Done", at=LATER,
            )  # fmt: skip


class TestSuspension:
    def act(
        self, operation: Any, organisation: str = CHIEF, at: Any = LATER, **more: Any
    ) -> models.Suspension:
        return operation(  # type: ignore[no-any-return]
            actor=party(organisation),
            reference=REFERENCE,
            organisation=organisation,
            at=at,
            **more,
        )

    def test_stops_everything_at_once_until_resumed(self) -> None:
        agreement = factories.in_force()
        self.act(operations.suspend, reason="A breach")
        assert state(agreement, LATER) is State.SUSPENDED
        assert in_force.in_force(LATER) == []
        self.act(operations.resume, at=LATER + DAY)
        assert state(agreement, LATER + DAY) is State.IN_FORCE

    def test_is_not_imposed_twice_nor_lifted_by_another(self) -> None:
        factories.in_force()
        self.act(operations.suspend, reason="A breach")
        with pytest.raises(operations.NotNow, match="already suspended"):
            self.act(operations.suspend, PCC, reason="Again")
        with pytest.raises(operations.NotNow, match="may resume it"):
            self.act(operations.resume, PCC)

    def test_needs_a_reason(self) -> None:
        factories.in_force()
        with pytest.raises(operations.NotNow, match="Say why"):
            self.act(operations.suspend, reason="")


class TestNovation:
    def novate(self) -> list[models.Novation]:
        clockwork = people.system_actor("clockwork", on=NOW.date())
        return operations.novate(
            actor=clockwork, predecessor=PCC, successor=f"pcc-{DORSET}", on=LATER.date(), at=NOW
        )

    def test_puts_the_successor_in_the_partys_place_once(self) -> None:
        factories.in_force()
        assert len(self.novate()) == 1
        assert self.novate() == []
        held = notice()
        with pytest.raises(operations.NotNow, match=f"does not need {PCC}"):
            join(held, PCC)
        assert join(held, f"pcc-{DORSET}").completed_at == LATER

    def test_lets_the_successor_sign_what_was_proposed(self) -> None:
        factories.proposed()
        self.novate()
        row = models.VersionParty.objects.get(organisation=PCC)
        heir = f"pcc-{DORSET}"
        factories.give_key(heir)
        operations.consider(
            actor=party(heir), reference=REFERENCE, number=1, organisation=heir,
            consideration=factories.in_favour(), version=row.version, at=LATER,
        )  # fmt: skip
        made = operations.sign(
            actor=party(heir), reference=REFERENCE, number=1, organisation=heir, at=LATER
        )
        assert made.organisation == heir

    def test_needs_the_power(self) -> None:
        with pytest.raises(Refused):
            operations.novate(
                actor=party(CHIEF), predecessor=PCC, successor=CHIEF, on=LATER.date(), at=LATER
            )
