"""`crossforce agreement verify-signature`, from files alone."""

import hashlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from typer.testing import CliRunner, Result

from crossforce.agreements import signing
from crossforce.agreements.bare_commands import commands

TEXT, TERMS = b"words", b"rules"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
STATEMENT = signing.Statement(
    reference="joint-roads",
    version=3,
    party="chief-constable-wiltshire",
    text_hash=hashlib.sha256(TEXT).hexdigest(),
    terms_hash=hashlib.sha256(TERMS).hexdigest(),
    compiler=1,
)
SIGNATURE = signing.sign(STATEMENT, KEY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What was downloaded."""
    (tmp_path / "statement.txt").write_bytes(signing.to_bytes(STATEMENT))
    (tmp_path / "text.json").write_bytes(TEXT)
    (tmp_path / "terms.json").write_bytes(TERMS)
    (tmp_path / "signature").write_bytes(SIGNATURE)
    (tmp_path / "key.hex").write_text(PUBLIC.hex() + "\n")
    return tmp_path


def verify(folder: Path, *more: str) -> Result:
    asked = ["verify-signature", str(folder / "statement.txt"), *more]
    return CliRunner().invoke(commands, asked)


def test_holds_over_statement_text_and_terms(folder: Path) -> None:
    files = ["--text", str(folder / "text.json"), "--terms", str(folder / "terms.json")]
    found = verify(folder, SIGNATURE.hex(), PUBLIC.hex(), *files)
    assert found.exit_code == 0
    assert "holds: chief-constable-wiltshire, version 3 of joint-roads" in found.output


def test_takes_signature_and_key_from_files(folder: Path) -> None:
    found = verify(folder, str(folder / "signature"), str(folder / "key.hex"))
    assert found.exit_code == 0


def test_one_changed_byte_of_the_text_is_told(folder: Path) -> None:
    (folder / "text.json").write_bytes(b"Words")
    found = verify(folder, SIGNATURE.hex(), PUBLIC.hex(), "--text", str(folder / "text.json"))
    assert found.exit_code == 1
    assert "other bytes than those that were signed" in found.output


def test_another_key_does_not_hold(folder: Path) -> None:
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    found = verify(folder, SIGNATURE.hex(), other.hex())
    assert found.exit_code == 1
    assert "does not hold" in found.output


@pytest.mark.parametrize("signature", ["", "zz", "ab" * 63])
def test_what_is_no_signature_is_told_in_one_line(folder: Path, signature: str) -> None:
    found = verify(folder, signature, PUBLIC.hex())
    assert found.exit_code == 1
    assert "is not 64 bytes" in found.output


def test_what_is_no_statement_is_told_in_one_line(folder: Path) -> None:
    (folder / "statement.txt").write_bytes(signing.to_bytes(STATEMENT).replace(b"3", b"03"))
    found = verify(folder, SIGNATURE.hex(), PUBLIC.hex())
    assert found.exit_code == 1
    assert "not a statement" in found.output
