"""Headers, languages, the one 404, and what a public page costs."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

PUBLIC = ["/", "/accessibility/", "/cookies/", "/privacy/", "/licences/", "/test/list/"]


class TestHeaders:
    def test_nothing_inline_and_nothing_from_elsewhere(self, client: Client) -> None:
        policy = client.get("/").headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "style-src 'self';" in policy
        assert "unsafe" not in policy

    @pytest.mark.parametrize("path", [*PUBLIC, "/nothing/"])
    def test_every_page_is_free_of_inline_code(self, client: Client, path: str) -> None:
        html = client.get(path).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)", html)
        assert not re.search(r"<style|\sstyle=|\son\w+=", html)

    def test_no_other_site_may_frame_or_sniff(self, client: Client) -> None:
        headers = client.get("/").headers
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"

    def test_head_tells_the_length_and_sends_nothing(self, client: Client) -> None:
        length = len(client.get("/cookies/").content)
        response = client.head("/cookies/")
        assert response.headers["Content-Length"] == str(length)
        assert response.content == b""


class TestCost:
    @pytest.mark.django_db
    @pytest.mark.parametrize("path", PUBLIC)
    def test_a_reader_touches_no_table_and_gets_no_cookie(
        self, client: Client, path: str, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(0):
            response = client.get(path)
        assert response.status_code == 200
        assert not response.cookies
        assert response.headers["Vary"] == "Cookie"


class TestLanguage:
    def test_is_english_until_chosen(self, client: Client) -> None:
        response = client.get("/")
        assert '<html lang="en"' in response.content.decode()
        assert response.headers["Content-Language"] == "en"

    def test_the_choice_shows_at_once_and_is_remembered(self, client: Client) -> None:
        assert '<html lang="cy"' in client.get("/?lang=cy").content.decode()
        page = client.get("/cookies/").content.decode()
        assert '<html lang="cy"' in page
        assert "Cwcis" in page
        client.get("/?lang=en")
        assert '<html lang="en"' in client.get("/cookies/").content.decode()

    def test_an_unknown_language_changes_nothing(self, client: Client) -> None:
        response = client.get("/?lang=xx")
        assert '<html lang="en"' in response.content.decode()
        assert not response.cookies

    def test_the_toggle_keeps_the_question(self, client: Client) -> None:
        page = client.get("/test/list/?q=row+01&sort=-name").content.decode()
        assert "?q=row+01&amp;sort=-name&amp;lang=cy" in page


class TestMissing:
    def test_is_the_same_for_hidden_and_for_absent(self, client: Client) -> None:
        hidden, other = client.get("/test/hidden/1/"), client.get("/test/hidden/2/?x=1")
        absent = client.get("/test/hidden/not-a-number/")
        assert hidden.status_code == other.status_code == absent.status_code == 404
        assert hidden.content == other.content == absent.content
        assert hidden.headers.items() == other.headers.items() == absent.headers.items()
        assert b"secret" not in hidden.content

    def test_a_problem_for_the_api(self, client: Client) -> None:
        response = client.get("/api/v1/nothing")
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.json()["status"] == 404


class TestNul:
    def test_in_an_address_is_missing(self, client: Client) -> None:
        assert client.get("/test/list/%00").status_code == 404

    def test_in_a_question_is_refused(self, client: Client) -> None:
        assert client.get("/test/list/?q=a%00b").status_code == 400


class TestFaults:
    def test_our_own_mistake_has_a_page(self, client: Client) -> None:
        client.raise_request_exception = False
        response = client.get("/test/broken/")
        assert response.status_code == 500
        assert "Something went wrong" in response.content.decode()

    def test_a_stranger_is_led_to_sign_in(self, client: Client) -> None:
        response = client.get("/test/staff/?a=1")
        assert response.status_code == 302
        assert response.headers["Location"] == "/account/login/?next=%2Ftest%2Fstaff%2F%3Fa%3D1"
