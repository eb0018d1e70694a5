"""However entries and leaves lie on disk, and in however many pieces they are read, as much is found."""

import multiprocessing

import pytest

from crossforce.assurance.queries import snapshots, verification
from crossforce.assurance.tests.altering import FORGED, LEAF, Owner, altered, named, unkeyed
from crossforce.ledger.tests.logs import appended, log_of, unguarded

pytestmark = pytest.mark.django_db(transaction=True)


class TestStorage:
    @pytest.mark.parametrize("columns", ["id", "body, leaf_hash", "body"])
    def test_names_both_of_two_whose_contents_were_exchanged(
        self, owner_connection: Owner, columns: str
    ) -> None:
        entries = log_of(4, 5)
        pair = [entries[2], entries[7]]
        with unguarded(owner_connection) as free:
            free.execute("ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_pkey")
            free.execute(
                f"UPDATE ledger_entry e SET ({columns}) = (SELECT {columns} FROM ledger_entry o "
                "WHERE o.id = ANY(%(pair)s) AND o.id <> e.id) WHERE id = ANY(%(pair)s)",
                {"pair": pair},
            )
            free.execute("ALTER TABLE ledger_entry ADD PRIMARY KEY (id)")
        assert named(verification.verify()) == set(map(str, pair))

    def test_names_an_entry_that_is_stored_twice(self, owner_connection: Owner) -> None:
        entry = log_of(4, 5)[6]
        with unkeyed(owner_connection, "entry", "PRIMARY KEY (id)") as free:
            free.execute(
                "INSERT INTO ledger_entry SELECT * FROM ledger_entry WHERE id = %s", [entry]
            )
            found = verification.verify().faults
            free.execute(
                "DELETE FROM ledger_entry WHERE ctid = (SELECT max(ctid) FROM ledger_entry WHERE id = %s)",
                [entry],
            )
        assert [(fault.entry, fault.said) for fault in found] == [
            (str(entry), "it is stored twice")
        ]

    def test_names_an_entry_that_has_two_places(self, owner_connection: Owner) -> None:
        entry, other = log_of(4, 5)[6:8]
        with unkeyed(owner_connection, "leaf", "UNIQUE (entry)") as free:
            free.execute("UPDATE ledger_leaf SET entry = %s WHERE entry = %s", [entry, other])
            found = named(verification.verify())
            free.execute("UPDATE ledger_leaf SET entry = %s WHERE index = 7", [other])
        assert str(entry) in found

    @pytest.mark.parametrize("table", ["entry", "leaf"])
    def test_the_order_on_disk_does_not_matter(
        self, owner_connection: Owner, table: str
    ) -> None:
        log_of(9, 8)
        for remainder in (2, 0):
            altered(
                owner_connection,
                f"UPDATE ledger_{table} SET leaf_hash = leaf_hash"
                f" WHERE get_byte(leaf_hash, 0) % 3 = {remainder}",
            )
        assert verification.verify().is_sound

    def test_bytes_that_moved_to_the_entry_beside_name_both(
        self, owner_connection: Owner
    ) -> None:
        one, other = log_of(9)[4:6]
        begins = f"(SELECT substr(body, 1, 5) FROM ledger_entry WHERE id = '{other}')"
        altered(
            owner_connection,
            f"UPDATE ledger_entry SET body = body || {begins} WHERE id = '{one}'",
            f"UPDATE ledger_entry SET body = substr(body, 6) WHERE id = '{other}'",
        )
        assert named(verification.verify()) == {str(one), str(other)}

    @pytest.mark.parametrize(
        "left", ["''", "'\\x00'", "convert_to(repeat('x', 9000), 'UTF8')", "NULL"]
    )
    def test_no_entry_speaks_for_the_one_beside_it(
        self, owner_connection: Owner, left: str
    ) -> None:
        first, second = log_of(4, 5)[5:7]
        with unguarded(owner_connection) as free:
            free.execute("ALTER TABLE ledger_entry ALTER body DROP NOT NULL")
            found = free.execute("SELECT body FROM ledger_entry WHERE id = %s", [second])
            body = (found.fetchone() or [b""])[0]
            free.execute(
                "UPDATE ledger_entry SET body = body || '\\x00'::bytea || %s WHERE id = %s",
                [body, first],
            )
            free.execute(f"UPDATE ledger_entry SET body = {left} WHERE id = %s", [second])
            report = verification.verify()
            free.execute("UPDATE ledger_entry SET body = %s WHERE id = %s", [body, second])
            free.execute("ALTER TABLE ledger_entry ALTER body SET NOT NULL")
        assert {(each.entry, each.said) for each in report.faults} >= {
            (str(entry), "the entry was altered") for entry in (first, second)
        }

    @pytest.mark.parametrize(
        "sizes", [{"PAGES": 1}, {"PAGES": 3, "JOINED": 2}, {"LONG": 0}, {"LONG": 440}], ids=str
    )
    def test_many_pieces_of_work_find_as_much_as_one(
        self, owner_connection: Owner, monkeypatch: pytest.MonkeyPatch, sizes: dict[str, int]
    ) -> None:
        for name, value in {"CHUNK": 2, "PLACES": 4, "STRETCHES": 2, **sizes}.items():
            monkeypatch.setattr(f"crossforce.assurance.queries.rehashing.{name}", value)
        entries = log_of(1, 3, 1, 4, 11, 8, 30)
        appended(2)
        report = verification.verify()
        assert report.is_sound
        assert (report.size, report.checkpoints, report.waiting) == (58, 7, 2)
        altered(owner_connection, FORGED, LEAF, entry=entries[40])
        assert named(verification.verify()) == {str(entries[40])}
        altered(owner_connection, "DELETE FROM ledger_leaf WHERE index = 22")
        assert "place 22" in str(verification.verify().faults[0])

    def test_a_machine_with_one_core_finds_as_much(
        self, owner_connection: Owner, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(snapshots, "cores", lambda: 1)
        entries = log_of(3, 4)
        assert verification.verify().size == 7
        altered(owner_connection, FORGED, LEAF, entry=entries[5])
        assert named(verification.verify()) == {str(entries[5])}

    def test_what_waits_after_a_restore_waits_though_its_transaction_is_low(
        self, owner_connection: Owner
    ) -> None:
        log_of(4)
        (entry,) = appended(1)
        altered(
            owner_connection,
            "UPDATE ledger_entry SET transaction = '3' WHERE id = %s",
            entry=entry,
        )
        report = verification.verify()
        assert (report.is_sound, report.waiting) == (True, 1)

    def test_a_checkpoint_over_more_than_there_is_room_for_is_wrong(
        self, owner_connection: Owner
    ) -> None:
        log_of(4, 2)
        altered(
            owner_connection,
            "INSERT INTO ledger_checkpoint SELECT 1 << 40, root, note, made_at FROM ledger_checkpoint"
            " WHERE size = 6",
        )
        faults = [str(fault) for fault in verification.verify().faults]
        assert any("place 6 in the tree is empty" in fault for fault in faults)

    def test_says_how_far_it_is(self) -> None:
        log_of(2)
        told: list[tuple[str, int, int]] = []
        verification.verify(tell=lambda part, done, whole: told.append((part, done, whole)))
        assert {part for part, *_ in told} == {verification.LOG, verification.BESIDE}
        assert all(done <= whole for _, done, whole in told)
        assert told[-1][1] == told[-1][2]

    def test_ends_its_processes_when_it_is_interrupted(self) -> None:
        log_of(2)

        def interrupt(part: str, done: int, whole: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            verification.verify(tell=interrupt)
        assert not multiprocessing.active_children()
