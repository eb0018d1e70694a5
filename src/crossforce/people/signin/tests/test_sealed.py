"""What stands in an account opens it only if this platform put it there."""

from hashlib import sha256
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test import Client

from crossforce.people import models, operations
from crossforce.people.models.account import Altered
from crossforce.people.operations.accounts import HasAccount
from crossforce.people.signin import sealing
from crossforce.people.signin.adapters import Identities
from crossforce.people.signin.tests.conftest import PASSWORD, Seated
from crossforce.people.tests import factories

pytestmark = pytest.mark.django_db
THEIRS = "a-password-of-the-intruder-7"
MIGRATIONS = "crossforce.people.migrations"


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> None:
    cache.clear()


def slipped_in(statement: str, *values: Any) -> None:
    """SQL that slipped into a request in which nobody acts."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount == 1


def opens(client: Client, password: str, login: str = "asha") -> bool:
    answer = client.post("/account/login/", {"login": login, "password": password})
    return answer.status_code == 302


def fresh(account: models.Account) -> models.Account:
    return models.Account.objects.get(pk=account.pk)


class TestPassword:
    def test_a_hash_that_was_slipped_in_opens_nothing(
        self, client: Client, asha: Seated
    ) -> None:
        slipped_in(
            "UPDATE people_account SET password = %s WHERE username = 'asha'",
            make_password(THEIRS),
        )
        assert not opens(client, THEIRS)
        assert not opens(client, PASSWORD)

    def test_nor_does_that_of_another_account_with_its_seal(
        self, client: Client, asha: Seated
    ) -> None:
        models.Account.objects.create_user("mallory", "", THEIRS)
        assert opens(Client(), THEIRS, "mallory")
        slipped_in(
            "UPDATE people_account SET (password, seal) = (SELECT password, seal FROM people_account"
            " WHERE username = 'mallory') WHERE username = 'asha'"
        )
        assert not opens(client, THEIRS)

    def test_nor_under_the_number_of_the_other(self, client: Client, asha: Seated) -> None:
        other = models.Account.objects.create_user("mallory", "", THEIRS)
        row = fresh(asha.account)
        row.pk, row.password, row.seal = other.pk, other.password, other.seal
        assert not row.is_sealed
        assert not row.check_password(THEIRS)

    def test_nor_that_of_the_account_as_it_was_before(
        self, client: Client, asha: Seated
    ) -> None:
        before, now = fresh(asha.account), fresh(asha.account)
        now.set_password("quite-another-password-9")
        now.save()
        slipped_in(
            "UPDATE people_account SET password = %s, seal = %s WHERE username = 'asha'",
            before.password,
            before.seal,
        )
        assert not opens(client, PASSWORD)
        for step in (-1, 2):
            with pytest.raises(DatabaseError, match="not put back"), transaction.atomic():
                slipped_in(
                    "UPDATE people_account SET times_set = times_set + %s WHERE username = 'asha'",
                    step,
                )

    def test_it_is_not_made_good_by_changing_the_password(self, asha: Seated) -> None:
        slipped_in("UPDATE people_account SET email = 'm@evil.example' WHERE username = 'asha'")
        with pytest.raises(Altered):
            fresh(asha.account).set_password("quite-another-password-9")

    def test_whoever_administers_people_opens_the_account_anew(
        self, client: Client, asha: Seated
    ) -> None:
        staff, again = asha.account.staff_id, operations.Credentials("asha", "", PASSWORD)
        assert staff
        loader = factories.loader()
        with pytest.raises(HasAccount):
            operations.open_account(
                actor=loader, staff=staff, credentials=again, at=factories.AT
            )
        slipped_in("UPDATE people_account SET password = 'x' WHERE username = 'asha'")
        operations.open_account(actor=loader, staff=staff, credentials=again, at=factories.AT)
        assert opens(client, PASSWORD)

    def test_a_new_master_key_seals_those_that_are_as_they_were(self, asha: Seated) -> None:
        models.Account.objects.create_user("mallory", "", THEIRS)
        slipped_in("UPDATE people_account SET password = 'x' WHERE username = 'mallory'")
        before = models.Account.objects.exclude(username="mallory").count()
        assert sealing.reseal_accounts(settings.KEYS.reseal) == before
        assert fresh(asha.account).check_password(PASSWORD)


def sealed_before(username: str, password: str) -> models.Account:
    """An account as it stood before what is set in one was numbered."""
    row = models.Account(username=username, password=make_password(password))
    said = "\0".join((row.username, row.email, row.password, row.identity))
    row.seal = settings.KEYS.seal(sha256(said.encode()).digest(), context=row.sealed_as)
    row.save()
    return row


def test_an_upgrade_numbers_accounts_that_are_as_they_were_left(asha: Seated) -> None:
    left, altered = sealed_before("robin", PASSWORD), sealed_before("mallory", THEIRS)
    slipped_in("UPDATE people_account SET email = 'm@x.example' WHERE username = 'mallory'")
    import_module(f"{MIGRATIONS}.0011_accounts_are_not_put_back").seal(apps, None)
    assert fresh(left).check_password(PASSWORD)
    assert not fresh(altered).is_sealed
    assert fresh(asha.account).check_password(PASSWORD)


class TestAddress:
    def test_no_letter_goes_to_one_that_was_slipped_in(
        self, client: Client, asha: Seated
    ) -> None:
        client.post("/account/password/forgotten/", {"email": "asha@wiltshire.example"})
        assert len(mail.outbox) == 1
        slipped_in("UPDATE people_account SET email = 'm@evil.example' WHERE username = 'asha'")
        slipped_in(
            'INSERT INTO account_emailaddress (email, verified, "primary", user_id)'
            " SELECT 'm2@evil.example', true, true, id FROM people_account WHERE username = 'asha'"
        )
        for address in ("m@evil.example", "m2@evil.example", "asha@wiltshire.example"):
            client.post("/account/password/forgotten/", {"email": address})
        assert len(mail.outbox) == 1

    def test_no_provider_speaks_for_one(self, asha: Seated) -> None:
        def claimed(address: str) -> models.Account | None:
            verified = SimpleNamespace(email=address, verified=True)
            login = SimpleNamespace(email_addresses=[verified])
            return Identities._claimed(login, asha.account.organisation_id or "")

        assert claimed("asha@wiltshire.example") == asha.account
        slipped_in("UPDATE people_account SET email = 'm@evil.example' WHERE username = 'asha'")
        assert claimed("m@evil.example") is None

    def test_no_identity_that_was_slipped_in_is_bound(self, asha: Seated) -> None:
        account = fresh(asha.account)
        account.bind("example:1")

        def bound(identity: str) -> models.Account | None:
            login = SimpleNamespace(user=fresh(account), is_existing=True)
            return Identities._bound(login, identity)

        assert bound("example:1") == account
        assert bound("example:2") is None
        slipped_in("UPDATE people_account SET identity = 'example:2' WHERE username = 'asha'")
        assert bound("example:2") is None
