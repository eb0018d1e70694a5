"""From an entry to a receipt that a stranger verifies: pages, API, commands, witnesses, restores."""

import json
import os
import signal
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from typer.testing import CliRunner, Result

from crossforce.assurance.queries import verification
from crossforce.assurance.tests.altering import altered
from crossforce.kernel.refusals import NotUnderstood, Refused
from crossforce.ledger import log, models, operations, queries
from crossforce.ledger.queries import standing
from crossforce.ledger.tests.factories import actor
from crossforce.ledger.tests.logs import AT, appended, integrated, log_of
from crossforce.oversight.commands import ledger as commands
from crossforce.transparency import bare_commands, checkpoint, receipt
from crossforce.transparency import witness as witnessing
from crossforce.transparency.entry import from_bytes
from crossforce.transparency.tests.test_witness import WITNESS_KEY

pytestmark = pytest.mark.django_db(transaction=True)
KEEPER = actor("ledger.witness", "ledger.audit")
PUBLIC = checkpoint.public_key(WITNESS_KEY, "wiltshire", checkpoint.WITNESS)
API = "/api/v1/ledger"


class Host(witnessing.Web):
    """The real pages and API, asked by the test client."""

    @staticmethod
    def _asked(address: str, body: bytes | None = None, headers: Any = None) -> bytes:
        client, path = Client(), address.removeprefix("http://testserver")
        if body is None:
            answer: Any = client.get(path)
        else:
            key = {"Idempotency-Key": headers["Idempotency-Key"]}
            answer = client.post(path, body, content_type="application/json", headers=key)
        if answer.status_code != 200:
            raise witnessing.Unreachable(answer.content.decode())
        return bytes(answer.content)


HOST = Host("http://testserver/ledger/checkpoint")


def witnessed(state: Path, *, accept: str = "", minutes: int = 0) -> checkpoint.Note:
    now = int((AT + timedelta(minutes=minutes)).timestamp())
    known = log.public_keys()[0]
    return witnessing.cosign(
        HOST, state, WITNESS_KEY, "wiltshire", log_key=known, accept=accept, now=now
    )


def registered() -> None:
    operations.register_witness(actor=KEEPER, key=str(PUBLIC), at=AT)
    integrated()


def run(room: Any, *words: object) -> Result:
    return CliRunner().invoke(room.commands, [str(word) for word in words])


