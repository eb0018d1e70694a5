"""Appending and erasing, in the database."""

import hashlib
import threading
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from crossforce.kernel.ids import new_id
from crossforce.kernel.refusals import Refused
from crossforce.ledger import models, operations
from crossforce.ledger.choices import About, Act, Part
from crossforce.ledger.tests.factories import actor
from crossforce.transparency.entry import Entry, NotAnEntry, from_bytes

AT = datetime(2026, 11, 21, 9, 30, 15, 250_000, tzinfo=UTC)


def appended(**more: Any) -> Entry:
    given: dict[str, Any] = {
        "actor": actor(),
        "operation": "people.staff-added",
        "subject": "people.staff:1",
        "detail": {"number": "PC 12"},
        "at": AT,
    }
    with transaction.atomic():
        return operations.append(**given | more)


def committed(entry: UUID) -> dict[str, str]:
    """The commitments to the parts that are held; the parts themselves nobody reads here."""
    parts = "SELECT part, encode(commitment, 'hex') FROM ledger_commitment WHERE entry_id = %s"
    with connection.cursor() as cursor:
        cursor.execute(parts, [entry])
        return dict(cursor.fetchall())


@pytest.mark.django_db
class TestAppend:
    def test_stores_the_bytes_of_the_entry(self) -> None:
        entry = appended(about=About(concerns=["dorset"]))
        row = models.Entry.objects.get(id=entry.id)
        assert from_bytes(bytes(row.body)) == entry
        assert bytes(row.leaf_hash) == hashlib.sha256(b"\x00" + bytes(row.body)).digest()
        assert row.concerns == ["dorset", "wiltshire"]
        assert row.transaction > 0

    def test_keeps_who_acted_out_of_the_entry(self) -> None:
        entry = appended()
        assert b"Asha" not in entry.to_bytes()
        assert committed(entry.id)["actor"] == entry.actor_commitment

    def test_commits_to_personal_data_without_holding_it(self) -> None:
        entry = appended(private={"name": "Somebody"})
        assert b"Somebody" not in entry.to_bytes()
        assert committed(entry.id)["private"] == entry.private_commitment

    def test_an_act_that_names_very_many_rows_becomes_numbered_parts(self) -> None:
        named = [str(UUID(int=n)) for n in range(25_000)]
        detail = {"rows": named, "count": len(named)}
        first = appended(subject="note", detail=detail, private={"reason": "an export"})
        kept = [
            from_bytes(bytes(row.body)) for row in models.Entry.objects.filter(subject="note")
        ]
        kept.sort(key=lambda entry: str(entry.detail["part"]))
        assert kept[0] == first
        assert [row for entry in kept for row in entry.rows] == named
        assert [entry.detail["part"] for entry in kept] == [1, 2, 3]
        assert {(entry.detail["parts"], entry.detail["count"]) for entry in kept} == {
            (3, 25_000)
        }
        assert [entry.private_commitment is None for entry in kept] == [False, True, True]

    def test_records_many_acts_at_once(self) -> None:
        acts = [
            Act("a.b", f"a:{number}", {"n": number}, About(["dorset"]), {"n": number})
            for number in range(3)
        ]
        with transaction.atomic():
            entries = operations.append_many(actor=actor(), acts=acts, at=AT)
            assert operations.append_many(actor=actor(), acts=[], at=AT) == []
        rows = {row.id: row for row in models.Entry.objects.order_by("id")}
        assert list(rows) == [entry.id for entry in entries]
        assert [from_bytes(bytes(rows[entry.id].body)) for entry in entries] == entries
        parts = [each for entry in entries for each in committed(entry.id).values()]
        assert len(parts) == len(set(parts)) == 6

    def test_goes_with_the_transaction_that_fails(self) -> None:
        def fails() -> None:
            appended()
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            transaction.atomic(fails)()
        assert not models.Entry.objects.exists()

    def test_refuses_a_fraction_in_the_detail(self) -> None:
        with pytest.raises(NotAnEntry, match="float"):
            appended(detail={"share": 0.5})


@pytest.mark.django_db(transaction=True)
def test_append_refuses_to_stand_outside_a_transaction() -> None:
    with pytest.raises(operations.NotInTransaction):
        operations.append(actor=actor(), operation="a.b", subject="a:1", detail={}, at=AT)


