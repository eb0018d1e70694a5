"""Records that say several things of a kind: any of them brings two together, the nearest are weighed, and chance is taken off."""

from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossforce.nominals.linkage import (
    Column,
    Kept,
    Model,
    Records,
    Role,
    Standing,
    begin,
    explain,
    keyed,
    learn,
    link,
    pairing,
    records,
)
from crossforce.nominals.linkage.columns import bundles
from crossforce.nominals.linkage.meeting import Meeting
from crossforce.nominals.linkage.scoring import linked, scorer
from crossforce.nominals.linkage.splinking import predicted
from crossforce.nominals.linkage.tests.people import COLUMNS, table
from crossforce.nominals.linkage.tests.test_linking import of_families

PARTLY = tuple(
    replace(each, role=Role.BIRTH) if each.name == "born" else each for each in COLUMNS
)
NAMES = ("id", *(each.name for each in COLUMNS))
BUNDLES = (("forename", "surname"), ("born",), ("postcode", "address"), ("telephone",))
ALL = table(120, seed=11)
KNOWN = {0: slice(None), 1: slice(0, 7), 2: slice(0, 4)}
Rows = dict[str, list[Any]]


def rows(numbers: list[int], version: int = 0) -> Rows:
    """Those records; a later version says of birth only the month, or the year."""
    found = {name: [ALL[name][n] for n in numbers] for name in NAMES}
    return found | {"born": [each and each[KNOWN[version]] for each in found["born"]]}


def also(numbers: list[int], version: int = 0) -> Rows:
    """What they say besides: what some other record says of a bundle, more of it the later the version."""
    found: Rows = {name: [] for name in NAMES}
    for n, (at, bundle) in product(numbers, enumerate(BUNDLES)):
        for turn in range((n + at) % 3 if version else (n + at) % 2):
            other = (n * 7 + at * 3 + turn * 5 + 1) % len(ALL["id"])
            said = {name: ALL[name][other] for name in bundle} | {"id": ALL["id"][n]}
            for name in NAMES:
                found[name].append(said.get(name))
    return found


@pytest.fixture(scope="session")
def model() -> Model:
    return of_families(learn(records(table(500), PARTLY, ids="id")))


@pytest.fixture(scope="session")
def many() -> Records:
    numbers = list(range(len(ALL["id"])))
    return records(rows(numbers), PARTLY, ids="id", also=also(numbers, 1))


def pair(
    one: dict[str, str], other: dict[str, str], *besides: tuple[str, dict[str, str]]
) -> Records:
    given_ = [{"id": "a", **one}, {"id": "b", **other}]
    more = [{"id": key, **said} for key, said in besides]
    tables = [
        {name: [row.get(name) for row in each] for name in NAMES} for each in (given_, more)
    ]
    return records(tables[0], PARTLY, ids="id", also=tables[1] if more else None)


ALAN = {
    "forename": "Alan",
    "surname": "Penford",
    "born": "1970-01-02",
    "telephone": "07111222333",
}
ALIAS = {"forename": "Gwen", "surname": "Hurstmor", "born": "1970-01-02"}


@pytest.mark.parametrize(
    ("one", "other", "besides"),
    [
        (ALAN, ALIAS, ("b", {"forename": "Alan", "surname": "Penford"})),
        (
            {
                "forename": "Alan",
                "surname": "Penford",
                "postcode": "BS1 1AA",
                "address": "1 Mor Road",
            },
            {
                "forename": "Alan",
                "surname": "Penford",
                "postcode": "BS9 9FF",
                "address": "7 Kel Road",
            },
            ("a", {"postcode": "BS9 9FF", "address": "7 Kel Road"}),
        ),
        (ALAN, {**ALAN, "born": "1991-07-30", "telephone": ""}, ("b", {"born": "1970-01-02"})),
        (
            ALAN,
            {**ALAN, "born": "", "telephone": "07999888777"},
            ("b", {"telephone": "07111222333"}),
        ),
    ],
    ids=["another name", "an address of before", "another day of birth", "another number"],
)
def test_are_one_person_by_what_one_says_besides(
    model: Model, one: Any, other: Any, besides: Any
) -> None:
    without = linked(pair(one, other), model, 0.0)
    found = linked(pair(one, other, besides), model, 0.0)
    assert (len(without), len(found)) == (0, 1)


@pytest.mark.parametrize(
    ("born", "level"),
    [
        ("1970", "the same year, as far"),
        ("1970-01", "the same year and month, as far"),
        ("1971", "different"),
    ],
)
def test_a_day_known_in_part_counts_as_far_as_it_is_known(
    model: Model, born: str, level: str
) -> None:
    whole = explain(model, pair(ALAN, ALAN), 0, 1).steps[3]
    told = explain(model, pair(ALAN, {**ALAN, "born": born}), 0, 1).steps[3]
    assert told.level.startswith(level)
    assert (told.bits > 0) is (level != "different")
    assert told.bits < whole.bits


