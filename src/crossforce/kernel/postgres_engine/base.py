"""A connection that is used again is renewed first: whatever statements of an earlier request left on it is gone.

Django asks once a request, before the first statement, whether the connection is usable; here it is made so.
"""

from typing import Any, Final

import psycopg
from django.db.backends.postgresql import base
from psycopg.pq import ExecStatus, TransactionStatus

RUNS_SCRIPTS: Final = "RUNS_SCRIPTS"
"""In the settings of a connection: a text sent on it may hold several statements."""

OURS: Final = (
    "SET search_path TO public, pg_temp; SET row_security TO on; SET transform_null_equals TO off; "
    "SET standard_conforming_strings TO on; SET DateStyle TO ISO, MDY; SET IntervalStyle TO postgres; "
    "SET default_transaction_isolation TO 'read committed'; SET default_transaction_read_only TO off"
)
"""What an answer depends on, whatever the role or the database has been given to begin with: a role may alter its own."""
RENEW: Final = (
    f"CLOSE ALL; UNLISTEN *; RESET ALL; {OURS}; SELECT pg_advisory_unlock_all()".encode()
)
"""Cursors beyond their transaction, what is listened to, settings, locks. Plans stay: nobody finds their names."""


class OneStatement(base.Cursor):
    """What slips into a statement may lengthen it, but begins none of its own: the server takes one at a time."""

    def _execute_send(self, query: Any, *, binary: bool | None = None, **_: Any) -> None:
        above: Any = super()
        above._execute_send(query, force_extended=True, binary=binary)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection of one thread."""

    def get_connection_params(self) -> dict[str, Any]:
        """As Django has them. Whoever changes the structure runs scripts (kernel.database)."""
        params: dict[str, Any] = super().get_connection_params()
        if not self.settings_dict.get(RUNS_SCRIPTS):
            params["cursor_factory"] = OneStatement
        return params

    def init_connection_state(self) -> None:
        """Settings of the session that nothing may depend on others for."""
        super().init_connection_state()
        opened: Any = self.connection
        opened.pgconn.exec_(OURS.encode())

    def is_usable(self) -> bool:
        """Renew it, and say whether that went well; where it did not, it is closed and made anew."""
        opened: Any = self.connection
        if opened is None or opened.pgconn.transaction_status != TransactionStatus.IDLE:
            return False
        try:
            if opened.pgconn.exec_(RENEW).status != ExecStatus.TUPLES_OK:
                return False
            self.ensure_timezone()
        except psycopg.Error:
            return False
        return True
