"""Keys: made once, readable by us alone, sealed values bound to their place, rotation loses nothing."""

import os
import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.kernel.keys import CATALOGUE, KeyRefused, KeyStore


@pytest.fixture
def keys(tmp_path: Path) -> KeyStore:
    return KeyStore(tmp_path / "keys")


def test_a_key_is_made_once_and_kept(keys: KeyStore) -> None:
    assert keys.text("django") == KeyStore(keys.folder).text("django")


def test_two_processes_at_once_make_one_key(keys: KeyStore) -> None:
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda: found.append(KeyStore(keys.folder).text("master")))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1


def test_nobody_else_may_read_them(keys: KeyStore) -> None:
    keys.text("master")
    assert stat.S_IMODE(keys.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((keys.folder / "master.json").stat().st_mode) == 0o600


def test_an_unknown_key_is_refused(keys: KeyStore) -> None:
    with pytest.raises(KeyRefused, match="no key called"):
        keys.text("spare")


def test_a_damaged_key_is_refused_and_never_replaced(keys: KeyStore) -> None:
    keys.text("master")
    (keys.folder / "master.json").write_text('{"versions": [')
    with pytest.raises(KeyRefused, match="damaged"):
        keys.seal(b"x", context="a")


@given(plain=st.binary(max_size=200), context=st.text(max_size=30))
def test_what_is_sealed_opens_only_in_its_place(
    tmp_path_factory: pytest.TempPathFactory, plain: bytes, context: str
) -> None:
    keys = KeyStore(tmp_path_factory.getbasetemp() / "sealing")
    sealed = keys.seal(plain, context=context)
    assert keys.unseal(sealed, context=context) == plain
    with pytest.raises(KeyRefused, match="altered"):
        keys.unseal(sealed, context=context + "x")


def test_one_altered_byte_anywhere_is_refused(keys: KeyStore) -> None:
    sealed = keys.seal(b"signing key", context="row 1")
    for place in range(len(sealed)):
        broken = bytearray(sealed)
        broken[place] ^= 1
        with pytest.raises(KeyRefused):
            keys.unseal(bytes(broken), context="row 1")


def test_rotation_reads_the_old_until_it_is_retired(keys: KeyStore) -> None:
    sealed = keys.seal(b"secret", context="row")
    keys.adopt("master", keys.prepare("master").secret)
    assert keys.unseal(sealed, context="row") == b"secret"
    moved = keys.reseal(sealed, context="row")
    assert moved != sealed
    assert keys.reseal(moved, context="row") == moved
    keys.retire("master")
    assert keys.unseal(moved, context="row") == b"secret"
    with pytest.raises(KeyRefused, match="no longer holds"):
        keys.unseal(sealed, context="row")


def test_every_key_has_a_purpose_an_owner_and_an_age() -> None:
    assert all(kind.purpose and kind.owner and kind.days > 0 for kind in CATALOGUE.values())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_keys_of_another_account_are_refused_in_words(keys: KeyStore) -> None:
    keys.text("master")
    keys.folder.chmod(0o000)
    try:
        with pytest.raises(KeyRefused, match="may not use"):
            keys.text("master")
    finally:
        keys.folder.chmod(0o700)
