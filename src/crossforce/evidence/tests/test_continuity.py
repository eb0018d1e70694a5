"""Continuity is without a gap, or its break is named at the entry where it is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossforce.evidence.rules import continuity
from crossforce.evidence.rules.continuity import Act, Custody, Step

AT: Final = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
SEIZED: Final = Custody("wiltshire", AT)
SIDES: Final = ("wiltshire", "gloucestershire", "forensic-service-providers")
EXHIBIT: Final = "01a2089c-e382-7d40-9a1f-17a0b99d74cd"


def chained(steps: Sequence[Step]) -> list[Step]:
    """The same, each following the one before it."""
    made: list[Step] = []
    for number, step in enumerate(steps, 1):
        previous = made[-1].digest if made else ""
        at = AT + timedelta(hours=number)
        new = replace(step, number=number, previous=previous, happened_at=at, digest="")
        made.append(replace(new, digest=continuity.digest(EXHIBIT, new)))
    return made


def step(act: Act, side: str = "wiltshire", **more: Any) -> Step:
    return Step(0, act, side, f"Store of {side}", AT, **more)


def breaks(steps: Sequence[Step]) -> list[continuity.Break]:
    return continuity.breaks(EXHIBIT, SEIZED, steps)


@st.composite
def walks(draw: st.DrawFn) -> list[Step]:
    """What may be done with an exhibit, each act where it can be done."""
    holder, seal, made = "wiltshire", "", []
    for number in range(draw(st.integers(2, 12))):
        can = ["transfer", "store", "open" if seal else "seal"]
        match draw(st.sampled_from(can)):
            case "transfer":
                to = draw(st.sampled_from(SIDES))
                made.append(step(Act.RELEASED, holder, other=to))
                made.append(step(Act.RECEIVED, to, other=holder, seal=seal))
                holder = to
            case "store":
                made.append(step(Act.STORED, holder, place=f"Shelf {number}"))
            case "seal":
                seal = f"A{number}"
                made.append(step(Act.SEALED, holder, seal=seal))
            case _:
                made.append(step(Act.OPENED, holder, seal=seal))
                seal = ""
    return chained(made)


@settings(max_examples=40)
@given(walks(), st.data())
def test_what_was_done_rightly_has_no_gap_and_what_is_taken_out_is_missed(
    steps: list[Step], data: st.DataObject
) -> None:
    assert breaks(steps) == []
    gone = data.draw(st.integers(0, len(steps) - 2))
    found = breaks(steps[:gone] + steps[gone + 1 :])
    assert (gone + 2, f"Entry {gone + 1} is missing.") in {(b.number, b.why) for b in found}
    changed = data.draw(st.integers(0, len(steps) - 1))
    forged = list(steps)
    forged[changed] = replace(steps[changed], office="Somebody else")
    assert [each.number for each in breaks(forged)] == [changed + 1]


@settings(max_examples=40)
@given(walks(), st.data())
def test_whoever_had_it_not_is_named(steps: list[Step], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(steps) - 1))
    another = next(each for each in SIDES if each != steps[at].organisation)
    forged = chained([*steps[:at], replace(steps[at], organisation=another), *steps[at + 1 :]])
    assert at + 1 in {each.number for each in breaks(forged)}


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        (
            [step(Act.RECEIVED, "gloucestershire")],
            "wiltshire had it, and released it to nobody.",
        ),
        (
            [step(Act.RELEASED, other="dorset"), step(Act.STORED)],
            "It was on its way to dorset, and nobody had received it.",
        ),
        (
            [step(Act.RELEASED, other="dorset"), step(Act.RECEIVED, "gwent")],
            "It was released to dorset, and received by gwent.",
        ),
        (
            [step(Act.SEALED, seal="A1"), step(Act.OPENED, seal="A2")],
            "The seal A2 was broken, and A1 was on it.",
        ),
        (
            [step(Act.SEALED, seal="A1"), step(Act.EXAMINED)],
            "It was examined with the seal A1 on it.",
        ),
        (
            [
                step(Act.SEALED, seal="A1"),
                step(Act.RELEASED, other="dorset"),
                step(Act.RECEIVED, "dorset", seal="A7"),
            ],
            "It came with the seal A7, and left with A1.",
        ),
        ([step(Act.LOST, note="Flooded.")], "It was lost: Flooded."),
        ([step(Act.DESTROYED), step(Act.STORED)], "It was destroyed before."),
    ],
)
def test_a_break_says_what_it_is(steps: list[Step], why: str) -> None:
    assert [each.why for each in breaks(chained(steps))] == [why]


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (step(Act.SEALED), "number of the seal"),
        (step(Act.SEALED, seal="A1"), "used before"),
        (step(Act.RELEASED), "to whom"),
        (step(Act.LOST), "seen last"),
        (replace(step(Act.STORED), happened_at=AT - timedelta(days=1)), "later is written"),
        (replace(step(Act.STORED), happened_at=AT + timedelta(days=9)), "not happened yet"),
    ],
)
def test_what_cannot_be_is_not_written_down(new: Step, told: str) -> None:
    before = [step(Act.SEALED, seal="A1")]
    now = AT + timedelta(days=1)
    refused = continuity.refusal(SEIZED, before, new, now)
    assert refused
    assert told in refused.why


def test_no_field_runs_into_the_next() -> None:
    one = step(Act.STORED, place="a", note="bc")
    other = step(Act.STORED, place="ab", note="c")
    assert continuity.digest(EXHIBIT, one) != continuity.digest(EXHIBIT, other)
