"""How the keys inside a backup are sealed: by a passphrase, or for the holder of the escrow key."""

import json
import os
from pathlib import Path
from typing import Any, Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

INFO: Final = b"crossforce backup keys 1"
ESCROW_FILE: Final = "escrow.pub"
SHORTEST_PASSPHRASE: Final = 12
SCRYPT_WORK: Final = {"n": 2**16, "r": 8, "p": 1}


class CannotSeal(Exception):
    """The keys of the backup cannot be sealed or opened; the message says why."""


class Sealer(Protocol):
    """Seals bytes into a JSON-able box."""

    def seal(self, plain: bytes) -> dict[str, Any]: ...


class Opener(Protocol):
    """Opens a box that a sealer made."""

    def open(self, box: dict[str, Any]) -> bytes: ...


class Passphrase:
    """Seals and opens with scrypt and AES-256-GCM."""

    def __init__(self, words: str) -> None:
        if len(words) < SHORTEST_PASSPHRASE:
            raise CannotSeal(f"The passphrase needs at least {SHORTEST_PASSPHRASE} characters.")
        self._words = words.encode()

    def seal(self, plain: bytes) -> dict[str, Any]:
        salt = os.urandom(16)
        return {"for": "passphrase", "salt": salt.hex(), **_box(self._key(salt), plain)}

    def open(self, box: dict[str, Any]) -> bytes:
        if box.get("for") != "passphrase":
            raise CannotSeal("This backup was sealed for the escrow key: give --escrow-key.")
        return _unbox(self._key(bytes.fromhex(box["salt"])), box, "The passphrase is wrong")

    def _key(self, salt: bytes) -> bytes:
        return Scrypt(salt=salt, length=32, **SCRYPT_WORK).derive(self._words)


class EscrowSealer:
    """Seals for the holder of the private half: X25519, HKDF and AES-256-GCM."""

    def __init__(self, public: X25519PublicKey) -> None:
        self._public = public

    def seal(self, plain: bytes) -> dict[str, Any]:
        once = X25519PrivateKey.generate()
        sent = once.public_key().public_bytes_raw()
        key = _agreed(once, self._public, sent)
        return {"for": "escrow", "sent": sent.hex(), **_box(key, plain)}


class EscrowOpener:
    """Opens what was sealed for this private key."""

    def __init__(self, private: X25519PrivateKey) -> None:
        self._private = private

    def open(self, box: dict[str, Any]) -> bytes:
        if box.get("for") != "escrow":
            raise CannotSeal("This backup was sealed by a passphrase: leave out --escrow-key.")
        sent = bytes.fromhex(box["sent"])
        key = _agreed(self._private, X25519PublicKey.from_public_bytes(sent), sent)
        return _unbox(key, box, "This is not the escrow key that the backup was sealed for")


def make_escrow(folder: Path, private_path: Path) -> None:
    """Write the private half to the path, once, and keep the public half in the folder."""
    pair = X25519PrivateKey.generate()
    text = pair.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    try:
        handle = os.open(private_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise CannotSeal(f"{private_path} exists already; nothing was written.") from None
    with os.fdopen(handle, "wb") as file:
        file.write(text)
    public = pair.public_key().public_bytes_raw().hex()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / ESCROW_FILE).write_text(json.dumps({"x25519": public}) + "\n")


def for_escrow(folder: Path) -> EscrowSealer:
    path = folder / ESCROW_FILE
    if not path.exists():
        raise CannotSeal("There is no escrow key yet. Make one with “crossforce keys escrow”.")
    public = bytes.fromhex(json.loads(path.read_text())["x25519"])
    return EscrowSealer(X25519PublicKey.from_public_bytes(public))


def from_escrow(path: Path) -> EscrowOpener:
    try:
        found = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError) as fault:
        raise CannotSeal(f"{path} holds no private key. ({fault})") from fault
    if not isinstance(found, X25519PrivateKey):
        raise CannotSeal(f"{path} holds another kind of key.")
    return EscrowOpener(found)


def passphrase_from_environment() -> str:
    return os.environ.get("CROSSFORCE_BACKUP_PASSPHRASE", "")


def _agreed(private: X25519PrivateKey, public: X25519PublicKey, sent: bytes) -> bytes:
    shared = private.exchange(public)
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=sent, info=INFO).derive(shared)


def _box(key: bytes, plain: bytes) -> dict[str, str]:
    nonce = os.urandom(12)
    return {"nonce": nonce.hex(), "sealed": AESGCM(key).encrypt(nonce, plain, INFO).hex()}


def _unbox(key: bytes, box: dict[str, Any], wrong: str) -> bytes:
    try:
        sealed, nonce = bytes.fromhex(box["sealed"]), bytes.fromhex(box["nonce"])
        return AESGCM(key).decrypt(nonce, sealed, INFO)
    except InvalidTag:
        raise CannotSeal(f"{wrong}, or the backup was altered.") from None
