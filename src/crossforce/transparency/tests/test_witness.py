"""What a witness signs and what it refuses: growth, forks, shrinking, restores true and false."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crossforce.kernel.ids import new_id
from crossforce.transparency import checkpoint, exported, tree, witness
from crossforce.transparency.checkpoint import LOG, WITNESS, Checkpoint, Note, NotSigned
from crossforce.transparency.entry import Entry, leaf_hash
from crossforce.transparency.receipt import Receipt
from crossforce.transparency.tests.test_tree import Nodes
from crossforce.transparency.tree import Edge
from crossforce.transparency.witness import Fraud, Restored, Seen, Unreachable

LOG_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NEXT_LOG_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(2, 34)))
WITNESS_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
ORIGIN = "example.test/log"
PUBLIC = checkpoint.public_key(LOG_KEY, ORIGIN, LOG)
START = datetime(2026, 11, 21, 9, tzinfo=UTC)


def entry(text: str, operation: str = "a.b", **detail: str) -> bytes:
    made = Entry(new_id(), operation, START, "kent", "0" * 64, f"a:{text}", detail, ("kent",))
    return made.to_bytes()


def restore_of(made_at: datetime) -> bytes:
    return entry("restored", witness.RESTORED, backup_made_at=made_at.isoformat())


@dataclass
class Log:
    """A host, honest or not."""

    entries: list[bytes] = field(default_factory=list)
    keys: tuple[Ed25519PrivateKey, ...] = (LOG_KEY,)
    sent: list[Note] = field(default_factory=list)
    declared: list[int] = field(default_factory=list)

    def add(self, *texts: str) -> "Log":
        self.entries += [entry(text) for text in texts]
        return self

    def restore(self, size: int, made_at: datetime) -> "Log":
        self.entries = [*self.entries[:size], restore_of(made_at)]
        self.declared = [index for index in self.declared if index < size] + [size]
        return self

    def nodes(self) -> Nodes:
        nodes = Nodes()
        Edge().extend([leaf_hash(data) for data in self.entries], nodes.keep)
        return nodes

    def signed(self) -> Note:
        size = len(self.entries)
        here = Checkpoint(ORIGIN, size, tree.root(self.nodes().node, size))
        return Note(here, tuple(checkpoint.sign(here, key) for key in self.keys))

    def note(self) -> str:
        return str(self.signed())

    def path(self, first: int, second: int) -> Sequence[bytes]:
        return tree.consistency(self.nodes().node, first, second)

    def restorations(self) -> Sequence[Receipt]:
        return [self.receipt(index) for index in reversed(self.declared)]

    def receipt(self, index: int) -> Receipt:
        path = tree.inclusion(self.nodes().node, index, len(self.entries))
        export = exported.write(self.entries[index], {})
        return Receipt(export, index, tuple(path), self.signed(), (PUBLIC,))

    def send(self, note: str) -> None:
        self.sent.append(checkpoint.parse(note))


@dataclass
class Witness:
    """A witness with its state file and a clock of its own."""

    state: Path
    at: datetime = START

    def looks_at(
        self, log: Log, *, accept: str = "", key: checkpoint.Key | None = PUBLIC
    ) -> Note:
        self.at += timedelta(minutes=10)
        return witness.cosign(
            log,
            self.state,
            WITNESS_KEY,
            "wiltshire",
            log_key=key,
            accept=accept,
            now=int(self.at.timestamp()),
        )

    def remembers(self) -> list[int]:
        return [seen["size"] for seen in json.loads(self.state.read_text())["seen"]]


@pytest.fixture
def who(tmp_path: Path) -> Witness:
    return Witness(tmp_path / "state.json")


class TestGrowth:
    def test_is_cosigned_and_remembered(self, who: Witness) -> None:
        log = Log().add("a", "b")
        who.looks_at(log)
        note = who.looks_at(log.add("c", "d", "e"), key=None)
        public = checkpoint.public_key(WITNESS_KEY, "wiltshire", WITNESS)
        assert note.signed_by(public) == int(who.at.timestamp())
        assert who.remembers() == [2, 5]
        assert [each.checkpoint.size for each in log.sent] == [2, 5]

    def test_the_same_again_is_signed_again(self, who: Witness) -> None:
        log = Log().add("a", "b")
        who.looks_at(log)
        who.looks_at(log)
        assert who.remembers() == [2]


class TestFraud:
    def test_a_rewritten_history_is_refused(self, who: Witness) -> None:
        log = Log().add(*"abcdef")
        who.looks_at(log)
        log.entries[2] = entry("forged")
        with pytest.raises(Fraud, match="rewritten below entry 6"):
            who.looks_at(log.add("g"))
        assert len(log.sent) == 1

    def test_two_roots_of_one_size_are_refused(self, who: Witness) -> None:
        log = Log().add(*"abc")
        who.looks_at(log)
        log.entries[2] = entry("forged")
        with pytest.raises(Fraud, match="rewritten"):
            who.looks_at(log)

    def test_a_log_that_shrank_is_refused(self, who: Witness) -> None:
        log = Log().add(*"abc")
        who.looks_at(log)
        del log.entries[2]
        with pytest.raises(Fraud, match="shrank from 3 to 2"):
            who.looks_at(log)

    def test_a_checkpoint_that_the_log_did_not_sign_is_refused(self, who: Witness) -> None:
        with pytest.raises(NotSigned):
            who.looks_at(Log(keys=(NEXT_LOG_KEY,)).add("a"))

    def test_an_unknown_log_is_refused(self, who: Witness) -> None:
        with pytest.raises(NotSigned, match="not known yet"):
            who.looks_at(Log().add("a"), key=None)


class TestRestore:
    """Seen at 9:10 with 3 entries, at 9:20 with 5. Then the host restores."""

    @pytest.fixture
    def log(self, who: Witness) -> Log:
        log = Log().add(*"abc")
        who.looks_at(log)
        who.looks_at(log.add("d", "e"))
        return log

    def test_is_told_apart_and_signed_when_a_person_accepts(
        self, who: Witness, log: Log
    ) -> None:
        log.restore(4, START + timedelta(minutes=15))
        with pytest.raises(Restored, match="kept 4 entries, and up to 1") as told:
            who.looks_at(log.add("f"))
        who.looks_at(log, accept=told.value.entry)
        assert who.remembers() == [3, 6]
        who.looks_at(log.add("g"))
        assert who.remembers() == [3, 6, 7]

    def test_is_recognised_when_the_log_has_outgrown_what_was_seen(
        self, who: Witness, log: Log
    ) -> None:
        log.restore(4, START + timedelta(minutes=15)).add(*"fghij")
        with pytest.raises(Restored):
            who.looks_at(log)

    def test_does_not_excuse_a_change_to_what_the_backup_kept(
        self, who: Witness, log: Log
    ) -> None:
        log.restore(4, START + timedelta(minutes=15)).entries[1] = entry("forged")
        with pytest.raises(Fraud):
            who.looks_at(log)

    def test_does_not_excuse_the_loss_of_what_was_there_when_the_backup_was_made(
        self, who: Witness, log: Log
    ) -> None:
        log.restore(2, START + timedelta(minutes=18))
        with pytest.raises(Fraud):
            who.looks_at(log)

    def test_excuses_nothing_twice(self, who: Witness, log: Log) -> None:
        log.restore(4, START + timedelta(minutes=15))
        with pytest.raises(Restored) as told:
            who.looks_at(log)
        who.looks_at(log, accept=told.value.entry)
        who.looks_at(log.add(*"fgh"))
        del log.entries[6:]
        with pytest.raises(Fraud):
            who.looks_at(log, accept=told.value.entry)

    def test_that_is_declared_but_is_not_in_the_tree_excuses_nothing(
        self, who: Witness, log: Log
    ) -> None:
        other = Log(list(log.entries)).restore(4, START + timedelta(minutes=15))
        del log.entries[3:]
        log.restorations = other.restorations  # type: ignore[method-assign]
        with pytest.raises((Fraud, Unreachable)):
            who.looks_at(log)
        assert who.remembers() == [3, 5]


class TestKeys:
    def test_a_rotated_log_key_is_taken_over_beside_the_old(self, who: Witness) -> None:
        log = Log().add("a")
        who.looks_at(log)
        log.keys = (NEXT_LOG_KEY, LOG_KEY)
        fresh = checkpoint.public_key(NEXT_LOG_KEY, ORIGIN, LOG)
        who.looks_at(log.add("b"), key=fresh)
        log.keys = (NEXT_LOG_KEY,)
        who.looks_at(log.add("c"), key=None)
        assert who.remembers() == [1, 2, 3]

    def test_a_log_key_alone_is_not(self, who: Witness) -> None:
        log = Log().add("a")
        who.looks_at(log)
        log.keys = (NEXT_LOG_KEY,)
        with pytest.raises(NotSigned):
            who.looks_at(log, key=checkpoint.public_key(NEXT_LOG_KEY, ORIGIN, LOG))

    def test_a_key_file_is_for_its_owner_alone(self, tmp_path: Path) -> None:
        file = tmp_path / "key"
        public = witness.write_key(file, "wiltshire", WITNESS_KEY)
        name, private = witness.read_key(file)
        assert checkpoint.public_key(private, name, WITNESS) == public
        assert file.stat().st_mode & 0o777 == 0o600
        with pytest.raises(FileExistsError):
            witness.write_key(file, "wiltshire", WITNESS_KEY)


def test_what_was_signed_is_on_the_disk_before_it_is_sent(who: Witness) -> None:
    log = Log().add("a")

    def fails(note: str) -> None:
        raise Unreachable

    log.send = fails  # type: ignore[method-assign]
    with pytest.raises(Unreachable):
        who.looks_at(log)
    assert who.remembers() == [1]
    assert witness.Memory.of(who.state.read_text()).seen[0] == Seen(
        1, log.signed().checkpoint.root.hex(), int(who.at.timestamp())
    )
