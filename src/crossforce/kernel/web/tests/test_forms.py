"""Forms: the key, the version, the errors, the transaction."""

import hashlib
import re
import threading
from contextlib import nullcontext
from typing import Any

import pytest
from django.core.files import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.forms import CharField, Form
from django.http import HttpRequest
from django.test import Client, RequestFactory

from crossforce.kernel.models import Answer
from crossforce.kernel.web import forms, idempotency, uploads
from crossforce.kernel.web.dateparts import DateField
from crossforce.kernel.web.tests import pages_for_tests

KEY = "0190b5a0-key-of-this-test"
GOOD = {"text": "hello", "kind": "a", "version": "7", idempotency.FIELD: KEY}

pytestmark = pytest.mark.django_db


def saved() -> int:
    return Answer.objects.filter(asker="test").count()


class TestDrawing:
    def test_has_token_key_and_version(self, client: Client) -> None:
        page = client.get("/test/edit/").content.decode()
        for name in ("csrfmiddlewaretoken", idempotency.FIELD, "version"):
            assert re.search(rf'name="{name}" value="[^"]+"', page), name

    def test_errors_stand_above_and_beside(self, client: Client) -> None:
        sent = {**GOOD, "text": "", "on-day": "31", "on-month": "2", "on-year": "2026"}
        response = client.post("/test/edit/", sent)
        page = response.content.decode()
        assert response.status_code == 422
        assert "<title>Error: Note" in page
        assert 'href="#id_text"' in page
        assert 'href="#id_on-day"' in page
        assert 'id="id_on-day"' in page
        assert "Enter a real date" in page
        assert 'value="31"' in page

    def test_an_error_that_any_field_may_have_names_its_field_above(self) -> None:
        class Asked(Form):
            due_on = DateField(label="Due by")
            why = CharField(label="Why", error_messages={"required": "Say why it cannot wait"})

        drawn = forms.adapt(RequestFactory().get("/"), Asked({}))
        assert [each["text"] for each in drawn.errors] == [
            "Due by: enter a date",
            "Say why it cannot wait",
        ]
        assert drawn["due_on"].error == "Enter a date"

    def test_an_invalid_form_may_be_sent_again_under_its_key(self, client: Client) -> None:
        client.post("/test/edit/", {**GOOD, "text": ""})
        assert client.post("/test/edit/", GOOD).status_code == 302
        assert pages_for_tests.DONE == ["hello"]


class TestOnce:
    def test_a_repeat_gets_the_first_answer_and_does_nothing(self, client: Client) -> None:
        first, second = client.post("/test/edit/", GOOD), client.post("/test/edit/", GOOD)
        assert first.status_code == second.status_code == 302
        assert second.headers["Location"] == "/test/list/"
        assert second.headers["Idempotency-Replayed"] == "true"
        assert pages_for_tests.DONE == ["hello"]

    def test_a_form_without_a_key_is_refused(self, client: Client) -> None:
        response = client.post("/test/edit/", {"text": "hello", "kind": "a"})
        assert response.status_code == 400
        assert "could be done twice" in response.content.decode()
        assert pages_for_tests.DONE == []

    def test_another_browser_has_keys_of_its_own(self) -> None:
        for secret in ("a" * 32, "b" * 32):
            client = Client()
            client.cookies["crossforce_form"] = secret
            client.post("/test/edit/", {**GOOD, "text": secret[:5]})
        assert pages_for_tests.DONE == ["aaaaa", "bbbbb"]

    def test_the_key_of_another_address_is_refused(self, client: Client) -> None:
        client.post("/test/edit/", GOOD)
        assert client.post("/test/edit/?other=1", GOOD).status_code == 409

    def test_a_key_stands_for_what_was_sent_under_it(self, client: Client) -> None:
        client.post("/test/edit/", GOOD)
        refused = client.post("/test/edit/", {**GOOD, "text": "hello you"})
        assert refused.status_code == 409
        page = refused.content.decode()
        assert "Something else was sent under this key" in page
        assert "Somebody else changed this first" not in page
        assert pages_for_tests.DONE == ["hello"]

    def test_what_is_refused_is_rolled_back(self, client: Client) -> None:
        response = client.post("/test/edit/", {**GOOD, "text": "refused"})
        assert response.status_code == 403
        assert "Only Kent may do this." in response.content.decode()
        assert saved() == 0
        assert client.post("/test/edit/", GOOD).status_code == 302

    def test_a_repeat_is_known_after_the_key_of_the_installation_was_replaced(
        self, client: Client, settings: Any
    ) -> None:
        client.post("/test/edit/", GOOD)
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "fresh", [settings.SECRET_KEY]
        again = client.post("/test/edit/", GOOD)
        assert again.headers["Idempotency-Replayed"] == "true"
        assert client.post("/test/edit/", GOOD | {"text": "x"}).status_code == 409
        assert pages_for_tests.DONE == ["hello"]

    def test_old_answers_are_forgotten(self, client: Client) -> None:
        client.post("/test/edit/", GOOD)
        kept = Answer.objects.exclude(asker="test").get()
        assert idempotency.forget(at=kept.asked_at) == 1  # the test's own row of January
        assert idempotency.forget(at=kept.asked_at + idempotency.KEPT * 2) == 1


