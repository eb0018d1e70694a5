"""The pack of a meeting: for each reader what that reader may see."""

import json
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crossforce.access.choices import ACTIONS
from crossforce.access.operations import put_grants
from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.boards import api as governing
from crossforce.boards.operations import keeping
from crossforce.boards.tests import factories as boards
from crossforce.kernel import civil
from crossforce.kernel.ids import new_id
from crossforce.kernel.refusals import Missing
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.ledger.models import Entry
from crossforce.people.choices import Actor
from crossforce.programme.choices import FINDING, ProjectState
from crossforce.programme.endpoints import meetings
from crossforce.programme.kinds import KINDS
from crossforce.programme.operations import packs as operations
from crossforce.programme.operations import projects
from crossforce.programme.queries import calendars, dashboard, packs
from crossforce.programme.rules.packs import GAP, Table, Text, as_data, paragraphs, table
from crossforce.programme.tests import factories
from crossforce.programme.views import calendars as calendar_pages
from crossforce.programme.views import dashboard as dashboard_pages
from crossforce.programme.views import packs as pack_pages
from crossforce.records.tests import factories as records

__all__ = ["bodies", "few_bodies"]
pytestmark = pytest.mark.django_db
PROJECT = "One dog section"


@ground.fixture
def secretary(bodies: None) -> Actor:
    boards.agreement()
    boards.policy()
    opened(boards.HERE)
    return boards.secretary()


def opened(force: str) -> None:
    """The force's own policy for what its programme keeps."""
    grants = [
        records.grant(kind.name, holder=force, recipient=force, actions=ACTIONS)
        for kind in KINDS
    ]
    put_grants("programme-policy", grants)


@ground.fixture
def meeting(secretary: Actor) -> UUID:
    board = boards.board(secretary)
    boards.paper(secretary)
    factories.entry(secretary)
    factories.project(secretary, agreement=boards.REFERENCE)
    factories.milestone(secretary, "M1", 30)
    return boards.meeting(secretary, board)


def titles(pack: Any) -> list[str]:
    return [chapter.title for chapter in pack.chapters]


def words(pack: Any) -> str:
    return str(as_data(pack))


def test_it_holds_what_the_board_is_to_see(secretary: Actor, meeting: UUID) -> None:
    told: list[tuple[str, int, int]] = []
    found = packs.pack(secretary, meeting, boards.AT, lambda *each: told.append(each))
    assert [each for each in titles(found) if each in ("Agenda", "Papers", "Money", PROJECT)] == [
        "Agenda", "Papers", PROJECT, "Money",
    ]  # fmt: skip
    assert "The old ones fail." in words(found)
    assert "£50,000" in words(found)
    assert [number for _, number, _ in told] == list(range(len(told)))
    assert {of for *_, of in told} == {len(told)}


def test_another_reader_reads_no_more_than_they_may(meeting: UUID) -> None:
    reader = boards.secretary(boards.PARTNER)
    with pytest.raises(Missing, match="no such meeting"):
        packs.pack(reader, meeting, boards.AT)


def test_a_file_is_a_disclosure_with_its_entry(secretary: Actor, meeting: UUID) -> None:
    found = operations.draw(secretary, meeting)
    assert found.data.startswith(b"%PDF")
    assert b"/StructTreeRoot" in found.data
    assert found.name.endswith(".pdf")
    told = [json.loads(bytes(row.body).split(b"\n", 1)[1])["detail"] for row in entries()]
    assert told
    assert {each["file"] for each in told} == {packs.FILE}


def entries() -> list[Entry]:
    return list(Entry.objects.filter(operation="record.disclosed"))


def test_no_word_of_a_paper_is_markup(secretary: Actor, meeting: UUID) -> None:
    boards.paper(secretary, title="#panic() *bold* $x$", body='#read("/etc/passwd") <b>&')
    assert operations.draw(secretary, meeting).data.startswith(b"%PDF")


@pytest.fixture
def asha(meeting: UUID, cast: Cast) -> Player:
    return cast.asha("programme-officer")


