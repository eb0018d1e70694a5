"""Lists that leave as CSV: as they are asked for, whole, marked, and with their entry."""

import csv
import io
import json
from typing import Any

import pytest
from django.urls import reverse

from crossforce.kernel.testing.cast import Cast, Player
from crossforce.ledger.models import Entry
from crossforce.programme.operations import reviews
from crossforce.programme.operations.importing import Sheet, bring_in
from crossforce.programme.queries import portfolio
from crossforce.programme.tests import factories
from crossforce.programme.tests.factories import AT, day

pytestmark = pytest.mark.django_db
SIDE_BY_SIDE = {"share": 100_00, "value": 60_00, "title": "=Unit", "force": "wiltshire"}


@pytest.fixture
def asha(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Player:
    monkeypatch.setattr("crossforce.kernel.clock.now", lambda: AT)
    factories.policy()
    player = cast.asha("programme-officer")
    factories.project(player.actor, cost=1200_00, trial_from=day(-9), trial_to=day(9))
    factories.project(player.actor, "vans", title="Vans", function="roads-policing")
    factories.milestone(player.actor, "M1", -60)
    reviews.add_review(actor=player.actor, given=SIDE_BY_SIDE, at=AT)
    return player


def taken(player: Player, name: str, **asked: str) -> list[dict[str, str]]:
    answer: Any = player.client.get(reverse(f"programme:{name}"), asked | {"format": "csv"})
    assert answer.status_code == 200
    assert "OFFICIAL-SENSITIVE.csv" in answer.headers["Content-Disposition"]
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_projects_leave_with_lights_whatever_the_page(
    asha: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portfolio, "PAGE", 1)
    dogs, vans = sorted(taken(asha, "projects"), key=lambda each: each["Reference"])
    assert (dogs["Light"], dogs["Trial"], dogs["Cost in pence"]) == ("Red", "running", "120000")
    assert (vans["Light"], vans["Marking"]) == ("No light", "OFFICIAL-SENSITIVE")
    assert [each["Reference"] for each in taken(asha, "projects", function="dogs")] == ["dogs"]


def test_files_that_were_sent_are_listed_with_who_and_what_became_of_them(asha: Player) -> None:
    content = b"Reference,Title,Stage\nW-1,Dogs,idea\nW-2,,idea\n"
    bring_in(actor=asha.actor, sent=Sheet("ideas.csv", content), at=AT)
    [row] = taken(asha, "imports")
    assert [row[name] for name in ("File", "By", "State", "Rows refused", "Sound and held back")] == [
        "ideas.csv", "you", "refused", "1", "1",
    ]  # fmt: skip
    assert "ideas.csv" in asha.client.get(reverse("programme:imports")).content.decode()
    [told] = asha.client.get("/api/v1/programme/imports").json()
    assert (told["sent_by"], told["counts"]["held_back"]) == ("you", 1)


def test_reviews_leave_weighed_and_run_nothing(asha: Player) -> None:
    [row] = taken(asha, "reviews")
    assert (row["Review"], row["Value for each pound"]) == ("'=Unit", "0.60")
    assert row["What the figures speak for"] == "vary"


def test_what_is_alike_leaves_with_its_reasons(asha: Player) -> None:
    for code, title in (("W-1", "Joint dog section"), ("W-2", "The joint dog section")):
        factories.entry(asha.actor, code, title=title)
    [pair] = taken(asha, "alike")
    assert {pair["One"], pair["The other"]} == {"W-1", "W-2"}
    assert "both are of Dogs" in pair["Why"]


def test_what_is_to_be_looked_at_leaves_with_whom_to_ask(asha: Player) -> None:
    for code, owner in (("W-1", "Head of operations"), ("W-2", "")):
        factories.entry(asha.actor, code, owner=owner, entered_on=day(-400))
    first, second = taken(asha, "chase")
    assert (first["Reference"], first["Owner"]) == ("W-2", "")
    assert (second["Reference"], second["Owner"]) == ("W-1", "Head of operations")
    assert int(first["Days overdue"]) == int(second["Days overdue"]) > 200
    assert taken(asha, "chase-own") == [first, second]
    assert (
        "Joint dog section" in asha.client.get(reverse("programme:chase-own")).content.decode()
    )
    told, _ = asha.client.get("/api/v1/programme/chase?own=true").json()
    assert told["entries"] == ["W-2"]
    assert "to be looked at by you" in asha.client.get("/").content.decode()


def test_milestones_leave_as_a_spreadsheet_that_changes_nothing_when_it_comes_back(
    asha: Player,
) -> None:
    key = portfolio.portfolio(asha.actor, portfolio.Wanted(), AT).rows[0].row.pk
    for form in ("csv", "xlsx"):
        answer = asha.client.get(reverse("programme:project", args=[key]), {"format": form})
        sent = Sheet(f"milestones.{form}", answer.content, "milestones", "dogs")
        told = bring_in(actor=asha.actor, sent=sent, at=AT)
        assert (told.counts["unchanged"], told.changes_nothing) == (1, True)


def test_the_dashboard_leaves_figure_by_figure(asha: Player) -> None:
    found = {
        (each["Part"], each["What"], each["Light"]): each for each in taken(asha, "dashboard")
    }
    assert found["Projects by state and light", "exploring", "Red"]["Number"] == "1"
    worst = found["The gravest", "One dog section", "Red"]
    assert worst["In words"] == "1 milestone is red."
    assert found["The register", "idea", ""]["Number"] == "0"


def test_what_comes_leaves_as_a_table_over_the_api_too(asha: Player) -> None:
    factories.milestone(asha.actor, "M2", 20, title="=Kennels")
    table = taken(asha, "calendar")
    assert [(each["What"], each["Sort"], each["Day or instant"]) for each in table] == [
        ("Last day of the trial: One dog section", "Trial", f"{day(8)}"),
        ("One dog section: =Kennels", "Milestone", f"{day(20)}"),
    ]
    answer: Any = asha.client.get("/api/v1/programme/calendar.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert list(csv.DictReader(io.StringIO(text))) == table


def test_a_file_is_a_disclosure_of_what_it_names(asha: Player, cast: Cast) -> None:
    assert taken(cast.cole("programme-officer"), "projects") == []
    taken(asha, "projects")
    rows = Entry.objects.filter(operation="record.disclosed")
    [told] = [each for each in rows if each.subject.split(":")[0] == "programme.project"]
    assert json.loads(bytes(told.body).split(b"\n", 1)[1])["detail"]["file"] == "projects"
