"""Rows from which grants are computed are written by the platform's own process, and by no SQL that slips in."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pgtrigger
import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from crossforce.acting import vouching
from crossforce.agreements import models as agreed
from crossforce.kernel import guarded
from crossforce.kernel.files import models as files
from crossforce.ledger.operations import append
from crossforce.ledger.tests.factories import actor
from tests.adversarial.conftest import raw

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
NOT_OURS = r"by the platform itself"
REFUSED = rf"{NOT_OURS}|permission denied|Cannot (update|delete)"
TABLES = vouching.tables()
TOKEN = "crossforce.vouched"
IGNORED = (
    "{"
    + ",".join(f"{of._meta.db_table}:{it.get_pgid(of)}" for of, it in pgtrigger.registered())
    + "}"
)
"""The setting by which the library's triggers would stand aside."""


def rows() -> Iterator[models.Model]:
    """One row for each table, in the order in which they name each other."""
    agreement = agreed.Agreement(
        reference="forged", title_en="X", created_at=AT, created_by="x"
    )
    version = agreed.Version(
        agreement=agreement, number=1, origin="drafted", document="", text=b"", terms=b"",
        compiler=1, proposed_at=AT, proposed_by="x",
    )  # fmt: skip
    key = agreed.SigningKey(
        organisation="dorset", label="x", public=uuid.uuid4().bytes, issued_at=AT,
        issued_by="x", valid_from=AT, expires_at=AT.replace(year=2027),
    )  # fmt: skip
    notice = agreed.Notice(
        agreement=agreement, under=version, kind="leave", side="x", reason="x", given_at=AT,
        given_by="x",
    )  # fmt: skip
    yield from (agreement, version, key, notice)
    party = {"organisation": "dorset", "side": "dorset", "capacity": "x", "role": "x"}
    yield agreed.VersionParty(party_of=version, **party)
    yield agreed.Signature(
        of=version, organisation="dorset", key=key, statement=b"", signature=b"", signed_at=AT,
        signed_by="x",
    )  # fmt: skip
    whole = {"valid": (AT, None), "enforced": (AT, None), "body": {}}
    yield agreed.Term(agreement=agreement, of=version, term="x", type="ACCESS", **whole)
    yield agreed.Suspension(
        agreement=agreement,
        organisation="dorset",
        reason="x",
        suspended_at=AT,
        suspended_by="x",
    )
    yield agreed.Novation(
        agreement=agreement, predecessor="dorset", successor="wiltshire", effective_at=AT,
        novated_at=AT, novated_by="x",
    )  # fmt: skip
    yield agreed.NoticeConsent(
        notice=notice, organisation="dorset", consented_at=AT, consented_by="x"
    )
    yield agreed.HandoverItem(notice=notice, kind="records", organisation="dorset", what="x")
    yield agreed.ResidualDuty(notice=notice, words_en="x", clause="1")
    yield files.HolderKey(holder="dorset", sealed=b"x")
    yield files.StoredFile(holder="dorset", key_number=1, sealed=b"x", begun_at=AT)


def up_to(table: str) -> models.Model:
    """The row of that table, unsaved; those that it may name are saved."""
    for row in rows():
        if row._meta.db_table == table:
            return row
        row.save()
    raise LookupError(table)


def forge(*rows: models.Model) -> None:
    """As SQL that slipped in inserts them: nobody vouches."""
    plain: Any = models.QuerySet(type(rows[0]))
    plain.bulk_create(rows)


