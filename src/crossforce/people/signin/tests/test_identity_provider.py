"""The whole code flow, with PKCE, against a real OpenID Connect server on loopback."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client

from crossforce.config import sign_in
from crossforce.people.models import Account
from crossforce.people.signin.tests.conftest import Seated, keyed, seat
from crossforce.people.tests import factories

HERE = Path(__file__).parent
CALLBACK = "http://testserver/account/provider/wiltshire/callback/"

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no Node.js to run the identity provider")
    command = [node, str(HERE / "provider.mjs"), CALLBACK]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        found = process.stdout.readline().decode().strip()
        assert found.startswith("http://127.0.0.1:"), process.stderr
        yield found
        process.terminate()


@pytest.fixture(autouse=True)
def provider(issuer: str, settings: Any, db: None) -> None:
    cache.clear()
    row = {
        "id": "wiltshire",
        "name": "Wiltshire Police",
        "issuer": issuer,
        "client_id": "crossforce",
        "client_secret": "a-secret-of-the-tests",
        "organisation": "wiltshire",
    }
    settings.IDENTITY_PROVIDERS = [row]
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [sign_in.application(row)]}
    }


def through_provider(client: Client, person: str) -> Any:
    """Leave for the provider, sign in and consent there, and come back with the code."""
    left = client.post("/account/provider/wiltshire/")
    question = parse_qs(urlsplit(left.headers["Location"]).query)
    assert question["code_challenge_method"] == ["S256"]
    assert question["response_type"] == ["code"]
    browser = requests.Session()
    page = browser.get(left.headers["Location"], timeout=60)
    for form in (
        {"prompt": "login", "login": person, "password": "any"},
        {"prompt": "consent"},
    ):
        action = re.search(r'action="([^"]+)"', page.text)
        assert action is not None, page.text
        page = followed(browser, browser.post(urljoin(page.url, action[1]), form, **NO_JUMP))
    assert page.headers["Location"].startswith(CALLBACK)
    return client.get(page.headers["Location"].removeprefix("http://testserver"))


NO_JUMP: Any = {"allow_redirects": False, "timeout": 60}


def followed(browser: requests.Session, page: requests.Response) -> requests.Response:
    """Follow redirects as long as they stay at the provider."""
    while page.is_redirect and not page.headers["Location"].startswith(CALLBACK):
        page = browser.get(urljoin(page.url, page.headers["Location"]), **NO_JUMP)
    return page


class TestSignIn:
    def test_binds_the_verified_address_to_the_account(
        self, client: Client, asha: Seated
    ) -> None:
        response = through_provider(client, "asha")
        assert response.status_code == 302
        assert response.headers["Location"] == "/account/posting/"
        assert client.get("/account/").status_code == 200
        bound = SocialAccount.objects.get()
        assert bound.user_id == asha.account.pk
        assert bound.uid == "asha"

    def test_later_knows_the_person_and_not_the_address(
        self, client: Client, asha: Seated
    ) -> None:
        through_provider(client, "asha")
        asha.account.refresh_from_db()
        asha.account.email = "renamed@wiltshire.example"
        asha.account.set_anew(None)
        factories.save(asha.account)
        again = Client()
        through_provider(again, "asha")
        assert again.get("/account/").status_code == 200
        assert SocialAccount.objects.count() == 1

    def test_counts_as_a_second_factor(self, client: Client, settings: Any) -> None:
        settings.SECOND_FACTOR_REQUIRED = True
        inspector = seat("duty-inspector", "asha")
        through_provider(client, "asha")
        response = client.post("/account/posting/", keyed(posting=str(inspector.posting.pk)))
        assert response.status_code == 302

    def test_the_page_offers_it(self, client: Client) -> None:
        assert "Sign in with Wiltshire Police" in client.get("/account/login/").content.decode()


class TestRefused:
    @pytest.mark.parametrize("person", ["unverified", "stranger"])
    def test_without_a_verified_address_of_an_account(
        self, client: Client, asha: Seated, person: str
    ) -> None:
        response = through_provider(client, person)
        assert response.status_code == 403
        assert "No account for you here" in response.content.decode()
        assert client.get("/account/").status_code == 302
        assert Account.objects.count() == 1

    def test_for_the_staff_of_another_organisation(self, client: Client) -> None:
        seat("duty-inspector", "bryn", "gloucestershire")
        assert through_provider(client, "bryn").status_code == 403

    def test_when_the_account_is_closed(self, client: Client, asha: Seated) -> None:
        through_provider(client, "asha")
        account = factories.fresh(asha.account)
        account.is_active = False
        factories.save(account)
        again = Client()
        through_provider(again, "asha")
        assert again.get("/account/").status_code == 302

    def test_a_code_that_was_not_asked_for(self, client: Client) -> None:
        response = client.get("/account/provider/wiltshire/callback/?code=x&state=y")
        assert "could not be accepted" in response.content.decode()