class TestReceipt:
    def written(self, folder: Path, entry: UUID) -> Path:
        file = folder / "receipt.json"
        file.write_text(queries.receipt(KEEPER, entry).to_text())
        return file

    def test_verifies_anywhere_with_log_and_witness(self, tmp_path: Path) -> None:
        entry = log_of(5, 4)[2]
        registered()
        witnessed(tmp_path / "state.json")
        file = self.written(tmp_path, entry)
        trusted = ["--log-key", log.public_keys()[0], "--witness", PUBLIC]
        done = run(bare_commands, "verify", file, *trusted, "--json")
        said = json.loads(done.output)
        assert (said["id"], said["index"], said["trusted"]) == (str(entry), 2, True)
        assert said["witnesses"] == {"wiltshire": int(AT.timestamp())}
        assert "place      2 of 10" in run(bare_commands, "verify", file).output

    def test_without_the_signature_that_is_asked_for_does_not_verify(
        self, tmp_path: Path
    ) -> None:
        file = self.written(tmp_path, log_of(3)[1])
        done = run(bare_commands, "verify", file)
        assert done.exit_code == 3
        assert "nobody that you named vouches" in done.output
        assert run(bare_commands, "verify", file, "--trust-own").exit_code == 0
        trusted = ["--log-key", log.public_keys()[0], "--witness", PUBLIC]
        done = run(bare_commands, "verify", file, *trusted)
        assert done.exit_code == 1
        assert "wiltshire has not signed" in done.output

    def test_takes_no_log_for_its_own_witness(self, tmp_path: Path) -> None:
        file = self.written(tmp_path, log_of(3)[1])
        own = log.public_keys()[0]
        done = run(bare_commands, "verify", file, "--log-key", own, "--witness", own)
        assert done.exit_code == 1
        assert "is not that of a witness" in done.output

    @pytest.mark.parametrize(
        "member", ["index", "path", "checkpoint", "entry", "keys", "format"]
    )
    def test_altered_anywhere_does_not_verify(self, tmp_path: Path, member: str) -> None:
        entries = log_of(7)
        file = self.written(tmp_path, entries[1])
        body = json.loads(file.read_text())
        other = json.loads(queries.receipt(KEEPER, entries[3]).to_text())
        other |= {"checkpoint": body["checkpoint"].replace("\n7\n", "\n8\n")}
        other |= {"keys": [], "format": "another"}
        file.write_text(json.dumps(body | {member: other[member]}))
        assert run(bare_commands, "verify", file).exit_code == 1

    @pytest.mark.parametrize("content", [b"\xff\xfe", b"{}", b"[]", b"{", b"7", b"{" * 9_000])
    def test_that_is_none_is_said_in_plain_words(self, tmp_path: Path, content: bytes) -> None:
        file = tmp_path / "receipt.json"
        file.write_bytes(content)
        for command in ("verify", "verify-entry"):
            done = run(bare_commands, command, file)
            assert done.exit_code == 1
            assert "does not verify: it is not" in done.output

    @pytest.mark.parametrize("size", [9, 1 << 40])
    def test_is_given_although_a_checkpoint_was_slipped_in(
        self, owner_connection: psycopg.Connection[Any], size: int
    ) -> None:
        entry = log_of(5)[2]
        slipped = "INSERT INTO ledger_checkpoint SELECT {}, root, note, made_at FROM ledger_checkpoint"
        altered(owner_connection, slipped.format(size))
        assert receipt.verify(queries.receipt(KEEPER, entry)).note.checkpoint.size == 5
        assert queries.latest().checkpoint.size == 5

    def test_is_not_there_before_the_entry_has_its_place(self) -> None:
        (entry,) = appended(1)
        with pytest.raises(queries.NotInTheTreeYet):
            queries.receipt(KEEPER, entry)

    def test_is_refused_to_whom_the_entry_does_not_concern(self) -> None:
        entry = log_of(1)[0]
        with pytest.raises(LookupError):
            queries.receipt(actor("ledger.audit", organisation="kent"), entry)


class TestWitness:
    def test_its_line_stands_under_the_public_checkpoint(self, tmp_path: Path) -> None:
        log_of(3)
        registered()
        witnessed(tmp_path / "state.json")
        answer = Client().get(reverse("ledger:checkpoint"))
        assert answer.headers["Content-Type"].startswith("text/plain")
        assert checkpoint.parse(answer.content.decode()).signed_by(PUBLIC)
        assert models.Cosignature.objects.get().organisation == "wiltshire"
        shown = Client().get(reverse("ledger:keys")).content.decode().splitlines()
        assert shown == [*map(str, log.public_keys()), str(PUBLIC)]

    def test_catches_a_host_that_rewrites_its_whole_history(
        self, tmp_path: Path, owner_connection: psycopg.Connection[Any]
    ) -> None:
        log_of(4, 3)
        registered()
        kept = witnessed(tmp_path / "state.json")
        altered(
            owner_connection,
            "DELETE FROM ledger_cosignature",
            "DELETE FROM ledger_checkpoint",
            "DELETE FROM ledger_leaf",
            "DELETE FROM ledger_privatepart WHERE entry_id IN (SELECT id FROM ledger_entry LIMIT 1)",
            "DELETE FROM ledger_entry WHERE id NOT IN (SELECT entry_id FROM ledger_privatepart)",
        )
        log_of(5)
        assert verification.verify().is_sound
        with pytest.raises(witnessing.Fraud):
            witnessed(tmp_path / "state.json")
        assert not verification.verify([kept], [PUBLIC]).is_sound

    def test_of_nobody_is_not_kept(self, tmp_path: Path) -> None:
        log_of(3)
        with pytest.raises(witnessing.Unreachable, match="not by the registered key"):
            witnessed(tmp_path / "state.json")

    def test_that_withdrew_is_not_kept(self, tmp_path: Path) -> None:
        registered()
        operations.register_witness(actor=KEEPER, key="", at=AT)
        assert queries.witness_keys() == {}
        with pytest.raises(witnessing.Unreachable):
            witnessed(tmp_path / "state.json")

    def test_is_registered_with_the_power_and_the_own_name_only(self) -> None:
        with pytest.raises(Refused):
            operations.register_witness(actor=actor("ledger.audit"), key=str(PUBLIC), at=AT)
        kent = actor("ledger.witness", organisation="kent")
        for key in (str(PUBLIC), "nonsense"):
            with pytest.raises(NotUnderstood):
                operations.register_witness(actor=kent, key=key, at=AT)
        registered()
        assert models.Entry.objects.get().operation == "ledger.witness-registered"

    def test_another_checkpoint_is_not_ours(self) -> None:
        log_of(2)
        here = queries.latest().checkpoint
        other = checkpoint.Checkpoint(here.origin, here.size, bytes(32))
        line = checkpoint.cosign(other, WITNESS_KEY, "wiltshire", 1)
        body = json.dumps({"note": str(checkpoint.Note(other, (line,)))})
        given = {"Idempotency-Key": str(uuid4())}
        kind = "application/json"
        answer = Client().post(f"{API}/cosignatures", body, content_type=kind, headers=given)
        assert answer.status_code == 404


