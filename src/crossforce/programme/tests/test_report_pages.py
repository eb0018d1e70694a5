"""Reports in the browser, over HTTP and at the prompt: by their office, and by everybody."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from typer.testing import CliRunner

from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.kernel.ids import new_id
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.programme.commands import commands
from crossforce.programme.queries import reports as reads
from crossforce.programme.tests import reporting
from crossforce.programme.tests.reporting import CODE, REFERENCE, YEAR

__all__ = ["bodies", "few_bodies"]
pytestmark = pytest.mark.django_db
HOME = "/api/v1/programme"
READ = f"/register/reports/{CODE}/"


@pytest.fixture
def asha(bodies: None, cast: Cast) -> Player:
    reporting.agreement()
    reporting.policy()
    return cast.asha("programme-officer")


@pytest.fixture
def key(asha: Player) -> UUID:
    """A report that names one project, before everybody."""
    project = reporting.project(asha.actor)
    reporting.opened_up(asha.actor, "programme.project", project)
    return reporting.published(asha.actor, introduction_cy="Beth mae tri heddlu yn ei wneud.")


def page(player: Player, name: str, *args: Any, **asked: str) -> str:
    answer = player.client.get(reverse(f"programme:{name}", args=args), asked)
    assert answer.status_code == 200, answer.content.decode()[-3000:]
    return answer.content.decode()


def sent(player: Player, name: str, *args: Any, **given: Any) -> Any:
    data = {"idempotency_key": str(new_id())} | given
    return player.client.post(reverse(f"programme:{name}", args=args), data)


def read(path: str, **asked: str) -> str:
    answer = Client().get(path, asked)
    assert answer.status_code == 200
    content = answer.getvalue()
    assert isinstance(content, bytes)
    return content.decode("utf-8-sig")


class TestTheOffice:
    def test_begins_draws_lowers_and_publishes(self, asha: Player) -> None:
        reporting.project(asha.actor)
        assert REFERENCE in page(asha, "report-add")
        given = {
            "code": CODE,
            "title": "Stone Cross: how it goes",
            "agreement": REFERENCE,
            "year": YEAR,
        }
        answer = sent(asha, "report-add", **given)
        assert answer.status_code == 302, answer.content.decode()[-3000:]
        made = answer.headers["Location"].split("/")[-2]
        assert "this page tells how many records stay out" in page(asha, "report", made)
        assert sent(asha, "report-draw", made, version=1).status_code == 302
        told = page(asha, "report", made)
        assert "1 project. Marked above OFFICIAL" in told
        assert "It names no record yet: one stays out" in told
        assert re.search(r'href="/records/programme\.project/[0-9a-f-]+/move/"', told)
        assert (
            sent(asha, "report-lower", made, version=2, reason="So decided").status_code == 302
        )
        assert "New radios" in page(asha, "report", made)
        assert "Prosiectau" in page(asha, "report", made, **{"in": "cy"})
        assert "could be somebody" in page(asha, "report-publish", made)
        lacking = sent(asha, "report-publish", made, version=3)
        assert "Read it first" in lacking.content.decode()
        ground = {"version": 3, "decision": "Board, item 4", "names_nobody": "on"}
        assert sent(asha, "report-publish", made, **ground).status_code == 302
        assert "As everybody reads it" in page(asha, "report", made)
        assert "Stone Cross" in page(asha, "reports")
        (line,) = asha.client.get(f"{HOME}/reports").json()
        assert (line["code"], line["number"], line["state"]) == (CODE, 1, "published")
        file = asha.client.get(reverse("programme:reports"), {"format": "csv"}).getvalue()
        assert f"{CODE},1,Stone Cross: how it goes" in file.decode()
        assert sent(asha, "report-correct", made).status_code == 302
        withdrawn = sent(asha, "report-withdraw", made, version=4, why="A sum was wrong")
        assert withdrawn.status_code == 302
        assert "A sum was wrong" in read(READ)

    def test_keeps_what_was_typed_when_it_is_refused(self, asha: Player) -> None:
        made = reporting.drawn(asha.actor)
        version = reads.one(asha.actor, made).version
        given = {"version": version, "decision": "As Mr Bowen wished", "names_nobody": "on"}
        answer = sent(asha, "report-publish", made, **given).content.decode()
        assert "may name a person" in answer
        assert 'value="As Mr Bowen wished"' in answer
        twice = {"code": CODE, "title": "Again", "agreement": REFERENCE, "year": YEAR}
        assert "is being written already" in sent(asha, "report-add", **twice).content.decode()
        neither = {"code": "x", "title": "Of nothing", "year": YEAR}
        assert "about one agreement" in sent(asha, "report-add", **neither).content.decode()

    def test_changes_a_draft_alone(self, asha: Player) -> None:
        made = reporting.drawn(asha.actor)
        row = reads.one(asha.actor, made)
        given = {"code": CODE, "title": "Another", "agreement": REFERENCE, "year": YEAR + 1}
        assert (
            sent(asha, "report-change", made, version=row.version, **given).status_code == 302
        )
        assert reads.one(asha.actor, made).figures == ""

    def test_of_another_force_finds_nothing(self, asha: Player, cast: Cast) -> None:
        made = reporting.drawn(asha.actor)
        cole = cast.cole("programme-officer")
        assert cole.client.get(reverse("programme:report", args=[made])).status_code == 404


class TestEverybody:
    def test_reads_it_in_both_languages(self, key: UUID) -> None:
        english = read(READ, lang="en")
        assert "New radios" in english
        assert "What is left out, and why" in english
        assert "Programme officer, Wiltshire" in english
        welsh = read(READ, lang="cy")
        assert "Beth mae tri heddlu yn ei wneud." in welsh
        assert '<span lang="en">New radios</span>' in welsh
        assert "yn Saesneg yn unig" in welsh
        assert "Swyddog rhaglen, Wiltshire" in welsh

    def test_finds_it_beside_its_agreement(self, key: UUID) -> None:
        assert READ in read(f"/register/{REFERENCE}/")
        assert READ in read("/register/reports/", agreement=REFERENCE)
        assert READ not in read("/register/reports/", region="south-west")
        assert "/register/reports/" in read("/register/")

    def test_takes_it_away(self, key: UUID) -> None:
        for language in ("en", "cy"):
            answer = Client().get(f"/register/reports/{CODE}/1.pdf", {"lang": language})
            assert answer.content.startswith(b"%PDF-")
            assert b"/StructTreeRoot" in answer.content
        assert "joint-roads,project,New radios,,state,exploring" in read(
            f"/register/reports/{CODE}/1.csv"
        )
        assert '"New radios"' in read(f"/register/reports/{CODE}/1.json")

    def test_asks_nothing_governed(self, key: UUID, django_assert_max_num_queries: Any) -> None:
        with django_assert_max_num_queries(3) as asked:
            read(READ)
        statements = " ".join(each["sql"] for each in asked.captured_queries)
        assert "programme_performancereport" not in statements
        assert "programme_project" not in statements

    def test_is_told_that_there_is_none(self, key: UUID) -> None:
        for path in ("nothing/", f"{CODE}/2/", f"{CODE}/2.pdf", f"{CODE}/99999999999/"):
            assert Client().get(f"/register/reports/{path}").status_code == 404


class TestOverHttp:
    def test_the_office_does_all_of_it(self, asha: Player) -> None:
        given = {"code": CODE, "title": "How it goes", "agreement": REFERENCE, "year": YEAR}
        made = called(asha, "post", "/reports", given)
        assert made.status_code == 201, made.content
        path = f"/reports/{made.json()['id']}"
        for act, body in (("draw", None), ("publish", {"reason": "So that all know"})):
            answer = called(asha, "post", f"{path}/{act}", body, etag(asha, path))
            assert answer.status_code == 200, answer.content
        assert answer.json()["state"] == "published"
        again = called(asha, "patch", path, {"title": "x"}, etag(asha, path))
        assert again.status_code == 409
        assert called(asha, "post", f"{path}/correct").status_code == 201
        taken = called(asha, "post", f"{path}/withdraw", {"why": "Wrong"}, etag(asha, path))
        assert taken.json()["withdrawn_why"] == "Wrong"

    def test_everybody_reads_it(self, key: UUID) -> None:
        client = Client()
        (one,) = client.get(f"{HOME}/public-reports").json()
        assert one["code"] == CODE
        shown = client.get(f"{HOME}/public-reports/{CODE}").json()
        assert (
            shown["content"]["figures"]["collaborations"][0]["projects"][0]["title"]
            == "New radios"
        )
        assert client.get(f"{HOME}/public-reports/{CODE}/1").json() == shown
        assert client.get(f"{HOME}/reports").status_code == 401


def test_at_the_prompt(asha: Player) -> None:
    reporting.project(asha.actor)
    made = run(
        asha, "begin-report", CODE, "How it goes", YEAR, "--agreement", REFERENCE
    ).strip()
    assert "programme.project New radios" in run(asha, "draw-report", made)
    assert "Marked 1 records" in run(asha, "lower-for-report", made, "So decided")
    run(asha, "publish-report", made, "--decision", "Board, item 4")
    assert f"{CODE}@1" in run(asha, "reports")
    assert CODE in CliRunner().invoke(commands, ["published-reports"]).output
    run(asha, "correct-report", made)
    run(asha, "withdraw-report", made, "Wrong")


def run(player: Player, *words: Any) -> str:
    told = CliRunner().invoke(commands, [*map(str, words), "--as", player.account.username])
    if told.exception and not isinstance(told.exception, SystemExit):
        raise told.exception
    return told.output


def called(player: Player, verb: str, path: str, body: Any = None, tag: str = "") -> Any:
    headers = {"Idempotency-Key": str(new_id())} | ({"If-Match": tag} if tag else {})
    send: Any = getattr(player.client, verb)
    return send(f"{HOME}{path}", body, content_type="application/json", headers=headers)


def etag(player: Player, path: str) -> str:
    return str(player.client.get(f"{HOME}{path}").headers["ETag"])
