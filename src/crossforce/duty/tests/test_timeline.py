"""Who is on when: a duty does not run while its person is away, wherever that is noted."""

import json
from datetime import datetime
from typing import Any

import pytest
from typer.testing import CliRunner

from crossforce.duty import commands, live, queries
from crossforce.duty.choices import What
from crossforce.duty.operations.entries import NewEntry, add_entry
from crossforce.duty.queries import Filter
from crossforce.duty.tests import factories
from crossforce.duty.tests.factories import AT, HERE, PARTNER
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.cast import BRYN, Player
from crossforce.people.api import Actor
from crossforce.people.tests.cast import made

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
SEVEN, NOON, TWO, THREE, FIVE = (AT.replace(hour=hour) for hour in (7, 12, 14, 15, 17))
PAGE: dict[str, str] = {"show": "timeline"}


@ground.fixture
def bryn(inspector: Player) -> Player:
    """Who sees the unit of somebody, and not the absences that are noted outside of it."""
    factories.sharing((HERE, PARTNER))
    return made(BRYN, "duty-inspector")


def away(actor: Actor, starts_at: datetime, ends_at: datetime) -> None:
    new = NewEntry("1234", What.ABSENCE, starts_at, ends_at, absence="court")
    add_entry(actor=actor, new=new, at=AT)


def runs(actor: Actor) -> list[tuple[str, datetime, datetime, bool]]:
    (lane,) = queries.timeline(actor, AT, Filter()).lanes
    return [(e.what, e.starts_at, e.ends_at, e.entry is not None) for e in lane.stretches]


def test_a_duty_runs_while_its_person_is_there(inspector: Player, bryn: Player) -> None:
    assert runs(bryn.actor) == [("duty", SEVEN, THREE, True)]
    away(inspector.actor, NOON, TWO)
    there = [("duty", SEVEN, NOON, True), ("duty", TWO, THREE, True)]
    assert runs(inspector.actor) == [*there, ("absence", NOON, TWO, True)]
    assert runs(bryn.actor) == [*there, ("absence", NOON, TWO, False)]


def test_an_absence_out_of_reach_is_told_only_as_far_as_a_duty_lies_in_it(
    inspector: Player, bryn: Player
) -> None:
    away(inspector.actor, SEVEN, FIVE)
    assert runs(inspector.actor) == [("absence", SEVEN, FIVE, True)]
    assert runs(bryn.actor) == [("absence", SEVEN, THREE, False)]
    assert queries.timeline(bryn.actor, AT, Filter()).lanes[0].first.name == "Robin Hill"


def test_page_api_and_command_say_so(
    inspector: Player, bryn: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    away(inspector.actor, NOON, TWO)
    for player, said in (
        (inspector, "12:00 to 14:00</span> away (court)"),
        (bryn, "14:00</span> away<"),
    ):
        page = player.client.get("/duty/", PAGE).content.decode()
        assert said in page.replace("</td>", "<")
        assert page.count("cf-bar--duty") == 3  # one tells what the bars mean
    sent: Any = bryn.client.get("/api/v1/duty/timeline").json()["lanes"][0]["spans"]
    assert [(each["what"], bool(each["id"])) for each in sent] == [
        ("duty", True),
        ("duty", True),
        ("absence", False),
    ]
    monkeypatch.setattr("crossforce.kernel.registry.actor_named", lambda *_: bryn.actor)
    told = CliRunner().invoke(commands.commands, ["timeline", "--as", "x"]).output
    assert "21/11 07:00 to 21/11 12:00 duty, 21/11 14:00 to 21/11 15:00 duty" in told
    listed = CliRunner().invoke(commands.commands, ["timeline", "--as", "x", "--json"]).output
    assert json.loads(listed)[0]["spans"][2] == {
        "id": None,
        "what": "absence",
        "unit": "",
        "from": NOON.isoformat(),
        "to": TWO.isoformat(),
    }


def test_an_open_page_is_drawn_anew_when_somebody_is_away(
    inspector: Player, bryn: Player
) -> None:
    before = live.mark(queries.timeline(bryn.actor, AT, Filter()))
    assert live.mark(queries.timeline(bryn.actor, AT, Filter())) == before
    away(inspector.actor, NOON, TWO)
    assert live.mark(queries.timeline(bryn.actor, AT, Filter())) != before
