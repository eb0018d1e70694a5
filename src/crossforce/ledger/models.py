"""Entries, and their private parts in a table of their own. Both are append-only."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from crossforce.ledger.choices import Part


class TransactionId(models.BigIntegerField):  # type: ignore[type-arg]  # takes none when run
    """PostgreSQL's 64-bit transaction number (`xid8`), which it compares with its own kind only."""

    def db_type(self, connection: Any) -> str:
        """The column's type."""
        return "xid8"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> int | None:
        """The number, which the driver gives as text."""
        return None if value is None else int(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Text, which PostgreSQL reads as its own type."""
        return None if value is None else str(value)


class CurrentTransaction(models.Func):
    """The transaction that the row is written in."""

    function = "pg_current_xact_id"
    output_field = TransactionId()


class LeafHash(models.Func):
    """RFC 6962: SHA-256 over a zero byte and the entry, as the database works it out itself."""

    template = r"sha256('\x00'::bytea || %(expressions)s)"
    output_field = models.BinaryField()


class Entry(models.Model):
    """One entry. `body` is what is proved; the other columns repeat it, to be searched by.

    `rows` are the records that the act touched: what the detail names as rows, or the subject.
    No order is given here: identifiers come from many writers at once, and `transaction` lets an
    integrator take entries only when everything older has committed or gone.
    """

    append_only: ClassVar[bool] = True

    id = models.UUIDField(primary_key=True)
    operation = models.CharField(max_length=100)
    at = models.DateTimeField()
    organisation = models.CharField(max_length=80)
    concerns = ArrayField(models.CharField(max_length=80))
    subject = models.CharField(max_length=300)
    rows = ArrayField(models.UUIDField(), default=list, db_default=[])
    body = models.BinaryField()
    leaf_hash = models.BinaryField(max_length=32)
    transaction = TransactionId(db_default=CurrentTransaction())
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["at", "id"], name="ledger_entry_rising"),  # grows at its end
            models.Index(
                fields=["subject", "-at"],
                name="ledger_entry_subject",
                condition=models.Q(rows=[]),
            ),
            models.Index(fields=["transaction"], name="ledger_entry_transaction"),
            GinIndex(fields=["concerns", "rows"], name="ledger_entry_found"),
        ]
        constraints = [
            models.CheckConstraint(
                name="ledger_entry_leaf_hash",
                condition=models.Q(leaf_hash=LeafHash("body")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.subject} {self.id}"


class PrivatePart(models.Model):
    """Salt and private part behind one commitment of an entry: written by the application, never read by it.

    It is read as OpenedPart by those whom it is open to, and as a commitment by everybody (`ledger_commitment`). Erased by `operations.erase_private` only: the database deletes a row through one function,
    which insists that the erasure is itself recorded in the same transaction.
    """

    pk = models.CompositePrimaryKey("entry_id", "part")
    entry = models.ForeignKey(
        Entry,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,  # checked row by row it would double the time of an append
    )
    part = models.CharField(max_length=10)
    salt = models.BinaryField(max_length=32)
    body = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ledger_privatepart_known",
                condition=models.Q(part__in=[str(part) for part in Part]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} of {self.entry_id}"


class OpenedPart(models.Model):
    """A private part as far as whoever acts may know it: a view, which `insight` puts up after each `migrate`.

    For auditors of the organisation that acted; what a record says in it, for its readers. Those of a
    holder are told the office and purpose of who touched its records; `salt` is empty then. Nobody else is
    told anything: `body` is empty too.
    """

    pk = models.CompositePrimaryKey("entry_id", "part")
    entry = models.ForeignKey(
        Entry, on_delete=models.DO_NOTHING, related_name="parts", db_constraint=False
    )
    part = models.CharField(max_length=10)
    salt = models.BinaryField(null=True)
    body = models.BinaryField(null=True)

    class Meta:
        managed = False
        db_table = "ledger_opened"

    def __str__(self) -> str:
        return f"{self.part} of {self.entry_id}"


class Leaf(models.Model):
    """The place of an entry in the tree: the order that the integrator gave, for good."""

    append_only: ClassVar[bool] = True

    index = models.BigIntegerField(primary_key=True)
    entry = models.UUIDField(unique=True)
    leaf_hash = models.BinaryField(max_length=32)

    class Meta:
        verbose_name_plural = "leaves"

    def __str__(self) -> str:
        return f"leaf {self.index}: {self.entry}"


class Checkpoint(models.Model):
    """A size of the tree, its root, and the note that the log signed over both."""

    append_only: ClassVar[bool] = True

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"checkpoint of {self.size}"


class WitnessKey(models.Model):
    """The key that an organisation cosigns with. The latest row holds; an empty key withdraws.

    `entry` is the ledger entry that says who registered it and when; being a UUIDv7 it also orders.
    """

    append_only: ClassVar[bool] = True

    entry = models.UUIDField(primary_key=True)
    organisation = models.CharField(max_length=80)
    key = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.key or f"{self.organisation} witnesses no more"


class Cosignature(models.Model):
    """A witness's line under a checkpoint."""

    append_only: ClassVar[bool] = True

    pk = models.CompositePrimaryKey("checkpoint_id", "organisation")
    checkpoint = models.ForeignKey(
        Checkpoint, on_delete=models.PROTECT, related_name="cosignatures", db_index=False
    )
    organisation = models.CharField(max_length=80)
    key = models.CharField(max_length=300)
    line = models.CharField(max_length=500)

    def __str__(self) -> str:
        return f"{self.organisation} on {self.checkpoint_id}"
