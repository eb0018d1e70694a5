"""A connection that is used again is renewed first: whatever statements of an earlier request left on it is gone.

Django asks once a request, before the first statement, whether the connection is usable; here it is made so.
"""

from typing import Any, ClassVar, Final

import psycopg
from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from crossforce.kernel import journeys, statements
from crossforce.kernel.journeys import Ask

RUNS_SCRIPTS: Final = "RUNS_SCRIPTS"
"""In the settings of a connection: a text sent on it may hold several statements."""

OURS: Final = {
    "search_path": "public, pg_temp",
    "row_security": "on",
    "transform_null_equals": "off",
    "standard_conforming_strings": "on",
    "DateStyle": "ISO, MDY",
    "IntervalStyle": "postgres",
    "default_transaction_isolation": "read committed",
    "default_transaction_read_only": "off",
}
"""What an answer depends on, whatever the role or the database has been given to begin with: a role may alter its own."""
SETTLE: Final = "SELECT " + ", ".join(
    f"pg_catalog.set_config('{name}', '{value}', false)" for name, value in OURS.items()
)
RENEW: Final = tuple(
    Ask(each.encode(), ())
    for each in (
        "CLOSE ALL",
        "UNLISTEN *",
        "RESET ALL",
        f"{SETTLE}, pg_catalog.pg_advisory_unlock_all()",
    )
)
"""Cursors beyond their transaction, what is listened to, settings, locks. Plans stay: nobody finds their names."""


class OneStatement(base.Cursor):
    """What slips into a statement may lengthen it, but begins none of its own: the server takes one at a time."""

    def _execute_send(self, query: Any, *, binary: bool | None = None, **_: Any) -> None:
        above: Any = super()
        above._execute_send(query, force_extended=True, binary=binary)


class Opened(psycopg.Connection[Any]):
    """A connection on which nothing is said, by whatever way, before what was held back (`statements.hold`)."""

    def wait(self, *args: Any, **kwargs: Any) -> Any:
        """Every cursor waits here; it has not sent anything yet."""
        self._say_held()
        return super().wait(*args, **kwargs)

    def pipeline(self) -> Any:
        self._say_held()
        return super().pipeline()

    def _pipeline_nolock(self) -> Any:
        self._say_held()
        return super()._pipeline_nolock()

    def set_autocommit(self, value: bool) -> None:
        """Whoever begins a transaction takes the one that was begun ahead, as it stands."""
        if not value and journeys.AHEAD in self.__dict__:
            self._autocommit = False
        else:
            super().set_autocommit(value)

    def commit(self) -> None:
        """What is held back travels with the commit."""
        self.__dict__.pop(journeys.AHEAD, None)
        if held := journeys.held(self):
            journeys.say(self, [*held, journeys.COMMIT])
        else:
            super().commit()

    def rollback(self) -> None:
        """What is held back is never said."""
        self.__dict__.pop(journeys.AHEAD, None)
        journeys.held(self)
        super().rollback()

    def _say_held(self) -> None:
        if held := journeys.held(self) or journeys.ended(self):
            journeys.say(self, held)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection of one thread. `renewal` is what makes it as new."""

    renewal: ClassVar[tuple[Ask, ...]] = RENEW

    def get_connection_params(self) -> dict[str, Any]:
        """As Django has them. Whoever changes the structure runs scripts (kernel.database)."""
        params: dict[str, Any] = super().get_connection_params()
        if not self.settings_dict.get(RUNS_SCRIPTS):
            params["cursor_factory"] = OneStatement
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Opened:
        """As Django does, of our class; no settings of ours ask for a pool, or for another isolation."""
        self.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        return Opened.connect(**conn_params)

    def init_connection_state(self) -> None:
        """Settings of the session that nothing may depend on others for."""
        super().init_connection_state()
        opened: Any = self.connection
        opened.pgconn.exec_(SETTLE.encode())

    def close_if_unusable_or_obsolete(self) -> None:
        """At the end of a request: what was begun ahead, and nobody took, ends with it."""
        opened: Any = self.connection
        if opened is not None and (ended := journeys.ended(opened)):
            try:
                journeys.say(opened, ended)
            except psycopg.Error:
                self.close()
        super().close_if_unusable_or_obsolete()

    @property
    def is_idle(self) -> bool:
        """Whether the connection is there, and nothing is under way on it."""
        opened: Any = self.connection
        return opened is not None and opened.pgconn.transaction_status == TransactionStatus.IDLE

    def is_usable(self) -> bool:
        """Renew it, and say whether that went well; where it did not, it is closed and made anew."""
        try:
            return self.is_idle and statements.renewed(self)
        except psycopg.Error:
            return False