class TestPages:
    @pytest.fixture(autouse=True)
    def _today(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whatever the day is, the meeting is ahead."""
        for module in (calendar_pages, dashboard_pages, pack_pages, meetings):
            monkeypatch.setattr(module, "clock", SimpleNamespace(now=lambda: boards.AT))

    def test_the_pack_and_its_way_to_a_file(self, asha: Player, meeting: UUID) -> None:
        address = reverse("programme:pack", args=[meeting])
        answer = asha.client.get(address)
        assert answer.status_code == 200
        said = answer.content.decode()
        assert "The old ones fail." in said
        assert "as its reader may see it" in said
        asked = {"idempotency_key": str(new_id())}
        answer = asha.client.post(reverse("programme:pack-draw", args=[meeting]), asked)
        assert answer.status_code == 302
        waiting = asha.client.get(answer.headers["Location"])
        assert "The pack is being made" in waiting.content.decode()
        assert waiting.headers["Refresh"] == "1"
        assert (
            "Refresh" not in asha.client.get(f"{answer.headers['Location']}?refresh=no").headers
        )
        assert asha.client.get(f"{answer.headers['Location']}file/").status_code == 404
        put_grants("policy", [])
        assert asha.client.get(answer.headers["Location"]).status_code == 404

    def test_what_comes_and_the_dashboard(self, asha: Player) -> None:
        said = asha.client.get(reverse("programme:calendar")).content.decode()
        assert "Roads policing board" in said
        said = asha.client.get(reverse("programme:dashboard")).content.decode()
        assert "1 project that you may see" in said
        text = asha.client.get(reverse("programme:calendar-file")).content
        assert b"SUMMARY:Roads policing board" in text
        answer = asha.client.get("/api/v1/programme/dashboard").json()
        assert answer["projects"] == 1


def test_what_comes_asks_no_more_for_more_boards(secretary: Actor, meeting: UUID) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            calendars.coming(secretary, boards.AT, 9)[0]
            dashboard.dashboard(secretary, boards.AT)
        return len(found)

    asked()
    before = asked()
    for code in ("second", "third"):
        boards.meeting(secretary, boards.board(secretary, code=code))
    every, _ = calendars.coming(secretary, boards.AT, 9)
    assert len(every) == 4
    assert asked() == before
    for most in range(4):
        assert calendars.coming(secretary, boards.AT, most) == (every[:most], 4 - most)


def test_a_cancelled_meeting_does_not_come(secretary: Actor, meeting: UUID) -> None:
    keeping.cancel_meeting(
        actor=secretary, meeting=meeting, version=1, why="No business", at=boards.AT
    )
    assert [each.sort for each in calendars.coming(secretary, boards.AT, 9)[0]] == ["Milestone"]
    told = {each.sort: each.is_cancelled for each in calendars.taken_out(secretary, boards.AT)}
    assert told == {"Milestone": False, "Meeting": True}
    assert [each.sort for each in calendars.tabled(secretary, boards.AT)] == ["Milestone"]
    assert dashboard.dashboard(secretary, boards.AT).meetings == []


def test_a_pack_asks_no_more_for_more_projects(secretary: Actor, meeting: UUID) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            packs.pack(secretary, meeting, boards.AT)
        return len(found)

    asked()
    before = asked()
    for code in ("second", "third"):
        factories.project(secretary, code, title=code, agreement=boards.REFERENCE)
        factories.milestone(secretary, f"M{code}", 30, project=code)
    assert {"second", "third"} <= set(titles(packs.pack(secretary, meeting, boards.AT)))
    assert asked() == before


def test_only_what_is_open_and_late_is_told(secretary: Actor, meeting: UUID) -> None:
    seat = governing.shown(secretary, meeting, boards.ON).sitting.seats[0].code
    for days, what in ((10, "Soon"), (900, "Far")):
        governing.set_action(
            actor=secretary,
            meeting=meeting,
            what=what,
            owner=seat,
            due_on=boards.ON + timedelta(days=days),
            at=boards.LATER,
        )
    told = [each.title for each in calendars.coming(secretary, boards.LATER, 9)[0]]
    assert [each for each in told if each.startswith("Due")] == ["Due: Soon"]
    for days, late in ((10, 0), (11, 1)):
        at = boards.LATER + timedelta(days=days)
        assert dashboard.dashboard(secretary, at).overdue == late


def test_comments_on_a_report_are_due_once_for_all_its_findings(
    secretary: Actor, meeting: UUID
) -> None:
    for title in ("Dogs", "Vans"):
        factories.own(
            secretary,
            FINDING,
            title=title,
            sort="recommendation",
            inspectorate="The inspectorate",
            report="Joint units",
            reported_on=civil.day_of(boards.AT) - timedelta(days=10),
        )
    told = [
        each for each in calendars.coming(secretary, boards.AT, 9)[0] if each.sort == "Report"
    ]
    assert [(each.title, each.on) for each in told] == [
        (
            "Comments due on the report: Joint units",
            civil.day_of(boards.AT) + timedelta(days=46),
        )
    ]


def test_a_decision_that_is_kept_here_is_of_the_project_and_was_taken(
    secretary: Actor, meeting: UUID
) -> None:
    key = factories.project(secretary, "gated", agreement=boards.REFERENCE, **factories.FULL)
    seats = [each.code for each in governing.shown(secretary, meeting, boards.ON).sitting.seats]
    boards.attended(secretary, meeting, seats)
    papers = [boards.paper(secretary, title=title) for title in ("Go on", "Stop")]
    taken = boards.decided(secretary, meeting, papers[0], seats)
    other = boards.decided(secretary, meeting, papers[1], [])

    def moved(decision: str) -> None:
        projects.move_project(
            actor=secretary, project=key, version=1, to=ProjectState.BUSINESS_CASE,
            decision=decision, at=boards.LATER,
        )  # fmt: skip

    for wrong, why in (
        (str(new_id()), "no board keeps"), (str(other), "was not decided"),
        ("Because I say so", "words about a decision are no ground"),
        ("Because I say so, 3 June 2020", "it stands as it does since"),
    ):  # fmt: skip
        with pytest.raises(projects.CannotMove, match=why):
            moved(wrong)
    moved(str(taken).upper())
    [came] = governing.decision(secretary, taken).outcome.came
    assert came.said == "The project “One dog section” went on as business-case."
    assert governing.decision_in_words(secretary, str(taken)) == "Go on, 20 January 2027"
    assert "outside this platform" in governing.decision_in_words(secretary, "Board 3")


class TestChapters:
    def test_paragraphs_are_parted_at_empty_lines(self) -> None:
        assert paragraphs("One\ntwo\r\n\r\nthree\n\n\n") == (Text("One two"), Text("three"))

    def test_a_cell_is_never_empty(self) -> None:
        found = table("Milestones", ("A", "B"), [("x", "")])
        assert found == Table("Milestones", ("A", "B"), (("x", GAP),))

    def test_a_table_without_rows_is_a_sentence(self) -> None:
        assert table("Risks", ("A",), []) == Text("Risks: none that you may see.")
