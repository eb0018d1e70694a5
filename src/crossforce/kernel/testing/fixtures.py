"""What every test stands on: a database of its own, made by the owner, used as the application."""

import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import TransactionTestCase
from psycopg import sql
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key

from crossforce.kernel import database, guarded, postgres_roles
from crossforce.kernel.testing import emptying, ground, template
from crossforce.kernel.testing.standing import Standing
from crossforce.kernel.web import language


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[None]:
    """The test server: started by the first test run that needs it, stopped by the last."""
    with database.plan().running():
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    postgres_server: None,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    plan = database.plan()
    name = connection.settings_dict["TEST"]["NAME"]
    if plan.admin is None or (django_db_keepdb and not django_db_createdb):
        with django_db_blocker.unblock():
            plan.prepare(name=name)
            connection.settings_dict["NAME"] = name
            database.migrate()
        yield
        with django_db_blocker.unblock():
            connection.close()
        return
    with template.taken(plan.admin, name) as mine:
        with django_db_blocker.unblock():
            plan.prepare()
            template.make(plan, plan.admin, name=mine)
            connection.settings_dict["NAME"] = mine
        yield
        with django_db_blocker.unblock():
            ground.leave()
            connection.close()
        if not django_db_keepdb:
            postgres_roles.drop_database(plan.admin, name=mine)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Whoever begins elsewhere finds nothing of the ground before."""
    with item.config.stash[blocking_manager_key].unblock():
        ground.leave(item)


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> None:
    """A test opens its savepoint on its ground."""
    if fixturedef.argname == ground.OPENS:
        with request.config.stash[blocking_manager_key].unblock():
            ground.begin(request)


@pytest.fixture(autouse=True)
def in_english() -> None:
    """What a test before this one asked for in Welsh was asked for there."""
    language.activate("en")


@pytest.fixture(scope="session")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Standing:
    """Every world is loaded once in a run, by whichever worker needs it first."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return Standing(shared / "worlds")


@pytest.fixture
def owner_connection(transactional_db: None) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """The test database as the owner of its tables, outside Django."""
    login = database.plan().owner_login().on(connection.settings_dict["NAME"])
    with login.connect(autocommit=True) as opened:
        yield opened


def _empty(self: TransactionTestCase) -> None:
    plan = database.plan()
    emptying.empty((plan.admin or plan.owner_login()).on(connection.settings_dict["NAME"]))
    guarded.forget_scopes()


# The application role may not TRUNCATE, and append-only tables refuse DELETE.
setattr(TransactionTestCase, "_fixture_teardown", _empty)  # noqa: B010 - not in the stubs


@pytest.fixture
def may_make_temporary(db: None) -> Iterator[None]:
    """As in a database that an operator brought, where the owner may not take that right away."""
    owner = database.plan().owner_login().on(connection.settings_dict["NAME"])
    changed = "{} TEMPORARY ON DATABASE {} {} {}"
    names = (sql.Identifier(owner.name), sql.Identifier(connection.settings_dict["USER"]))
    given, taken = (
        sql.SQL(changed).format(sql.SQL(verb), names[0], sql.SQL(to), names[1])
        for verb, to in (("GRANT", "TO"), ("REVOKE", "FROM"))
    )
    with owner.connect(autocommit=True) as own:
        own.execute(given)
        yield
        own.execute(taken)
