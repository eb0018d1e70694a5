"""Checkpoints: round trips, and every altered signature."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crossforce.transparency import checkpoint, receipt
from crossforce.transparency.checkpoint import (
    LOG,
    WITNESS,
    Checkpoint,
    Key,
    NotACheckpoint,
    NotSigned,
)

LOG_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
WITNESS_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
HERE = Checkpoint("example.test/log", 20852163, bytes(range(32)))
PUBLIC = checkpoint.public_key(LOG_KEY, HERE.origin, LOG)
WITNESS_PUBLIC = checkpoint.public_key(WITNESS_KEY, "wiltshire", WITNESS)
AT = 1_679_315_147


def note() -> checkpoint.Note:
    signatures = (
        checkpoint.sign(HERE, LOG_KEY),
        checkpoint.cosign(HERE, WITNESS_KEY, "wiltshire", AT),
    )
    return checkpoint.Note(HERE, signatures)


VECTOR = """\
example.test/log
20852163
AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=

"""


class TestNote:
    def test_is_written_and_read_as_the_same(self) -> None:
        assert str(note()).startswith(VECTOR)
        assert checkpoint.parse(str(note())) == note()

    def test_is_signed_by_log_and_witness(self) -> None:
        assert note().signed_by(PUBLIC) is None
        assert note().signed_by(WITNESS_PUBLIC) == AT

    def test_a_strangers_key_has_not_signed(self) -> None:
        with pytest.raises(NotSigned, match="has not signed"):
            note().signed_by(checkpoint.public_key(WITNESS_KEY, "dorset", WITNESS))

    @pytest.mark.parametrize("key", [PUBLIC, WITNESS_PUBLIC], ids=["log", "witness"])
    def test_does_not_hold_for_another_size(self, key: Key) -> None:
        altered = str(note()).replace("20852163", "20852164")
        with pytest.raises(NotSigned, match="is wrong"):
            checkpoint.parse(altered).signed_by(key)

    def test_the_time_of_a_cosignature_cannot_be_changed(self) -> None:
        _, second = note().signatures
        later = (AT + 60).to_bytes(8) + second.value[8:]
        forged = checkpoint.Signature(second.name, second.id, later)
        with pytest.raises(NotSigned):
            checkpoint.Note(HERE, (forged,)).signed_by(WITNESS_PUBLIC)

    @pytest.mark.parametrize("at", [1 << 63, (1 << 64) - 1, checkpoint.LATEST])
    def test_no_cosignature_is_from_beyond_every_calendar(self, at: int) -> None:
        beyond = checkpoint.Note(HERE, (checkpoint.cosign(HERE, WITNESS_KEY, "wiltshire", at),))
        with pytest.raises(NotSigned, match="time of wiltshire"):
            beyond.signed_by(WITNESS_PUBLIC)

    @pytest.mark.parametrize(
        "line",
        ["— kent.example/é AAECAwQ=\n", f"— wiltshire {'AAAA' * 900}\n"],
        ids=["a short one", "a long one"],
    )
    def test_signatures_of_unknown_kinds_are_passed_over(self, line: str) -> None:
        read = checkpoint.parse(str(note()) + line)
        assert read.signed_by(WITNESS_PUBLIC) == AT
        assert str(read) == str(note()) + line

    def test_a_known_key_with_a_signature_cut_short_has_not_signed(self) -> None:
        first, second = note().signatures
        for each, key in ((first, PUBLIC), (second, WITNESS_PUBLIC)):
            short = checkpoint.Signature(each.name, each.id, each.value[:5])
            with pytest.raises(NotSigned, match="is wrong"):
                checkpoint.parse(str(checkpoint.Note(HERE, (short,)))).signed_by(key)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "one\n2\n",
            str(note()).replace("20852163", "020852163"),
            str(note()).replace("20852163", "-1"),
            str(note()).replace("AAEC", "AAE"),
            str(note()).replace("— wilt", "- wilt"),
            str(note()).rstrip("\n"),
            str(note()).replace("example.test", "example\x0b.test"),
            str(note()).partition("— ")[0],
            VECTOR.replace("\n\n", "\nmore\n\n") + str(note()).partition("\n\n")[2],
            str(note()).replace("— wiltshire", "— wilt+shire"),
            str(note()).replace("— wiltshire", "— wilt\u2028shire"),
            VECTOR.replace("AAECAwQF", "AAEC%%QF") + "— a b\n",
        ],
    )
    def test_refuses_what_is_no_checkpoint(self, text: str) -> None:
        with pytest.raises(NotACheckpoint):
            checkpoint.parse(text)


class TestKey:
    def test_is_written_and_read_as_the_same(self) -> None:
        text = "example.test/log+b05b4c9b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
        assert Key.parse(str(WITNESS_PUBLIC)) == WITNESS_PUBLIC
        assert Key.parse(str(PUBLIC)) == PUBLIC
        assert str(PUBLIC).split("+")[2] == text.split("+")[2]

    @pytest.mark.parametrize(
        "text", ["", "a+b", "a b+c74f20a3+AQ==", str(PUBLIC)[:-4] + "AAA="]
    )
    def test_refuses_an_altered_one(self, text: str) -> None:
        with pytest.raises(NotACheckpoint):
            Key.parse(text)


# A real checkpoint of another log and its public key, as both are published (Go's checksum database).
ELSEWHERE = """\
go.sum database tree
6476701
mb8QLQIs0Z0yP5Cstq6guj87oXWeC9gEM8oVikmm9Wk=

— sum.golang.org Az3grsLX85Gz+s1SiTbgkuqxgItqFq7gsMUEyVnrsa9LM7Us9S+1xbFIGu95949rj4nPRYfvimWEPWL+o3GeoWwOoAw=
"""
ITS_KEY = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"


class TestWhatOthersWrite:
    def test_the_checkpoint_of_a_log_in_use_is_read_and_its_signature_holds(self) -> None:
        read, key = checkpoint.parse(ELSEWHERE), Key.parse(ITS_KEY)
        assert read.checkpoint.size == 6_476_701
        assert read.signed_by(key) is None
        assert (str(read), str(key)) == (ELSEWHERE, ITS_KEY)

    def test_it_does_not_hold_for_another_size(self) -> None:
        altered = checkpoint.parse(ELSEWHERE.replace("6476701", "6476702"))
        with pytest.raises(NotSigned, match="is wrong"):
            altered.signed_by(Key.parse(ITS_KEY))


VECTOR_FILE = json.loads(Path(__file__).with_name("checkpoints.json").read_text())


class TestVectors:
    """What docs/formats shows: other programs read and write the same bytes."""

    def test_the_receipt_verifies(self) -> None:
        keys = [Key.parse(text) for text in VECTOR_FILE["keys"]]
        found = receipt.verify(receipt.parse(json.dumps(VECTOR_FILE["receipt"])), keys)
        assert found.witnesses == {"wiltshire": VECTOR_FILE["time"]}
        assert found.index == 1

    def test_the_same_keys_sign_the_same_note(self) -> None:
        here = checkpoint.parse(VECTOR_FILE["note"]).checkpoint
        signatures = (
            checkpoint.sign(here, LOG_KEY),
            checkpoint.cosign(here, WITNESS_KEY, "wiltshire", VECTOR_FILE["time"]),
        )
        assert str(checkpoint.Note(here, signatures)) == VECTOR_FILE["note"]
