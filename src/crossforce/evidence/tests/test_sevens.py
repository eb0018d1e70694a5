"""A 7z archive is read whole, whoever wrote it; what is locked, turned about or damaged is refused, and none of it breaks what reads it."""

import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from crossforce.evidence.inspection import sevens, tables, unpacking
from crossforce.evidence.inspection.unpacking import Archive, Damaged
from crossforce.evidence.rules.members import Judge, Kind
from crossforce.evidence.tests.sevens import seven, signed

TWO = {"cam/lock.txt": b"lock " * 40, "cam/gate.txt": b"gate " * 40, "cam/empty.txt": b""}


def taken(content: bytes) -> tuple[dict[str, bytes | str], str]:
    """By the confined process: of each its bytes, or why not; and why that was not all."""
    judge, found = Judge(len(content)), dict[str, bytes | str]()
    with Archive(
        sevens.TYPE, len(content), lambda at, length: [content[at : at + length]]
    ) as archive:
        for held in archive:
            try:
                why = judge.why_not(held.member)
                is_file = held.member.kind == Kind.FILE
                found[held.member.name] = why or (b"".join(held.parts()) if is_file else "")
            except Damaged:
                found[held.member.name] = "damaged"
    return found, archive.why_not


@pytest.mark.parametrize("name", ["lzma2", "lzma", "turned", "delta", "bzip2", "deflate"])
def test_what_lies_in_it_comes_out_as_it_was(name: str) -> None:
    assert taken(seven(name)) == (TWO, "")


def test_a_later_file_is_had_without_those_before_it() -> None:
    for _, opened in list(sevens.members(io.BytesIO(seven("lzma2"))))[1:2]:
        assert opened().read() == TWO["cam/gate.txt"]


@pytest.mark.parametrize(("name", "why"), [("locked", "password"), ("ppmd", "not read here")])
def test_what_cannot_be_read_says_why(name: str, why: str) -> None:
    found, why_not = taken(seven(name))
    assert why in str(found["cam/lock.txt"])
    assert why_not == ""


def test_names_that_are_locked_links_and_ways_out_are_refused() -> None:
    assert taken(seven("locked-names")) == ({}, f"{unpacking.UNREADABLE} (Encrypted).")
    found, _ = taken(seven("tree"))
    assert found["d/a.txt"] == b"aaa"
    assert "link" in str(found["d/ln"])
    found, _ = taken(seven("slip"))
    assert ["out of" in str(found["../../out.txt"]), "root" in str(found["/abs.txt"])] == [
        True,
        True,
    ]


def test_a_byte_that_was_changed_is_told() -> None:
    content = bytearray(seven("deflate"))
    content[33] ^= 0x55
    found, why_not = taken(bytes(content))
    assert "damaged" in [*found.values(), why_not]


@given(some.binary(max_size=60), some.integers(0, 2**32))
def test_no_table_asks_for_more_than_it_has(more: bytes, chance: int) -> None:
    begins = random.Random(chance).choice((b"\x01\x04", b"\x01\x05", b"\x17", b"\x01\x04\x06\x00\x01", b"\x01\x04\x07\x0b\x01\x00"))  # fmt: skip
    known = (tables.Unfit, ValueError, EOFError, IndexError, StopIteration)
    try:
        list(sevens.members(io.BytesIO(signed(begins + more))))
    except known:
        return


@pytest.mark.parametrize(
    ("written", "number"),
    [(b"\x05", 5), (b"\x80\x80", 128), (b"\xc1\x02\x03", 0x10302), (b"\xff" + b"\x01" * 8, 0x0101010101010101)],
)  # fmt: skip
def test_numbers_are_read_as_they_are_written(written: bytes, number: int) -> None:
    assert tables.Table(written).number() == number
