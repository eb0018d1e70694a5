"""Sessions whose table is worth nothing to whoever reads or writes it.

The table holds the hash of a session's key, never the key; and the data is signed under the key, so
that one session's data is refused under another's.
"""

import hashlib
from typing import Any

from django.contrib.sessions.backends import db
from django.db import router

from crossforce.kernel import clock


def stored(key: str) -> str:
    """What stands in the table for a session's key: 160 bits of its hash."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


class SessionStore(db.SessionStore):
    """`settings.SESSION_ENGINE` names this module."""

    @property
    def key_salt(self) -> str:
        """The salt of the signature over the data: of this session and no other."""
        return f"crossforce.sessions.{self.session_key}"

    def hold(self, session_data: str, *, known: bytes | None = None) -> None:
        """Take what stands in the table under this session's key, read by somebody else already.

        `known` is its content where the same data was found good under the same key before.
        """
        self._session_cache = (
            self.decode(session_data) if known is None else self.serializer().loads(known)
        )

    def content(self) -> bytes:
        """What is in the session now, for `hold`."""
        found: bytes = self.serializer().dumps(self._session_cache)
        return found

    def exists(self, session_key: str) -> bool:
        return super().exists(stored(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row = super().create_model_instance(data)
        row.session_key = stored(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            super().delete(stored(key))

    def _get_session_from_db(self) -> Any:
        rows = self.model.objects.using(router.db_for_read(self.model))
        row = rows.filter(
            session_key=stored(self.session_key or ""), expire_date__gt=clock.now()
        ).first()
        if row is None:
            self._session_key = None
        return row
