"""The integrator: order, checkpoints, several at once, restores, files that are lost."""

import threading
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from crossforce.ledger import log, models, operations, queries
from crossforce.ledger.operations.integration import LOCK
from crossforce.ledger.tests.factories import actor
from crossforce.ledger.tests.logs import AT, appended, integrated, log_of, unguarded
from crossforce.transparency import receipt, tree
from crossforce.transparency.entry import leaf_hash
from crossforce.transparency.tests.test_tree import naive_root

pytestmark = pytest.mark.django_db(transaction=True)


def stored_root() -> bytes:
    rows = models.Leaf.objects.order_by("index").values_list("entry", flat=True)
    bodies = dict(models.Entry.objects.values_list("id", "body"))
    return naive_root([leaf_hash(bytes(bodies[entry])) for entry in rows])


class TestIntegrator:
    def test_gives_every_entry_one_place_under_a_signed_root(self) -> None:
        log_of(5, 3, 1)
        note = queries.latest()
        assert list(
            models.Leaf.objects.order_by("index").values_list("index", flat=True)
        ) == list(range(9))
        assert (note.checkpoint.size, note.checkpoint.root) == (9, stored_root())
        for key in log.public_keys():
            assert note.signed_by(key) is None

    def test_has_nothing_to_do_twice(self) -> None:
        log_of(4)
        integrator = operations.Integrator()
        assert [integrator.run(at=AT), integrator.run(at=AT)] == [0, 0]
        assert models.Checkpoint.objects.count() == 1

    def test_takes_in_batches_when_there_is_much(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("crossforce.ledger.operations.integration.BATCH", 4)
        log_of(11)
        assert queries.latest().checkpoint.root == stored_root()

    def test_waits_for_a_transaction_that_is_still_open(self) -> None:
        opened, done = threading.Event(), threading.Event()

        def slow() -> None:
            with transaction.atomic():
                operations.append(
                    actor=actor(), operation="a.b", subject="a:1", detail={}, at=AT
                )
                opened.set()
                done.wait(20)
            connection.close()

        writer = threading.Thread(target=slow)
        writer.start()
        opened.wait(20)
        later = appended(2)
        operations.Integrator().run(at=AT)
        assert not models.Leaf.objects.filter(entry__in=later).exists()
        done.set()
        writer.join()
        assert integrated() == 3
        first = models.Leaf.objects.get(index=0)
        assert models.Entry.objects.get(id=first.entry).operation == "a.b"

    def test_leaves_the_work_to_whoever_holds_the_lock(
        self, owner_connection: psycopg.Connection[Any]
    ) -> None:
        appended(2)
        owner_connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        assert operations.Integrator().run(at=AT) == 0
        owner_connection.execute("SELECT pg_advisory_unlock_all()")
        assert integrated() == 2

    def test_takes_entries_whose_numbers_come_from_another_server(
        self, owner_connection: psycopg.Connection[Any]
    ) -> None:
        log_of(2)
        waiting = appended(2)
        with unguarded(owner_connection) as owner:
            owner.execute(
                "UPDATE ledger_entry SET transaction = (transaction::text::bigint + 1000000000)::text::xid8"
            )
        assert integrated() == 4
        assert models.Leaf.objects.filter(entry__in=waiting).count() == 2
        log_of(1)
        assert queries.latest().checkpoint.root == stored_root()


class TestNodeFiles:
    def test_are_made_anew_when_they_are_lost(self) -> None:
        log_of(5, 3)
        for path in log.files().folder.iterdir():
            path.write_bytes(b"")
        log_of(2)
        assert queries.latest().checkpoint.root == stored_root()

    def test_that_were_altered_never_give_a_wrong_proof(self) -> None:
        entries = log_of(8, 4)
        (log.files().folder / "level-00").write_bytes(b"\x00" * 32 * 12)
        row = models.Entry.objects.get(id=entries[3])
        made = queries.proven(row, {})
        assert receipt.verify(made).index == 3

    def test_of_another_tree_are_not_taken_for_ours(self) -> None:
        log_of(6)
        stale = tree.Edge()
        stale.extend([bytes([n]) * 32 for n in range(30)], log.files().keep)
        log_of(3)
        assert queries.latest().checkpoint.root == stored_root()


class TestConsistency:
    def test_leads_from_every_checkpoint_to_the_last(self) -> None:
        log_of(3, 4, 1, 9)
        last = queries.latest().checkpoint
        for row in models.Checkpoint.objects.all():
            path = queries.consistency(row.size, last.size)
            tree.verify_consistency(row.size, last.size, path, bytes(row.root), last.root)

    def test_there_is_none_without_a_checkpoint(self) -> None:
        with pytest.raises(queries.NoCheckpoint):
            queries.latest()
        with pytest.raises(queries.NoCheckpoint):
            queries.consistency(1, 2)
