"""The bytes of an entry: promised for good, so each rule has its case."""

import base64
import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.transparency import canonical, exported
from crossforce.transparency.choices import Citation
from crossforce.transparency.entry import (
    HEADER,
    LARGEST,
    Entry,
    NotAnEntry,
    commitment,
    from_bytes,
    leaf_hash,
    sorted_codes,
)

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))["vectors"]
PAGE = Path(__file__).resolve().parents[4] / "docs" / "formats" / "ledger-entry.md"
PLAIN = Entry(
    id=UUID("01890a5d-ac96-774b-bcce-b302099a8060"),
    operation="agreement.signed",
    at=datetime(2026, 3, 31, 23, 30, tzinfo=UTC),
    organisation="wiltshire",
    actor_commitment="0" * 64,
    subject="agreement:tri-force",
    detail={},
    concerns=("wiltshire",),
)

codes = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
numbers = st.integers(-canonical.GREATEST, canonical.GREATEST)
names = st.text(st.characters(max_codepoint=127), max_size=10)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)
entries = st.builds(
    Entry,
    id=st.uuids(),
    operation=st.from_regex(r"[a-z][a-z0-9-]{0,8}(\.[a-z][a-z0-9-]{0,8}){1,2}", fullmatch=True),
    at=st.datetimes(timezones=st.just(UTC), min_value=datetime(1970, 1, 1)),  # noqa: DTZ001
    organisation=codes,
    actor_commitment=st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    subject=st.from_regex(r"[a-z][a-z0-9.-]{0,8}(:[!-~]{1,20})?", fullmatch=True),
    detail=st.dictionaries(names, values, max_size=4),
    concerns=st.sets(codes, min_size=1, max_size=3).map(sorted_codes),
    agreements=st.lists(st.builds(Citation, texts, st.integers(0, 99), texts), max_size=2).map(
        tuple
    ),
    scopes=st.sets(st.integers(0, 10_000), max_size=4).map(lambda found: tuple(sorted(found))),
    private_commitment=st.none() | st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
)


class TestVectors:
    @pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
    def test_bytes_leaf_hash_and_commitments_are_as_promised(
        self, vector: dict[str, Any]
    ) -> None:
        data = base64.b64decode(vector["entry"])
        assert data == vector["text"].encode()
        assert from_bytes(data).to_bytes() == data
        assert leaf_hash(data).hex() == vector["leaf_hash"]
        for part in vector["parts"].values():
            body = part["body"].encode()
            assert commitment(bytes.fromhex(part["salt"]), body) == part["commitment"]

    def test_nothing_that_somebody_holds_stands_in_their_bytes(self) -> None:
        said = [from_bytes(base64.b64decode(vector["entry"])) for vector in VECTORS]
        held = [entry for entry in said if entry.operation.startswith("people.")]
        assert [sorted(entry.detail) for entry in held] == [["id", "version"]]

    @pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
    def test_the_page_of_the_format_shows_the_vector_that_it_says(
        self, vector: dict[str, Any]
    ) -> None:
        page = PAGE.read_text("utf-8")
        is_shown = vector["leaf_hash"] in page
        assert is_shown == (vector is VECTORS[1])
        if is_shown:
            assert vector["parts"]["private"]["commitment"] in page

    def test_the_leaf_hash_of_nothing_is_that_of_rfc_6962(self) -> None:
        assert leaf_hash(b"").hex() == (
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
        )


class TestEntry:
    @given(entries)
    def test_reads_back_as_it_was_written(self, entry: Entry) -> None:
        assert from_bytes(entry.to_bytes()) == entry

    @given(entries, st.integers(0), st.integers(1, 255))
    def test_one_changed_byte_is_another_entry_or_none(
        self, entry: Entry, place: int, change: int
    ) -> None:
        data = bytearray(entry.to_bytes())
        data[place % len(data)] ^= change
        assert leaf_hash(bytes(data)) != leaf_hash(entry.to_bytes())
        with suppress(NotAnEntry):
            assert from_bytes(bytes(data)) != entry

    def test_an_instant_is_written_in_utc(self) -> None:
        summer = timezone(timedelta(hours=1))
        same = PLAIN._replace(at=datetime(2026, 4, 1, 0, 30, tzinfo=summer))
        assert same.to_bytes() == PLAIN.to_bytes()

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"operation": "Signed"}, "operation"),
            ({"operation": "signed"}, "operation"),
            ({"subject": "Tri-force"}, "subject"),
            ({"subject": "agreement:"}, "subject"),
            ({"organisation": "Wiltshire Police"}, "organisation"),
            ({"actor_commitment": "abc"}, "commitment to the actor"),
            ({"private_commitment": "abc"}, "commitment to the private part"),
            ({"concerns": ()}, "at least one"),
            ({"concerns": ("wiltshire", "dorset")}, "sorted"),
            ({"scopes": (2, 1)}, "sorted"),
            ({"scopes": (-1,)}, "whole numbers"),
            ({"agreements": (Citation("x", -1),)}, "below zero"),
            ({"agreements": (Citation("x", 2**53),)}, "exactly"),
            ({"at": datetime(2026, 1, 1)}, "no time zone"),  # noqa: DTZ001
            ({"detail": {"share": 0.5}}, "float"),
            ({"detail": {"n": 2**53}}, "exactly"),
            ({"detail": {"é": 1}}, "ASCII"),
            ({"detail": {"half": "\ud800"}}, "surrogate"),
            ({"detail": {"long": "x" * LARGEST}}, "split it"),
        ],
    )
    def test_refuses_what_has_no_place_in_it(self, change: dict[str, Any], why: str) -> None:
        with pytest.raises(NotAnEntry, match=why):
            PLAIN._replace(**change).to_bytes()

    def test_refuses_a_detail_too_deep(self) -> None:
        deep: Any = 1
        for _ in range(20):
            deep = [deep]
        with pytest.raises(NotAnEntry, match="deeper"):
            PLAIN._replace(detail={"deep": deep}).to_bytes()


