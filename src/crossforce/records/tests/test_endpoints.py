"""Records over HTTP."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from crossforce.kernel.testing.cast import Cast
from crossforce.people.tests.factories import joint_unit
from crossforce.records.tests import factories
from crossforce.records.tests.factories import AT, PARTNER

pytestmark = pytest.mark.django_db
NOTE = "records.note"
HOME = f"/api/v1/records/{NOTE}"
NEW = {
    "fields": {"subject": "A blue van", "body": "Seen twice."},
    "purposes": ["prevent-offences"],
    "place": {"marking": "OFFICIAL-SENSITIVE"},
}

DOCUMENT = {"name": "A statement", "body": "Seen twice."}


def send(client: Client, method: str, path: str, body: Any, tag: str = "") -> Any:
    headers = {"Idempotency-Key": str(uuid4())} | ({"If-Match": tag} if tag else {})
    ask: Any = getattr(client, method)
    return ask(path, body, content_type="application/json", headers=headers)


class TestPlaces:
    @pytest.mark.parametrize(
        ("collection", "said"),
        [
            ("unit:road-tam", "unit:road-team"),
            ("function:fire-arms", "function:firearms"),
        ],
    )
    def test_that_are_not_there_are_refused_with_those_that_are(
        self, cast: Cast, collection: str, said: str
    ) -> None:
        factories.policy()
        joint_unit("road-team", "road-team")
        client = cast.asha("investigator").client
        answer = send(client, "post", HOME, NEW | {"place": {"collection": collection}})
        assert answer.status_code == 422
        (error,) = answer.json()["errors"]
        assert error["where"] == ["body", "place", "collection"]
        assert said in error["message"]

    def test_that_are_there_are_taken(self, cast: Cast) -> None:
        factories.policy()
        joint_unit("road-team", "road-team")
        client = cast.asha("investigator").client
        for collection in ("unit:road-team", "function:firearms", "case:op-heron", ""):
            answer = send(client, "post", HOME, NEW | {"place": {"collection": collection}})
            assert answer.status_code == 201, answer.content

    @pytest.mark.parametrize(
        ("name", "value"),
        [("holder", "nowhere"), ("marking", "TOP"), ("purpose", "x"), ("held_by", "wiltshire")],
    )
    def test_that_no_list_knows_are_refused(self, cast: Cast, name: str, value: str) -> None:
        answer = cast.asha("investigator").client.get(HOME, {name: value})
        assert answer.status_code == 422
        assert name in {error["where"][1] for error in answer.json()["errors"]}


class TestRecords:
    def test_a_record_goes_through_its_life(self, cast: Cast) -> None:
        factories.policy()
        asha = cast.asha("investigator").client
        made = send(asha, "post", HOME, NEW)
        assert made.status_code == 201, made.content
        path = f"{HOME}/{made.json()['id']}"
        read = asha.get(path)
        assert read.json()["marking"] == "OFFICIAL-SENSITIVE"
        assert set(read.json()["may"]) >= {"read", "edit", "dispose"}
        edit = {"fields": {"body": "Thrice."}}
        assert send(asha, "patch", path, edit).status_code == 428
        changed = send(asha, "patch", path, edit, read["ETag"])
        assert changed.json()["version"] == 2
        assert send(asha, "patch", path, edit, read["ETag"]).status_code == 412
        (latest, _) = asha.get(f"{path}/history").json()
        assert latest["fields"] == {"body": ["Seen twice.", "Thrice."]}
        down = {"marking": "OFFICIAL", "reason": "Marked too high."}
        moved = send(asha, "post", f"{path}/move", down, changed["ETag"])
        assert moved.json()["marking"] == "OFFICIAL"

    def test_it_is_kept_held_and_disposed_of(self, cast: Cast) -> None:
        factories.policy()
        asha = cast.asha("investigator").client
        note = factories.note(review_due=AT.date() - timedelta(days=1))
        path = f"{HOME}/{note.pk}"
        held = send(asha, "post", f"{path}/holds", {"reason": "inquest"})
        assert held.status_code == 201
        gone = {"reason": "No longer necessary"}
        assert send(asha, "post", f"{path}/dispose", gone, "*").status_code == 409
        lift = f"/api/v1/records/holds/{held.json()['id']}/lift"
        assert send(asha, "post", lift, {"reason": "closed"}).status_code == 200
        assert send(asha, "post", f"{path}/propose-disposal", {}, "*").status_code == 200
        reviewed = send(asha, "post", f"{path}/review", {"group": "2"}, "*")
        assert reviewed.json()["review_group"] == "2"
        assert send(asha, "post", f"{path}/dispose", gone, "*").status_code == 409

    def test_records_are_linked_combined_and_disclosed(self, cast: Cast) -> None:
        factories.policy()
        asha = cast.asha("investigator").client
        one, other = (factories.note(subject=name) for name in ("one", "other"))
        link = {"kind": NOTE, "record": str(other.pk), "relation": "supports"}
        assert send(asha, "post", f"{HOME}/{one.pk}/links", link).status_code == 201
        (seen,) = asha.get(f"{HOME}/{one.pk}").json()["links"]
        parts = [{"kind": NOTE, "record": str(row.pk)} for row in (one, other)]
        assert send(asha, "post", f"{HOME}/combine", NEW | {"parts": parts}).status_code == 201
        cut = f"/api/v1/records/links/{seen['id']}/cut"
        assert send(asha, "post", cut, {}).status_code == 204
        given = {"records": [str(one.pk)], "recipient": "The coroner"}
        done = send(asha, "post", f"{HOME}/disclose", given)
        assert done.json()["marking"] == "OFFICIAL"

    def test_a_correction_is_proposed_and_answered(self, cast: Cast) -> None:
        factories.policy()
        factories.policy("shared", recipient=PARTNER, actions=("find", "read"))
        note = factories.note()
        asha, bryn = cast.asha("investigator").client, cast.bryn("investigator").client
        asked = {"fields": {"body": "Thrice."}, "reason": "A third sighting."}
        paths = []
        for _ in range(2):
            made = send(bryn, "post", f"{HOME}/{note.pk}/proposals", asked)
            assert made.status_code == 201
            paths.append(f"/api/v1/records/proposals/{made.json()['id']}")
        assert len(asha.get("/api/v1/records/proposals").json()) == 2
        refused = send(asha, "post", f"{paths[0]}/refuse", {"reason": "Once is enough."})
        assert refused.json()["answer"] == "Once is enough."
        assert send(asha, "post", f"{paths[1]}/accept", {}).status_code == 204
        assert asha.get(f"{HOME}/{note.pk}").json()["fields"]["body"] == "Thrice."


class TestAnIdentifier:
    def test_that_is_taken_is_refused_in_the_same_words_hidden_or_seen(
        self, cast: Cast
    ) -> None:
        there = factories.ELSEWHERE
        factories.policy()
        factories.policy("theirs", holder=there, recipient=there)
        asha = cast.asha("investigator").client
        seen, hidden = factories.note(), factories.note(factories.cole())
        parts = [{"kind": NOTE, "record": str(factories.note().pk)} for _ in range(2)]
        answers = [
            send(asha, "post", path, NEW | more | {"id": str(row.pk)})
            for row in (seen, hidden)
            for path, more in (
                (HOME, {}),
                (f"{HOME}/combine", {"parts": parts}),
                ("/api/v1/records/records.document", {"fields": DOCUMENT}),
            )
        ]
        assert [answer.status_code for answer in answers] == [409] * 6
        assert {answer.content for answer in answers} == {answers[0].content}
        assert "identifier is taken" in answers[0].json()["detail"]

    def test_that_is_free_is_taken(self, cast: Cast) -> None:
        factories.policy()
        made = send(cast.asha("investigator").client, "post", HOME, NEW | {"id": str(uuid4())})
        assert made.status_code == 201


class TestWhatIsSeen:
    def test_hidden_and_missing_have_one_answer(self, cast: Cast) -> None:
        factories.policy()
        note = factories.note()
        cole = cast.cole("investigator").client
        for rest in ("", "/history"):
            answers = [cole.get(f"{HOME}/{key}{rest}") for key in (note.pk, uuid4())]
            assert [answer.status_code for answer in answers] == [404, 404]
            assert answers[0].content == answers[1].content

    def test_find_gives_the_pointer(self, cast: Cast) -> None:
        factories.policy()
        note = factories.note()
        factories.policy("find", recipient=PARTNER, actions=("find",))
        bryn = cast.bryn("investigator").client
        pointer = bryn.get(f"{HOME}/{note.pk}").json()
        assert pointer["fields"] == {"subject": "A blue van"}
        assert pointer["may_read"] is False
        assert bryn.get(HOME).json()["items"] == []
        hits = bryn.get("/api/v1/records/search", {"q": "blue"}).json()["items"]
        assert [hit["may_read"] for hit in hits] == [False]

    def test_lists_and_kinds(self, cast: Cast) -> None:
        factories.policy()
        factories.note(marking="OFFICIAL-SENSITIVE")
        asha = cast.asha("investigator").client
        page = asha.get(HOME, {"q": "van"}).json()
        assert (page["total"], page["marking"]) == (1, "OFFICIAL-SENSITIVE")
        kinds = asha.get("/api/v1/records/kinds").json()
        assert "records.note" in [kind["name"] for kind in kinds]
        assert asha.get("/api/v1/records/no.kind").status_code == 404
