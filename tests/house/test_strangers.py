"""Every page refuses a stranger, unless it is listed as public with a reason."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

PUBLIC: dict[str, str] = tomllib.loads(Path(__file__).with_name("public.toml").read_text())[
    "public"
]
SAMPLES = {
    "uuid": "01930000-0000-7000-8000-000000000001",
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


@pytest.mark.django_db
@pytest.mark.parametrize("route", sorted(set(routes()) - set(PUBLIC)))
def test_refuses_a_stranger(route: str, client: Client) -> None:
    asked: HttpResponse = client.get(address(route))  # type: ignore[assignment]
    sent: HttpResponse = client.post(address(route))  # type: ignore[assignment]
    for answer in (asked, sent):
        assert refuses(answer) or answer.status_code == 405, f"{route}: {answer.status_code}"
    assert refuses(asked) or refuses(sent), f"{route} answers 405 to everything"


def test_the_list_of_public_pages_names_real_pages() -> None:
    assert not set(PUBLIC) - set(routes())
