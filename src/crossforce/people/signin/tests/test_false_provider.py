"""SQL that slipped in makes nobody an identity provider."""

from typing import Any

import psycopg
import pytest
from allauth.socialaccount.adapter import get_adapter
from django.db import DatabaseError, connection, transaction
from django.test import Client, RequestFactory

from crossforce.config import sign_in

ROW = {
    "id": "wiltshire",
    "name": "Wiltshire Police",
    "issuer": "http://127.0.0.1:9",
    "client_id": "crossforce",
    "client_secret": "a-secret-of-the-tests",
    "organisation": "wiltshire",
}
FALSE = """INSERT INTO socialaccount_socialapp (provider, provider_id, name, client_id, secret, key, settings)
           VALUES ('openid_connect', %s, 'False', 'x', 'y', '',
                   '{"server_url": "http://127.0.0.1:9", "organisation": "chief-constable-wiltshire"}')"""


@pytest.fixture(autouse=True)
def configured(settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [sign_in.application(ROW)]}}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        FALSE.replace("%s", "'false'"),
        "UPDATE socialaccount_socialapp SET name = 'x'",
        "DELETE FROM socialaccount_socialapp",
        "DELETE FROM socialaccount_socialtoken",
    ],
)
def test_it_writes_no_row_of_one(statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize("name", ["false", "wiltshire"])
def test_a_row_that_is_there_is_not_believed(
    owner_connection: psycopg.Connection[Any], name: str
) -> None:
    owner_connection.execute(FALSE, [name])
    request = RequestFactory().get("/")
    (app,) = get_adapter().list_apps(request)
    assert app.settings["organisation"] == "wiltshire"
    assert get_adapter().get_app(request, provider="wiltshire").settings == app.settings
    assert Client().get("/account/provider/false/").status_code == 404
