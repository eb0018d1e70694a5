"""Skills, authorities and clearances: limits, succession, and who may not."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from crossforce.kernel.civil import add_months, day_of, instant
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import Refused, StaleVersion
from crossforce.ledger.models import Entry
from crossforce.people import models, operations, queries
from crossforce.people.operations import authorities, qualifying, vettings
from crossforce.people.tests import factories
from crossforce.people.tests.factories import AT

pytestmark = pytest.mark.django_db
PURSUIT = "driving-tactical-pursuit"


def shown(
    holder: models.Staff, code: str, starts_at: datetime = AT, ends_at: datetime | None = None
) -> models.Skill:
    skill = operations.NewSkill(code, Period(starts_at, ends_at))
    return operations.record_skill(
        actor=factories.loader(), staff=holder.pk, skill=skill, at=AT
    )


def granted(
    holder: models.Staff, code: str = "tactical-pursuit", ends_at: datetime | None = None
) -> models.Authority:
    authority = operations.NewAuthority(code, Period(AT, ends_at))
    return operations.grant_authority(
        actor=factories.loader(), staff=holder.pk, authority=authority, at=AT
    )


class TestRecordSkill:
    def test_runs_as_long_as_the_catalogue_says(self) -> None:
        skill = shown(factories.staff(), "firearms-law")
        assert skill.ends_at == instant(add_months(day_of(AT), 12))

    def test_without_a_limit_stays(self) -> None:
        assert shown(factories.staff(), "welsh-speaker").ends_at is None

    def test_shown_again_takes_over_from_its_own_start(self) -> None:
        holder = factories.staff()
        first = shown(holder, "firearms-law")
        again = shown(holder, "firearms-law", AT + timedelta(days=30))
        assert factories.fresh(first).ends_at == again.starts_at

    def test_refuses_to_go_behind_a_later_one(self) -> None:
        holder = factories.staff()
        shown(holder, "firearms-law")
        with pytest.raises(qualifying.BeforeTheLast):
            shown(holder, "firearms-law", AT - timedelta(days=1))

    def test_refuses_what_the_catalogue_does_not_know(self) -> None:
        with pytest.raises(qualifying.NotInCatalogue):
            shown(factories.staff(), "juggling")

    def test_refuses_a_longer_time_than_allowed(self) -> None:
        with pytest.raises(qualifying.TooLong, match="at most 12 months"):
            shown(factories.staff(), "firearms-law", AT, AT + timedelta(days=500))


class TestEndSkill:
    def test_ends_it_and_records_it(self) -> None:
        skill = shown(factories.staff(), "welsh-speaker")
        operations.end_skill(
            actor=factories.actor("force-administrator"),
            skill=skill.pk,
            version=1,
            ends_at=AT + timedelta(days=1),
            at=AT,
        )
        assert Entry.objects.filter(operation="people.skill-ended").count() == 1


class TestAuthorities:
    def test_is_valid_only_while_every_skill_is_in_date(self) -> None:
        holder = factories.staff()
        shown(holder, "driving-advanced")
        granted(holder)
        keeper = factories.actor("duty-inspector")
        [before] = queries.record(keeper, holder.pk, AT).authorities
        assert before.standing.wanting == (PURSUIT,)
        ends = AT + timedelta(days=20)
        shown(holder, PURSUIT, AT, ends)
        [after] = queries.record(keeper, holder.pk, AT).authorities
        assert after.standing.is_valid
        assert after.standing.until == ends
        [later] = queries.record(keeper, holder.pk, ends).authorities
        assert later.standing.state == "skill-missing"

    def test_suspension_bites_at_once_and_is_lifted(self) -> None:
        holder = factories.staff()
        authority = granted(holder, "pursuit-command")
        officer = factories.actor("authorising-officer")
        change: dict[str, Any] = {"actor": officer, "authority": authority.pk, "at": AT}
        operations.suspend_authority(**change, version=1, reason="after an incident")
        [held] = queries.record(officer, holder.pk, AT).authorities
        assert held.standing.state == "suspended"
        operations.reinstate_authority(**change, version=2)
        [held] = queries.record(officer, holder.pk, AT).authorities
        assert held.standing.is_valid

    def test_the_reason_of_a_suspension_is_not_in_the_entry(self) -> None:
        authority = granted(factories.staff(), "pursuit-command")
        operations.suspend_authority(
            actor=factories.loader(),
            authority=authority.pk,
            version=1,
            reason="a private matter",
            at=AT,
        )
        entry = Entry.objects.get(operation="people.authority-suspended")
        assert b"private matter" not in bytes(entry.body)

    def test_a_suspended_one_is_not_renewed(self) -> None:
        authority = granted(factories.staff(), "pursuit-command")
        change: dict[str, Any] = {
            "actor": factories.loader(),
            "authority": authority.pk,
            "at": AT,
        }
        operations.suspend_authority(**change, version=1, reason="x")
        with pytest.raises(authorities.AlreadySuspended, match="Reinstate it first"):
            operations.renew_authority(
                **change, version=2, period=Period(AT + timedelta(days=1))
            )

    def test_renewal_follows_on(self) -> None:
        authority = granted(factories.staff(), "pursuit-command")
        renewed = operations.renew_authority(
            actor=factories.actor("authorising-officer"),
            authority=authority.pk,
            version=1,
            period=Period(AT + timedelta(days=30)),
            at=AT,
        )
        assert factories.fresh(authority).ends_at == renewed.starts_at

    def test_refuses_a_stale_version(self) -> None:
        authority = granted(factories.staff(), "pursuit-command")
        with pytest.raises(StaleVersion):
            operations.suspend_authority(
                actor=factories.loader(),
                authority=authority.pk,
                version=9,
                reason="x",
                at=AT,
            )

    def test_nobody_grants_their_own(self) -> None:
        officer = factories.actor("authorising-officer")
        assert officer.staff
        with pytest.raises(authorities.OwnAuthority):
            operations.grant_authority(
                actor=officer,
                staff=officer.staff,
                authority=operations.NewAuthority("pursuit-command", Period(AT)),
                at=AT,
            )

    def test_an_administrator_grants_none(self) -> None:
        with pytest.raises(Refused, match="authorising-officer"):
            operations.grant_authority(
                actor=factories.actor("force-administrator"),
                staff=factories.staff().pk,
                authority=operations.NewAuthority("pursuit-command", Period(AT)),
                at=AT,
            )

    def test_what_lapses_soon_is_listed_soonest_first(self) -> None:
        keeper = factories.actor("duty-inspector")
        late = granted(factories.staff(), "pursuit-command", AT + timedelta(days=50))
        soon = granted(factories.staff(), "pursuit-command", AT + timedelta(days=5))
        granted(factories.staff(), "designated-staff")
        assert [each.row.pk for each in queries.lapsing(keeper, AT)] == [soon.pk, late.pk]


class TestVettings:
    def test_is_shown_to_those_who_vet_or_administer_only(self) -> None:
        holder = factories.staff()
        officer = factories.actor("vetting-officer")
        operations.record_vetting(
            actor=officer,
            staff=holder.pk,
            vetting=operations.NewVetting("mv", Period(AT)),
            at=AT,
        )
        seen = queries.record(officer, holder.pk, AT).vettings
        assert seen is not None
        assert [row.code for row in seen] == ["mv"]
        inspector = factories.actor("duty-inspector")
        assert queries.record(inspector, holder.pk, AT).vettings is None

    def test_nobody_records_their_own(self) -> None:
        officer = factories.actor("vetting-officer")
        assert officer.staff
        with pytest.raises(vettings.OwnVetting):
            operations.record_vetting(
                actor=officer,
                staff=officer.staff,
                vetting=operations.NewVetting("mv", Period(AT)),
                at=AT,
            )

    def test_is_withdrawn(self) -> None:
        officer = factories.actor("vetting-officer")
        row = operations.record_vetting(
            actor=officer,
            staff=factories.staff().pk,
            vetting=operations.NewVetting("mv", Period(AT)),
            at=AT,
        )
        ended = operations.withdraw_vetting(
            actor=officer, vetting=row.pk, version=1, ends_at=AT + timedelta(days=1), at=AT
        )
        assert ended.ends_at == AT + timedelta(days=1)
