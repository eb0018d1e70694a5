"""The migrated database, made once for a set of migrations and copied for every run and worker."""

import hashlib
import inspect
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Final

from django.apps import apps
from django.db import connection

from crossforce.kernel import database, postgres_roles
from crossforce.kernel.postgres import Plan
from crossforce.kernel.postgres_roles import Login

PREFIX: Final = "migrated_"
MAKING: Final = 7_226_302
TAKE: Final = "SELECT pg_try_advisory_lock(%s, hashtext(%s))"
INSTALLED: Final = (
    "migrations/*.py",
    "sql/*.sql",
    "guarding.py",
    "following.py",
    "telling.py",
    "guarded_policies.py",
    "finite.py",
    "beginnings.py",
    "vouching.py",
    "kinds.py",
    "rulepacks/standing-*.toml",
)


def make(plan: Plan, admin: Login, *, name: str) -> None:
    """Make the test database `name`: a copy, or for new migrations the first of its kind."""
    template = named()
    with postgres_roles.one_at_a_time(admin, MAKING):
        if template not in postgres_roles.databases(admin):
            _migrate(plan, admin, template)
        _copy(plan, admin, of=template, name=name)


def copy(plan: Plan, admin: Login, *, of: str, name: str) -> None:
    """Make the database `name` like the template that is there."""
    with postgres_roles.one_at_a_time(admin, MAKING):
        _copy(plan, admin, of=of, name=name)


def named() -> str:
    """What the template of the migrations that are installed is called."""
    return PREFIX + digest()


@contextmanager
def taken(admin: Login, name: str) -> Iterator[str]:
    """A name that is this run's alone while it lasts: the name, or with a number behind it.

    Two runs at once on one server would else pull the database from under each other.
    """
    with admin.connect(autocommit=True) as holding:
        for number in count(1):
            mine = name if number == 1 else f"{name}_{number}"
            found = holding.execute(TAKE, [MAKING, mine]).fetchone()
            if found == (True,):
                yield mine
                return


def digest() -> str:
    """Of everything that the structure follows from: migrations, what they install, how roles are made."""
    total = hashlib.sha256(inspect.getsource(postgres_roles).encode())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        total.update(config.label.encode())
        for pattern in INSTALLED:
            for path in sorted(Path(config.path).glob(pattern)):
                total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()[:16]


def _copy(plan: Plan, admin: Login, *, of: str, name: str) -> None:
    postgres_roles.drop_database(admin, name=name)
    postgres_roles.copy_database(
        admin,
        owner=plan.owner_login(),
        application=plan.application,
        source=of,
        name=name,
    )


def _migrate(plan: Plan, admin: Login, template: str) -> None:
    """Under another name until it is whole; templates of other migrations go."""
    making = f"making_{os.getpid()}"
    postgres_roles.drop_database(admin, name=making)
    plan.prepare(name=making)
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = making
    try:
        database.migrate()
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
    for old in postgres_roles.databases(admin):
        if old.startswith(PREFIX):
            postgres_roles.drop_database(admin, name=old)
    postgres_roles.rename_databases(admin, [(making, template)])
