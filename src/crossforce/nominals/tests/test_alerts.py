"""Saved searches: what is new is told to their owner, as far as they may know of it when they look."""

import json
import re
from uuid import UUID, uuid4

import pytest
from typer.testing import CliRunner

from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing, Refused
from crossforce.kernel.testing.cast import Cast
from crossforce.nominals import models
from crossforce.nominals.choices import ALERT
from crossforce.nominals.commands import commands
from crossforce.nominals.operations import alerting, indexing
from crossforce.nominals.queries import alerts
from crossforce.nominals.tests import holding
from crossforce.people.choices import Actor
from crossforce.records.models import Pointer
from crossforce.records.tests import factories
from crossforce.records.tests.factories import AT, PARTNER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]
API = "/api/v1/nominals/alerts"


@pytest.fixture(autouse=True)
def _policies() -> None:
    holding.own_policies()
    own = {"holder": PARTNER, "recipient": PARTNER, "compartment": "own"}
    holding.policy("alerts-partner", kinds=(ALERT,), **own)


def new(actor: Actor) -> list[list[tuple[str, bool]]]:
    found = [
        alerts.alerted(actor, row, alerting.asked(row.question, AT))
        for row in alerts.mine(actor)
    ]
    return [[(seen.title, seen.is_readable) for seen in each.new] for each in found]


class TestSaved:
    def test_tells_what_answers_since_and_no_more_than_may_be_known(self) -> None:
        asha, bryn = factories.asha(), factories.bryn()
        holding.person(bryn, "John", "Smith")
        indexing.turn()
        saved = alerting.save(actor=bryn, question="john smith", at=AT)
        other = holding.person(asha, "John", "Smith")
        indexing.turn()
        assert new(bryn) == [[]]
        holding.shared("find")
        indexing.turn()
        assert new(bryn) == [[(other.number, False)]]
        holding.shared("read")
        assert new(bryn) == [[("SMITH, John", True)]]
        alerting.looked(actor=bryn, alert=saved.pk, at=AT)
        assert new(bryn) == [[]]
        mine = holding.person(bryn, "Jon", "Smith")
        indexing.turn()
        assert new(bryn) == [[("SMITH, Jon", True)]]
        holding.shared()
        assert new(bryn) == [[("SMITH, Jon", True)]]
        alerting.stop(actor=bryn, alert=saved.pk, at=AT)
        assert (new(bryn), mine.number != "") == ([], True)

    def test_is_its_owners_alone(self) -> None:
        bryn, colleague = factories.bryn(), factories.bryn("analyst")
        saved = alerting.save(actor=bryn, question="john smith", at=AT)
        holding.policy("all-of-it", kinds=(ALERT,), holder=PARTNER, recipient=PARTNER)
        assert alerts.mine(colleague) == []
        for actor, seen in ((colleague, 0), (bryn, 1)):
            with guarded.acting(actor):
                for found in (models.Alert.objects, Pointer.objects.filter(kind=ALERT)):
                    assert found.count() == seen
        for does in (alerting.looked, alerting.stop):
            for key in (saved.pk, uuid4()):
                with pytest.raises(Missing):
                    does(actor=colleague, alert=key, at=AT)

    @pytest.mark.parametrize("question", ["", "31/2/1980", "?"])
    def test_refuses_what_asks_nothing(self, question: str) -> None:
        with pytest.raises(alerting.NothingAsked):
            alerting.save(actor=factories.bryn(), question=question, at=AT)

    def test_refuses_without_a_clause_and_beyond_the_most(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with pytest.raises(Refused):
            alerting.save(actor=factories.cole(), question="john smith", at=AT)
        monkeypatch.setattr(alerts, "MOST", 0)
        with pytest.raises(alerting.TooManySaved):
            alerting.save(actor=factories.bryn(), question="john smith", at=AT)


class TestPages:
    def test_a_search_is_saved_seen_and_stopped(self, cast: Cast) -> None:
        bryn = cast.bryn("investigator")
        indexing.turn()

        def press(path: str, **given: str) -> int:
            sent = {"idempotency_key": str(uuid4()), **given}
            return int(bryn.client.post(f"/nominals/alerts/{path}", sent).status_code)

        def page() -> str:
            return str(bryn.client.get("/nominals/alerts/").content.decode())

        found = bryn.client.post("/nominals/", {"q": "john smith"}, follow=True)
        assert "Save this search" in found.content.decode()
        assert press("save/", q="john smith") == 302
        assert "Nothing new" in page()
        (where,) = re.findall(r'href="(/nominals/\?of=[^"]+)"', page())
        assert 'value="john smith"' in bryn.client.get(where).content.decode()
        (row,) = alerts.mine(bryn.actor)
        holding.person(bryn.actor, "John", "Smith")
        indexing.turn()
        assert "SMITH, John" in page()
        assert press(f"{row.pk}/seen/") == 302
        assert "Nothing new" in page()
        assert press(f"{row.pk}/stop/") == 302
        assert "You have none" in page()

    def test_api_and_commands_do_the_same(self, cast: Cast) -> None:
        bryn = cast.bryn("investigator")
        indexing.turn()
        sent = {"Idempotency-Key": str(uuid4())}
        made = bryn.client.post(
            API, {"question": "john smith"}, "application/json", headers=sent
        )
        assert made.status_code == 201, made.content
        holding.person(bryn.actor, "John", "Smith")
        indexing.turn()
        (one,) = json.loads(bryn.client.get(API).content)
        assert [hit["title"] for hit in one["new"]] == ["SMITH, John"]
        user = bryn.account.username

        def run(*words: str) -> str:
            done = CliRunner().invoke(commands, [*words, "--as", user])
            assert done.exit_code == 0, done.output
            return done.output

        assert "forename John: 1 new" in run("alerts")
        run("alert-seen", one["id"])
        assert "forename John: 0 new" in run("alerts")
        run("alert-stop", one["id"])
        assert run("alerts") == ""
        saved = UUID(run("alert-save", "AB12CDE").strip())
        assert [row.pk for row in alerts.mine(bryn.actor)] == [saved]
