"""Unused material to be looked at again is told at home: to its disclosure officer, after a week to everybody who may test it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from typer.testing import CliRunner

from crossforce.access.choices import ACTIONS
from crossforce.evidence import choices
from crossforce.evidence.choices import SENSITIVE, Trigger
from crossforce.evidence.commands import commands
from crossforce.evidence.models import Case
from crossforce.evidence.operations import scheduling
from crossforce.evidence.operations.scheduling import Described
from crossforce.evidence.queries import disclosure as queries
from crossforce.evidence.queries import looks
from crossforce.evidence.tests import factories
from crossforce.evidence.tests.test_disclosure import judged
from crossforce.kernel import clock
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.people.choices import Actor
from crossforce.records.tests.factories import asha
from crossforce.records.tests.factories import policy as opening

HOME = "Items of unused material that you have to look at again"
WEEK = timedelta(days=7)


def scheduled(actor: Actor, case: Case, **more: Any) -> None:
    new, at = Described("Log of calls", "Control room", **more), clock.now()
    judged(scheduling.schedule(actor=actor, case=case.pk, new=new, at=at))


def came(actor: Actor, case: Case, trigger: Trigger = Trigger.DEFENCE_STATEMENT) -> None:
    scheduling.reopen(actor=actor, case=case.pk, trigger=trigger, at=clock.now())


def looked_at(actor: Actor, case: Case) -> None:
    for row in queries.schedules_of(actor, case.pk).items:
        judged(row, choices.Test.CLEARLY_NOT)


def told(player: Player) -> tuple[bool, int]:
    """Whether the page at home says so, and how many items wait."""
    actor = player.actor
    return HOME in player.client.get("/").content.decode(), looks.waiting(actor, clock.now())


@pytest.mark.django_db
class TestLooks:
    def test_are_told_to_whoever_certified_last_and_after_a_week_to_all_who_may(
        self, cast: Cast
    ) -> None:
        factories.policy()
        player, other, case = cast.asha("investigator"), asha(), factories.case()
        officer = player.actor
        scheduled(officer, case)
        scheduled(officer, case, why_sensitive="An informant")
        assert told(player) == (False, 0)
        came(other, case)
        assert told(player) == (True, 2)
        assert looks.waiting(other, clock.now()) == 0
        (seen,) = looks.again(other, clock.now())
        assert (seen.items, seen.why, seen.is_own) == (2, "A defence statement came", False)
        assert looks.waiting(other, clock.now() + WEEK) == 2
        looked_at(other, case)
        assert told(player) == (False, 0)
        scheduling.certify(actor=other, case=case.pk, officer="DC 7", at=clock.now())
        came(other, case)
        assert (told(player), looks.waiting(other, clock.now())) == ((False, 0), 2)
        opening(kinds=tuple(each for each in factories.KINDS if each != SENSITIVE))
        assert looks.waiting(other, clock.now()) == 1
        reading = [each for each in ACTIONS if each != "edit"]
        opening(kinds=factories.KINDS, actions=reading)
        assert not looks.again(other, clock.now() + WEEK)

    def test_page_interface_and_command_say_the_same(self, cast: Cast) -> None:
        factories.policy()
        player, case = cast.asha("investigator"), factories.case()
        scheduled(player.actor, case)
        page = "/evidence/unused/look-again/"
        assert "Nothing that you may test" in player.client.get(page).content.decode()
        came(player.actor, case)
        shown = player.client.get(page).content.decode()
        assert "op-heron" in shown
        assert "A defence statement came" in shown
        (sent,) = player.client.get("/api/v1/evidence/unused/look-again").json()
        run = CliRunner().invoke(commands, ["look-again", "--as", player.account.username])
        (printed,) = json.loads(run.output)
        for row in (sent, printed):
            assert (row["case"], row["items"], row["is_own"]) == (str(case.pk), 1, True)
            assert (row["case_reference"], row["triggers"]) == (
                "op-heron",
                ["defence-statement"],
            )
