"""Records linked as they come, change and go stand in the clusters that linking all at once gives."""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossforce.nominals.linkage import Decision, Model, Standing, UnusableTable, link, records
from crossforce.nominals.linkage.columns import Column, Role
from crossforce.nominals.linkage.tests.people import COLUMNS, table

ALL = table(160, seed=11)
HELD = 90


def rows(numbers: list[int], version: int = 0) -> dict[str, list[Any]]:
    """Those records; a later version of one has the values of another beside its own id."""
    length = len(ALL["id"])
    said = {
        name: [column[(n + version) % length] for n in numbers] for name, column in ALL.items()
    }
    return said | {"id": [ALL["id"][n] for n in numbers]}


def standing(learnt: Model) -> Standing:
    return Standing(records(rows(list(range(HELD))), COLUMNS, ids="id"), learnt)


def at_once(
    learnt: Model, state: dict[int, int], decided: list[Decision]
) -> frozenset[frozenset[str]]:
    tables = [rows([n], version) for n, version in sorted(state.items(), reverse=True)]
    whole = {name: [each[name][0] for each in tables] for name in ALL}
    return link(records(whole, COLUMNS, ids="id"), learnt, decided).clusters


CHANGES = st.lists(
    st.tuples(st.sampled_from(["come", "come", "go", "same", "different"]),
              st.integers(0, len(ALL["id"]) - 1), st.sampled_from([0, 0, 1, 2])),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(CHANGES)
def test_one_by_one_gives_what_all_at_once_gives(
    learnt: Model, changes: list[tuple[str, int, int]]
) -> None:
    kept = standing(learnt)
    state, decided = lived(kept, changes)
    if state:
        assert kept.clusters == at_once(learnt, state, list(decided.values()))


def lived(
    kept: Standing, changes: list[tuple[str, int, int]]
) -> tuple[dict[int, int], dict[frozenset[str], Decision]]:
    """The records that are there after these changes, each in its version; and what was decided."""
    state, decided = dict.fromkeys(range(HELD), 0), {}
    for what, number, version in changes:
        id_, other = ALL["id"][number], ALL["id"][(number + 1) % HELD]
        if what == "come":
            kept.apply(rows([number], version), ids="id")
            state[number] = version
        elif what == "go":
            kept.apply(rows([]), ids="id", gone=[id_])
            state.pop(number, None)
        elif id_ != other:
            decided[frozenset((id_, other))] = Decision(id_, other, same=what == "same")
            kept.decide(decided[frozenset((id_, other))])
    return state, decided


UNLINKED = st.lists(
    st.tuples(st.sampled_from(["different", "same", "withdraw", "go"]), st.integers(0, 500)),
    min_size=1, max_size=6,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(CHANGES, UNLINKED, st.randoms())
def test_what_is_unlinked_and_linked_again_is_as_before(
    learnt: Model,
    changes: list[tuple[str, int, int]],
    acts: list[tuple[str, int]],
    chance: Random,
) -> None:
    kept = standing(learnt)
    state, decided = lived(kept, changes)
    before, said = kept.clusters, set(kept.decisions)
    linked = sorted(
        {*map(frozenset, decided), *(frozenset(each[:2]) for each in kept.pairs())}, key=sorted
    )
    gone, undone = set[int](), set[frozenset[str]]()
    for what, number in acts:
        one, other = sorted(linked[number % len(linked)])
        if what == "go" and (place := ALL["id"].index(one)) in state:
            kept.apply(rows([]), ids="id", gone=[one])
            gone.add(place)
            continue
        undone.add(frozenset((one, other)))
        if what in ("different", "same"):
            kept.decide(Decision(one, other, same=what == "same"))
            assert (other in kept.mates(one)) <= (what == "same")
        else:
            kept.withdraw(one, other)
    again: list[int | frozenset[str]] = [*gone, *undone]
    chance.shuffle(again)
    for each in again:
        if isinstance(each, int):
            kept.apply(rows([each], state[each]), ids="id")
        elif each in decided:
            kept.decide(decided[each])
        else:
            kept.withdraw(*each)
    assert kept.clusters == before
    assert set(kept.decisions) == said


def test_many_at_once_are_as_one_by_one(learnt: Model) -> None:
    together, single = standing(learnt), standing(learnt)
    new = list(range(HELD, len(ALL["id"])))
    together.apply(rows(new), ids="id", gone=["r3", "r4"])
    for number in new:
        single.apply(rows([number]), ids="id")
    single.apply(rows([]), ids="id", gone=["r4", "r3"])
    assert together.clusters == single.clusters
    assert len(together.clusters) > 30


def test_a_new_record_is_told_its_cluster(learnt: Model) -> None:
    kept = standing(learnt)
    cluster = sorted(next(iter(kept.clusters)))
    number = ALL["id"].index(cluster[0])
    copy = {name: [column[number]] for name, column in ALL.items()} | {"id": ["new"]}
    touched = kept.apply(copy, ids="id")
    assert any({"new", *cluster} <= each for each in touched)
    assert kept.mates("new") >= {"new", *cluster}


def test_what_is_decided_and_withdrawn_leaves_no_trace(learnt: Model) -> None:
    kept = standing(learnt)
    before = kept.clusters
    one, other = sorted(next(iter(before)))[:2]
    kept.decide(Decision(one, other, same=False))
    assert other not in kept.mates(one)
    kept.withdraw(one, other)
    assert kept.clusters == before


def test_what_is_gone_is_in_no_cluster(learnt: Model) -> None:
    kept = standing(learnt)
    one = sorted(next(iter(kept.clusters)))[0]
    kept.apply(rows([]), ids="id", gone=[one])
    assert not any(one in each for each in kept.clusters)
    assert kept.mates(one) == frozenset()


def test_refuses_a_record_given_twice(learnt: Model) -> None:
    with pytest.raises(UnusableTable, match="more than once"):
        standing(learnt).apply(rows([1, 1]), ids="id")


def test_refuses_two_files_that_are_only_linked_with_each_other(learnt: Model) -> None:
    two = records(
        {"id": [1], "f": ["a"], "n": ["x"]}, [Column("n", Role.FORENAME)], ids="id", files="f"
    )
    with pytest.raises(UnusableTable, match="may all be one person"):
        Standing(two, learnt)