class TestRestore:
    def lost(self, owner: psycopg.Connection[Any], size: int) -> None:
        """What a backup of that size did not hold is gone."""
        gone = f"SELECT entry FROM ledger_leaf WHERE index >= {size}"
        altered(
            owner,
            f"DELETE FROM ledger_cosignature WHERE checkpoint_id > {size}",
            f"DELETE FROM ledger_checkpoint WHERE size > {size}",
            f"DELETE FROM ledger_privatepart WHERE entry_id IN ({gone})",
            f"DELETE FROM ledger_entry WHERE id IN ({gone})",
            f"DELETE FROM ledger_leaf WHERE index >= {size}",
        )

    def declared(self, made_at: Any) -> None:
        with transaction.atomic():
            operations.append(
                actor=actor(),
                operation=witnessing.RESTORED,
                subject="platform.backup:0",
                detail={"backup_made_at": made_at.isoformat()},
                at=AT,
            )
        integrated()

    def test_is_recognised_by_witness_and_verification(
        self, tmp_path: Path, owner_connection: psycopg.Connection[Any]
    ) -> None:
        log_of(4)
        registered()
        witnessed(tmp_path / "state.json")
        log_of(3)
        longer = witnessed(tmp_path / "state.json", minutes=20)
        self.lost(owner_connection, 5)
        self.declared(AT + timedelta(minutes=10))
        log_of(6)
        with pytest.raises(witnessing.Restored) as told:
            witnessed(tmp_path / "state.json", minutes=30)
        report = verification.verify([longer], [PUBLIC])
        assert report.is_sound
        assert "kept 5 entries" in report.remarks[0].said
        witnessed(tmp_path / "state.json", accept=told.value.entry, minutes=40)

    def test_does_not_excuse_what_was_cosigned_before_the_backup_was_made(
        self, tmp_path: Path, owner_connection: psycopg.Connection[Any]
    ) -> None:
        log_of(4)
        registered()
        witnessed(tmp_path / "state.json")
        log_of(3)
        longer = witnessed(tmp_path / "state.json", minutes=20)
        self.lost(owner_connection, 5)
        self.declared(AT + timedelta(minutes=50))
        with pytest.raises(witnessing.Fraud):
            witnessed(tmp_path / "state.json", minutes=60)
        assert not verification.verify([longer], [PUBLIC]).is_sound


