"""Pages of benefits: what they show, whom they refuse, and what a form does once."""

import re
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest

from crossforce.benefits import models
from crossforce.benefits.choices import AREA, MARKING, PURPOSES, SAVING, TARGET
from crossforce.benefits.queries import benefits
from crossforce.benefits.rules import keeping
from crossforce.benefits.rules.baselines import Promise, promise
from crossforce.benefits.tests import factories
from crossforce.benefits.tests.factories import AFTER_ONE, HERE
from crossforce.benefits.tests.profiles import answering, saving
from crossforce.kernel import guarded
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.cast import ASHA, Cast, Player
from crossforce.kernel.testing.pages import KEY, ReadCase
from crossforce.people.tests.cast import made
from crossforce.records import api as records

pytestmark = pytest.mark.django_db
OFFICE = "programme-officer"


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The instant that it is; tests move it."""
    at = [AFTER_ONE]
    monkeypatch.setattr("crossforce.kernel.clock.now", lambda: at[0])
    return at


@ground.fixture
def officer() -> Player:
    factories.policy()
    factories.bodies()
    return made(ASHA, OFFICE)


@pytest.fixture
def asha(officer: Player, now: list[datetime]) -> Player:
    return officer


def post(player: Player, url: str, **sent: Any) -> Any:
    return player.client.post(url, sent | {KEY: str(uuid4())})


def text(player: Player, url: str) -> str:
    answer = player.client.get(url)
    assert answer.status_code == 200, answer.content
    return str(answer.content.decode())


def version(player: Player, key: UUID) -> int:
    return benefits.one(player.actor, key).version


class TestShow(ReadCase):
    office: ClassVar[str] = OFFICE

    def url(self, cast: Cast) -> str:
        factories.policy()
        factories.bodies()
        return f"/benefits/{factories.running(cast.asha(OFFICE).actor)}/"

    def test_says_the_rule_of_its_light(self, asha: Player) -> None:
        key = factories.running(asha.actor)
        factories.reported(asha.actor, key, 1, 90_00)
        shown = text(asha, f"/benefits/{key}/")
        assert "Green from 95 % of the profile" in shown
        assert "£90 realised" in shown
        assert "Finance system, report 12" in shown


class TestListed:
    def test_shows_lights_and_files(self, asha: Player) -> None:
        key = factories.running(asha.actor)
        factories.reported(asha.actor, key, 1, 100_00)
        assert "Fewer submissions to providers" in text(asha, "/benefits/?light=green")
        assert "No benefits that you may see" in text(asha, "/benefits/?light=red")
        lines = asha.client.get("/benefits/?format=csv").getvalue().decode()
        assert "forensics-1" in lines

    def test_shows_nothing_to_a_stranger(self, cast: Cast, asha: Player) -> None:
        factories.running(asha.actor)
        assert "No benefits that you may see" in text(cast.cole(OFFICE), "/benefits/")

    def test_portfolio_says_what_is_divided_among_nobody(self, asha: Player) -> None:
        key = factories.running(asha.actor)
        factories.reported(asha.actor, key, 1, 100_00)
        shown = text(asha, "/benefits/portfolio/")
        assert "Divided among nobody" in shown
        assert "£100" in shown
        lines = asha.client.get("/benefits/portfolio/?format=csv").getvalue().decode()
        assert f"{MARKING},All together,,cash-releasing,pence,10000,10000" in lines

    def test_portfolio_tells_the_figures_of_the_list(self, asha: Player) -> None:
        key = factories.running(asha.actor, answering(15, 10))
        factories.reported(asha.actor, key, 1, 16)
        factories.added(asha.actor, promise=Promise(None, None, ()))
        together, listed = text(asha, "/benefits/portfolio/"), text(asha, "/benefits/")
        for figure in ("5 minutes", "4 minutes"):
            assert figure in together
            assert figure in listed
        assert "0 minutes" not in together
        assert "so there are no sums" in together
        assert "No figure yet" in listed


PROMISE = {
    "measure": "cash saved", "unit": "", "better": "higher", "adds": "adds-up", "source": "",
    "baseline": "0", "baseline_from-day": "1", "baseline_from-month": "4",
    "baseline_from-year": "2025", "baseline_until-day": "1", "baseline_until-month": "4",
    "baseline_until-year": "2026", "method": "Counted",
    "targets": "2026-04-01 2026-07-01 100\n2026-07-01 2026-10-01 £200.50",
}  # fmt: skip
WORDS = {
    "title": "Fewer", "description": "", "owner": "head-of-forensics", "beneficiaries": "wiltshire",
    "share_rule": "cost-shares", "effort": "wiltshire 2\ngloucestershire 1", "counted_in": "", "reinvestment": "Patrol", "confidence": "high",
}  # fmt: skip


class TestChanging:
    def test_adds_in_pounds_what_is_kept_in_pence(self, asha: Player) -> None:
        sent = {"reference": "new-1", "benefit_class": "cash-releasing", "agreement": ""}
        answer = post(asha, "/benefits/add/", **PROMISE, **WORDS, **sent, function="")
        assert answer.status_code == 302, answer.content.decode()
        row = benefits.named(asha.actor, "new-1")
        found = keeping.read(row.promise)
        assert [each.value for each in found.targets] == [100_00, 200_50]
        assert found.measure is not None
        assert found.measure.unit == "pence"

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"targets": "2026-04-01 100"}, "In line 1, write two days and a figure"),
            ({"targets": "2026-04-01 2026-07-01 many"}, "is no number"),
            ({"baseline": "many"}, "is no number: write it as 1234.5"),
            ({"baseline_until-year": "2024"}, "the end after the start"),
            ({"effort": "wiltshire many"}, "In line 1, write a force and a whole number"),
            ({"reference": "No Way"}, "Enter small letters"),
        ],
    )
    def test_says_what_is_wrong(self, asha: Player, wrong: dict[str, str], says: str) -> None:
        sent = {"reference": "new-1", "benefit_class": "cash-releasing", "agreement": ""}
        given = {**PROMISE, **WORDS, **sent, "function": "", **wrong}
        answer = post(asha, "/benefits/add/", **given)
        assert answer.status_code == 422
        assert says in answer.content.decode()

    def test_edits_words(self, asha: Player) -> None:
        key = factories.running(asha.actor)
        url = f"/benefits/{key}/edit/"
        assert "Fewer submissions" in text(asha, url)
        sent = {**WORDS, "version": version(asha, key)}
        assert post(asha, url, **sent).status_code == 302
        row = benefits.one(asha.actor, key)
        assert (row.title, row.effort) == ("Fewer", '{"gloucestershire": 1, "wiltshire": 2}')
        assert "wiltshire 2" in text(asha, url)

    def test_changes_a_promise_freely_before_and_by_decision_after(
        self, asha: Player, now: list[datetime]
    ) -> None:
        now[0] = factories.BEFORE_GO_LIVE
        key = factories.added(asha.actor)
        url = f"/benefits/{key}/promise/"
        assert "Measure, baseline and targets" in text(asha, url)
        assert post(asha, url, **PROMISE, version=version(asha, key)).status_code == 302
        for to in ("planned", "under-way"):
            moved = post(asha, f"/benefits/{key}/move/", to=to, version=version(asha, key))
            assert moved.status_code == 302
        assert "Which office or board decided" in text(asha, url)
        undecided = post(asha, url, **PROMISE, version=version(asha, key))
        assert undecided.status_code == 422
        decided = {
            "reason": "Missed two", "decided_by": "board", "decision": "B-1", "decided_on-day": "1",
            "decided_on-month": "3", "decided_on-year": "2026", "targets": "2026-04-01 2026-07-01 7",
        }  # fmt: skip
        answer = post(asha, url, **{**PROMISE, **decided}, version=version(asha, key))
        assert answer.status_code == 302
        assert "Missed two Decided by board, B-1 (a decision outside this platform)." in text(
            asha, f"/benefits/{key}/"
        )

    def test_reports_a_period_and_puts_cash_to_use(self, asha: Player) -> None:
        key = factories.running(asha.actor)
        url = f"/benefits/{key}/report/"
        assert "1 April 2026 to 30 June 2026" in text(asha, url)
        sent = {
            "period": "2026-04-01/2026-07-01",
            "value": "95.50",
            "evidence": "R",
            "force": "",
        }
        assert post(asha, url, **sent).status_code == 302
        with guarded.acting(asha.actor):
            assert models.Reading.objects.get().value == 95_50
        uses = {
            "destination": "Patrol",
            "posts": "1",
            "on-day": "2",
            "on-month": "7",
            "on-year": "2026",
        }
        url = f"/benefits/{key}/reinvest/"
        assert "Where it goes" in text(asha, url)
        assert post(asha, url, pounds="95.51", **uses).status_code == 422
        assert post(asha, url, pounds="95.50", **uses).status_code == 302
        assert "£95.50 to Patrol, 1 post" in text(asha, f"/benefits/{key}/")

    def test_corrects_what_was_reported(self, asha: Player) -> None:
        key = factories.running(asha.actor)
        reading = factories.reported(asha.actor, key, 1, 95_50)
        url = f"/benefits/readings/{reading}/"
        assert url in text(asha, f"/benefits/{key}/")
        assert "95.5" in text(asha, url)
        sent = {"value": "90.25", "evidence": "Report 13"}
        assert post(asha, url, **sent).status_code == 422
        assert post(asha, url, **sent, version=1).status_code == 302
        assert post(asha, url, **sent, version=1).status_code == 422
        with guarded.acting(asha.actor):
            assert models.Reading.objects.get().value == 90_25

    def test_does_a_thing_once_however_often_it_is_sent(self, asha: Player) -> None:
        key = factories.running(asha.actor)
        sent = {
            "period": "2026-04-01/2026-07-01",
            "value": "95",
            "evidence": "R",
            "force": "",
            KEY: "x" * 20,
        }
        answers = [asha.client.post(f"/benefits/{key}/report/", sent) for _ in range(2)]
        assert [each.status_code for each in answers] == [302, 302]

    def test_is_refused_to_who_only_reads(self, cast: Cast, asha: Player) -> None:
        key = factories.running(asha.actor)
        factories.sharing(HERE, factories.PARTNER)
        bryn = cast.bryn(OFFICE)
        assert text(bryn, f"/benefits/{key}/")
        answer = post(bryn, f"/benefits/{key}/move/", to="lost", reason="No", version=1)
        assert answer.status_code == 403

    def test_shows_no_form_to_who_only_reads(self, cast: Cast, asha: Player) -> None:
        key = factories.running(asha.actor)
        reading = factories.reported(asha.actor, key, 1, 95_50)
        factories.sharing(HERE, factories.PARTNER)
        bryn = cast.bryn(OFFICE)
        assert text(asha, "/benefits/add/")
        assert bryn.client.get("/benefits/add/").status_code == 403
        for url in (f"{key}/report", f"readings/{reading}", f"{key}/reinvest"):
            assert text(asha, f"/benefits/{url}/")
            answer = bryn.client.get(f"/benefits/{url}/")
            assert answer.status_code == 403, url
            assert "ask its holder, Wiltshire" in answer.content.decode(), url


class TestSavings:
    def test_shows_a_programme(self, asha: Player) -> None:
        common = {
            "title": "A row (assumed)",
            "programme": "csr",
            "force": HERE,
            "purposes": list(PURPOSES),
        }
        place = records.Place(HERE, "", "", MARKING)
        for kind, values in (
            (
                TARGET,
                {
                    "year": 2026,
                    "pence": 1_600_000_000,
                    "counting": "cash-in-year",
                    "source": "The plan, page 12",
                    "agreement": "forensics",
                },
            ),
            (
                SAVING,
                {
                    "full_year": 5_00,
                    "starts_on": "2026-04-01",
                    "recurrence": "recurrent",
                    "area": "custody",
                },
            ),
            (AREA, {"title": "custody", "pence": 2_000_00}),
        ):
            new = records.NewRecord(kind, place, {**common, **values})
            records.create(actor=asha.actor, new=new, at=AFTER_ONE)
        listed = text(asha, "/benefits/savings/")
        assert re.search(r">Csr</a>.*Red.*£5 of £16,000,000 \(0 %\).*>£15,999,995<", listed)
        shown = text(asha, "/benefits/savings/csr/")
        assert "?programme=csr" in shown
        assert "£16,000,000" in shown
        said = r"A row \(assumed\)</a><br>Source: The plan, page 12<br>By: forensics</td>"
        assert re.search(f"{said}.*£16,000,000", shown)
        assert re.search(r"2026/27: .*custody 0.2 % \(£5 of £2,000\)", shown)
        assert asha.client.get("/benefits/savings/gone/").status_code == 404
        said = '1600000000,A row (assumed),"The plan, page 12",forensics'
        assert said in _csv(asha, "/benefits/savings/csr/?format=csv")
        whole = asha.client.get("/api/v1/benefits/savings/csr").json()
        assert (whole["light"], whole["come"]) == ("red", 500)
        assert ",1600000000,500,1599999500" in _csv(asha, "/benefits/savings/?format=csv")
        (line,) = asha.client.get("/api/v1/benefits/savings").json()
        assert (line["code"], line["light"], line["gap"]) == ("csr", "red", 1_599_999_500)
        (told,) = whole["years"]
        assert (told["target_source"], told["agreement"]) == ("The plan, page 12", "forensics")


def _csv(player: Player, address: str) -> str:
    answer: Any = player.client.get(address)
    return str(answer.getvalue().decode())


class TestKeeping:
    def test_targets_are_read_as_they_are_written(self) -> None:
        found = promise(saving(100_00, 200_50)).targets
        for scale in (1, 100):
            assert keeping.targets_written(keeping.targets_said(found, scale), scale) == found
