"""The platform's own signature, under what it declares itself. Parties sign with keys of their own."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crossforce.kernel.keys import KeyStore


@dataclass(frozen=True, slots=True)
class Signed:
    """An Ed25519 signature and the key that verifies it, in hexadecimal."""

    signature: str
    public_key: str


def sign(keys: KeyStore, statement: bytes) -> Signed:
    """Sign with the current version of the key `platform`."""
    private = Ed25519PrivateKey.from_private_bytes(keys.versions("platform")[0].as_bytes())
    return Signed(private.sign(statement).hex(), private.public_key().public_bytes_raw().hex())
