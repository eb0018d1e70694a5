"""Who may do what, without any agreement."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from uuid import UUID

import pytest

from crossforce.kernel import rulepacks
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import Refused
from crossforce.people.choices import PLATFORM, Actor
from crossforce.people.rules import postings
from crossforce.people.rules import powers as rules

TODAY = date(2026, 11, 21)
CHIEF = rules.with_powers(
    Actor(
        account=None,
        staff=None,
        posting=None,
        organisation="chief-constable-wiltshire",
        office="chief-officer",
    ),
    on=TODAY,
)


class TestRequire:
    def test_lets_an_office_act_for_its_own_organisation(self) -> None:
        rules.require(CHIEF, "agreement.sign", organisation="chief-constable-wiltshire")
        rules.require(CHIEF, "agreement.sign")

    def test_refuses_to_sign_for_another_and_says_who_may(self) -> None:
        with pytest.raises(Refused, match="only chief-constable-dorset itself"):
            rules.require(CHIEF, "agreement.sign", organisation="chief-constable-dorset")

    def test_names_the_offices_that_carry_a_power(self) -> None:
        with pytest.raises(Refused, match=r"belongs to: force-administrator\."):
            rules.require(CHIEF, "people.administer")

    def test_refuses_nobody(self) -> None:
        with pytest.raises(Refused, match="Sign in first"):
            rules.require(None, "people.view")

    def test_an_office_unknown_to_the_pack_has_no_powers(self) -> None:
        stranger = rules.with_powers(replace(CHIEF, office="dog-handler"), on=TODAY)
        assert stranger.powers == frozenset()


class TestSystemActor:
    def test_has_only_the_powers_listed_for_it(self) -> None:
        clockwork = rules.system_actor("clockwork", on=TODAY)
        assert clockwork.organisation == PLATFORM
        assert clockwork.is_system
        assert "agreement.novate" in clockwork.powers_everywhere
        assert not clockwork.may("agreement.sign", "chief-constable-wiltshire")

    def test_must_be_named(self) -> None:
        with pytest.raises(rules.UnknownOffice, match="nobody-in-particular"):
            rules.system_actor("nobody-in-particular", on=TODAY)


class TestRulePack:
    def test_every_power_given_is_described(self) -> None:
        pack = rulepacks.load("standing-powers")
        described = set(pack.under("power", TODAY))
        for start in ("office", "system"):
            for row in pack.under(start, TODAY).values():
                given = {*row.get("powers", ()), *row.get("everywhere", ())}
                assert given <= described

    def test_only_the_platform_has_powers_everywhere(self) -> None:
        offices = rulepacks.load("standing-powers").under("office", TODAY)
        reaching = {name for name, row in offices.items() if row.get("everywhere")}
        assert reaching == {"platform-administrator"}


@pytest.mark.parametrize("role", ["chief-officer", "deputy-chief-officer", "auditor"])
def test_nobody_posts_themself_in_what_binds_an_office(role: str) -> None:
    mine, period = UUID(int=1), Period(datetime(2026, 1, 1, tzinfo=UTC))
    asked = partial(
        postings.reason_not_to_post,
        actor=replace(CHIEF, office="force-administrator", staff=mine),
        employed=period,
        place=postings.Place("chief-constable-wiltshire", "chief-officer"),
        period=period,
    )
    assert "Nobody gives themself an office" in (asked(staff=mine, role=role) or "")
    assert asked(staff=UUID(int=2), role=role) is None
