"""The second factor: set up, asked for, recovered, and required where a posting binds."""

import base64
import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings as configured
from django.core.cache import cache
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client

from crossforce.kernel.web import marks
from crossforce.people.signin import sealing
from crossforce.people.signin.middleware import ActingMiddleware
from crossforce.people.signin.tests.conftest import PASSWORD, Seated, keyed, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> None:
    cache.clear()


def code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def prove(client: Client) -> Client:
    """What guards an account asks for the password again."""
    response = client.get("/account/second-factor/app/")
    assert response.headers["Location"].startswith("/account/reauthenticate/")
    client.post(response.headers["Location"], {"password": PASSWORD})
    return client


def enrol(client: Client) -> str:
    page = prove(client).get("/account/second-factor/app/").content.decode()
    found = re.search(r'class="cf-secret">([A-Z2-7]+)<', page)
    assert found is not None
    response = client.post("/account/second-factor/app/", {"code": code(found[1])})
    assert response.status_code == 302
    cache.clear()  # a code counts once; the same one opens the next sign-in of the test
    return found[1]


class TestSetUp:
    def test_shows_a_picture_and_the_key(self, client: Client, asha: Seated) -> None:
        prove(signed_in(client, asha))
        page = client.get("/account/second-factor/app/").content.decode()
        assert 'src="data:image/svg+xml' in page
        assert "style=" not in page

    def test_the_secret_is_sealed_in_the_database(self, client: Client, asha: Seated) -> None:
        secret = enrol(signed_in(client, asha))
        row = Authenticator.objects.get(user=asha.account, type="totp")
        assert secret not in str(row.data)
        assert sealing.unseal(row.data["secret"]) == secret

    def test_rotating_the_master_key_seals_it_again(self, client: Client, asha: Seated) -> None:
        secret = enrol(signed_in(client, asha))

        def reseal(sealed: bytes, *, context: str) -> bytes:
            plain = configured.KEYS.unseal(sealed, context=context)
            fresh: bytes = configured.KEYS.seal(plain, context=context)
            return fresh

        before = Authenticator.objects.get(user=asha.account, type="totp").data["secret"]
        assert sealing.reseal_all(reseal) == Authenticator.objects.count()
        after = Authenticator.objects.get(user=asha.account, type="totp").data["secret"]
        assert base64.b64decode(before) != base64.b64decode(after)
        assert sealing.unseal(after) == secret

    def test_a_wrong_code_is_refused(self, client: Client, asha: Seated) -> None:
        prove(signed_in(client, asha))
        page = client.post("/account/second-factor/app/", {"code": "000000"}).content.decode()
        assert "That is not the code that the app shows now" in page


class TestAsked:
    def test_the_password_alone_no_longer_opens(self, client: Client, asha: Seated) -> None:
        secret = enrol(signed_in(client, asha))
        client.post("/account/logout/")
        sent = {"login": "asha", "password": PASSWORD}
        response = client.post("/account/login/", sent)
        assert response.headers["Location"].startswith("/account/second-factor/ask/")
        assert client.get("/account/").status_code == 302
        page = client.post("/account/second-factor/ask/", {"code": "000000"}).content.decode()
        assert "That is not the code" in page
        client.post("/account/second-factor/ask/", {"code": code(secret)})
        assert client.get("/account/").status_code == 200

    def test_a_recovery_code_opens_once(self, client: Client, asha: Seated) -> None:
        enrol(signed_in(client, asha))
        page = client.get("/account/second-factor/codes/").content.decode()
        codes = re.findall(r'<code class="cf-secret">(\w+)</code>', page)
        assert len(codes) == 10
        for opens in (True, False):
            client.post("/account/logout/")
            client.post("/account/login/", {"login": "asha", "password": PASSWORD})
            client.post("/account/second-factor/ask/", {"code": codes[0]})
            assert (client.get("/account/").status_code == 200) is opens


class TestRequired:
    def test_to_act_in_an_office_that_signs(
        self, client: Client, chief: Seated, settings: object
    ) -> None:
        settings.SECOND_FACTOR_REQUIRED = True  # type: ignore[attr-defined]
        client.post("/account/login/", {"login": "chief", "password": PASSWORD})
        response = client.post("/account/posting/", keyed(posting=str(chief.posting.pk)))
        assert "asks for a second factor" in response.content.decode()
        assert client.get("/account/tokens/").status_code == 302
        secret = enrol(client)
        client.post("/account/logout/")
        client.post("/account/login/", {"login": "chief", "password": PASSWORD})
        client.post("/account/second-factor/ask/", {"code": code(secret)})
        response = client.post("/account/posting/", keyed(posting=str(chief.posting.pk)))
        assert response.status_code == 302
        assert client.get("/account/tokens/").status_code == 200

    def test_not_for_an_office_that_binds_nobody(
        self, client: Client, asha: Seated, settings: object
    ) -> None:
        settings.SECOND_FACTOR_REQUIRED = True  # type: ignore[attr-defined]
        assert signed_in(client, asha).get("/account/tokens/").status_code == 200


class TestProof:
    """Before an act that binds an organisation, whoever acts proves again who they are."""

    @pytest.fixture
    def ask(self) -> Callable[[Client], HttpResponseBase | None]:
        binding = marks.asks_again(lambda request: HttpResponse())
        middleware = ActingMiddleware(lambda request: HttpResponse())

        def ask(client: Client) -> HttpResponseBase | None:
            request = client.get("/account/?back=1").wsgi_request
            return middleware.process_view(request, binding, (), {})

        return ask

    def test_is_asked_for_and_then_stands(
        self, client: Client, asha: Seated, settings: Any, ask: Callable[[Client], Any]
    ) -> None:
        settings.SECOND_FACTOR_REQUIRED = True
        asked = ask(signed_in(client, asha))
        assert (
            asked.headers["Location"]
            == "/account/reauthenticate/?next=%2Faccount%2F%3Fback%3D1"
        )
        assert ask(prove(client)) is None

    def test_is_not_asked_for_in_the_demonstration(
        self, client: Client, asha: Seated, settings: Any, ask: Callable[[Client], Any]
    ) -> None:
        settings.SECOND_FACTOR_REQUIRED = False
        assert ask(signed_in(client, asha)) is None
