"""The platform's own signature, under what it declares itself. Parties sign with keys of their own.

What it signed is verified for good: of a version that is forgotten the public half stays, beside the keys.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crossforce.kernel.keys import KeyStore, KeyVersion

NAME: Final = "platform"


@dataclass(frozen=True, slots=True)
class Signed:
    """An Ed25519 signature and the key that verifies it, in hexadecimal."""

    signature: str
    public_key: str


def sign(keys: KeyStore, statement: bytes) -> Signed:
    """Sign with the current version of the key `platform`."""
    private = _private(keys.versions(NAME)[0])
    return Signed(private.sign(statement).hex(), private.public_key().public_bytes_raw().hex())


def public_keys(keys: KeyStore) -> frozenset[str]:
    """What verifies the platform's signatures, now and before, in hexadecimal."""
    held = {
        _private(each).public_key().public_bytes_raw().hex() for each in keys.versions(NAME)
    }
    return frozenset(held | _earlier(keys))


def remember(keys: KeyStore) -> None:
    """Keep the public halves of every version, before one of them is forgotten."""
    known = "".join(f"{each}\n" for each in sorted(public_keys(keys)))
    fresh = keys.folder / f".{NAME}.{secrets.token_hex(4)}"
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(known)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(_place(keys))


def _earlier(keys: KeyStore) -> set[str]:
    place = _place(keys)
    return set(place.read_text().split()) if place.exists() else set()


def _place(keys: KeyStore) -> Path:
    return keys.folder / f"{NAME}.pub"


def _private(version: KeyVersion) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(version.as_bytes())
