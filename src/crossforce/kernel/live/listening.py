"""Hearing what changed: one connection that listens, opened again whenever it is lost."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Final

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

from crossforce.kernel.live.telling import ACCESS, CHANNEL, Change, decoded

AGAIN: Final = 1.0  #: seconds until the next attempt

log = logging.getLogger(__name__)


async def listen(heard: Callable[[Change], None]) -> None:
    """Tell of every change, until cancelled. After a gap anything may have changed."""
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(
                **_login(), autocommit=True
            ) as way:
                await way.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
                heard(Change(ACCESS))
                async for notice in way.notifies():
                    heard(decoded(notice.payload))
        except psycopg.Error as fault:
            log.warning("Live pages wait for the database: %s", fault)
        await asyncio.sleep(AGAIN)


def _login() -> dict[str, Any]:
    """How to reach the database itself, where a pooler stands between (DIRECT_DATABASE_URL)."""
    login = settings.DIRECT_DATABASE or settings.DATABASE.application
    given = {
        "host": login.host,
        "port": login.port,
        "dbname": connections["default"].settings_dict["NAME"],
        "user": login.user,
        "password": login.password,
        "keepalives_idle": 30,
        **dict(login.options),
    }
    return {name: value for name, value in given.items() if value != ""}