def test_a_year_that_both_say_is_as_common_as_its_people(model: Model) -> None:
    """However few records say no more than the year."""
    years = {**ALAN, "born": "1970"}
    both, whole = (explain(model, pair(each, each), 0, 1).steps[3] for each in (years, ALAN))
    assert both.level == "the same"
    assert 3 < both.bits < whole.bits - 2


def test_says_among_how_many_the_nearest_was_found(model: Model) -> None:
    told = explain(
        model, pair(ALAN, ALIAS, ("b", {"forename": "Alan", "surname": "Penford"})), 0, 1
    )
    assert [each.right for each in told.steps[1:3]] == ["alan", "penford"]
    assert sum("of 2 ways" in each.words for each in told.steps) == 1
    plain = explain(model, pair(ALAN, {**ALAN, "telephone": ""}), 0, 1)
    assert told.weight == pytest.approx(plain.weight - 1)


def test_weighs_no_less_than_by_what_both_say_first(model: Model, many: Records) -> None:
    left, right = np.triu_indices(len(many), 1)
    first = scorer(replace(many, others=None), model).weigh(left, right).weight
    found = scorer(many, model).weigh(left, right).weight
    assert (found >= first - 1e-9).all()
    assert (found > first + 1).sum() > 100


def test_is_the_best_of_all_that_can_be_said(model: Model, many: Records) -> None:
    """Against every way to say both records, weighed one by one."""
    chance, ready = np.random.default_rng(3), scorer(many, model)
    left, right = chance.integers(0, len(many), (2, 150))
    left, right = left[left != right], right[left != right]
    found = ready.weigh(left, right).weight
    assert (found == ready.weigh(right, left).weight).all()
    floored = ready.weigh(left, right, 0.0)
    assert floored.weight.tolist() == found[found >= 0.0].tolist()
    for n, (a, b) in enumerate(zip(left, right, strict=True)):
        assert found[n] == pytest.approx(_by_hand(model, many, a, b))


def _by_hand(model: Model, many: Records, a: int, b: int) -> float:
    """The most that any way to say each bundle weighs, each other way less by chance, and none that speaks against."""
    others, of = many.others, bundles(many.columns)
    assert others is not None
    ways = []
    for bundle in range(int(of.max()) + 1):
        sides = [
            [
                -1,
                *(
                    at
                    for at in range(others.begin[row], others.begin[row + 1])
                    if others.bundle[at] == bundle
                ),
            ]
            for row in (a, b)
        ]
        ways.append(list(product(*sides)))
    where = int(of[3])
    best = -np.inf
    for home in ways[where]:
        total, chosen = 0.0, many.codes[[a, b]].copy()
        _say(chosen, others.codes, of, where, home)
        for bundle, each in enumerate(ways):
            given_ = [home] if bundle == where else each
            bits = [
                _bits(model, many, chosen, others.codes, of, bundle, way, len(each))
                for way in given_
            ]
            total += max((x for x in bits if x is not None), default=-np.inf)
        best = max(best, total)
    return model.start + best


def _bits(
    model: Model,
    many: Records,
    chosen: Any,
    others: Any,
    of: Any,
    bundle: int,
    way: Any,
    among: int,
) -> float | None:
    said = chosen.copy()
    _say(said, others, of, bundle, way)
    two = replace(many, ids=("a", "b"), codes=np.ascontiguousarray(said), others=None)
    steps = explain(model, two, 0, 1).steps[1:]
    bits = sum(step.bits for c, step in enumerate(steps) if of[c] == bundle)
    if way == (-1, -1):
        return bits
    bits -= np.log2(among)
    return bits if bits > 0 else None


def _say(codes: Any, others: Any, of: Any, bundle: int, way: Any) -> None:
    for side, at in enumerate(way):
        if at >= 0:
            codes[side, of == bundle] = others[at, of == bundle]


def test_an_explanation_adds_up_to_the_weight(model: Model, many: Records) -> None:
    edges = linked(many, model, -8.0)
    for at in range(0, len(edges), 11):
        told = explain(model, many, int(edges.left[at]), int(edges.right[at]))
        assert told.weight == pytest.approx(edges.weight[at])
        assert sum(step.bits for step in told.steps) == pytest.approx(told.weight)


def test_whole_days_and_parts_weigh_as_splink_does(model: Model) -> None:
    numbers = list(range(len(ALL["id"])))
    parts = [rows([n], n % 3) for n in numbers]
    some = records(
        {name: [each[name][0] for each in parts] for name in NAMES}, PARTLY, ids="id"
    )
    ours, theirs = linked(some, model, -8.0), predicted(some, model, -8.0)
    one, other = (
        dict(zip(zip(each.left, each.right, strict=True), each.weight, strict=True))
        for each in (ours, theirs)
    )
    assert one.keys() == other.keys()
    assert len(one) > 50
    assert max(abs(one[pair] - other[pair]) for pair in one) < 1e-6


