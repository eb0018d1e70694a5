"""Cover that names a skill or an authority counts nobody who has not got it at the instant."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import transaction
from typer.testing import CliRunner

from crossforce.access.operations import put_grants
from crossforce.duty import commands, queries
from crossforce.duty.operations import cover as operations
from crossforce.duty.operations.cover import NewCover, NoSuchNeed
from crossforce.duty.queries import Filter
from crossforce.duty.queries import cover as covers
from crossforce.duty.tests import factories
from crossforce.duty.tests.exports import DAYS, described
from crossforce.duty.tests.factories import AT, HERE, PARTNER, UNIT, brought_in, rows
from crossforce.duty.tests.test_board import _armed as armed
from crossforce.kernel import guarded
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.cast import ASHA, Player
from crossforce.people import models as people_models
from crossforce.people import operations as people_operations
from crossforce.people.choices import Actor
from crossforce.people.tests import factories as people
from crossforce.people.tests.cast import made
from crossforce.records.tests.factories import grant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
AUTHORITY, SKILL = "firearms-authorised-officer", "firearms-tactics"
ONE = factories.EARLY
TWO = "2;1235;21/11/2026;07:00;15:00;SOU;XG02;Devizes;AV;;"
ENDS = AT.replace(hour=15)


@ground.fixture
def asha() -> Player:
    """Two people are on duty until three, and one of them may carry a firearm."""
    factories.policy()
    factories.unit()
    factories.unit("roads")
    for number in ("1234", "1235"):
        factories.person(number)
    player = made(ASHA, "duty-inspector")
    brought_in(player.actor, rows(ONE, TWO))
    armed("1234")
    return player


def needed(actor: Actor, minimum: int = 1, skill: str = "", authority: str = AUTHORITY) -> None:
    new = NewCover(UNIT, "", "1234567", time(7), time(15), minimum, skill, authority)
    operations.set_cover(actor=actor, new=new, at=AT)


def short(actor: Actor, at: datetime = AT) -> Sequence[tuple[datetime, datetime, int]]:
    """The gaps until three."""
    gaps = covers.shortfalls(actor, at, 1, Filter()).gaps
    return [(gap.starts_at, gap.ends_at, gap.has) for gap in gaps if gap.starts_at < ENDS]


def authority() -> people_models.Authority:
    with guarded.acting(people.loader()):
        return people_models.Authority.objects.get(code=AUTHORITY)


def ended(model: Any, code: str, at: datetime) -> None:
    with guarded.acting(people.loader()):
        assert model.objects.filter(code=code).update(ends_at=at) == 1


class TestCounted:
    def test_are_those_who_have_it_and_nobody_else(self, asha: Player) -> None:
        needed(asha.actor, 2)
        assert short(asha.actor) == [(AT, ENDS, 1)]
        board = queries.on_duty(asha.actor, AT, Filter())
        of = {(each.authority, each.unit): each for each in board.counts}
        assert (of[AUTHORITY, UNIT].has, of[AUTHORITY, UNIT].is_short) == (1, True)
        assert of["", UNIT].has == 2
        assert (board.gaps[0].authority, board.gaps[0].has) == (AUTHORITY, 1)

    def test_are_no_longer_those_whose_authority_ends_from_that_instant(
        self, asha: Player
    ) -> None:
        needed(asha.actor)
        assert not short(asha.actor)
        soon = AT + timedelta(hours=2)
        ended(people_models.Authority, AUTHORITY, soon)
        assert short(asha.actor) == [(soon, ENDS, 0)]
        for at, is_short in ((AT, False), (soon, True)):
            counts = queries.on_duty(asha.actor, at, Filter()).counts
            assert [each.is_short for each in counts if each.authority] == [is_short]

    def test_are_no_longer_those_of_whom_a_required_skill_ends(self, asha: Player) -> None:
        needed(asha.actor)
        soon = AT + timedelta(hours=3)
        ended(people_models.Skill, "firearms-medical", soon)
        assert short(asha.actor) == [(soon, ENDS, 0)]

    def test_are_no_longer_those_who_are_suspended(self, asha: Player) -> None:
        needed(asha.actor, skill=SKILL, authority="")
        assert not short(asha.actor)
        row = authority()
        people_operations.suspend_authority(
            actor=people.loader(), authority=row.pk, version=row.version, reason="x", at=AT
        )
        assert short(asha.actor) == [(AT, ENDS, 0)]

    def test_are_not_those_who_are_away(self, asha: Player) -> None:
        needed(asha.actor)
        of = described(DAYS, ('"avon-and-somerset"', f'"{HERE}"'))
        brought_in(asha.actor, b"Person,Day,Duty\n1234,2026-11-21,AL\n", of)
        assert short(asha.actor) == [(AT, ENDS, 0)]


class TestTold:
    def test_nothing_is_claimed_of_whom_nothing_may_be_read(self, asha: Player) -> None:
        needed(asha.actor)
        duties = ("duty.entry", "duty.cover")
        grants = [
            grant(kind, holder=HERE, recipient=PARTNER, actions=("read",)) for kind in duties
        ]
        with transaction.atomic():
            put_grants("duties-alone", grants)
        bryn = factories.planner(PARTNER)
        found = covers.shortfalls(bryn, AT, 1, Filter())
        assert found.untold == [UNIT]
        assert not [gap for gap in found.gaps if gap.starts_at < ENDS]
        counted = queries.on_duty(bryn, AT, Filter()).counts
        assert all(each.is_part and not each.is_short for each in counted if each.authority)

    def test_pages_the_api_and_commands_name_it(
        self, asha: Player, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        needed(asha.actor, 2)
        for address in ("/duty/cover/", "/duty/"):
            assert "Authorised firearms officer" in asha.client.get(address).content.decode()
        sent = asha.client.get("/api/v1/duty/cover").json()
        assert [row["authority"] for row in (*sent["needed"], sent["gaps"][0])] == [
            AUTHORITY,
            AUTHORITY,
        ]
        monkeypatch.setattr("crossforce.kernel.registry.actor_named", lambda *_: asha.actor)
        said = CliRunner().invoke(commands.commands, ["cover", "gaps", "--as", "x"]).output
        assert f"{UNIT} {AUTHORITY}: 1 of 2" in said

    def test_refuses_what_nobody_can_have(self, asha: Player) -> None:
        for skill, code in (("juggling", ""), ("", "juggling")):
            with pytest.raises(NoSuchNeed, match="juggling"):
                needed(asha.actor, skill=skill, authority=code)
