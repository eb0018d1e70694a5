"""Signing in with a password, and choosing where to act."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from crossforce.kernel import clock
from crossforce.people import models
from crossforce.people.signin.tests.conftest import PASSWORD, Seated, keyed, signed_in
from crossforce.people.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> None:
    cache.clear()


class TestSigningIn:
    @pytest.mark.parametrize("login", ["asha", "ASHA", "asha@wiltshire.example"])
    def test_by_user_name_or_address(self, client: Client, asha: Seated, login: str) -> None:
        response = client.post("/account/login/", {"login": login, "password": PASSWORD})
        assert response.status_code == 302
        assert response.headers["Location"] == "/account/posting/"

    def test_a_wrong_password_says_neither_which_nor_why(
        self, client: Client, asha: Seated
    ) -> None:
        texts = set()
        for login in ("asha", "nobody"):
            page = client.post("/account/login/", {"login": login, "password": "wrong"})
            assert "The user name or the password is wrong" in page.content.decode()
            texts.add(page.status_code)
        assert len(texts) == 1

    def test_guessing_is_slowed_down(self, client: Client, asha: Seated) -> None:
        for _ in range(6):
            page = client.post("/account/login/", {"login": "asha", "password": "wrong"})
        assert "Too many attempts" in page.content.decode()
        page = client.post("/account/login/", {"login": "asha", "password": PASSWORD})
        assert "Too many attempts" in page.content.decode()

    def test_nobody_can_register(self, client: Client) -> None:
        assert client.get("/account/signup/").status_code == 404
        assert client.get("/account/email/").status_code == 404

    def test_a_closed_account_does_not_open(self, client: Client, asha: Seated) -> None:
        asha.account.is_active = False
        factories.save(asha.account)
        client.post("/account/login/", {"login": "asha", "password": PASSWORD})
        assert client.get("/account/").status_code == 302

    def test_the_session_ends_after_half_an_hour_without_use(
        self, client: Client, asha: Seated
    ) -> None:
        client.post("/account/login/", {"login": "asha", "password": PASSWORD})
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        assert client.session.get_expiry_age() <= 1800
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"

    def test_signing_out_forgets_the_session(self, client: Client, asha: Seated) -> None:
        signed_in(client, asha)
        assert "Do you want to sign out?" in client.get("/account/logout/").content.decode()
        client.post("/account/logout/")
        assert client.get("/account/").headers["Location"].startswith("/account/login/")

    def test_the_next_page_is_never_on_another_site(self, client: Client, asha: Seated) -> None:
        sent = {"login": "asha", "password": PASSWORD, "next": "https://evil.example/"}
        assert client.post("/account/login/", sent).headers["Location"] == "/account/posting/"
        chosen = keyed(posting=str(asha.posting.pk), next="//evil.example/")
        assert client.post("/account/posting/", chosen).headers["Location"] == "/"


class TestPosting:
    def test_the_bar_says_who_acts_for_whom(self, client: Client, asha: Seated) -> None:
        page = signed_in(client, asha).get("/").content.decode()
        for words in ("Asha Rees", "Duty inspector", "Wiltshire", "Sign out"):
            assert words in page

    def test_the_frame_asks_the_database_once(
        self, client: Client, asha: Seated, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        signed_in(client, asha).get("/cookies/")
        with django_assert_num_queries(1):  # session, account and posting
            client.get("/cookies/")

    def test_somebody_without_a_choice_is_asked(self, client: Client, asha: Seated) -> None:
        client.post("/account/login/", {"login": "asha", "password": PASSWORD})
        response = client.get("/account/tokens/")
        assert response.headers["Location"] == "/account/posting/?next=%2Faccount%2Ftokens%2F"
        page = client.get(response.headers["Location"]).content.decode()
        assert re.search(r"value=\"[0-9a-f-]{36}\"\s+checked", page)

    def test_nobody_acts_in_a_posting_of_another(
        self, client: Client, asha: Seated, chief: Seated
    ) -> None:
        client.post("/account/login/", {"login": "asha", "password": PASSWORD})
        response = client.post("/account/posting/", keyed(posting=str(chief.posting.pk)))
        assert response.status_code == 422
        assert client.get("/account/tokens/").status_code == 302

    def test_a_posting_that_ends_stops_at_once(self, client: Client, asha: Seated) -> None:
        signed_in(client, asha)
        assert client.get("/account/tokens/").status_code == 200
        asha.posting.ends_at = clock.now() - timedelta(seconds=1)
        factories.save(asha.posting)
        assert client.get("/account/tokens/").status_code == 302

    def test_an_account_without_posting_is_told_so(self, client: Client) -> None:
        factories.organisation(factories.HERE)
        account = models.Account.objects.create_user("cole", "", PASSWORD)
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        assert "You hold no posting" in client.get("/account/posting/").content.decode()


class TestForgotten:
    def test_the_letter_opens_a_new_password(self, client: Client, asha: Seated) -> None:
        sent = {"email": "asha@wiltshire.example"}
        assert client.post("/account/password/forgotten/", sent).status_code == 302
        link = re.search(r"http://\S+", str(mail.outbox[0].body))
        assert link is not None
        page = client.get(link[0].replace("http://testserver", ""), follow=True)
        words = {"password1": "fresh-river-lamp", "password2": "fresh-river-lamp"}
        client.post(page.redirect_chain[-1][0], words)
        asha.account.refresh_from_db()
        assert asha.account.check_password("fresh-river-lamp")

    def test_an_unknown_address_gets_the_same_answer_and_no_letter(
        self, client: Client
    ) -> None:
        response = client.post("/account/password/forgotten/", {"email": "no@where.example"})
        assert response.status_code == 302
        assert not mail.outbox


class TestDemonstration:
    def test_is_not_there_otherwise(self, client: Client, settings: object) -> None:
        settings.DEMONSTRATION = False  # type: ignore[attr-defined]
        missing = client.get("/account/nothing/")
        response = client.get("/account/demonstration/")
        assert response.status_code == 404
        assert response.content == missing.content
        assert client.post("/account/demonstration/", {"account": "asha"}).status_code == 404
        assert "demonstration" not in client.get("/account/login/").content.decode().lower()

    def test_lists_accounts_in_two_questions(
        self,
        client: Client,
        asha: Seated,
        chief: Seated,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        with django_assert_num_queries(2):
            client.get("/account/demonstration/")

    def test_leads_to_the_desk_of_whoever_has_one(self, client: Client, chief: Seated) -> None:
        sent = {"account": "chief"}
        assert (
            client.post("/account/demonstration/", sent).headers["Location"] == "/agreements/"
        )
        asked = client.post("/account/demonstration/", sent | {"next": "/register/"})
        assert asked.headers["Location"] == "/register/"

    def test_signs_in_by_choice_and_says_so_everywhere(
        self, client: Client, asha: Seated, settings: object
    ) -> None:
        settings.DEMONSTRATION = True  # type: ignore[attr-defined]
        page = client.get("/account/demonstration/").content.decode()
        assert "asha" in page
        assert "Duty inspector" in page
        assert 'scope="rowgroup"' in page
        client.post("/account/demonstration/", {"account": "asha"})
        page = client.get("/account/").content.decode()
        assert "Demonstration:" in page
        assert "Duty inspector" in page
