"""Every page refuses a stranger, unless it is listed as public with a reason."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

LISTED = tomllib.loads(Path(__file__).with_name("public.toml").read_text())
READ: set[str] = set(LISTED["read"])
DOORS: set[str] = set(LISTED["door"])
CHANGES = ("post", "put", "patch", "delete")
SAMPLES = {
    "uuid": "01930000-0000-7000-8000-000000000001",
    "uuidstr": "01930000-0000-7000-8000-000000000001",
    "slug": "gloucestershire",
    "str": "anything",
    "int": "1",
    "path": "a/b",
}
CONVERTER = re.compile(r"<(?:(\w+):)?\w+>")


def routes(resolver: Any = None, before: str = "") -> Iterator[str]:
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, route)
        elif isinstance(entry, URLPattern):
            yield route


def address(route: str) -> str:
    return "/" + CONVERTER.sub(lambda found: SAMPLES.get(found[1] or "str", "anything"), route)


def refuses(answer: HttpResponse) -> bool:
    if answer.status_code == 302:
        return str(answer.headers["Location"]).startswith(settings.LOGIN_URL)
    return answer.status_code in {401, 403}


def change(client: Client, method: str, route: str) -> HttpResponse:
    """As a form or a program would send it, with its idempotency key."""
    send: Any = getattr(client, method)
    answer: HttpResponse = send(
        address(route),
        {},
        content_type="application/json",
        headers={"Idempotency-Key": SAMPLES["uuid"]},
    )
    return answer


def is_a_change(sql: str) -> bool:
    """Apart from the frame's note of the answered request, which is not the page's doing."""
    return sql.startswith(("INSERT", "UPDATE", "DELETE")) and '"kernel_answer"' not in sql


@pytest.mark.django_db
@pytest.mark.parametrize("route", sorted(set(routes()) - READ - DOORS))
def test_a_stranger_may_not_read(route: str, client: Client) -> None:
    answer: Any = client.get(address(route))
    assert refuses(answer) or answer.status_code == 405, f"{route}: {answer.status_code}"


@pytest.mark.django_db
@pytest.mark.parametrize("route", sorted(set(routes()) - READ - DOORS))
def test_a_stranger_may_not_change(route: str, client: Client) -> None:
    for method in CHANGES:
        answer = change(client, method, route)
        assert refuses(answer) or answer.status_code == 405, f"{method}: {answer.status_code}"


@pytest.mark.django_db
@pytest.mark.parametrize("route", sorted(READ))
def test_a_public_page_changes_nothing(route: str, client: Client) -> None:
    for method in CHANGES:
        with CaptureQueriesContext(connection) as asked:
            change(client, method, route)
        assert not [row["sql"] for row in asked if is_a_change(row["sql"])]


def test_the_list_names_real_addresses() -> None:
    assert not (READ | DOORS) - set(routes())
