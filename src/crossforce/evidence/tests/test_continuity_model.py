"""Continuity of any sequence of acts equals an independent model: each act is judged by what stands before it, and by no running state."""

from collections.abc import Sequence
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from crossforce.evidence.rules import continuity
from crossforce.evidence.rules.continuity import Act, Step
from crossforce.evidence.tests.test_continuity import SEIZED, SIDES, breaks, chained, step

MOVES: Final = {Act.RELEASED, Act.RECEIVED, Act.LOST}

SEALS: Final = ("", "A1", "A2")


@st.composite
def acts(draw: st.DrawFn) -> list[Step]:
    """Anything that anybody may write down, right or wrong: most go on from where it is."""
    made: list[Step] = []
    for _ in range(draw(st.integers(1, 14))):
        act = draw(st.sampled_from([*Act, Act.RELEASED, Act.RECEIVED, Act.STORED]))
        last = next((each for each in reversed(made) if each.act in MOVES), None)
        likely = last.other if last and last.act == Act.RELEASED else ""
        likely = likely or (last.organisation if last else SEIZED.holder)
        side = draw(st.sampled_from([likely, likely, likely, *SIDES]))
        sealed = next((each.seal for each in reversed(made) if each.seal), "A1")
        seal = draw(st.sampled_from([sealed, sealed, *SEALS]))
        has_seal = act in {Act.SEALED, Act.OPENED, Act.RECEIVED}
        other = draw(st.sampled_from(SIDES)) if act in {Act.RELEASED, Act.RECEIVED} else ""
        made.append(step(act, side, other=other, seal=seal if has_seal else ""))
    return chained(made)


def is_broken(before: Sequence[Step], new: Step) -> bool:
    """Whether it could not be done by whoever is said to have done it, as things then stood."""
    if new.act in continuity.OF_A_COPY:
        return False
    if new.act == Act.LOST or any(each.act in continuity.LAST for each in before):
        return True
    return not _has_it(before, new) or not _fits_seal(before, new)


def _has_it(before: Sequence[Step], new: Step) -> bool:
    moves = [each for each in before if each.act in MOVES]
    if new.act == Act.RECEIVED:
        return bool(moves) and (moves[-1].act, moves[-1].other) == (
            Act.RELEASED,
            new.organisation,
        )
    if not moves:
        return new.organisation == SEIZED.holder
    return (moves[-1].act, moves[-1].organisation) == (Act.RECEIVED, new.organisation)


def _fits_seal(before: Sequence[Step], new: Step) -> bool:
    told = [
        each
        for each in before
        if each.act in {Act.SEALED, Act.OPENED} or (each.act == Act.RECEIVED and each.seal)
    ]
    on = told[-1].seal if told and told[-1].act != Act.OPENED else ""
    if new.act in {Act.SEALED, Act.EXAMINED}:
        return not on
    if new.act in {Act.OPENED, Act.RECEIVED}:
        return new.seal == on
    return True


@settings(max_examples=150)
@given(acts())
def test_a_break_is_told_where_the_model_has_one_and_nowhere_else(steps: list[Step]) -> None:
    wanted = {new.number for number, new in enumerate(steps) if is_broken(steps[:number], new)}
    assert {each.number for each in breaks(steps)} == wanted


@settings(max_examples=60)
@given(acts(), st.data())
def test_whatever_is_cut_out_of_what_was_written_is_missed(
    steps: list[Step], data: st.DataObject
) -> None:
    gone = data.draw(st.sets(st.integers(1, len(steps)), min_size=1))
    written = [(each.number, str(each.number)) for each in steps]
    there = {each.number: str(each.number) for each in steps if each.number not in gone}
    assert {each.number for each in continuity.missed(there, written)} == gone
    assert continuity.missed(dict(written), [*written, *written]) == []
