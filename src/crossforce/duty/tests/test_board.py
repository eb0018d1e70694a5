"""The board: who is on duty at an instant, who sees them, and what a suspended authority takes away."""

from datetime import timedelta
from typing import Any

import pytest

from crossforce.agreements.tests import factories as agreed
from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.duty import queries
from crossforce.duty.operations.entries import cancel_entry
from crossforce.duty.queries import Filter
from crossforce.duty.tests import factories
from crossforce.duty.tests.exports import DAYS, described
from crossforce.duty.tests.factories import AT, ELSEWHERE, HERE, PARTNER, UNIT, brought_in, rows
from crossforce.kernel import guarded
from crossforce.kernel.ids import new_id
from crossforce.kernel.periods import Period
from crossforce.kernel.testing import ground
from crossforce.people import api as people_api
from crossforce.people import models as people_models
from crossforce.people import operations as people_operations
from crossforce.people.choices import Actor
from crossforce.people.rules import catalogue
from crossforce.people.tests import factories as people

__all__ = ["bodies", "few_bodies"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
ONE = factories.EARLY
TWO = "2;1235;21/11/2026;07:00;15:00;SOU;XG02;Devizes;RF;;"
CALL = "3;1236;21/11/2026;08:00;10:00;RPU;;;;y;"
ALL = Filter()


@ground.fixture
def asha(bodies: None) -> Actor:
    factories.policy()
    factories.unit()
    factories.unit("roads")
    for number, name in (("1234", "Robin Hill"), ("1235", "Sam Lowe"), ("1236", "Kim Dale")):
        factories.person(number, name=name)
    actor = factories.planner()
    brought_in(actor, rows(ONE, TWO, CALL))
    return actor


def names(board: queries.Board) -> list[str]:
    return [row.entry.name for row in board.rows]


class TestOnDuty:
    def test_shows_who_is_there_at_the_instant_and_nobody_else(self, asha: Actor) -> None:
        assert names(queries.on_duty(asha, AT, ALL)) == ["Kim Dale", "Robin Hill", "Sam Lowe"]
        assert not names(queries.on_duty(asha, AT + timedelta(hours=6), ALL))
        assert names(queries.on_duty(asha, AT + timedelta(hours=2), ALL)) == [
            "Robin Hill",
            "Sam Lowe",
        ]

    def test_leaves_out_who_is_away(self, asha: Actor) -> None:
        of = described(DAYS, ('"avon-and-somerset"', f'"{HERE}"'))
        brought_in(asha, b"Person,Day,Duty\n1234,2026-11-21,AL\n", of)
        assert "Robin Hill" not in names(queries.on_duty(asha, AT, ALL))

    @pytest.mark.parametrize(
        ("wanted", "found"),
        [
            (Filter(unit="roads"), ["Kim Dale"]),
            (Filter(force=HERE, unit=UNIT), ["Robin Hill", "Sam Lowe"]),
            (Filter(force=PARTNER), []),
            (Filter(availability="available"), ["Robin Hill"]),
            (Filter(availability="on-call"), ["Kim Dale"]),
            (Filter(function="dogs"), []),
            (Filter(skill="driving-advanced"), []),
        ],
    )
    def test_is_filtered(self, asha: Actor, wanted: Filter, found: list[str]) -> None:
        assert names(queries.on_duty(asha, AT, wanted)) == found

    def test_counts_against_minimum_cover_and_sees_gaps_ahead(self, asha: Actor) -> None:
        factories.cover(asha)
        board = queries.on_duty(asha, AT, Filter(unit=UNIT))
        short = next(each for each in board.counts if each.unit == UNIT and not each.function)
        assert (short.has, short.minimum, short.is_short) == (2, 3, True)
        assert [(gap.has, gap.is_open) for gap in board.gaps] == [(2, False), (0, True)]
        assert board.gaps[0].ends_at == AT.replace(hour=15)

    def test_of_two_rules_of_cover_the_greater_counts(self, asha: Actor) -> None:
        factories.cover(asha)
        factories.cover(asha, begins="08:00", ends="16:00", minimum=1)
        board = queries.on_duty(asha, AT, Filter(unit=UNIT))
        assert [each.minimum for each in board.counts if not each.function] == [3]

    @pytest.mark.parametrize(
        "wanted",
        [
            Filter(force="nonsense"),
            Filter(function="nonsense"),
            Filter(skill="x"),
            Filter(unit="nonsense"),
        ],
    )
    def test_a_slip_is_no_empty_board(self, asha: Actor, wanted: Filter) -> None:
        with pytest.raises(queries.NoSuchFilter):
            queries.on_duty(asha, AT, wanted)

    def test_a_unit_one_may_not_know_of_is_one_that_is_not_there(self, asha: Actor) -> None:
        agreed.in_force()
        hidden = f"{agreed.REFERENCE}-unit"
        people.joint_unit(hidden, agreed.REFERENCE)
        assert not names(queries.on_duty(asha, AT, Filter(unit=hidden)))
        stranger = people.actor("duty-inspector", "dorset", name="Cole Vance")
        said = []
        for code in (hidden, "nonsense"):
            with pytest.raises(queries.NoSuchFilter) as refused:
                queries.on_duty(stranger, AT, Filter(unit=code))
            assert (refused.value.status, refused.value.where) == (422, ("query", "unit"))
            said.append(str(refused.value).replace(code, ""))
        assert said[0] == said[1]

    def test_looking_back_one_that_was_cancelled_since_still_stands(self, asha: Actor) -> None:
        row = queries.on_duty(asha, AT, ALL).rows[1].entry
        later = AT + timedelta(minutes=1)
        cancel_entry(actor=asha, entry=row.pk, version=1, at=later)
        assert row.name not in names(queries.on_duty(asha, AT, ALL))
        then = queries.on_duty(asha, AT - timedelta(minutes=5), ALL)
        (still,) = [each.entry for each in then.rows if each.entry.pk == row.pk]
        assert still.cancelled_at == later


class TestAcrossForces:
    def test_a_partner_sees_the_unit_and_a_stranger_nothing(self, asha: Actor) -> None:
        factories.sharing((HERE, PARTNER))
        bryn, cole = factories.planner(PARTNER), factories.planner(factories.ELSEWHERE)
        assert names(queries.on_duty(bryn, AT, ALL)) == ["Robin Hill", "Sam Lowe"]
        assert not names(queries.on_duty(cole, AT, ALL))

    def test_who_is_away_is_on_no_board_wherever_that_is_noted(self, asha: Actor) -> None:
        factories.sharing((HERE, PARTNER))
        bryn = factories.planner(PARTNER)
        of = described(DAYS, ('"avon-and-somerset"', f'"{HERE}"'))
        brought_in(asha, b"Person,Day,Duty\n1234,2026-11-21,AL\n", of)
        assert names(queries.on_duty(bryn, AT, ALL)) == ["Sam Lowe"]

    def test_a_leaver_vanishes(self, asha: Actor) -> None:
        factories.sharing((HERE, PARTNER))
        bryn = factories.planner(PARTNER)
        assert names(queries.on_duty(bryn, AT, ALL))
        factories.sharing()
        assert not names(queries.on_duty(bryn, AT, ALL))


class TestAuthorities:
    def test_suspended_takes_the_skills_away_at_once(self, asha: Actor) -> None:
        robin = _armed("1234")
        code, skill = "firearms-authorised-officer", "firearms-tactics"
        board = queries.on_duty(asha, AT, Filter(skill=skill))
        assert names(board) == ["Robin Hill"]
        assert code in board.rows[0].able.authorities
        with guarded.acting(people.loader()):
            row = people_models.Authority.objects.get(staff=robin)
        people_operations.suspend_authority(
            actor=people.loader(), authority=row.pk, version=row.version, reason="x", at=AT
        )
        assert not names(queries.on_duty(asha, AT, Filter(skill=skill)))
        assert not names(queries.on_duty(asha, AT, Filter(authority=code)))

    def test_expired_takes_them_away_too(self, asha: Actor) -> None:
        robin = _armed("1234")
        with guarded.acting(people.loader()):
            people_models.Authority.objects.filter(staff=robin).update(ends_at=AT)
        assert not names(queries.on_duty(asha, AT, Filter(skill="firearms-tactics")))

    def test_are_those_that_row_security_shows(self, asha: Actor) -> None:
        robin = _armed("1234")
        factories.sharing((HERE, PARTNER))
        seen = []
        for actor in (asha, factories.planner(PARTNER), factories.planner(ELSEWHERE)):
            with guarded.acting(actor):
                rows = [
                    *people_models.Skill.objects.filter(staff=robin),
                    *people_models.Authority.objects.filter(staff=robin),
                ]
            can = people_api.able(actor, [robin.pk], AT).get(robin.pk, people_api.Able())
            shown = {row.code for row in rows}
            assert {*can.skills, *can.authorities, *can.barred} == shown
            seen.append(bool(shown))
        assert seen == [True, False, False]


def _armed(number: str) -> Any:
    """The person, with the authority to carry a firearm and every skill that it requires."""
    with guarded.acting(people.loader()):
        staff = people_models.Staff.objects.get(number=number)
    item = catalogue.authorities(AT.date())["firearms-authorised-officer"]
    period = Period(AT - timedelta(days=10), AT + timedelta(days=100))
    for code in item.requires:
        people_operations.record_skill(
            actor=people.loader(),
            staff=staff.pk,
            skill=people_operations.NewSkill(code, period, ""),
            at=AT,
        )
    with guarded.acting(people.loader()):
        scope = guarded.scope(
            guarded.ScopeOf(
                HERE, "people.authority", person=staff.pk, marking="OFFICIAL-SENSITIVE"
            )
        )
        people_models.Authority.objects.create(
            id=new_id(), scope_id=scope, staff=staff, code=item.code, granted_by="x",
            starts_at=period.starts_at, ends_at=period.ends_at, changed_at=AT, changed_by="x",
        )  # fmt: skip
    return staff