STATEMENTS = [
    "UPDATE {table} SET body = body",
    "DELETE FROM {table}",
    "TRUNCATE {table} CASCADE",
]


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["ledger_entry", "ledger_privatepart"])
@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_application_may_not_change_what_is_written(table: str, statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement.format(table=table))


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_trigger_refuses_the_owner_too(
    owner_connection: psycopg.Connection[Any], statement: str
) -> None:
    with pytest.raises(psycopg.DatabaseError, match="append-only"):
        owner_connection.execute(statement.format(table="ledger_entry"))


@pytest.mark.django_db
def test_the_database_refuses_a_leaf_hash_that_is_not_the_bodys() -> None:
    entry = appended()
    row = models.Entry.objects.get(id=entry.id)
    row.id, row.leaf_hash = new_id(), b"\x00" * 32
    with pytest.raises(DatabaseError, match="leaf_hash"), transaction.atomic():
        models.Entry.objects.bulk_create([row])


@pytest.mark.django_db
class TestErasePrivate:
    def test_erases_the_part_and_leaves_the_entry(self) -> None:
        entry = appended(private={"name": "Somebody"})
        record = operations.erase_private(
            actor=actor("ledger.erase-private"),
            entry=entry.id,
            part=Part.PRIVATE,
            reason="retention ended",
            at=AT,
        )
        assert record.operation == "ledger.private-part-erased"
        assert list(committed(entry.id)) == [Part.ACTOR]
        assert from_bytes(bytes(models.Entry.objects.get(id=entry.id).body)) == entry

    def test_refuses_an_organisation_that_did_not_act(self) -> None:
        entry = appended(about=About(concerns=["dorset"]))
        stranger = actor("ledger.erase-private", organisation="dorset")
        with pytest.raises(Refused, match="wiltshire"):
            operations.erase_private(
                actor=stranger, entry=entry.id, part=Part.ACTOR, reason="x", at=AT
            )

    def test_is_refused_the_second_time(self) -> None:
        entry = appended(private={"name": "Somebody"})
        how: Any = {"entry": entry.id, "part": Part.PRIVATE, "reason": "x", "at": AT}
        operations.erase_private(actor=actor("ledger.erase-private"), **how)
        with pytest.raises(operations.AlreadyErased):
            operations.erase_private(actor=actor("ledger.erase-private"), **how)

    def test_refuses_whoever_may_not_read_whose_name_it_is(self) -> None:
        entry = appended()
        with pytest.raises(Refused, match="could be their own"):
            operations.erase_private(
                actor=actor("ledger.erase-private"),
                entry=entry.id,
                part=Part.ACTOR,
                reason="x",
                at=AT,
            )
        assert Part.ACTOR in committed(entry.id)

    def test_the_database_refuses_an_erasure_without_its_record(self) -> None:
        entry = appended()
        with (
            pytest.raises(DatabaseError, match="recorded in the transaction"),
            transaction.atomic(),
        ):
            connection.cursor().execute(
                "SELECT ledger_erase_private(%s, 'actor', %s)", [entry.id, entry.id]
            )

    def test_the_database_erases_only_the_part_that_the_record_names(self) -> None:
        entry = appended(private={"name": "Somebody"})
        record = operations.erase_private(
            actor=actor("ledger.erase-private"),
            entry=entry.id,
            part=Part.PRIVATE,
            reason='"part":"actor"',
            at=AT,
        )
        statement = "SELECT ledger_erase_private(%s, 'actor', %s)"
        with (
            pytest.raises(DatabaseError, match="recorded in the transaction"),
            transaction.atomic(),
        ):
            connection.cursor().execute(statement, [entry.id, record.id])


@pytest.mark.django_db(transaction=True)
def test_a_writer_waits_for_no_other() -> None:
    appended_beside: list[Entry] = []

    def beside() -> None:
        appended_beside.append(appended())
        connection.close()

    with transaction.atomic():
        operations.append(actor=actor(), operation="a.b", subject="a:1", detail={}, at=AT)
        other = threading.Thread(target=beside)
        other.start()
        other.join(timeout=60)
        assert not other.is_alive()
        seen = models.Entry.objects.filter(id=appended_beside[0].id).get()
        mine = models.Entry.objects.get(operation="a.b")
    assert seen.transaction > mine.transaction
