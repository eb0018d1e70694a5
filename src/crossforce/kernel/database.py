"""Django's connection, for a while, as the owner of the tables: migrations and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from crossforce.kernel import registry
from crossforce.kernel.postgres import Plan
from crossforce.kernel.postgres_engine.base import RUNS_SCRIPTS

WRITTEN_HERE: Final = (
    "django_migrations",
    "django_content_type",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
)
"""Tables of Django's that are written when the structure changes, or by nobody: nothing is decided by them."""


def plan() -> Plan:
    """Who connects how, as the settings worked it out."""
    found: Plan = settings.DATABASE
    return found


@contextmanager
def as_owner() -> Iterator[None]:
    """Inside the block the default connection is the owner's. Never around a request."""
    owner = plan().owner_login()
    chosen = connection.settings_dict
    before = {name: chosen[name] for name in ("HOST", "PORT", "USER", "PASSWORD")}
    before[RUNS_SCRIPTS] = chosen.get(RUNS_SCRIPTS, False)
    connection.close()
    chosen.update(HOST=owner.host, PORT=owner.port, USER=owner.user, PASSWORD=owner.password)
    chosen[RUNS_SCRIPTS] = True
    try:
        yield
    finally:
        connection.close()
        chosen.update(before)


def migrate(*, verbosity: int = 0) -> None:
    """Bring the structure up to date, as the owner; the application may not note migrations."""
    with as_owner():
        call_command("migrate", interactive=False, verbosity=verbosity)
        with connection.cursor() as cursor:
            application = connection.ops.quote_name(plan().application.user)
            cursor.execute(
                f"REVOKE INSERT, UPDATE, DELETE ON {', '.join(WRITTEN_HERE)} FROM {application}"
            )
        for upgrade in registry.upgrades:
            upgrade()
