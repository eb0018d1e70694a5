"""Agreements over HTTP: the same operations, with entity tags."""

from typing import Any

import pytest
from ninja.testing import TestClient

from crossforce.agreements import operations
from crossforce.agreements.endpoints import router
from crossforce.agreements.tests import factories
from crossforce.agreements.tests.factories import AVON, DORSET, REFERENCE, WILTS, party
from crossforce.kernel.refusals import Missing, Refused
from crossforce.kernel.web import api as frame
from crossforce.people import api as people

pytestmark = pytest.mark.usefixtures("bodies")

CHIEF, PCC = factories.parties(AVON)
CLIENT = TestClient(router)


def call(
    method: str, path: str, actor: people.Actor | None, body: Any = None, **headers: str
) -> Any:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return CLIENT.request(method, path, json=body, headers=sent, actor=actor)


class TestDrafts:
    def begin(self, document: str = "") -> Any:
        new = {
            "reference": REFERENCE,
            "owner": AVON,
            "document": document or factories.document(),
        }
        return call("POST", "/drafts", factories.programme(), new)

    def test_are_begun_with_findings_and_a_tag(self) -> None:
        answer = self.begin("format = ")
        assert answer.status_code == 201
        assert not answer.json()["is_sound"]
        assert answer.json()["findings"][0]["line"] == 1
        assert answer["ETag"]

    def test_are_written_with_the_tag_that_was_seen(self) -> None:
        tag = self.begin()["ETag"]
        path, new = f"/{REFERENCE}/draft", {"document": "x = 1"}
        assert call("PUT", path, factories.programme(), new, If_Match=tag).json()["edit"] == 2
        with pytest.raises(frame.Changed):
            call("PUT", path, factories.programme(), new, If_Match=tag)
        with pytest.raises(frame.Unversioned):
            call("PUT", path, factories.programme(), new)

    def test_are_proposed(self) -> None:
        tag = self.begin()["ETag"]
        path = f"/{REFERENCE}/draft/propose"
        answer = call("POST", path, factories.programme(), If_Match=tag).json()
        assert answer["state"] == "proposed"
        assert len(answer["versions"][0]["parties"]) == 6

    def test_are_discarded(self) -> None:
        tag = self.begin()["ETag"]
        path = f"/{REFERENCE}/draft"
        assert call("DELETE", path, factories.programme(), If_Match=tag).status_code == 204
        with pytest.raises(Missing):
            call("GET", path, factories.programme())

    def test_do_not_exist_for_others(self) -> None:
        self.begin()
        with pytest.raises(Missing):
            call("GET", f"/{REFERENCE}/draft", factories.programme(WILTS))


class TestSigning:
    consideration = {
        "organisation": CHIEF, "view": "in-interest", "interest": "It saves a third.",
        "existing_agreements": "None.", "consistency": "Yes.", "opportunities": "Few.",
    }  # fmt: skip

    def act(self, what: str, body: Any, actor: people.Actor | None = None) -> Any:
        path = f"/{REFERENCE}/versions/1/{what}"
        return call("POST", path, actor or party(CHIEF), body).json()

    def test_by_one_party(self) -> None:
        factories.proposed()
        key = {"organisation": CHIEF, "label": "Office key"}
        assert call("POST", "/keys", party(CHIEF), key).json()["held_outside"] is False
        self.act("consider", self.consideration)
        answer = self.act("sign", {"organisation": CHIEF})
        states = {
            each["organisation"]: each["state"] for each in answer["versions"][0]["parties"]
        }
        assert states[CHIEF] == "signed"
        assert states[PCC] == "notified"
        proofs = call("GET", f"/{REFERENCE}/versions/1/signatures", party(PCC)).json()
        assert [each["holds"] for each in proofs] == [True]

    def test_by_another_is_refused(self) -> None:
        factories.proposed()
        with pytest.raises(Refused):
            self.act("sign", {"organisation": CHIEF}, party(PCC))

    def test_by_nobody_is_refused(self) -> None:
        with pytest.raises(Refused):
            call("GET", "", None)

    def test_statement_is_given_to_parties_only(self) -> None:
        factories.proposed()
        path = f"/{REFERENCE}/versions/1/statements/"
        assert call("GET", path + CHIEF, party(CHIEF)).content.startswith(
            b"crossforce agreement"
        )
        with pytest.raises(Missing):
            call("GET", path + f"pcc-{DORSET}", party(CHIEF))

    def test_parts_are_the_signed_bytes(self) -> None:
        version = factories.proposed()
        for kind in ("text", "terms"):
            answer = call("GET", f"/{REFERENCE}/versions/1/parts/{kind}", party(CHIEF))
            assert answer.content == bytes(getattr(version, kind))

    def test_a_refusal_rejects_and_a_withdrawal_ends(self) -> None:
        factories.proposed()
        given = {"organisation": CHIEF, "reason": "Too dear."}
        assert self.act("refuse", given)["state"] == "rejected"
        with pytest.raises(operations.NotNow):
            self.act("withdraw", {"reason": "Late."}, factories.programme())


class TestLists:
    def test_name_what_one_works_with(self) -> None:
        factories.proposed()
        lines = call("GET", "", party(CHIEF)).json()
        assert [(each["reference"], each["state"]) for each in lines] == [
            (REFERENCE, "proposed")
        ]
        assert call("GET", "", factories.programme(DORSET)).json() == []

    def test_hide_an_agreement_from_a_stranger(self) -> None:
        factories.proposed()
        with pytest.raises(Missing):
            call("GET", f"/{REFERENCE}", factories.programme(DORSET))

    def test_say_what_one_may_do(self) -> None:
        factories.proposed()
        assert call("GET", f"/{REFERENCE}", party(CHIEF)).json()["may"] == [
            "consider",
            "refuse",
        ]
        assert call("GET", f"/{REFERENCE}", factories.programme()).json()["may"] == ["withdraw"]
