"""Access over HTTP and on the command line."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from crossforce.access.tests.factories import CLAUSE, given
from crossforce.kernel import civil
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import Refused
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.oversight.commands.access import commands
from crossforce.oversight.tests.acts import key
from crossforce.people.tests import factories

pytestmark = pytest.mark.django_db
API = "/api/v1/access"
KIND = "people.staff"
REASON = "A threat to life is being assessed tonight."
GLASS = replace(CLAUSE, clause="9.3", actions=("find",), glass_minutes=60)


def get(player: Player, path: str, **asked: str) -> Any:
    answer: Any = player.client.get(API + path, asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def post(player: Player, path: str, code: int = 201, **body: Any) -> Any:
    answer: Any = player.client.post(
        API + path, body, content_type="application/json", headers={"Idempotency-Key": key()}
    )
    assert answer.status_code == code, answer.content
    return answer.json()


class TestApi:
    def test_explains(self, cast: Cast) -> None:
        row = factories.staff()
        given(CLAUSE)
        bryn, dee = cast.bryn("investigator"), cast.dee()
        said = get(bryn, f"/why/{KIND}/{row.pk}")
        assert (said["is_allowed"], said["because"][0]["clause"]) == (True, "9.1")
        said = get(bryn, f"/why/{KIND}", action="edit")
        assert (said["is_allowed"], said["nearest"][0]["missing"]) == (False, ["action"])
        told = get(dee, f"/who-can/{KIND}/{row.pk}")
        assert "tri-force" in [each["agreement"] for each in told]
        matrix = get(cast.bryn("auditor"), "/explorer", kind=KIND, role="investigator")
        assert matrix["items"][0]["cells"][0]["clauses"] == ["tri-force 1 9.1"]

    def test_explores_through_time(self, cast: Cast) -> None:
        ends = datetime.now(UTC) + timedelta(days=9)
        given(replace(CLAUSE, holds=Period(CLAUSE.holds.starts_at, ends)))
        posting, auditor = cast.bryn("investigator").actor.posting, cast.bryn("auditor")
        found = get(auditor, f"/explorer/{posting}", kind=KIND)
        today, last = (civil.day_of(each).isoformat() for each in (datetime.now(UTC), ends))
        assert (found["role"], found["days"]) == ("investigator", [today, last])
        assert [cell["is_allowed"] for cell in found["kinds"][0]] == [True, False]
        theirs = cast.dee().client.get(f"{API}/explorer/{posting}")
        assert theirs.status_code == 404

    def test_keeps_a_hidden_record_hidden(self, cast: Cast) -> None:
        row = factories.staff()
        answer = cast.bryn("investigator").client.get(f"{API}/why/{KIND}/{row.pk}")
        assert answer.status_code == 404

    def test_asks_decides_and_ends(self, cast: Cast) -> None:
        row = factories.staff()
        given(replace(CLAUSE, actions=("find",)))
        bryn, manager = cast.bryn("investigator"), cast.asha("information-manager")
        until = (datetime.now(UTC) + timedelta(days=3)).isoformat()
        wanted: dict[str, Any] = {
            "kind": KIND,
            "record": str(row.pk),
            "actions": ["read"],
            "until": until,
        }
        asked = post(bryn, "/requests", reason=REASON, **wanted)
        assert get(manager, "/requests")[0]["id"] == asked["id"]
        (notice,) = get(manager, "/notices")
        assert (notice["what"], notice["waits"]) == ("requested", True)
        decided = post(manager, f"/requests/{asked['id']}/decision", 200, is_granted=True)
        share = decided["share"]
        assert get(bryn, f"/openings/{share}")["origin"] == "request"
        assert get(bryn, f"/requests/{asked['id']}")["is_granted"]
        post(bryn, f"/openings/{share}/end", 200)
        assert not get(bryn, f"/why/{KIND}/{row.pk}")["is_allowed"]

    def test_breaks_and_judges_the_glass(self, cast: Cast) -> None:
        row = factories.staff()
        given(GLASS)
        bryn, manager = cast.bryn("investigator"), cast.asha("information-manager")
        broken = post(bryn, "/broken-glass", kind=KIND, record=str(row.pk), reason=REASON)
        judged = post(
            manager, f"/openings/{broken['id']}/review", 200, is_justified=True, words="Right."
        )
        assert judged["is_justified"]
        assert get(bryn, "/openings")[0]["finding"] == "Right."

    def test_opens_the_own_record(self, cast: Cast) -> None:
        row = factories.staff()
        bryn, manager = cast.bryn("investigator"), cast.asha("information-manager")
        until = (datetime.now(UTC) + timedelta(days=3)).isoformat()
        body: dict[str, Any] = {
            "kind": KIND,
            "record": str(row.pk),
            "actions": ["read"],
            "until": until,
        }
        body |= {"reason": REASON, "posting": str(bryn.actor.posting)}
        post(manager, "/openings", **body)
        assert get(bryn, f"/why/{KIND}/{row.pk}")["is_allowed"]
        post(cast.asha("duty-inspector"), "/openings", 403, **body)


class TestCommands:
    def run(self, player: Player, *words: object) -> Result:
        given_words = [*(str(word) for word in words), "--as", player.account.username]
        return CliRunner().invoke(commands, given_words)

    def lines(self, player: Player, *words: object) -> list[dict[str, str]]:
        return [
            json.loads(line) for line in self.run(player, *words, "--json").stdout.splitlines()
        ]

    def test_say_why_with_an_exit_code(self, cast: Cast) -> None:
        row = factories.staff()
        given(CLAUSE)
        bryn = cast.bryn("investigator")
        done = self.run(bryn, "why", KIND, "--record", row.pk)
        assert done.exit_code == 0
        assert done.output.startswith("Yes.\n")
        assert self.run(bryn, "why", KIND, "--action", "edit").exit_code == 1
        assert self.run(bryn, "why", KIND, "--action", "dance").exit_code == 2

    def test_say_who_can(self, cast: Cast) -> None:
        row = factories.staff()
        given(CLAUSE)
        found = self.lines(cast.dee(), "who-can", KIND, row.pk)
        assert "tri-force" in [each["agreement"] for each in found]
        matrix = self.lines(cast.bryn("auditor"), "explore", "--kind", KIND)
        assert matrix[0][KIND] in {"tri-force 9.1", "standing"}
        refused = self.run(cast.asha("duty-inspector"), "explore")
        assert isinstance(refused.exception, Refused)

    def test_explore_one_person_by_the_days(self, cast: Cast) -> None:
        ends = datetime.now(UTC) + timedelta(days=9)
        holds = Period(CLAUSE.holds.starts_at, ends)
        given(replace(CLAUSE, holds=holds, purposes=("training",)))
        posting = cast.bryn("investigator").actor.posting
        (row,) = self.lines(cast.bryn("auditor"), "explore-days", posting, "--kind", KIND)
        today, last = (civil.day_of(each).isoformat() for each in (datetime.now(UTC), ends))
        assert row == {"kind": KIND, today: "tri-force 9.1 (only: training)", last: ""}

    def test_ask_of_a_day_what_the_page_and_the_api_ask(self, cast: Cast) -> None:
        day = civil.day_of(datetime.now(UTC)) + timedelta(days=5)
        morning = civil.instant(day) + timedelta(hours=9)
        given(replace(CLAUSE, holds=Period(morning)))
        cast.bryn("investigator")
        auditor, asked = cast.bryn("auditor"), {"kind": KIND, "on": day.isoformat()}
        (line, *_) = get(auditor, "/explorer", role="investigator", **asked)["items"]
        assert line["cells"][0]["clauses"] == ["tri-force 1 9.1"]
        words = ["--kind", KIND, "--on", asked["on"], "--where", "role=investigator"]
        assert self.lines(auditor, "explore", *words)[0][KIND] == "tri-force 9.1"
        shown: Any = auditor.client.get("/access/explorer/", {"role": "investigator", **asked})
        assert "tri-force 9.1" in shown.content.decode()

    def test_ask_decide_and_close(self, cast: Cast) -> None:
        row = factories.staff()
        given(replace(CLAUSE, actions=("find",)))
        bryn, manager = cast.bryn("investigator"), cast.asha("information-manager")
        until = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
        asking = ["--action", "read", "--reason", REASON, "--until", until]
        request = self.run(bryn, "ask", KIND, row.pk, *asking).output.strip()
        assert self.lines(manager, "requests")[0]["id"] == request
        assert self.lines(manager, "notices")[0]["waits"] == "True"
        assert self.run(manager, "decide", request, "--grant").output == "Granted.\n"
        (opening,) = self.lines(bryn, "openings")
        assert self.run(bryn, "close", opening["id"]).output == "Ended.\n"
        posting = bryn.actor.posting
        again = self.run(manager, "open", KIND, row.pk, posting, *asking)
        assert again.exit_code == 0, again.output

    def test_break_and_review(self, cast: Cast) -> None:
        row = factories.staff()
        given(GLASS)
        bryn, manager = cast.bryn("investigator"), cast.asha("information-manager")
        opening = self.run(bryn, "break-glass", KIND, row.pk, "--reason", REASON).output.strip()
        said = self.run(bryn, "why", KIND, "--record", row.pk).output
        assert said.startswith("Yes. Opened by breaking the glass, until ")
        words = ["--justified", "--words", "The threat was real."]
        assert self.run(manager, "review", opening, *words).output == "Recorded.\n"
