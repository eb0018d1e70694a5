"""Tokens for machines: shown once, hashed, in one posting, until they expire or are revoked."""

import base64
import re
from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.cache import cache
from django.test import Client

from crossforce.kernel import clock, database, guarded, refusals
from crossforce.kernel.models import Answer
from crossforce.ledger.models import Entry
from crossforce.people import queries
from crossforce.people.models import Token
from crossforce.people.signin import tokens
from crossforce.people.signin.tests.conftest import Seated, keyed, signed_in
from crossforce.people.tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/people/staff"


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> None:
    cache.clear()


def issue(client: Client) -> str:
    page = client.post("/account/tokens/", keyed(title="nightly copy", days="30"))
    found = re.search(r"cf1_[\w-]+", page.content.decode())
    assert found is not None
    return found[0]


def call(secret: str) -> int:
    headers = {"Authorization": f"Bearer {secret}"}
    return Client().get(ADDRESS, headers=headers).status_code


class TestCalendars:
    """A calendar knows passwords only: of its subscription the password is the token."""

    @staticmethod
    def call(address: str, given: str) -> int:
        headers = {"Authorization": f"Basic {base64.b64encode(given.encode()).decode()}"}
        return Client().get(address, headers=headers).status_code

    def test_a_token_is_the_password_of_a_calendar_alone(
        self, client: Client, asha: Seated
    ) -> None:
        secret = issue(signed_in(client, asha))
        calendar = "/api/v1/programme/calendar.ics"
        assert self.call(calendar, f"anybody:{secret}") == 200
        assert self.call(calendar, "anybody:wrong") == 401
        assert self.call(calendar, secret) == 401
        assert self.call(ADDRESS, f"anybody:{secret}") == 401

    @pytest.mark.parametrize(
        "given", ["Basic", "Basic \u00e9\u00e9", "Basic %%%", "Basic gIA="]
    )
    def test_what_is_no_password_is_refused(self, db: None, given: str) -> None:
        headers = {"Authorization": given.encode().decode("latin-1")}
        found = Client().get("/api/v1/programme/calendar.ics", headers=headers)
        assert found.status_code == 401
        assert "Basic" in found.headers["WWW-Authenticate"]


class TestIssue:
    def test_is_shown_once_and_kept_nowhere(self, client: Client, asha: Seated) -> None:
        secret = issue(signed_in(client, asha))
        assert secret not in client.get("/account/tokens/").content.decode()
        row = Token.objects.get()
        assert row.digest == tokens.digest(secret)
        assert secret not in str(vars(row))
        assert not any(secret.encode() in bytes(one.body) for one in Answer.objects.all())

    def test_a_repeat_of_the_form_issues_nothing_more(
        self, client: Client, asha: Seated
    ) -> None:
        signed_in(client, asha)
        form = keyed(title="nightly copy", days="30")
        client.post("/account/tokens/", form)
        assert client.post("/account/tokens/", form).headers["Location"] == "/account/tokens/"
        assert Token.objects.count() == 1

    def test_is_written_to_the_ledger(self, client: Client, asha: Seated) -> None:
        issue(signed_in(client, asha))
        assert Entry.objects.filter(operation="token.issued").count() == 1

    def test_lasts_a_year_at_most(self, client: Client, asha: Seated) -> None:
        signed_in(client, asha)
        page = client.post("/account/tokens/", keyed(title="for ever", days="9999"))
        assert page.status_code == 422


class TestUse:
    def test_opens_the_api_in_its_posting(self, client: Client, asha: Seated) -> None:
        secret = issue(signed_in(client, asha))
        assert call(secret) in (200, 403)
        found = tokens.actor_of(secret, at=clock.now())
        assert found is not None
        assert found.posting == asha.posting.pk
        assert found.office == "duty-inspector"

    @pytest.mark.parametrize("secret", ["", "cf1_wrong", "other", "é"])
    def test_nothing_else_opens_it(self, secret: str) -> None:
        assert call(secret) == 401

    def test_ends_when_it_expires(self, client: Client, asha: Seated) -> None:
        secret = issue(signed_in(client, asha))
        assert tokens.actor_of(secret, at=clock.now() + timedelta(days=31)) is None

    def test_ends_with_the_posting(self, client: Client, asha: Seated) -> None:
        secret = issue(signed_in(client, asha))
        asha.posting.ends_at = clock.now()
        factories.save(asha.posting)
        assert call(secret) == 401

    def test_ends_with_the_account(self, client: Client, asha: Seated) -> None:
        secret = issue(signed_in(client, asha))
        asha.account.is_active = False
        factories.save(asha.account)
        assert call(secret) == 401


class TestRevoke:
    def test_closes_it_at_once(self, client: Client, asha: Seated) -> None:
        secret = issue(signed_in(client, asha))
        token = Token.objects.get()
        client.post(f"/account/tokens/{token.pk}/revoke/", keyed())
        assert call(secret) == 401
        assert "Revoked" in client.get("/account/tokens/").content.decode()
        assert Entry.objects.filter(operation="token.revoked").count() == 1

    def test_nobody_revokes_another_persons(
        self, client: Client, asha: Seated, chief: Seated
    ) -> None:
        issue(signed_in(client, asha))
        token = Token.objects.get()
        other = Client()
        signed_in(other, chief)
        response = other.post(f"/account/tokens/{token.pk}/revoke/", keyed())
        assert response.status_code == 404
        token.refresh_from_db()
        assert token.revoked_at is None
        actor = queries.actor_of(chief.account, clock.now(), posting=chief.posting.pk)
        assert actor is not None
        with pytest.raises(refusals.Missing):
            tokens.revoke(actor=actor, token=token.pk, at=clock.now())


@pytest.mark.django_db(transaction=True)
def test_an_upgrade_seals_those_that_the_ledger_says_were_issued(
    client: Client, asha: Seated
) -> None:
    secret = issue(signed_in(client, asha))
    actor = queries.actor_of(asha.account, clock.now(), posting=asha.posting.pk)
    true = Token.objects.get()
    with guarded.acting(actor):
        Token.objects.filter(pk=true.pk).update(seal=b"")
        planted = Token.objects.get(pk=true.pk)
        planted.pk, planted.digest = uuid4(), tokens.digest("cf1_planted")
        planted.save(force_insert=True)
    assert call(secret) == 401
    with database.as_owner():
        import_module("crossforce.people.migrations.0010_tokens_are_sealed").seal(apps, None)
    assert {row.pk: row.is_sealed for row in Token.objects.all()} == {
        true.pk: True,
        planted.pk: False,
    }
    assert (call(secret) in (200, 403), call("cf1_planted")) == (True, 401)


class TestSessionOfABrowser:
    def test_reads_with_the_cookie_alone(self, client: Client, asha: Seated) -> None:
        assert signed_in(client, asha).get(ADDRESS).status_code in (200, 403)

    def test_changes_nothing_without_the_form_token(self, asha: Seated) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(asha.account, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["acting_posting"] = str(asha.posting.pk)
        session.save()
        headers = {"Idempotency-Key": "key-of-this-test"}
        response = client.post(ADDRESS, {}, "application/json", headers=headers)
        assert response.status_code == 403
        assert response.headers["Content-Type"] == "application/problem+json"
