"""Keyed sums by which two sets of many pairs are told to be equal, whatever their order, without sorting them.

Each pair of an identifier and a hash goes through CBC-MAC with AES (three blocks, always: there it is a
pseudorandom function), and what comes out is added up modulo 2**64 twice. Whoever does not know the key, which
is new each time, cannot make sets that differ and have one sum; by chance one in 2**100 would.
"""

import os
from typing import Final

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Tally = Words
"""How many pairs, and the two sums. To be added and subtracted; of equal sets it is equal."""

KEY_BYTES: Final = 32
IDENTIFIER: Final = 16
NOTHING: Final[Tally] = np.zeros(3, np.uint64)


def new_key() -> bytes:
    """A key for one comparison."""
    return os.urandom(KEY_BYTES)


class Tallies:
    """Takes tallies under one key."""

    def __init__(self, key: bytes) -> None:
        cipher = Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305 - a block of its own each
        self._encrypt = cipher.encryptor().update_into

    def of(self, identifiers: bytes, hashes: bytes) -> Tally:
        """The tally of pairs: identifiers of 16 bytes and hashes of 32, each joined, in the same order.

        Of a few hundred or thousand pairs at a time: then all of it stays in the cache of a core. `room` is
        where the blocks are encrypted, again and again: making new ones takes longer than encrypting.
        """
        halves = np.frombuffer(hashes, np.uint64).reshape(-1, 2, 2)
        room = bytearray(len(identifiers) + IDENTIFIER - 1)
        mixed = np.frombuffer(room, np.uint64, 2 * len(halves)).reshape(-1, 2)
        self._encrypt(identifiers, room)
        for half in (0, 1):  # each block by itself; what chains them is the exclusive or
            chained = (mixed ^ halves[:, half]).reshape(-1)
            self._encrypt(chained.view(np.uint8).data, room)
        return np.array([len(mixed), mixed[:, 0].sum(), mixed[:, 1].sum()], np.uint64)
