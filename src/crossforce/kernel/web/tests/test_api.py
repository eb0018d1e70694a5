"""The API: problems for everything, keys, tags of versions, its own description."""

from typing import Any

import pytest
from django.db import models
from django.test import Client, RequestFactory

from crossforce.kernel.versioned import Versioned
from crossforce.kernel.web import api
from crossforce.kernel.web.tests import api_for_tests

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    api_for_tests.DONE.clear()


def post(client: Client, text: str, key: str = "key-of-this-test") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    sent = {"text": text}
    return client.post("/api/tests/notes", sent, "application/json", headers=headers)


def problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert body["title"]
    return body


class TestProblems:
    def test_of_a_refusal_says_why(self, client: Client) -> None:
        assert problem(post(client, "refused"), 403)["detail"] == "Only Kent may do this."

    def test_of_a_stale_version(self, client: Client) -> None:
        assert "Someone changed this" in problem(post(client, "stale"), 412)["detail"]

    def test_of_a_wrong_body_names_the_part(self, client: Client) -> None:
        headers = {"Idempotency-Key": "key-of-this-test"}
        response = client.post(
            "/api/tests/notes", {"tex": 1}, "application/json", headers=headers
        )
        assert problem(response, 422)["errors"][0]["where"] == ["body", "note", "text"]

    def test_of_a_body_that_is_not_json(self, client: Client) -> None:
        headers = {"Idempotency-Key": "key-of-this-test"}
        response = client.post("/api/tests/notes", "{", "application/json", headers=headers)
        problem(response, 400)

    def test_of_a_nul_in_a_text(self, client: Client) -> None:
        problem(post(client, "a\0b"), 400)

    def test_of_what_is_too_large_says_how_much_is_taken(
        self, client: Client, settings: Any
    ) -> None:
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
        assert "no more than 2.5 MB" in problem(post(client, "x" * 1_001), 413)["detail"]

    def test_hidden_and_absent_are_the_same(self, client: Client) -> None:
        hidden = client.get("/api/tests/notes/hidden/1")
        absent = client.get("/api/tests/notes/hidden/1/nothing")
        problem(hidden, 404)
        assert hidden.content == absent.content

    def test_of_a_method_that_is_not_there(self, client: Client) -> None:
        problem(client.delete("/api/tests/notes/hidden/1"), 405)

    def test_of_a_stranger(self, client: Client) -> None:
        response = client.get("/api/tests/notes/guarded")
        problem(response, 401)
        assert response.headers["WWW-Authenticate"].startswith("Bearer")


class TestKeys:
    def test_a_post_without_a_key_is_refused(self, client: Client) -> None:
        problem(post(client, "a", key=""), 400)
        assert api_for_tests.DONE == []

    def test_a_repeat_gets_the_first_answer(self, client: Client) -> None:
        first, second = post(client, "a"), post(client, "a")
        assert first.json() == second.json() == {"notes": 1}
        assert second.headers["Idempotency-Replayed"] == "true"
        assert second.headers["Content-Type"] == first.headers["Content-Type"]

    def test_a_key_stands_for_one_body(self, client: Client) -> None:
        post(client, "a")
        problem(post(client, "b"), 409)
        assert api_for_tests.DONE == ["a"]

    def test_what_was_refused_may_be_tried_again(self, client: Client) -> None:
        post(client, "refused")
        assert post(client, "a").status_code == 200


class Row(Versioned):
    class Meta:
        managed = False
        app_label = "kernel"

    id = models.IntegerField(primary_key=True)


class TestVersions:
    @pytest.mark.parametrize("sent", ['"1:7"', "*"])
    def test_the_tag_that_was_read_passes(self, sent: str) -> None:
        request = RequestFactory().put("/", headers={"If-Match": sent})
        assert api.version_of(request, Row(id=1, version=7)) == 7

    def test_an_old_tag_is_refused(self) -> None:
        request = RequestFactory().put("/", headers={"If-Match": '"1:6"'})
        with pytest.raises(api.Changed):
            api.version_of(request, Row(id=1, version=7))

    def test_none_is_refused(self) -> None:
        with pytest.raises(api.Unversioned):
            api.version_of(RequestFactory().put("/"), Row(id=1, version=7))


class TestDescription:
    def test_names_the_key_and_the_problems(self, client: Client) -> None:
        schema = client.get("/api/tests/openapi.json").json()
        operation = schema["paths"]["/api/tests/notes"]["post"]
        assert "Idempotency-Key" in {one["name"] for one in operation["parameters"]}
        assert set(api.ANSWERS) <= set(operation["responses"])

    def test_is_a_page_too(self, client: Client) -> None:
        page = client.get("/api/v1/docs").content.decode()
        assert "Idempotency-Key" in page
        assert "/api/v1/organisations" in page
