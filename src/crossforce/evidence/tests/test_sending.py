"""Ranges, metadata and checksums, as their standards say."""

import base64
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossforce.evidence.rules import sending
from crossforce.evidence.rules.sending import NotThere, Span


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", Span(0, 100)),
        ("bytes=0-", Span(0, 100, is_part=True)),
        ("bytes=10-19", Span(10, 10, is_part=True)),
        ("bytes=90-500", Span(90, 10, is_part=True)),
        ("bytes=-30", Span(70, 30, is_part=True)),
        ("bytes=-300", Span(0, 100, is_part=True)),
        ("bytes=0-1,5-9", Span(0, 100)),
        ("lines=0-1", Span(0, 100)),
    ],
)
def test_a_range_is_the_bytes_that_it_asks_for(asked: str, found: Span) -> None:
    assert sending.span(asked, 100) == found


def test_of_a_part_no_more_is_given_than_may_be_at_once() -> None:
    assert sending.span("bytes=10-", 100, 16) == Span(10, 16, is_part=True)
    assert sending.span("", 100, 16) == Span(0, 100)


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=5-4", "bytes=-0"])
def test_a_range_of_nothing_is_refused(asked: str) -> None:
    with pytest.raises(NotThere):
        sending.span(asked, 100)


@settings(max_examples=15)
@given(st.dictionaries(st.from_regex(r"[a-z]{1,9}", fullmatch=True), st.text(max_size=9)))
def test_metadata_is_read_as_it_is_written(said: dict[str, str]) -> None:
    written = ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in said.items())
    assert sending.metadata(written) == said


def test_metadata_that_cannot_be_read_is_left_out() -> None:
    assert sending.metadata("filename %%%,exhibit YQ==") == {"exhibit": "a"}


def test_a_checksum_is_of_these_bytes() -> None:
    said = "sha256 " + base64.b64encode(hashlib.sha256(b"film").digest()).decode()
    assert sending.is_as_said(said, b"film") is True
    assert sending.is_as_said(said, b"firm") is False
    assert sending.is_as_said("md5 eA==", b"film") is None
