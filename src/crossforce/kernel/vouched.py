"""Rows from which enforcement is computed: the database takes them from this platform's own process only.

Just before each statement the process vouches, under its key and for this transaction, for exactly
the rows that it writes; triggers spend what it said (acting/sql/3_vouched.sql). Nothing here is ever deleted.
"""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any, Final, TypeVar
from uuid import UUID

import psycopg
from django.db import connections, models, transaction

from crossforce.kernel import guarded

ModelT = TypeVar("ModelT", bound=models.Model)
VOUCH: Final = b"SELECT set_config('crossforce.vouched', %b, true)"


def vouch(verb: str, said: str) -> None:
    """Vouch for the one statement that comes next: the verb is its table, `said` what the trigger reads."""
    connection = connections["default"]
    token = guarded.voucher(verb, said)
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(VOUCH, [token])


def vouch_for_text(verb: str, text: str) -> None:
    """The same for a text that is written."""
    vouch(verb, sha256(text.encode()).hexdigest())


class VouchedQuerySet(models.QuerySet[ModelT]):
    """Rows that this process vouches for; every way of the ORM to write them passes here."""

    def _insert(self, objs: Any, fields: Any, **kwargs: Any) -> Any:
        with transaction.atomic(using=self.db, savepoint=False):
            self._vouch("INSERT", [row.pk for row in objs])
            return super()._insert(objs, fields, **kwargs)  # type: ignore[misc]

    def update(self, **kwargs: Any) -> int:
        """As Django's, of the rows that are locked for it."""
        return self._vouched(lambda rows: models.QuerySet.update(rows, **kwargs))

    def _update(self, values: Any) -> int:
        return self._vouched(lambda rows: models.QuerySet._update(rows, values))  # type: ignore[attr-defined]

    # Django calls the second inside templates and the others through managers, unless told.
    _insert.alters_data = True  # type: ignore[attr-defined]
    _insert.queryset_only = False  # type: ignore[attr-defined]
    update.alters_data = True  # type: ignore[attr-defined]
    _update.alters_data = True  # type: ignore[attr-defined]
    _update.queryset_only = False  # type: ignore[attr-defined]

    def _vouched(self, change: Callable[[Any], int]) -> int:
        """Locks the rows, so that those which are changed are those which are vouched for."""
        with transaction.atomic(using=self.db, savepoint=False):
            locked = self.order_by().select_for_update().values_list("pk", flat=True)
            keys: list[UUID] = list(locked)
            if not keys:
                return 0
            self._vouch("UPDATE", keys)
            self._result_cache = None
            return change(self.filter(pk__in=keys))

    def _vouch(self, does: str, keys: Iterable[UUID]) -> None:
        """No savepoint may come between this and the statement: going back to it would renew the voucher."""
        digest = sha256(",".join(map(str, sorted(keys))).encode()).hexdigest()
        token = guarded.voucher(f"{self.model._meta.db_table} {does}", digest)
        connection = connections[self.db]
        with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
            cursor.execute(VOUCH, [token])


VouchedManager = models.Manager.from_queryset(VouchedQuerySet)


class Vouched(models.Model):
    """A row that only the platform's own process writes. The first base of its model, and `id` its UUID."""

    objects = VouchedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
