"""What a party signs, in bytes, and whether a signature holds.

`docs/formats/signature.md` states the form. The statement names the agreement, the version and the
party, and holds the hashes of the canonical text and of the compiled terms together with the version
of the compiler, so that one signature binds words and rules.
"""

import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from crossforce.agreements import canonical
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.terms import CompiledTerms, terms_hash

FIRST_LINE = "crossforce agreement signature, format 1"

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HASH = re.compile(r"[0-9a-f]{64}")
_KEYS = ("agreement", "version", "party", "text sha-256", "terms sha-256", "compiler")


class NotAStatement(ValueError):
    """The values, or the bytes, are not a statement that can be signed."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one party declares to be agreed: one version of one agreement, its words and its rules.

    Raises NotAStatement for a value that could be mistaken for another.
    """

    reference: str
    version: int
    party: str
    text_hash: str
    terms_hash: str
    compiler: int

    def __post_init__(self) -> None:
        codes = (self.reference, self.party)
        hashes = (self.text_hash, self.terms_hash)
        sound = (
            all(_CODE.fullmatch(code) for code in codes)
            and all(_HASH.fullmatch(each) for each in hashes)
            and all(type(each) is int and each >= 1 for each in (self.version, self.compiler))
        )
        if not sound:
            raise NotAStatement(f"these values cannot be signed: {self}")


def statement_of(
    document: AgreementDocument, terms: CompiledTerms, *, version: int, party: str
) -> Statement:
    """The statement that a party signs for a version of an agreement."""
    return Statement(
        reference=document.reference,
        version=version,
        party=party,
        text_hash=canonical.text_hash(document),
        terms_hash=terms_hash(terms),
        compiler=terms.compiler,
    )


def to_bytes(statement: Statement) -> bytes:
    """The bytes that are signed: seven lines of ASCII, each ended by a line feed."""
    values = (
        statement.reference,
        str(statement.version),
        statement.party,
        statement.text_hash,
        statement.terms_hash,
        str(statement.compiler),
    )
    lines = [FIRST_LINE, *(f"{key}: {value}" for key, value in zip(_KEYS, values, strict=True))]
    return ("\n".join(lines) + "\n").encode("ascii")


def from_bytes(data: bytes) -> Statement:
    """The statement in these bytes. Raises NotAStatement."""
    try:
        first, *lines, last = data.decode("ascii").split("\n")
        pairs = [line.split(": ", 1) for line in lines]
        keys, values = zip(*pairs, strict=True)
        reference, version, party, text, terms, compiler = values
        found = Statement(reference, int(version), party, text, terms, int(compiler))
    except ValueError as error:
        raise NotAStatement(f"these bytes are not a statement: {error}") from error
    if first != FIRST_LINE or keys != _KEYS or last or to_bytes(found) != data:
        raise NotAStatement("these bytes are not a statement in its one form")
    return found


def sign(statement: Statement, private_key: Ed25519PrivateKey) -> bytes:
    """The Ed25519 signature of the statement, 64 bytes."""
    return private_key.sign(to_bytes(statement))


def verify(
    statement: Statement, signature: bytes, public_key: Ed25519PublicKey | bytes
) -> bool:
    """Whether the key signed exactly this statement. A raw public key has 32 bytes."""
    try:
        if isinstance(public_key, bytes):
            public_key = Ed25519PublicKey.from_public_bytes(public_key)
        public_key.verify(signature, to_bytes(statement))
    except (InvalidSignature, ValueError):
        return False
    return True
