"""A manifest may come from anybody: it is of the types that it should be, or it is none."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crossforce.evidence.rules import continuity, manifest
from crossforce.evidence.rules.continuity import Act, Step
from crossforce.evidence.rules.manifest import Kept, Manifest, NotAPack, Written
from crossforce.records.tests.factories import AT

SEALED = Step(1, Act.SEALED, "here", "PC 1234", AT + timedelta(minutes=1), seal="S1")
WHOLE = Manifest(
    record="an exhibit",
    holder="here",
    seized_at=AT,
    made_at=AT,
    marking="OFFICIAL",
    exhibit={"description": "Film"},
    files=[Kept("files/1-a", "a", 1, "0" * 64, "text/plain")],
    acts=[
        Written(
            "an act",
            replace(SEALED, digest=continuity.digest("an exhibit", SEALED)),
            "00",
            "00",
        )
    ],
    keys=["00"],
    names={"here": "Here"},
    redactions=[],
    cuts=[],
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda each: st.lists(each, max_size=2) | st.dictionaries(st.text(), each, max_size=2),
    max_leaves=4,
)


def places(said: Any, *before: Any) -> Iterator[tuple[Any, ...]]:
    rows: Any = ()
    if isinstance(said, dict | list):
        rows = said.items() if isinstance(said, dict) else enumerate(said)
    for name, value in rows:
        yield (*before, name)
        yield from places(value, *before, name)


def changed(place: tuple[Any, ...], value: Any) -> bytes:
    body: Any = json.loads(WHOLE.to_bytes())
    into = body
    for name in place[:-1]:
        into = into[name]
    into[place[-1]] = value
    return json.dumps(body).encode()


def test_what_is_written_is_read() -> None:
    found, _ = manifest.read(WHOLE.to_bytes())
    assert found == WHOLE
    assert [each.why for each in found.breaks()] == ["Its signature does not verify."]


PLACES = list(places(json.loads(WHOLE.to_bytes())))


@given(st.sampled_from(PLACES), JSON)
@example(("continuity", 0, "happened_at"), "2026-11-21T10:00:00")
@example(("continuity", 0, "number"), "1")
@example(("continuity", 0, "office"), "\ud800")
@example(("names",), [])
def test_whatever_stands_in_it_it_is_judged_or_refused(
    place: tuple[Any, ...], value: Any
) -> None:
    try:
        found, _ = manifest.read(changed(place, value))
    except NotAPack:
        return
    of = {each.step.number for each in found.acts}
    assert {each.number for each in found.breaks()} <= of
    assert manifest.read(found.to_bytes())[0] == found


@pytest.mark.parametrize("said", [b"", b"\xff", b"[]", b"[" * 9_999, b'{"format": 1}'])
def test_what_is_none_is_refused(said: bytes) -> None:
    with pytest.raises(NotAPack, match=r"proof\.json is not in the format"):
        manifest.read(said)