def token() -> str:
    return str(raw("SELECT coalesce(current_setting(%s, true), '')", TOKEN)[0][0])


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every voucher that was made, as no injected SQL could come to know it."""
    made: list[str] = []
    before = guarded.voucher

    def noted(verb: str, digest: str) -> str:
        made.append(before(verb, digest))
        return made[-1]

    monkeypatch.setattr(guarded, "voucher", noted)
    return made


@contextmanager
def refused_with(voucher: str) -> Iterator[None]:
    """What follows is refused, although this voucher was handed over before it."""
    refused = pytest.raises(DatabaseError, match=NOT_OURS)
    with refused, transaction.atomic():
        raw("SELECT set_config(%s, %s, true)", TOKEN, voucher)
        yield


@pytest.mark.parametrize("table", TABLES)
class TestEveryTable:
    def test_takes_no_forged_row(self, table: str) -> None:
        row = up_to(table)
        with pytest.raises(DatabaseError, match=NOT_OURS), transaction.atomic():
            forge(row)
        row.save()
        assert not token()

    def test_lets_no_row_be_changed(self, table: str) -> None:
        row = up_to(table)
        row.save()
        with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
            raw(f"UPDATE {table} SET id = id WHERE id = %s", row.pk)

    def test_lets_no_row_be_erased_nor_all(self, table: str) -> None:
        row = up_to(table)
        row.save()
        with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
            raw(f"DELETE FROM {table} WHERE id = %s", row.pk)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            raw(f"TRUNCATE {table} CASCADE")

    def test_lets_no_session_setting_turn_that_off(self, table: str) -> None:
        """Neither the setting that pgtrigger asks nor any other."""
        row = up_to(table)
        row.save()
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            kept = pytest.raises(
                DatabaseError, match=f"{NOT_OURS}|permission denied|Cannot delete"
            )
            with kept, transaction.atomic():
                raw("SELECT set_config('pgtrigger.ignore', %s, true)", IGNORED)
                raw(statement)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            raw("SET LOCAL session_replication_role = replica")


class TestVoucher:
    def test_is_spent_by_the_statement_that_it_is_for(self, handed: list[str]) -> None:
        suspension = up_to("agreements_suspension")
        suspension.save()
        assert len(handed) > 1
        assert not token()
        assert isinstance(suspension, agreed.Suspension)
        suspension.resumed_at, suspension.resumed_by = AT.replace(year=2027), "x"
        suspension.save()
        assert not token()
        assert not agreed.Suspension.objects.filter(reason="none").update(reason="x")
        assert not token()

    def test_of_a_statement_that_fails_goes_with_its_savepoint(self, handed: list[str]) -> None:
        up_to("agreements_version")
        again = next(rows())
        with pytest.raises(IntegrityError), transaction.atomic():
            again.save()
        assert len(handed) == 2
        assert not token()

    def test_is_good_for_no_other_row(self, handed: list[str]) -> None:
        row = up_to("agreements_agreement")
        with transaction.atomic():
            row.save()
            transaction.set_rollback(True)
        other = next(rows())
        with refused_with(handed[-1]):
            forge(other)

    def test_is_good_for_no_more_rows(self, handed: list[str]) -> None:
        row = up_to("agreements_agreement")
        with transaction.atomic():
            row.save()
            transaction.set_rollback(True)
        other = agreed.Agreement(reference="more", created_at=AT, created_by="x")
        with refused_with(handed[-1]):
            forge(row, other)

    def test_for_an_insert_is_not_good_for_an_update(self, handed: list[str]) -> None:
        row = up_to("agreements_agreement")
        row.save()
        with refused_with(handed[-1]):
            raw("UPDATE agreements_agreement SET title_en = 'Y'")

    def test_for_the_ledger_is_good_for_nothing_else(self, handed: list[str]) -> None:
        row = up_to("agreements_agreement")
        digest = sha256(str(row.pk).encode()).hexdigest()
        with refused_with(guarded.voucher("ledger", digest)):
            forge(row)

    @pytest.mark.django_db(transaction=True)
    def test_ends_with_its_transaction(self, handed: list[str]) -> None:
        row = up_to("agreements_agreement")
        with transaction.atomic():
            row.save()
            transaction.set_rollback(True)
        with refused_with(handed[-1]):
            forge(row)


class TestOwnProcess:
    def test_writes_by_every_way_of_the_orm(self) -> None:
        up_to("agreements_handoveritem")
        notice = agreed.Notice.objects.get()
        item = notice.handover.create(kind="records", organisation="dorset", what="x")
        assert item.change(expected=1, outcome="done").outcome == "done"
        more = agreed.HandoverItem.objects.bulk_create(
            agreed.HandoverItem(notice=notice, kind="records", organisation=each, what="x")
            for each in ("dorset", "wiltshire", "avon-and-somerset")
        )
        for each in more:
            each.outcome = "settled"
        assert agreed.HandoverItem.objects.bulk_update(more, ["outcome"]) == 3
        assert notice.handover.filter(outcome="settled").update(outcome="x") == 3
        assert agreed.Agreement.objects.get_or_create(reference="forged")[1] is False
        assert not token()

    @pytest.mark.django_db(transaction=True)
    def test_vouches_outside_a_transaction_too(self) -> None:
        next(rows()).save()
        assert agreed.Agreement.objects.filter(reference="forged").update(title_cy="Y") == 1


class TestTheTree:
    @pytest.mark.parametrize(
        "statement",
        [
            "INSERT INTO ledger_checkpoint VALUES (999999, sha256('x'), 'x', now())",
            "INSERT INTO ledger_leaf VALUES (999999, gen_random_uuid(), sha256('x'))",
            "INSERT INTO ledger_witnesskey VALUES (gen_random_uuid(), 'wiltshire', 'x')",
        ],
    )
    def test_grows_by_the_platform_alone(self, db: None, statement: str) -> None:
        refused = pytest.raises(DatabaseError, match="by the platform itself")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


class TestTriggers:
    def test_cannot_be_told_to_look_away(self, db: None) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pgtrigger.ignore', '{x}', true)")
            cursor.execute("SELECT _pgtrigger_should_ignore('x')")
            assert cursor.fetchone() == (False,)


class TestPrivateParts:
    PART = "INSERT INTO ledger_privatepart (entry_id, part, salt, body) VALUES (%s, %s, %s, %s)"

    @pytest.mark.parametrize("part", ["private", "actor"])
    def test_none_is_put_behind_an_entry_that_does_not_commit_to_it(self, part: str) -> None:
        with transaction.atomic():
            entry = append(actor=actor(), operation="a.b", subject="a:1", detail={}, at=AT).id
        with pytest.raises(DatabaseError, match=r"commits|duplicate"), transaction.atomic():
            raw(self.PART, entry, part, bytes(32), b'{"reason":"forged"}')
        with pytest.raises(DatabaseError, match="commits"), transaction.atomic():
            raw(self.PART, uuid.uuid4(), part, bytes(32), b"{}")
