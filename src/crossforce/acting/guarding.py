"""What the database knows of acting: functions, the key's pads, triggers; put up by the owner."""

from typing import Any, Final

from django.conf import settings
from django.db import connection

from crossforce.acting import context, vouching
from crossforce.kernel import database, guarded_policies

OPEN: Final = ("access_acting()", "ledger_names_oneself(uuid)")
"""The functions that the application may call."""


def install(cursor: Any) -> None:
    """Bring functions, rights, keys and triggers up to date, as the owner."""
    guarded_policies.functions(cursor, __package__, OPEN)
    guarded_policies.rights(cursor, "access_key")
    for version in settings.KEYS.versions(context.KEY)[:2]:
        install_key(version.number, version.as_bytes(), cursor)
    vouching.install(cursor)


def install_key(number: int, secret: bytes, cursor: Any = None) -> None:
    """Let the database know a version of the acting key; of those before, only the last stays good."""
    forget = "DELETE FROM access_key WHERE number < %s - 1"
    statement = """INSERT INTO access_key VALUES (%s, %s, %s) ON CONFLICT (number)
                   DO UPDATE SET inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad"""
    values = [number, *context.pads(secret)]
    if cursor is not None:
        cursor.execute(statement, values)
        return
    login = database.plan().owner_login().on(connection.settings_dict["NAME"])
    with login.connect(autocommit=True) as owner:
        owner.execute(statement, values)
        owner.execute(forget, [number])