class TestCommands:
    def test_integrate_print_prove_verify(self, tmp_path: Path) -> None:
        appended(3)
        integrated()
        assert "0 entries integrated" in run(commands, "integrate").output
        appended(2)
        integrated()
        note = run(commands, "checkpoint").output
        assert checkpoint.parse(note).checkpoint.size == 5
        assert json.loads(run(commands, "consistency", 3, 5).output)["path"]
        assert run(commands, "keys").output.strip() == str(log.public_keys()[0])
        kept = tmp_path / "kept"
        kept.write_text(note)
        done = run(commands, "verify-log", "--against", kept)
        assert done.exit_code == 0
        assert "5 entries and 2 checkpoints verified" in done.output

    def test_integrate_says_that_the_tree_does_not_match(
        self, owner_connection: psycopg.Connection[Any]
    ) -> None:
        log_of(3)
        assert {finding.grade for finding in standing.look()} == {"sound"}
        altered(owner_connection, "UPDATE ledger_checkpoint SET root = sha256('x')")
        with pytest.raises(log.DoesNotMatch, match="the log does not grow"):
            commands.integrate()
        (finding,) = standing.look()
        assert finding.is_serious
        assert "verify-log" in finding.remedy

    def test_verify_log_ends_with_code_one(
        self, owner_connection: psycopg.Connection[Any]
    ) -> None:
        entry = log_of(3)[1]
        altered(
            owner_connection,
            "UPDATE ledger_entry SET subject = 'a:1' WHERE id = %s",
            entry=entry,
        )
        done = run(commands, "verify-log")
        assert done.exit_code == 1
        assert str(entry) in done.output

    def test_verify_log_tells_programs_in_json(
        self, owner_connection: psycopg.Connection[Any]
    ) -> None:
        entry = log_of(3)[1]
        told = json.loads(run(commands, "verify-log", "--json").output)
        assert (told["size"], told["is_sound"], told["faults"]) == (3, True, [])
        altered(
            owner_connection,
            "UPDATE ledger_entry SET subject = 'a:1' WHERE id = %s",
            entry=entry,
        )
        done = run(commands, "verify-log", "--json")
        assert done.exit_code == 1
        assert json.loads(done.output)["faults"][0]["entry"] == str(entry)

    def test_verify_log_that_is_stopped_says_neither_sound_nor_wrong(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        log_of(2)

        def stop(*given: object) -> None:
            os.kill(os.getpid(), signal.SIGTERM)

        monkeypatch.setattr("crossforce.assurance.queries.regrowth.Regrown.faults", stop)
        done = run(commands, "verify-log")
        assert done.exit_code == 130
        assert "Stopped" in done.output

    def test_a_witness_by_files_carried_over(self, tmp_path: Path) -> None:
        key, state, note, proof = (
            tmp_path / name for name in ("key", "state", "note", "proof")
        )
        public = run(bare_commands, "witness-key", key, "--name", "wiltshire").output.strip()
        operations.register_witness(actor=KEEPER, key=public, at=AT)
        integrated()
        words = ["witness", "--key", key, "--checkpoint", note, "--state", state]
        note.write_text(run(commands, "checkpoint").output)
        first = run(bare_commands, *words, "--log-key", log.public_keys()[0])
        assert first.exit_code == 0, first.output
        log_of(4)
        note.write_text(run(commands, "checkpoint").output)
        assert "give it as --proof" in run(bare_commands, *words).output
        proof.write_text(run(commands, "consistency", 1, 5).output)
        second = run(bare_commands, *words, "--proof", proof)
        note.write_text(second.output)
        assert run(commands, "cosign", note).output == "Kept: wiltshire.\n"
        assert queries.latest().signed_by(checkpoint.Key.parse(public))
        note.write_text(first.output)
        assert "shrank from 5 to 1" in run(bare_commands, *words, "--proof", proof).output


class TestApi:
    def test_proves_consistency_to_a_stranger(self) -> None:
        log_of(3, 2)
        asked = {"first": 3, "second": 5}
        answer: Any = Client().get(f"{API}/consistency", asked)
        path = witnessing.path_of(answer.content)
        assert path == queries.consistency(3, 5)
        assert Client().get(f"{API}/consistency", {"first": 6, "second": 5}).status_code == 400
        assert Client().get(f"{API}/consistency", {"first": 3, "second": 4}).status_code == 404

    def test_lists_restorations(self) -> None:
        answer: Any = Client().get(f"{API}/restorations")
        assert answer.json() == []


def test_a_receipt_holds_the_entry_itself() -> None:
    entry = log_of(2)[0]
    made = queries.receipt(KEEPER, entry)
    row = models.Entry.objects.get(id=entry)
    assert from_bytes(bytes(row.body)).id == entry
    assert json.loads(made.to_text())["index"] == made.index
