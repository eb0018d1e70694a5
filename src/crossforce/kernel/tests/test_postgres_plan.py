"""Any PostgreSQL by its address: an administrator's, or one each for the application and the owner."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from psycopg.errors import InsufficientPrivilege

from crossforce.kernel import postgres, postgres_place
from crossforce.kernel.keys import KeyStore
from crossforce.kernel.postgres import NoOwner, Plan
from crossforce.kernel.postgres_roles import Login, NotOurDatabase
from crossforce.kernel.postgres_server import ADMIN, Server

pytestmark = pytest.mark.slow

PASSWORD = "known to its keeper"


@pytest.fixture(scope="module")
def sockets() -> Iterator[str]:
    """A server that is not the installation's own."""
    var: Path = settings.VAR / f"foreign-{os.getpid()}"
    server = Server(postgres_place.find(var), admin_password=PASSWORD, fast=True)
    with server.running():
        yield str(server.place.sockets)
    shutil.rmtree(var)


def planned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **urls: str) -> Plan:
    for name in ("DATABASE_URL", "OWNER_DATABASE_URL"):
        monkeypatch.setenv(name, urls.get(name, ""))
    return postgres.plan(tmp_path, KeyStore(tmp_path / "keys"))


def url(sockets: str, user: str, password: str, name: str = "force") -> str:
    return f"postgresql://{user}:{password.replace(' ', '%20')}@/{name}?host={sockets}"


def test_an_administrator_makes_both_roles_and_the_database(
    sockets: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned(tmp_path, monkeypatch, DATABASE_URL=url(sockets, ADMIN, PASSWORD))
    assert not plan.is_embedded
    plan.prepare()
    plan.prepare()
    with plan.owner_login().connect() as owner:
        owner.execute("CREATE TABLE note (id serial PRIMARY KEY, text text)")
    with plan.application.connect() as application:
        application.execute("INSERT INTO note (text) VALUES ('a')")
        assert application.info.dbname == "force"
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("DROP TABLE note")


@pytest.mark.parametrize("name", ["empty", "full"])
def test_only_an_empty_database_of_somebody_else_is_taken_over(
    sockets: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    theirs = Login.from_url(url(sockets, ADMIN, PASSWORD, "postgres"))
    with theirs.connect(autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}_base TEMPLATE template0")
    if name == "full":
        with theirs.on("full_base").connect() as connection:
            connection.execute("CREATE TABLE kept (id int)")
    address = url(sockets, ADMIN, PASSWORD, f"{name}_base")
    plan = planned(tmp_path, monkeypatch, DATABASE_URL=address)
    if name == "empty":
        plan.prepare()
        with plan.owner_login().connect() as owner:
            owner.execute("CREATE TABLE note (id int)")
    else:
        with pytest.raises(NotOurDatabase, match="holds 1 tables"):
            plan.prepare()


def test_the_servers_own_database_is_left_alone(
    sockets: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = url(sockets, ADMIN, PASSWORD, "postgres")
    with pytest.raises(NotOurDatabase, match="Name another"):
        planned(tmp_path, monkeypatch, DATABASE_URL=address).prepare()


def test_two_addresses_are_used_as_they_are(
    sockets: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = Login.from_url(url(sockets, ADMIN, PASSWORD, "postgres"))
    with admin.connect(autocommit=True) as connection:
        connection.execute(
            "CREATE ROLE keeper LOGIN PASSWORD 'k'; CREATE ROLE clerk LOGIN PASSWORD 'c'"
        )
        connection.execute("CREATE DATABASE other OWNER keeper TEMPLATE template0")
    plan = planned(
        tmp_path,
        monkeypatch,
        DATABASE_URL=url(sockets, "clerk", "c", "other"),
        OWNER_DATABASE_URL=url(sockets, "keeper", "k", "other"),
    )
    plan.prepare()
    with plan.owner_login().connect() as owner:
        owner.execute("CREATE TABLE note (id serial PRIMARY KEY, text text)")
    with plan.application.connect() as application:
        application.execute("INSERT INTO note (text) VALUES ('a')")
        with pytest.raises(InsufficientPrivilege, match="temporary"):
            application.execute("CREATE TEMP TABLE note (id int)")
    with plan.owner_login().connect() as owner:
        owner.execute("CREATE TEMP TABLE staged (id int)")


def test_an_ordinary_role_alone_cannot_change_the_structure(
    sockets: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned(tmp_path, monkeypatch, DATABASE_URL=url(sockets, "nobody", "x"))
    with pytest.raises(NoOwner, match="OWNER_DATABASE_URL"):
        plan.owner_login()


def test_options_of_the_address_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = planned(
        tmp_path,
        monkeypatch,
        DATABASE_URL="postgresql://app@db.example:6543/force?sslmode=verify-full",
        OWNER_DATABASE_URL="postgresql://owner@db.example:6543/force?sslmode=verify-full",
    ).application_settings()
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "6543", "force")
    assert found["OPTIONS"] == {"sslmode": "verify-full"}