class TestFingerprint:
    def of(self, content: bytes, name: str = "duties.csv", **more: str) -> str:
        file = SimpleUploadedFile(name, content)
        sent = RequestFactory().post("/test/edit/", {**GOOD, "file": file, **more})
        found = idempotency.describe(sent).fingerprint
        (left,) = sent.FILES.getlist("file")
        assert left.read() == content
        left.close()
        return found

    def test_is_that_of_the_fields_and_files_and_not_of_how_they_are_sent(self) -> None:
        one = self.of(b"1,2")
        assert one == self.of(b"1,2", csrfmiddlewaretoken="another")
        others = [self.of(b"1,3"), self.of(b"1,2", name="d.csv"), self.of(b"1,2", kind="b")]
        assert len({one, *others}) == 4

    @pytest.mark.parametrize("size", [0, 10, 3_000_000])
    def test_a_file_is_hashed_as_it_arrives_and_not_read_again(
        self, size: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        content, read = b"1,2\n" * (size // 4), []
        expected = self.of(content)
        monkeypatch.setattr(File, "chunks", lambda file, chunk_size=None: read.append(file))
        assert self.of(content) == expected
        assert self.of(content + b"3") != expected
        assert not read

    def test_of_a_file_that_did_not_arrive_so_is_read(self) -> None:
        file = SimpleUploadedFile("a", b"1,2")
        assert uploads.sha256_of(file) == hashlib.sha256(b"1,2").hexdigest()
        assert file.read() == b"1,2"

    def test_what_is_larger_than_is_taken_is_told_by_its_size_and_not_kept(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(uploads, "MOST_MEGABYTES", 3)
        for size, is_kept in ((3_000_000, True), (3_000_001, False)):
            sent = {"file": SimpleUploadedFile("a.csv", bytes(size))}
            request = RequestFactory().post("/", sent)
            file: Any = request.FILES["file"]
            assert (file.name, file.size) == ("a.csv", size)
            with nullcontext() if is_kept else pytest.raises(uploads.TooLarge, match="3 MB"):
                assert len(file.read()) == size
            request.close()

    def test_all_files_of_a_request_share_what_is_taken(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(uploads, "MOST_MEGABYTES", 3)
        files = [SimpleUploadedFile(name, bytes(1_500_000)) for name in "abc"]
        request = RequestFactory().post("/", {"file": files})
        *kept, gone = request.FILES.getlist("file")
        assert [len(each.read()) for each in kept] == [1_500_000, 1_500_000]
        with pytest.raises(uploads.TooLarge):
            gone.read()
        request.close()

    def test_more_files_than_any_form_has_are_refused(self, client: Client) -> None:
        files = [SimpleUploadedFile(name, b"1") for name in "abcde"]
        assert client.post("/test/edit/", {**GOOD, "file": files}).status_code == 400
        assert pages_for_tests.DONE == []

    def test_is_nothing_to_try_guesses_on(self, settings: Any) -> None:
        found = set()
        for settings.SECRET_KEY in ("one", "other"):
            found |= {self.of(b""), idempotency.describe(written()).fingerprint}
        assert len(found) == 4


def written() -> HttpRequest:
    headers = {idempotency.HEADER: KEY}
    return RequestFactory().post("/", {"a": 1}, "application/json", headers=headers)


class TestTogether:
    @pytest.mark.django_db(transaction=True)
    def test_two_at_once_do_it_once(self) -> None:
        together = threading.Barrier(2)
        statuses: list[int] = []

        def send() -> None:
            together.wait()
            statuses.append(Client().post("/test/edit/", GOOD).status_code)
            connection.close()

        senders = [threading.Thread(target=send) for _ in range(2)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        assert statuses == [302, 302]
        assert pages_for_tests.DONE == ["hello"]
        assert saved() == 1


class TestVersion:
    def test_a_stale_version_is_refused_with_what_to_do(self, client: Client) -> None:
        response = client.post("/test/edit/", {**GOOD, "text": "stale", "version": "6"})
        page = response.content.decode()
        assert response.status_code == 409
        assert "Someone changed this after you opened it" in page
        assert "Open the page again" in page

    def test_the_current_version_passes(self, client: Client) -> None:
        assert client.post("/test/edit/", {**GOOD, "text": "stale"}).status_code == 302

    @pytest.mark.parametrize("version", ["", "x", "-1", "\uff17"])
    def test_a_version_that_is_none_is_refused(self, client: Client, version: str) -> None:
        sent = {**GOOD, "text": "stale", "version": version}
        assert client.post("/test/edit/", sent).status_code == 400


class TestToken:
    def test_a_form_without_its_token_is_refused_with_a_page(self) -> None:
        response = Client(enforce_csrf_checks=True).post("/test/edit/", GOOD)
        assert response.status_code == 403
        assert "This form is out of date" in response.content.decode()
