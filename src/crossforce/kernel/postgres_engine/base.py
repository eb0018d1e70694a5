"""A connection that is used again is renewed first: whatever statements of an earlier request left on it is gone.

Django asks once a request, before the first statement, whether the connection is usable; here it is made so.
"""

from typing import Any, Final

import psycopg
from django.db.backends.postgresql import base
from psycopg.pq import ExecStatus, TransactionStatus

RENEW: Final = b"CLOSE ALL; UNLISTEN *; RESET ALL; SELECT pg_advisory_unlock_all()"
"""Cursors beyond their transaction, what is listened to, settings, locks. Plans stay: nobody finds their names."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection of one thread."""

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