CHANGES = st.lists(
    st.tuples(st.integers(0, len(ALL["id"]) - 1), st.sampled_from([0, 1, 2, None])),
    min_size=1, max_size=10,
)  # fmt: skip
HELD = list(range(70))


@settings(max_examples=10, deadline=None)
@given(CHANGES)
def test_one_by_one_gives_what_all_at_once_gives(
    model: Model, changes: list[tuple[int, int | None]]
) -> None:
    kept = Standing(records(rows(HELD), PARTLY, ids="id", also=also(HELD)), model)
    state: dict[int, int] = dict.fromkeys(HELD, 0)
    for number, version in changes:
        if version is None:
            kept.apply(rows([]), ids="id", gone=[ALL["id"][number]])
            state.pop(number, None)
        else:
            kept.apply(rows([number], version), ids="id", also=also([number], version))
            state[number] = version
    every = [(rows([n], v), also([n], v)) for n, v in sorted(state.items(), reverse=True)]
    tables = [
        {name: [cell for each in every for cell in each[side][name]] for name in NAMES}
        for side in (0, 1)
    ]
    whole = link(records(tables[0], PARTLY, ids="id", also=tables[1]), model)
    assert kept.clusters == whole.clusters
    assert sorted(w for *_, w in kept.pairs()) == pytest.approx(sorted(whole.edges.weight))


def test_is_kept_on_disk_with_all_that_is_said(model: Model, tmp_path: Path) -> None:
    kept = begin(tmp_path, records(rows(HELD), PARTLY, ids="id", also=also(HELD)), model)
    kept.apply(rows([99], 2), ids="id", also=also([99], 1))
    stood = sorted(kept.pairs())
    kept.merge()
    again = sorted(Kept(tmp_path).pairs())
    assert [each[:2] for each in again] == [each[:2] for each in stood]
    assert [w for *_, w in again] == pytest.approx([w for *_, w in stood])
    two = [each[:2] for each in again]
    assert [each.weight for each in Kept(tmp_path).explained(two)] == pytest.approx(
        [w for *_, w in again]
    )


def test_what_too_many_say_besides_brings_nobody_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Sixty who were in one prison; one of them lives there."""
    numbers = list(range(len(ALL["id"])))
    prison = {"postcode": "DT4 4DL", "address": "The Verne Prison"}
    inside = [{"id": ALL["id"][n], **prison} for n in numbers[:60]]
    first = rows(numbers)
    for name, said in prison.items():
        first[name][70] = said
    more = {name: [each.get(name) for each in inside] for name in NAMES}
    given_ = records(first, PARTLY, ids="id", also=more)
    alone = records(
        {name: [prison.get(name)] for name in NAMES} | {"id": ["new"]}, PARTLY, ids="id"
    )

    def crowd() -> int:
        model = learn(given_)
        matrix = np.column_stack(keyed.keys_of(given_, model))
        together = keyed.blocks_of(given_, model, matrix)
        largest = max(int(np.diff(bounds).max(initial=0)) for _, bounds in together)
        left, _ = Meeting(given_, model).add(alone, len(given_))
        assert len(left) in (0, largest)
        assert bool(len(left)) is (largest > 60)
        return largest

    assert crowd() == 61
    monkeypatch.setattr(keyed, "LARGEST_BLOCK", 60)
    assert crowd() < 40


@pytest.mark.parametrize("most", [1, 7, 100, 10**6])
def test_a_large_block_is_in_pieces_with_every_pair_once(most: int) -> None:
    bounds = np.array([[0, 3], [3, 43], [43, 45]])
    pieces = pairing.pieces(bounds, most)
    told = [
        (i, j)
        for each in pieces
        for b, *stop, e in each.tolist()
        for i in range(b, (stop or [e])[0])
        for j in range(i + 1, e)
    ]
    assert sorted(told) == [
        (i, j) for b, e in bounds for i in range(b, e) for j in range(i + 1, e)
    ]
    assert max(int(pairing.counted(each).sum()) for each in pieces) < most + 800


def test_what_is_said_twice_is_said_once() -> None:
    column = [Column("n", Role.SURNAME)]
    said = {"id": ["a", "a", "a", "b", "z"], "n": ["x", "y", "Y", None, "y"]}
    found = records({"id": ["a", "b"], "n": ["x", "q"]}, column, ids="id", also=said)
    assert found.others is not None
    assert found.others.begin.tolist() == [0, 1, 1]