def rewritten(**members: Any) -> bytes:
    body = json.loads(PLAIN.to_bytes()[len(HEADER) :]) | members
    return HEADER + json.dumps(body, sort_keys=True, separators=(",", ":")).encode()


class TestFromBytes:
    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"{}",
            HEADER,
            HEADER + b"[]",
            HEADER + b"{}",
            HEADER + b"null",
            PLAIN.to_bytes() + b"\n",
            PLAIN.to_bytes().replace(b"/1\n", b"/2\n"),
            PLAIN.to_bytes().replace(b'"scopes":[]', b'"scopes": []'),
            PLAIN.to_bytes().replace(b"2026-03-31T23:30:00.000000Z", b"2026-03-31T23:30:00.0Z"),
            PLAIN.to_bytes().replace(b"01890a5d-ac96", b"01890A5D-AC96"),
            rewritten(more=1),
            rewritten(detail=[]),
            rewritten(detail="x"),
            rewritten(agreements=[{"reference": 1, "version": 1, "clause": ""}]),
            rewritten(agreements=[{"reference": "a"}]),
            rewritten(agreements=None),
            rewritten(scopes=[1.0]),
            rewritten(scopes=[True]),
            rewritten(scopes=7),
            rewritten(concerns=["wiltshire", "wiltshire"]),
            rewritten(at="yesterday"),
            rewritten(id=7),
            rewritten(actor="wiltshire"),
            HEADER + b"[" * 100_000,
        ],
    )
    def test_refuses_every_other_bytes(self, data: bytes) -> None:
        with pytest.raises(NotAnEntry):
            from_bytes(data)


class TestExported:
    def vector(self) -> tuple[bytes, dict[str, tuple[bytes, bytes]]]:
        vector = VECTORS[1]
        parts = {
            name: (bytes.fromhex(part["salt"]), part["body"].encode())
            for name, part in vector["parts"].items()
        }
        return base64.b64decode(vector["entry"]), parts

    def test_verifies_and_opens_the_parts(self) -> None:
        found = exported.verify(exported.write(*self.vector()))
        assert found.entry.operation == "people.skill-recorded"
        assert found.opened["private"] == {
            "code": "welsh-speaker",
            "ends_at": None,
            "evidence": "Tystysgrif rhif 7 – ŵyl",
            "starts_at": "2026-11-21T00:00:00+00:00",
        }
        assert found.closed == ()

    def test_verifies_without_the_private_parts(self) -> None:
        data, _ = self.vector()
        found = exported.verify(exported.write(data, {}))
        assert found.closed == ("actor", "private")

    def test_tells_an_altered_private_part(self) -> None:
        data, parts = self.vector()
        salt, body = parts["actor"]
        parts["actor"] = (salt, body.replace(b"Asha", b"Cole"))
        with pytest.raises(exported.DoesNotVerify, match="committed"):
            exported.verify(exported.write(data, parts))

    def test_tells_a_salt_of_another_length(self) -> None:
        data, parts = self.vector()
        salt, body = parts["actor"]
        parts["actor"] = (salt[1:], salt[:1] + body)
        with pytest.raises(exported.DoesNotVerify, match="committed"):
            exported.verify(exported.write(data, parts))

    @pytest.mark.parametrize("private", [b"x", b'{"a": 1}', b"[" * 100_000, b"\xff"])
    def test_refuses_a_part_that_nobody_here_wrote(self, private: bytes) -> None:
        data, _ = self.vector()
        salt = bytes(32)
        forged = from_bytes(data)._replace(private_commitment=commitment(salt, private))
        with pytest.raises(exported.DoesNotVerify, match="canonical"):
            exported.verify(exported.write(forged.to_bytes(), {"private": (salt, private)}))

    def test_tells_an_altered_entry(self) -> None:
        text = json.loads(exported.write(*self.vector()))
        data = base64.b64decode(text["entry"]).replace(b"people.skill", b"people.shell")
        text["entry"] = base64.b64encode(data).decode()
        with pytest.raises(exported.DoesNotVerify, match="leaf hash"):
            exported.verify(json.dumps(text))

    @pytest.mark.parametrize(
        "text", ["", "[]", "{}", "null", '{"format": "x", "parts": {}}', "[" * 100_000]
    )
    def test_refuses_another_file(self, text: str) -> None:
        with pytest.raises(exported.NotAnExport):
            exported.verify(text)
