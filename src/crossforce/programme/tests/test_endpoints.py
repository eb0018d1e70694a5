"""The programme over HTTP: as the pages, with ETags and problems."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from crossforce.kernel.ids import new_id
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.programme.tests import factories
from crossforce.programme.tests.factories import AT, EVIDENCE, FULL, day

pytestmark = pytest.mark.django_db
HOME = "/api/v1/programme"


@pytest.fixture
def asha(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Player:
    monkeypatch.setattr("crossforce.kernel.clock.now", lambda: AT)
    factories.policy()
    return cast.asha("programme-officer")


def called(player: Player, verb: str, path: str, sent: Any = None, etag: str = "") -> Any:
    headers = {"Idempotency-Key": str(new_id())} | ({"If-Match": etag} if etag else {})
    send: Any = getattr(player.client, verb)
    return send(f"{HOME}{path}", sent, content_type="application/json", headers=headers)


def etag(player: Player, path: str) -> str:
    return str(player.client.get(f"{HOME}{path}").headers["ETag"])


def test_an_entry_is_entered_changed_moved_and_looked_at(asha: Player) -> None:
    new = {
        "code": "W-1",
        "title": "Dogs",
        "forces": "wiltshire; gloucestershire",
        "owner": "Head",
    }
    made = called(asha, "post", "/entries", new)
    assert made.status_code == 201, made.content
    path = f"/entries/{made.json()['id']}"
    assert called(asha, "patch", path, {"title": "x"}).status_code == 428
    changed = called(asha, "patch", path, EVIDENCE, etag(asha, path))
    assert changed.json()["is_passed"] is True
    moved = called(asha, "post", f"{path}/move", {"to": "scoping"}, etag(asha, path))
    assert moved.json()["stage"] == "scoping"
    refused = called(asha, "post", f"{path}/move", {"to": "live"}, etag(asha, path))
    assert refused.status_code == 409
    assert "and not to live" in refused.json()["detail"]
    found = asha.client.get(f"{HOME}/entries", {"stage": "scoping"}).json()
    assert [each["code"] for each in found["entries"]] == ["W-1"]
    assert found["numbers"]["by_stage"]["scoping"] == 1
    assert asha.client.get(f"{HOME}/entries", {"stage": "dreamt"}).status_code == 422


def test_whom_to_ask_and_what_is_alike(asha: Player) -> None:
    key = factories.entry(asha.actor, entered_on=day(-400))
    factories.entry(asha.actor, "W-2", title="The joint dog section")
    assert asha.client.get(f"{HOME}/alike").json()[0]["kind"] == "duplicate"
    assert asha.client.get(f"{HOME}/chase").json()[0]["entries"] == ["W-1"]
    path = f"/entries/{key}"
    assert called(asha, "post", f"{path}/look", {}, etag(asha, path)).status_code == 200
    assert asha.client.get(f"{HOME}/chase").json() == []


def test_a_project_with_its_milestones_and_its_gate(asha: Player) -> None:
    new = {"code": "dogs", "title": "Dogs", "purpose": "One", "benefit": "Sooner", **FULL}
    new |= {"trial_from": day(-5).isoformat(), "trial_to": day(5).isoformat()}
    made = called(asha, "post", "/projects", new)
    assert made.status_code == 201, made.content
    path = f"/projects/{made.json()['id']}"
    factories.milestone(asha.actor, "M1", -60)
    told = asha.client.get(f"{HOME}{path}").json()
    assert (told["light"], told["milestones"][0]["late_days"]) == ("red", 60)
    assert told["gates"] == ["soc", "obc", "fbc"]
    gate = {"to": "business-case", "decision": "Board 1"}
    assert called(asha, "post", f"{path}/move", gate, etag(asha, path)).status_code == 200
    longer = {"decision": "Board 2", "to": day(90).isoformat()}
    told = called(asha, "post", f"{path}/trial", longer, etag(asha, path)).json()
    assert told["trial_to"] == day(90).isoformat()
    told = called(asha, "post", f"{path}/trial", {"decision": "B3"}, etag(asha, path)).json()
    assert told["trial"] == "adopted"
    changed = called(asha, "patch", path, {"owner": "Head"}, etag(asha, path))
    assert changed.json()["owner"] == "Head"
    assert asha.client.get(f"{HOME}/projects").json()["projects"][0]["light"] == "red"


def test_a_field_that_is_not_known_is_refused(asha: Player) -> None:
    new = {"code": "dogs", "title": "Dogs"}
    told = called(asha, "post", "/projects", {**new, "state": "live"})
    assert (told.status_code, "state" in told.content.decode()) == (422, True)
    path = f"/projects/{called(asha, 'post', '/projects', new).json()['id']}"
    for verb, at, sent in (
        ("patch", path, {"onwer": "Head"}),
        ("post", f"{path}/move", {"to": "bid", "because": "asked"}),
        ("post", "/entries", {"code": "W-9", "title": "Dogs", "stage": "live"}),
    ):
        assert called(asha, verb, at, sent, etag(asha, path)).status_code == 422


def test_a_spreadsheet_is_rehearsed_and_brought_in(asha: Player) -> None:
    def push(**more: Any) -> Any:
        file = SimpleUploadedFile("r.csv", b"Reference,Title,Stage\nA,x,idea\nB,=1,idea\n")
        given = {"file": file, "idempotency_key": str(new_id())} | more
        return asha.client.post(f"{HOME}/imports", given)

    told = push(rehearse="true")
    assert told.status_code == 200, told.content
    assert (told.json()["is_held_back"], told.json()["record"]) == (True, None)
    told = push().json()
    assert (told["counts"]["new"], told["sound"][0]["reference"]) == (0, "A")
    told = push(in_part="true").json()
    assert told["counts"]["new"] == 1
    assert told["findings"][0]["place"] == "B3"
    assert told["findings"][0]["refuses"] == "row"
    assert told["record"]


def test_others_find_nothing(asha: Player, cast: Cast) -> None:
    key = factories.entry(asha.actor)
    cole = cast.cole("programme-officer")
    assert cole.client.get(f"{HOME}/entries/{key}").status_code == 404
    assert cole.client.get(f"{HOME}/entries").json()["entries"] == []
