"""Whatever is altered, full verification names the entry."""

from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import transaction

from crossforce.assurance.queries import verification
from crossforce.assurance.tests.altering import FORGED, LEAF, altered, named
from crossforce.ledger import log, models, operations, queries
from crossforce.ledger.choices import About, Act, Citation, Part
from crossforce.ledger.tests.factories import actor
from crossforce.ledger.tests.logs import AT, appended, integrated, log_of

pytestmark = pytest.mark.django_db(transaction=True)
Owner = psycopg.Connection[Any]

ONE, TWO, THREE = (UUID(int=n << 100) for n in (1, 2, 3))
LIST = {"rows": [str(ONE), str(TWO)]}

SIGNATURE = """
UPDATE ledger_checkpoint SET note = overlay(note placing 'AAAA' from length(note) - 30) WHERE size = 4
"""
ALTERED: dict[str, tuple[str, ...]] = {
    "a flipped bit of the body": (
        "UPDATE ledger_entry SET body = set_bit(body, 400, 1 - get_bit(body, 400)) WHERE id = %s",
    ),
    "a body and its leaf hash": (FORGED,),
    "a leaf hash": ("UPDATE ledger_entry SET leaf_hash = sha256('x') WHERE id = %s",),
    "a hash in the tree": ("UPDATE ledger_leaf SET leaf_hash = sha256('x') WHERE entry = %s",),
    "the whole row and the tree": (
        FORGED,
        LEAF,
    ),
    "a dropped entry": (
        "DELETE FROM ledger_privatepart WHERE entry_id = %s",
        "DELETE FROM ledger_entry WHERE id = %s",
    ),
    "a back-dated instant": (
        "UPDATE ledger_entry SET at = at - interval '1 year' WHERE id = %s",
    ),
    "another operation": ("UPDATE ledger_entry SET operation = 'a.b' WHERE id = %s",),
    "another subject": ("UPDATE ledger_entry SET subject = 'a:1' WHERE id = %s",),
    "another organisation": ("UPDATE ledger_entry SET organisation = 'kent' WHERE id = %s",),
    "hidden from an auditor": ("UPDATE ledger_entry SET concerns = '{kent}' WHERE id = %s",),
}


