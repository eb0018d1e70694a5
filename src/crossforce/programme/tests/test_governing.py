"""A project tells which body governs it today, and from when another will."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from crossforce.boards.tests import factories as boards
from crossforce.boards.tests import welsh
from crossforce.kernel.testing.cast import Member
from crossforce.organisations.tests.shipped import shipped_directory
from crossforce.people.tests.cast import made
from crossforce.programme.operations import projects
from crossforce.programme.tests import factories
from crossforce.programme.views import projects as views

__all__ = ["shipped_directory"]

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("shipped_directory")
@pytest.mark.parametrize("function", ["roads-policing", ""])
def test_a_project_comes_before_another_board_from_the_day_the_fourth_opts_in(
    function: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "clock", SimpleNamespace(now=lambda: boards.LATER))
    welsh.agreement()
    boards.policy(welsh.SOUTH)
    factories.policy(welsh.SOUTH)
    player = made(Member("Rhian Pugh", welsh.SOUTH), "programme-officer")
    welsh.boards(player.actor)
    given = {"code": "roads", "title": "Roads", "agreement": boards.REFERENCE,
             "function": function}  # fmt: skip
    key = projects.add_project(actor=player.actor, given=given, at=boards.AT)
    answer = player.client.get(reverse("programme:project", args=[key]))
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))
    said = said.split("Who governs it")[1].split("Business case")[0]
    assert re.search(
        "From 1 February 2027, Roads policing: All Wales Policing Group.*From 1 June 2027", said
    )
    assert "clause 3" in said


@pytest.mark.usefixtures("shipped_directory")
def test_a_trial_that_runs_stays_before_its_board() -> None:
    welsh.agreement()
    factories.policy(welsh.SOUTH)
    actor = factories.officer(welsh.SOUTH)
    today = boards.AT.date()
    given = {"code": "roads", "title": "Roads", "agreement": boards.REFERENCE, "function": "roads-policing",
             "trial_from": today, "trial_to": today + timedelta(days=90)}  # fmt: skip
    early = boards.AT - timedelta(days=1)
    key = projects.add_project(actor=actor, given=given, at=early)
    for version, function in ((1, ""), (2, "roads-policing")):
        projects.change_project(
            actor=actor, project=key, version=version, given={"function": function}, at=early
        )
    for name in ("agreement", "function"):
        with pytest.raises(projects.StaysBefore):
            projects.change_project(
                actor=actor, project=key, version=3, given={name: ""}, at=boards.AT
            )
    same = {"title": "Our roads", "agreement": boards.REFERENCE, "function": "roads-policing"}
    projects.change_project(actor=actor, project=key, version=3, given=same, at=boards.AT)
