"""Pages of the board and the card."""

import csv
import io
from typing import Any

import pytest
from django.urls import reverse

from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.duty import models
from crossforce.duty.tests import factories
from crossforce.duty.tests.factories import HERE, PARTNER, UNIT, brought_in, rows
from crossforce.kernel import guarded
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.cast import ASHA, Cast, Player
from crossforce.ledger.models import Entry as StoredEntry
from crossforce.people.tests.cast import made
from crossforce.transparency.entry import from_bytes

__all__ = ["bodies", "few_bodies"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
ONE = factories.EARLY
TWO = "2;1235;21/11/2026;07:00;15:00;SOU;XG02;Devizes;RF;;"
BOARD = "/duty/"


@ground.fixture
def asha(bodies: None) -> Player:
    factories.policy()
    factories.unit()
    factories.unit("roads")
    factories.person("1234", name="Robin Hill")
    factories.person("1235", name="=cmd|'/c calc'!A1 Lowe")
    player = made(ASHA, "duty-inspector")
    with pytest.MonkeyPatch.context() as patch:  # as the clock stands for each test
        patch.setattr("crossforce.kernel.clock.now", lambda: factories.AT)
        brought_in(player.actor, rows(ONE, TWO))
    return player


def page(player: Player, address: str = BOARD, **asked: str) -> str:
    answer = player.client.get(address, asked)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def entry(player: Player) -> models.Entry:
    with guarded.acting(player.actor):
        found: models.Entry = models.Entry.objects.get(source_reference="1")
    return found


class TestBoard:
    def test_shows_who_is_on_duty_and_leads_to_card_and_reason(self, asha: Player) -> None:
        said = page(asha)
        assert "Robin Hill" in said
        assert reverse("duty:card", args=[entry(asha).pk]) in said
        assert reverse("oversight:why", args=["duty.entry", entry(asha).pk]) in said
        assert 'id="duty-board"' in said
        assert "OFFICIAL-SENSITIVE" in said

    def test_is_wholly_english_and_says_so_in_welsh(self, asha: Player) -> None:
        answer = asha.client.get("/duty/", {"lang": "cy"})
        said = answer.content.decode()
        assert '<html lang="en"' in said
        assert '<span class="cf-top__said" lang="cy">Yn Saesneg yn unig</span>' in said
        assert 'hreflang="' not in said
        assert answer.headers["Content-Language"] == "en"

    def test_says_why_it_is_empty(self, asha: Player, cast: Cast) -> None:
        said = page(cast.cole("duty-inspector"))
        assert "Robin Hill" not in said
        assert "no clause that is in force lets you" in said

    def test_tells_nothing_found_from_nothing_seen(self, asha: Player) -> None:
        assert "Nobody who is on duty matches" in page(asha, function="dogs")
        assert "none covers this instant" in page(asha, on="2026-11-22", time="03:00")

    def test_is_that_of_another_instant(self, asha: Player) -> None:
        assert "Robin Hill" in page(asha, on="2026-11-21", time="14:59")
        assert "Robin Hill" not in page(asha, on="2026-11-21", time="15:00")
        assert "As planned for" in page(asha, time="14:59")

    @pytest.mark.parametrize(
        ("asked", "says"),
        [
            ({"on": "yesterday"}, "Day: write a real day"),
            ({"on": "1850-01-01"}, "Day: write a day from"),
            ({"time": "25:00"}, "Time: write a time of day"),
            ({"on": "2027-03-28", "time": "01:30"}, "Time: 28/03/2027 01:30 never happens"),
            ({"time": "01:30", "which": "third"}, "Which of the two: choose the first"),
            ({"page": "0"}, "Page: write a number from 1"),
        ],
    )
    def test_says_what_it_does_not_understand(
        self, asha: Player, asked: dict[str, str], says: str
    ) -> None:
        answer = asha.client.get(BOARD, asked)
        assert answer.status_code == 422
        assert says in answer.content.decode()

    def test_is_of_either_of_two_times_that_the_clocks_repeat(self, asha: Player) -> None:
        twice = {"on": "2027-10-31", "time": "01:30"}
        first = page(asha, **twice)
        assert "This is the first, 31 October 2027, 01:30 BST" in first
        assert "on=2027-10-31&amp;time=01%3A30&amp;which=second" in first
        assert 'name="which"' in first
        second = page(asha, **twice, which="second")
        assert "This is the second, 31 October 2027, 01:30 GMT" in second
        assert "happens twice" not in page(asha, on="2027-10-31", time="02:30", which="second")

    def test_a_timeline_tells_the_two_hours_apart(self, asha: Player) -> None:
        brought_in(asha.actor, rows("3;1234;30/10/2027;22:00;07:00;SOU;XG01;Devizes;AV;;"))
        said = page(asha, on="2027-10-31", time="02:00", show="timeline")
        assert "<span>01:00 GMT</span>" in said
        first = page(asha, on="2027-10-31", time="01:30", show="timeline")
        assert "The upright line is 31 October 2027, 01:30 BST" in first

    @pytest.mark.parametrize("asked", [{"skill": "flying"}, {"authority": "x"}])
    def test_refuses_a_code_that_nothing_bears(
        self, asha: Player, asked: dict[str, str]
    ) -> None:
        assert asha.client.get(BOARD, asked).status_code == 422

    def test_gives_its_changing_part_alone(self, asha: Player) -> None:
        said = page(asha, fragment="rows")
        assert "Robin Hill" in said
        assert "<html" not in said

    @pytest.mark.parametrize("asked", [{}, {"fragment": "rows"}, {"format": "csv"}])
    def test_is_never_an_empty_one_for_who_is_signed_out(
        self, asha: Player, asked: dict[str, str]
    ) -> None:
        asha.client.logout()
        answer = asha.client.get(BOARD, asked)
        assert answer.status_code == 302
        assert "/account/login/" in answer.headers["Location"]

    def test_has_no_page_beyond_the_last(self, asha: Player) -> None:
        assert asha.client.get(BOARD, {"page": "2"}).status_code == 404

    def test_draws_a_timeline_and_a_map(self, asha: Player) -> None:
        assert "cf-bar--duty" in page(asha, show="timeline")
        assert "Nobody below is located" in page(asha, show="map")

    def test_is_a_file_in_which_nothing_runs(self, asha: Player) -> None:
        answer = asha.client.get(BOARD, {"format": "csv"})
        text = b"".join(answer).decode("utf-8-sig")
        lines = list(csv.DictReader(io.StringIO(text)))
        assert [line["Call sign"] for line in lines] == ["XG01", "XG02"]
        assert {line["Marking"] for line in lines} == {"OFFICIAL-SENSITIVE"}
        assert lines[1]["Name"].startswith("'=cmd")

    def test_a_file_is_a_disclosure_of_everybody_named_in_it(self, asha: Player) -> None:
        seen = len(told("record.consulted"))
        asha.client.get(BOARD, {"format": "csv"})
        (entry_told,) = told("record.disclosed")
        assert str(entry(asha).pk) in entry_told.detail["rows"]
        assert len(entry_told.detail["rows"]) == 2
        assert entry_told.detail["recipient"] == HERE
        assert entry_told.detail["marking"] == "OFFICIAL-SENSITIVE"
        after = [each for each in told("record.consulted")[seen:] if each.detail["rows"]]
        assert [each.detail["rows"] for each in after] == [[str(entry(asha).pk)]]


def told(operation: str) -> list[Any]:
    """Entries of the ledger about duties, oldest first."""
    rows = StoredEntry.objects.filter(operation=operation, subject__startswith="duty.entry")
    return [from_bytes(bytes(row.body)) for row in rows.order_by("at", "id")]


class TestCard:
    def test_says_who_answers(self, asha: Player) -> None:
        said = page(asha, reverse("duty:card", args=[entry(asha).pk]))
        assert "under the direction and control of" in said
        assert "Holds to account" in said

    def test_is_of_the_area_that_is_asked_for(self, asha: Player) -> None:
        address = reverse("duty:card", args=[entry(asha).pk])
        assert "as you asked" in page(asha, address, area=PARTNER)
        assert asha.client.get(address, {"area": "nowhere"}).status_code == 400

    def test_is_not_there_for_a_stranger(self, asha: Player, cast: Cast) -> None:
        address = reverse("duty:card", args=[entry(asha).pk])
        cole = cast.cole("duty-inspector").client
        hidden = cole.get(address)
        missing = cole.get(reverse("duty:card", args=["01930000-0000-7000-8000-000000000001"]))
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content

    def test_of_an_instant_of_which_nothing_may_be_seen_says_so(
        self, asha: Player, cast: Cast
    ) -> None:
        address = reverse("duty:card", args=[entry(asha).pk])
        cole, then = cast.cole("duty-inspector").client, {"on": "2025-01-01", "time": "07:00"}
        hidden = cole.get(address, then)
        nowhere = reverse("duty:card", args=["01930000-0000-7000-8000-000000000001"])
        missing = cole.get(nowhere, then)
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content
        assert "Nothing can be shown at" in hidden.content.decode()
        assert "then as well as now" in hidden.content.decode()


class TestApi:
    def test_tells_the_same_as_the_page(self, asha: Player) -> None:
        board: Any = asha.client.get("/api/v1/duty/board").json()
        assert board["total"] == 2
        assert board["rows"][0]["name"] == "Robin Hill"
        lanes: Any = asha.client.get("/api/v1/duty/timeline", {"unit": UNIT}).json()["lanes"]
        assert lanes[0]["spans"][0]["what"] == "duty"
        card: Any = asha.client.get(f"/api/v1/duty/card/{board['rows'][0]['id']}").json()
        assert card["lines"][0]["code"] == f"chief-constable-{HERE}"
        assert card["clearances"] is None

    @pytest.mark.parametrize(
        ("asked", "status"),
        [
            ({"at": "yesterday"}, 422),
            ({"at": "0001-01-01T00:00:00"}, 400),
            ({"at": "2027-10-31T01:30:00"}, 422),
            ({"at": "2027-03-28T01:30:00"}, 422),
            ({"skill": "flying"}, 422),
            ({"unit": "nope"}, 422),
            ({"limit": "0"}, 422),
            ({"at": "2026-11-21T15:00:00"}, 200),
        ],
    )
    def test_refuses_what_it_does_not_understand(
        self, asha: Player, asked: dict[str, str], status: int
    ) -> None:
        assert asha.client.get("/api/v1/duty/board", asked).status_code == status

    def test_tells_a_stranger_that_nothing_follows(self, asha: Player, cast: Cast) -> None:
        board: Any = cast.cole("duty-inspector").client.get("/api/v1/duty/board").json()
        assert (board["total"], board["reaches"]) == (0, False)
