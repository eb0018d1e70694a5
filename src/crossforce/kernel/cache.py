"""The cache that all web processes share (rate limits, spent one-time codes), as JSON in a table.

Django's own cache in a table unpickles what it finds there: who can write the row runs code in the
process. Here a row that was slipped in is at most a wrong number.
"""

import json
from datetime import timedelta
from typing import Any, Final

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

from crossforce.kernel import clock, statements

FAR: Final = timedelta(days=3650)

FOUND: Final = b"SELECT value FROM kernel_cache WHERE cache_key = %s AND expires > %s"
SET: Final = b"""
INSERT INTO kernel_cache (cache_key, value, expires) VALUES (%s, %s, %s)
ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires RETURNING true"""
ADDED: Final = b"""
INSERT INTO kernel_cache AS held (cache_key, value, expires) VALUES (%s, %s, %s)
ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires
 WHERE held.expires <= %s RETURNING true"""
TOUCHED: Final = b"""
UPDATE kernel_cache SET expires = %s WHERE cache_key = %s AND expires > %s RETURNING true"""
DELETED: Final = b"DELETE FROM kernel_cache WHERE cache_key = %s RETURNING true"
OVER: Final = b"DELETE FROM kernel_cache WHERE expires <= %s RETURNING true"
CLEARED: Final = b"DELETE FROM kernel_cache RETURNING true"


class TableCache(BaseCache):
    """Holds what JSON can hold; anything else raises TypeError when it is set."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The value, or the default where there is none, it is over, or it is no JSON."""
        found = statements.rows(FOUND, [self._key(key, version), clock.now()])
        try:
            return json.loads(found[0][0]) if found else default
        except ValueError:
            return default

    def set(
        self,
        key: str,
        value: Any,
        timeout: Any = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        """Put a value, and drop what is over."""
        now = clock.now()
        statements.rows(OVER, [now])
        until = now + self._lasting(timeout)
        statements.rows(SET, [self._key(key, version), json.dumps(value), until])

    def add(
        self,
        key: str,
        value: Any,
        timeout: Any = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Put a value unless one stands there; whether it was put."""
        now = clock.now()
        given = [self._key(key, version), json.dumps(value), now + self._lasting(timeout), now]
        return bool(statements.rows(ADDED, given))

    def touch(
        self,
        key: str,
        timeout: Any = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Let a value last so long from now; whether there was one."""
        now = clock.now()
        given = [now + self._lasting(timeout), self._key(key, version), now]
        return bool(statements.rows(TOUCHED, given))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a value; whether there was one."""
        return bool(statements.rows(DELETED, [self._key(key, version)]))

    def clear(self) -> None:
        """Forget every value."""
        statements.rows(CLEARED)

    def _key(self, key: str, version: int | None) -> str:
        return self.make_and_validate_key(key, version=version)

    def _lasting(self, timeout: Any) -> timedelta:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return FAR if seconds is None else timedelta(seconds=seconds)