class TestVerify:
    def test_a_sound_log_is_sound(self) -> None:
        log_of(5, 1, 6)
        waiting = appended(1)
        report = verification.verify()
        assert report.is_sound
        assert (report.size, report.checkpoints, report.waiting) == (12, 3, len(waiting))
        assert not report.remarks

    def test_texts_that_json_escapes_are_compared_as_they_are_written(self) -> None:
        about = About(concerns=["dorset", "kent"], agreements=[Citation("x-1", 2, "3.1")])
        with transaction.atomic():
            operations.append(
                actor=actor(),
                operation="people.staff-added",
                subject='people.staff:a"b\\c/d',
                detail={"at": "2001-01-01", "concerns": ["x"], "name": "Llŷn “é”"},
                at=AT,
                about=about,
                private={"n": None},
            )
        integrated()
        assert verification.verify().is_sound

    def test_many_stretches_find_as_much_as_one(
        self, owner_connection: Owner, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("crossforce.assurance.queries.beside.STRETCH", 3)
        entries = log_of(8, 9)
        assert verification.verify().is_sound
        for n in (0, 6, 16):
            altered(owner_connection, ALTERED["a leaf hash"][0], entry=entries[n])
        assert named(verification.verify()) == {str(entries[n]) for n in (0, 6, 16)}

    @pytest.mark.parametrize("what", ["a body and its leaf hash", "a dropped entry"])
    def test_a_long_entry_is_hashed_and_named_as_any(
        self, owner_connection: Owner, what: str
    ) -> None:
        with transaction.atomic():
            acts = [Act("a.b", "a:1", {"words": "x" * size}) for size in (60_000, 10, 200_000)]
            *_, entry = operations.append_many(actor=actor(), acts=acts, at=AT)
        integrated()
        assert verification.verify().is_sound
        altered(owner_connection, *ALTERED[what], entry=entry.id)
        assert named(verification.verify()) == {str(entry.id)}

    def test_names_a_leaf_hash_of_another_length(self, owner_connection: Owner) -> None:
        entry = log_of(4, 5)[6]
        altered(
            owner_connection,
            "UPDATE ledger_leaf SET leaf_hash = substr(leaf_hash, 2) WHERE entry = %s",
            entry=entry,
        )
        assert str(entry) in named(verification.verify())

    def test_an_empty_log_is_sound(self) -> None:
        assert verification.verify().is_sound

    @pytest.mark.parametrize("what", ALTERED)
    def test_names_the_entry(self, owner_connection: Owner, what: str) -> None:
        entry = log_of(4, 5)[6]
        altered(owner_connection, *ALTERED[what], entry=entry)
        assert str(entry) in named(verification.verify())

    @pytest.mark.parametrize(
        ("act", "rows"),
        [
            (
                Act("record.consulted", f"note:{ONE}", {}),
                ["{}", f"{{{TWO}}}", f"{{{ONE},{TWO}}}"],
            ),
            (Act("record.consulted", "note", LIST), ["{}", f"{{{ONE}}}", f"{{{TWO},{ONE}}}"]),
            (
                Act("record.combined", f"case:{THREE}", LIST),
                ["{}", f"{{{ONE},{TWO}}}", f"{{{THREE}}}"],
            ),
            (Act("record.combined", f"case:{TWO}", LIST), ["{}", f"{{{ONE}}}", f"{{{TWO}}}"]),
            (Act("record.combined", f"case:{ONE}", {"rows": []}), ["{}", f"{{{TWO}}}"]),
            (Act("record.consulted", "note", {"count": 3}), [f"{{{ONE}}}"]),
        ],
    )
    def test_names_an_entry_that_was_hidden_from_who_looked(
        self, owner_connection: Owner, act: Act, rows: list[str]
    ) -> None:
        with transaction.atomic():
            (entry,) = operations.append_many(actor=actor(), acts=[act], at=AT)
        integrated()
        assert verification.verify().is_sound
        for each in rows:
            altered(
                owner_connection,
                f"UPDATE ledger_entry SET rows = '{each}' WHERE id = %s",
                entry=entry.id,
            )
            assert named(verification.verify()) == {str(entry.id)}

    def test_names_both_of_two_that_changed_places(self, owner_connection: Owner) -> None:
        entries = log_of(4, 5)
        altered(
            owner_connection,
            "UPDATE ledger_leaf SET index = -1 WHERE index = 5",
            "UPDATE ledger_leaf SET index = 5 WHERE index = 7",
            "UPDATE ledger_leaf SET index = 7 WHERE index = -1",
        )
        assert named(verification.verify()) == {str(entries[5]), str(entries[7])}

    def test_names_the_range_when_the_node_files_were_altered_too(
        self, owner_connection: Owner
    ) -> None:
        entries = log_of(4, 5)
        altered(
            owner_connection,
            FORGED,
            LEAF,
            entry=entries[6],
        )
        log.files().keep(0, 4, [bytes(row.leaf_hash) for row in leaves(4, 9)])
        assert {str(entries[4]), str(entries[8])} <= named(verification.verify())

    def test_names_a_place_that_is_empty(self, owner_connection: Owner) -> None:
        log_of(4, 5)
        altered(owner_connection, "DELETE FROM ledger_leaf WHERE index = 6")
        (fault,) = verification.verify().faults
        assert "place 6" in fault.said

    def test_names_an_entry_that_was_put_into_the_tree_by_hand(
        self, owner_connection: Owner
    ) -> None:
        log_of(4)
        (entry,) = appended(1)
        altered(
            owner_connection,
            "INSERT INTO ledger_leaf SELECT 4, id, leaf_hash FROM ledger_entry WHERE id = %s",
            entry=entry,
        )
        assert named(verification.verify()) == {str(entry)}

    def test_names_an_entry_inserted_between_others(self, owner_connection: Owner) -> None:
        log_of(4, 4)
        (entry,) = appended(1)
        altered(
            owner_connection,
            "UPDATE ledger_leaf SET index = -index WHERE index >= 3",
            "UPDATE ledger_leaf SET index = 1 - index WHERE index < 0",
            "INSERT INTO ledger_leaf SELECT 3, id, leaf_hash FROM ledger_entry WHERE id = %s",
            entry=entry,
        )
        assert str(entry) in named(verification.verify())

    def test_remarks_on_an_entry_that_dates_itself_back(self) -> None:
        log_of(2)
        (entry,) = appended(1, at=AT.replace(year=2025))
        integrated()
        log_of(1)
        report = verification.verify()
        assert report.is_sound
        assert [remark.entry for remark in report.remarks] == [str(entry)]

    @pytest.mark.parametrize("column", ["salt", "body"])
    def test_names_the_entry_whose_private_part_was_altered(
        self, owner_connection: Owner, column: str
    ) -> None:
        entry = log_of(3)[1]
        statement = f"UPDATE ledger_privatepart SET {column} = set_byte({column}, 3, 255 - get_byte({column}, 3)) WHERE entry_id = %s"
        altered(owner_connection, statement, entry=entry)
        assert named(verification.verify()) == {str(entry)}

    def test_names_the_entry_whose_private_part_went_without_a_record(
        self, owner_connection: Owner
    ) -> None:
        entry = log_of(3)[1]
        statement = "DELETE FROM ledger_privatepart WHERE entry_id = %s"
        altered(owner_connection, statement, entry=entry)
        assert named(verification.verify()) == {str(entry)}

    @pytest.mark.parametrize("part", list(Part))
    def test_a_recorded_erasure_is_in_order_and_any_other_is_not(
        self, owner_connection: Owner, part: Part
    ) -> None:
        with transaction.atomic():
            who = actor()
            detail: dict[str, str] = {}
            made = operations.append(
                actor=who,
                operation="a.b",
                subject="a:1",
                detail=detail,
                at=AT,
                private={"n": 1},
            )
            operations.append(
                actor=who,
                operation="ledger.private-part-erased",
                subject=f"ledger.entry:{made.id}",
                detail={"part": str(part)},
                at=AT,
            )
        erasing = f"DELETE FROM ledger_privatepart WHERE entry_id = %s AND part = '{part}'"
        altered(owner_connection, erasing, entry=made.id)
        integrated()
        assert verification.verify().is_sound
        statement = "DELETE FROM ledger_privatepart WHERE entry_id = %s"
        altered(owner_connection, statement, entry=made.id)
        assert named(verification.verify()) == {str(made.id)}

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE ledger_checkpoint SET root = sha256('x') WHERE size = 4",
            "UPDATE ledger_checkpoint SET note = replace(note, E'\\n4\\n', E'\\n5\\n') WHERE size = 4",
            SIGNATURE,
            "UPDATE ledger_checkpoint SET note = 'x' WHERE size = 4",
        ],
    )
    def test_names_a_checkpoint_that_was_altered(
        self, owner_connection: Owner, statement: str
    ) -> None:
        log_of(4, 5)
        altered(owner_connection, statement)
        faults = [str(fault) for fault in verification.verify().faults]
        assert any("checkpoint of 4" in fault for fault in faults)


class TestAgainstACheckpointFromOutside:
    def test_an_earlier_one_of_ours_holds(self) -> None:
        log_of(4)
        kept = queries.latest()
        log_of(3)
        assert verification.verify([kept]).is_sound

    def test_a_longer_one_tells_that_the_end_was_cut_off(self, owner_connection: Owner) -> None:
        log_of(4, 3)
        kept = queries.latest()
        altered(
            owner_connection,
            "DELETE FROM ledger_checkpoint WHERE size > 4",
            "DELETE FROM ledger_privatepart WHERE entry_id IN (SELECT entry FROM ledger_leaf WHERE index >= 4)",
            "DELETE FROM ledger_entry WHERE id IN (SELECT entry FROM ledger_leaf WHERE index >= 4)",
            "DELETE FROM ledger_leaf WHERE index >= 4",
        )
        assert verification.verify().is_sound
        (fault,) = verification.verify([kept]).faults
        assert "shrank from 7 to 4" in fault.said


def leaves(start: int, end: int) -> list[models.Leaf]:
    return list(models.Leaf.objects.filter(index__gte=start, index__lt=end).order_by("index"))
