"""Pages and API tell a stranger of a hidden record what they tell of one that never was: the same bytes."""

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from crossforce.access.operations import put_grants
from crossforce.kernel import guarded
from crossforce.kernel.ids import new_id
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.kernel.testing.pages import KEY, lasting
from crossforce.records import models
from crossforce.records.tests import factories
from tests.adversarial.conftest import CLEAR_WORDS, SECRET, SECRET_WORDS

NOTE, MAY = "records.note", "investigator"
KINDS = ("records.note", "records.document", "people.staff", "no.such-kind")


def routes(patterns: Any = None, before: str = "") -> Iterator[str]:
    """Every address that names one record and nothing else, as a template."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        said = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, said)
        elif isinstance(each, URLPattern) and "record>" in said:
            yield re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", said)


ROUTES = sorted(
    {route for route in routes() if set(re.findall(r"{(\w+)}", route)) <= {"kind", "record"}}
)


@pytest.fixture
def hidden(cast: Cast) -> models.Note:
    """A note in a compartment, with a clear one beside it and a link between them."""
    factories.policy(roles=(MAY, "analyst"))
    put_grants("secret-policy", [factories.grant(NOTE, roles=(MAY,), compartment=SECRET)])
    owner = cast.asha(MAY).actor
    note = factories.note(owner, SECRET_WORDS, compartment=SECRET)
    clear = factories.note(owner, CLEAR_WORDS)
    with guarded.acting(owner):
        models.Link.objects.create(
            one=clear.pk,
            other=note.pk,
            relation="related",
            linked_at=factories.AT,
            linked_by=owner.reference,
        )
    return note


def outsiders(cast: Cast) -> list[Player]:
    """A stranger, and a colleague who is not in the compartment."""
    return [cast.cole(MAY), cast.asha("analyst")]


def bytes_of(answer: Any, record: UUID) -> tuple[int, dict[str, str], str]:
    body = answer.content.decode() if not answer.streaming else ""
    body = body.replace(str(record), "ID").replace(record.hex, "ID")
    heads = {
        name: value.replace(str(record), "ID")
        for name, value in answer.headers.items()
        if name.lower() not in ("date", "content-security-policy", "set-cookie")
    }
    return answer.status_code, heads, lasting(body)


def of(client: Client, method: str, route: str, kind: str, record: UUID) -> Any:
    url = "/" + route.format(kind=kind, record=record)
    if method == "get":
        return client.get(url)
    if url.startswith("/api/"):
        return client.generic(
            method.upper(),
            url,
            "{}",
            content_type="application/json",
            HTTP_IDEMPOTENCY_KEY=str(uuid4()),
        )
    return client.post(
        url, {KEY: str(uuid4()), "reason": "because it is needed", "purpose": "x"}
    )


class TestAHiddenRecord:
    def test_has_pages_to_look_at(self) -> None:
        assert len(ROUTES) >= 30
        assert any(route.startswith("api/") for route in ROUTES)

    @pytest.mark.slow
    @pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
    def test_answers_with_the_bytes_of_one_that_never_was(
        self, hidden: models.Note, cast: Cast, method: str
    ) -> None:
        for outsider in outsiders(cast):
            for route in ROUTES:
                told = [
                    bytes_of(of(outsider.client, method, route, NOTE, each), each)
                    for each in (hidden.pk, new_id())
                ]
                assert told[0] == told[1], route
                assert told[0][0] >= 400, route

    def test_is_missing_under_every_other_kind_too(
        self, hidden: models.Note, cast: Cast
    ) -> None:
        for outsider in outsiders(cast):
            for kind in KINDS:
                told = [
                    bytes_of(outsider.client.get(f"/records/{kind}/{each}/"), each)
                    for each in (hidden.pk, new_id())
                ]
                assert told[0] == told[1], kind


class TestLists:
    ADDRESSES = (
        "/records/?q=Heron",
        "/records/?q=Operation",
        "/records/?q=Operatoin+Haron",
        f"/records/?q={SECRET}",
        f"/records/{NOTE}/",
        f"/records/{NOTE}/?q=Heron",
        f"/records/{NOTE}/?marking=SECRET",
        f"/records/{NOTE}/?export=csv",
        f"/records/{NOTE}/?format=csv",
        f"/api/v1/records/{NOTE}",
        "/api/v1/records/search?q=Heron",
        f"/api/v1/records/{NOTE}?q=Heron",
        "/records/proposals/",
        "/access/",
        "/access/explorer/",
        f"/access/why/{NOTE}/",
        "/access/requests/",
        "/access/openings/",
        "/access/notices/",
        "/who-looked/",
    )

    def test_have_no_trace_of_it(self, hidden: models.Note, cast: Cast) -> None:
        for outsider in outsiders(cast):
            for address in self.ADDRESSES:
                told = _text(outsider.client.get(address, follow=True))
                assert str(hidden.pk) not in told, address
                assert SECRET_WORDS not in told, address
                if SECRET not in address:
                    assert SECRET not in told, address

    def test_are_the_same_when_it_is_gone(self, hidden: models.Note, cast: Cast) -> None:
        """Counts, facets, pages, totals: whatever there is, nothing of it depends on what is hidden."""
        before = [_told(who, address) for who in outsiders(cast) for address in self.ADDRESSES]
        with guarded.acting(cast.asha(MAY).actor):
            assert models.Note.objects.filter(pk=hidden.pk).delete()[0]
        after = [_told(who, address) for who in outsiders(cast) for address in self.ADDRESSES]
        assert before == after

    def test_of_links_end_where_the_other_end_is_hidden(
        self, hidden: models.Note, cast: Cast
    ) -> None:
        with guarded.acting(cast.asha(MAY).actor):
            clear = models.Note.objects.get(subject=CLEAR_WORDS)
        for page in ("", "history/"):
            seen = _text(cast.asha("analyst").client.get(f"/records/{NOTE}/{clear.pk}/{page}"))
            assert CLEAR_WORDS in seen
            assert str(hidden.pk) not in seen
            assert SECRET_WORDS not in seen
        assert SECRET_WORDS in _text(cast.asha(MAY).client.get(f"/records/{NOTE}/{clear.pk}/"))

    def test_exported_hold_only_what_is_read(self, hidden: models.Note, cast: Cast) -> None:
        with guarded.acting(cast.asha(MAY).actor):
            clear = models.Note.objects.get(subject=CLEAR_WORDS)
        sent = {"records": [str(clear.pk), str(hidden.pk)], "recipient": "x", "reason": "y"}
        missing = {**sent, "records": [str(clear.pk), str(new_id())]}
        url = f"/api/v1/records/{NOTE}/disclose"
        analyst = cast.asha("analyst").client
        answers = [
            analyst.post(
                url,
                json.dumps(each),
                content_type="application/json",
                HTTP_IDEMPOTENCY_KEY=str(uuid4()),
            )
            for each in (sent, missing)
        ]
        assert answers[0].status_code == answers[1].status_code
        assert answers[0].content == answers[1].content


def _text(answer: Any) -> str:
    parts = answer.streaming_content if answer.streaming else [answer.content]
    return b"".join(parts).decode()


def _told(who: Player, address: str) -> Any:
    """The answer without what differs each time: tokens, sealed words, and the instant on a file."""
    answer = who.client.get(address, follow=True)
    text = re.sub(r'(\bof(?:=|" value="))[\w%=-]+', r"\1WORDS", lasting(_text(answer)))
    return answer.status_code, re.sub(r"\d{4}-\d\d-\d\dT[0-9:.+]+", "INSTANT", text)
