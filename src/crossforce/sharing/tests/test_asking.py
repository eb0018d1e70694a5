"""What is asked of the holder, and what is opened at once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crossforce.access.choices import Grant
from crossforce.access.tests.factories import CLAUSE, bryn, given
from crossforce.insight.api import explain
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing, Refused
from crossforce.people.models import Staff
from crossforce.people.tests import factories
from crossforce.sharing import operations, queries
from crossforce.sharing.operations import AlreadyDecided, Asked, CannotAsk, NoGlassToBreak

pytestmark = pytest.mark.django_db
KIND = "people.staff"
GLASS = replace(CLAUSE, clause="9.4", glass_minutes=30, glass_roles=("investigator",))
REASON = "A threat to life is being assessed tonight."


def now() -> datetime:
    return datetime.now(UTC)


def asked(row: Staff, *, days: int = 7, reason: str = REASON) -> Asked:
    return Asked(KIND, row.pk, ("find", "read"), reason, now() + timedelta(days=days))


class TestRequest:
    def test_is_decided_by_the_holder_and_opens_one_record_for_a_time(self) -> None:
        row, other = factories.staff(name="Robin Hill"), factories.staff(name="Kit Moor")
        partner = bryn()
        manager = factories.actor("information-manager", name="Ida Lock")
        given(replace(CLAUSE, actions=("find",)))
        made = operations.ask(actor=partner, asked=asked(row), at=now())
        operations.decide(actor=manager, request=made.pk, is_granted=True, answer="", at=now())
        with guarded.acting(partner):
            assert [each.pk for each in Staff.objects.all()] == [row.pk]
            assert not Staff.objects.filter(pk=other.pk).exists()
        found = explain(partner, KIND, "read", now(), row.pk)
        assert [each.origin for each in found.because] == ["request"]
        with guarded.acting(partner):
            held = queries.shares(partner).get()
        operations.end_share(actor=manager, share=held.pk, at=now())
        with guarded.acting(partner):
            assert not Staff.objects.exists()

    def test_is_not_for_a_record_that_one_may_not_know_of(self) -> None:
        row = factories.staff(name="Robin Hill")
        with pytest.raises(Missing):
            operations.ask(actor=bryn(), asked=asked(row), at=now())

    def test_is_refused_without_reason_or_end(self) -> None:
        row = factories.staff(name="Robin Hill")
        given(CLAUSE)
        partner = bryn()
        with pytest.raises(CannotAsk):
            operations.ask(actor=partner, asked=asked(row, reason=" "), at=now())
        with pytest.raises(CannotAsk):
            operations.ask(actor=partner, asked=asked(row, days=90), at=now())

    def test_that_would_reach_nobody_is_refused_in_words(self) -> None:
        row = factories.staff(name="Robin Hill")
        given(CLAUSE)
        with pytest.raises(CannotAsk, match="reach nobody"):
            operations.ask(actor=bryn(), asked=asked(row), at=now())

    def test_is_granted_for_no_longer_than_may_be_asked(self) -> None:
        row = factories.staff(name="Robin Hill")
        given(CLAUSE)
        partner = bryn()
        manager = factories.actor("information-manager", name="Ida Lock")
        made = operations.ask(actor=partner, asked=asked(row, days=28), at=now())
        with pytest.raises(CannotAsk, match="longer"):
            operations.decide(
                actor=manager,
                request=made.pk,
                is_granted=True,
                answer="",
                at=now() - timedelta(days=1),
            )

    def test_opens_once(self) -> None:
        row = factories.staff(name="Robin Hill")
        given(CLAUSE)
        partner = bryn()
        manager = factories.actor("information-manager", name="Ida Lock")
        made = operations.ask(actor=partner, asked=asked(row), at=now())
        decision: dict[str, Any] = {"actor": manager, "request": made.pk, "at": now()}
        operations.decide(is_granted=True, answer="", **decision)
        for is_granted in (True, False):
            with pytest.raises(AlreadyDecided):
                operations.decide(is_granted=is_granted, answer="No.", **decision)
        with guarded.acting(partner):
            assert queries.shares(partner).get().pk == queries.request(partner, made.pk).share

    def test_nobody_else_decides(self) -> None:
        row = factories.staff(name="Robin Hill")
        given(CLAUSE)
        partner = bryn()
        factories.actor("information-manager", name="Ida Lock")
        made = operations.ask(actor=partner, asked=asked(row), at=now())
        with pytest.raises(Refused):
            operations.decide(
                actor=partner, request=made.pk, is_granted=True, answer="", at=now()
            )
        with pytest.raises(Missing):
            operations.decide(
                actor=factories.actor("duty-inspector"),
                request=made.pk,
                is_granted=True,
                answer="",
                at=now(),
            )


class TestBreakGlass:
    def test_opens_for_minutes_where_a_clause_allows_it(self) -> None:
        row = factories.staff(name="Robin Hill")
        given(replace(CLAUSE, actions=("find",)), replace(GLASS, roles=("controller",)))
        partner = bryn()
        operations.break_glass(actor=partner, kind=KIND, record=row.pk, reason=REASON, at=now())
        with guarded.acting(partner):
            assert Staff.objects.filter(pk=row.pk).exists()
        given()
        with guarded.acting(partner):
            assert not Staff.objects.filter(pk=row.pk).exists()

    def test_not_elsewhere(self) -> None:
        row = factories.staff(name="Robin Hill")
        given(CLAUSE)
        with pytest.raises(NoGlassToBreak):
            operations.break_glass(
                actor=bryn(), kind=KIND, record=row.pk, reason=REASON, at=now()
            )

    @pytest.mark.parametrize(
        "bound",
        [replace(GLASS, units=("another-unit",)), replace(GLASS, purposes=("disposal",))],
    )
    def test_not_from_another_unit_or_for_another_purpose(self, bound: Grant) -> None:
        row = factories.staff(name="Robin Hill")
        partner = bryn()
        given(CLAUSE, bound)
        with pytest.raises(NoGlassToBreak):
            operations.break_glass(
                actor=partner, kind=KIND, record=row.pk, reason=REASON, at=now()
            )

    def test_not_for_a_record_that_one_cannot_find(self) -> None:
        row = factories.staff(name="Robin Hill")
        given(replace(GLASS, roles=("controller",)))
        partner = bryn()
        with pytest.raises(Missing):
            operations.break_glass(
                actor=partner, kind=KIND, record=row.pk, reason=REASON, at=now()
            )
        with guarded.acting(partner):
            assert queries.glass(KIND, row.pk) is None

    def test_not_for_one_that_is_only_explained(self) -> None:
        row = factories.staff(name="Robin Hill")
        given(replace(GLASS, recipient=factories.HERE, roles=("controller",), glass_roles=()))
        auditor = factories.actor("auditor", name="Dee Osman")
        with pytest.raises(NoGlassToBreak):
            operations.break_glass(
                actor=auditor, kind=KIND, record=row.pk, reason=REASON, at=now()
            )

    def test_no_record_is_betrayed(self) -> None:
        row = factories.staff(name="Robin Hill")
        with pytest.raises(Missing):
            operations.break_glass(
                actor=bryn(), kind=KIND, record=row.pk, reason=REASON, at=now()
            )
