"""Records of one person are linked; who says otherwise is heard; the order plays no part."""

from collections import Counter
from dataclasses import replace
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossforce.nominals.linkage import Decision, Model, Records, explain, learn, link, records
from crossforce.nominals.linkage.clusters import GRAIN, components, held, split
from crossforce.nominals.linkage.columns import words_of
from crossforce.nominals.linkage.explaining import Verdict
from crossforce.nominals.linkage.scoring import linked, scorer
from crossforce.nominals.linkage.splinking import predicted
from crossforce.nominals.linkage.tests.people import COLUMNS, people, table

FEW = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=60)


def pairs(number: int, labels: list[int]) -> set[tuple[int, int]]:
    return {(a, b) for a, b in combinations(range(number), 2) if labels[a] == labels[b]}


def test_most_records_of_a_person_are_found(recorded: Records, learnt: Model) -> None:
    people_of = table(500)["person"]
    true = pairs(len(people_of), people_of)
    found = pairs(len(people_of), link(recorded, learnt).labels.tolist())
    assert len(found & true) / len(found) > 0.98
    assert len(found & true) / len(true) > 0.98


def of_families(learnt: Model) -> Model:
    """The model as it is learnt where families share a surname, and one postcode is one street."""
    surname, postcode, address = 1, 3, 4
    nowhere: tuple[int, ...] = ()
    m, u = list(learnt.m), list(learnt.u)
    m[surname], u[surname] = (
        3 * m[surname],
        (*u[surname], *(0.2,) * 5, *(0.1, 0.1, 0.1, 0.1, 0.6)),
    )
    m[address], u[address] = 2 * m[address], (*u[address], 0.3, 0.4, 0.3, *u[address][3:])
    shared = (nowhere, (address, postcode), nowhere, nowhere, (postcode,), nowhere)
    follows = (nowhere, nowhere, nowhere, (address,), nowhere, nowhere)
    return replace(learnt, m=tuple(m), u=tuple(u), shared=shared, follows=follows)


@pytest.mark.parametrize("families", [False, True])
def test_weighs_as_splink_does(recorded: Records, learnt: Model, families: bool) -> None:
    model = of_families(learnt) if families else learnt
    ours, theirs = linked(recorded, model, -8.0), predicted(recorded, model, -8.0)
    one, other = (
        dict(zip(zip(each.left, each.right, strict=True), each.weight, strict=True))
        for each in (ours, theirs)
    )
    assert one.keys() == other.keys()
    assert len(one) > 200
    assert max(abs(one[pair] - other[pair]) for pair in one) < 1e-6


@given(FEW)
def test_what_hangs_together_is_what_networkx_says(edges: list[tuple[int, int]]) -> None:
    graph = nx.Graph(edges)
    graph.add_nodes_from(range(31))
    labels = components(31, [a for a, _ in edges], [b for _, b in edges]).tolist()
    theirs = {frozenset(each) for each in nx.connected_components(graph)}
    assert {
        frozenset(np.flatnonzero(np.array(labels) == n).tolist()) for n in set(labels)
    } == theirs


@settings(max_examples=15)
@given(st.permutations(range(120)))
def test_the_order_of_the_records_plays_no_part(learnt: Model, order: list[int]) -> None:
    given_ = table(500)
    plain = {name: column[:120] for name, column in given_.items()}
    turned = {name: [column[row] for row in order] for name, column in plain.items()}
    found = [
        link(records(each, COLUMNS, ids="id"), learnt).clusters for each in (plain, turned)
    ]
    assert found[0] == found[1]


def test_a_weight_is_the_same_both_ways(recorded: Records, learnt: Model) -> None:
    ready = scorer(recorded, learnt)
    chance = np.random.default_rng(3)
    left, right = chance.integers(0, len(recorded), (2, 2_000))
    assert (ready.weigh(left, right).weight == ready.weigh(right, left).weight).all()


def test_an_explanation_adds_up_to_the_weight(recorded: Records, learnt: Model) -> None:
    edges = linked(recorded, learnt, -8.0)
    for at in range(0, len(edges), 37):
        told = explain(learnt, recorded, int(edges.left[at]), int(edges.right[at]))
        assert abs(told.weight - edges.weight[at]) < 1e-9
        assert abs(sum(step.bits for step in told.steps) - told.weight) < 1e-9
        assert len(told.steps) == len(COLUMNS) + 1


def test_an_explanation_speaks_of_every_column(learnt: Model) -> None:
    told = explain(learnt, _two("Alan", "Penford", "Penford", "Alan"), 0, 1)
    words = " ".join(step.words for step in told.steps)
    assert "forename: forename and surname the wrong way round" in words
    assert "surname: follows from what is compared elsewhere" in words
    assert "postcode: not said in both" in words
    assert told.verdict in Verdict


@pytest.mark.parametrize(
    ("names", "level"),
    [
        (("Robert", "Penford", "Bob", "Penford"), "short form"),
        (("Alan", "Penford", "Pennford", "Allan"), "the wrong way round, and alike"),
        (("Alan", "Penford", "Mary", "Penford"), "different"),
    ],
)
def test_tells_how_forenames_agree(learnt: Model, names: tuple[str, ...], level: str) -> None:
    forename = explain(learnt, _two(*names), 0, 1).steps[1]
    assert level in forename.level


def test_a_family_of_one_address_tells_less_by_its_surname(learnt: Model) -> None:
    model, two = of_families(learnt), _two("Alan", "Penford", "Mary", "Penford")
    at_one = replace(two, codes=two.codes.copy())
    at_one.codes[0, 3] = at_one.codes[1, 3]
    surname = [explain(model, each, 0, 1).steps[2] for each in (two, at_one)]
    assert surname[1].level == "the same, where postcode is the same"
    assert surname[1].bits < surname[0].bits


def _two(*names: str) -> Records:
    rows = {
        "id": ["a", "b"],
        "forename": names[::2],
        "surname": names[1::2],
        "born": ["1970-01-02", "1970-01-02"],
        "postcode": [None, "BS1 1AA"],
        "address": [None, None],
        "telephone": ["07111222333", "07111222333"],
    }
    return records({name: list(column) for name, column in rows.items()}, COLUMNS, ids="id")


def test_people_who_decide_are_heard(recorded: Records, learnt: Model) -> None:
    before = link(recorded, learnt)
    one = next(iter(sorted(map(sorted, before.clusters))))
    apart = link(recorded, learnt, [Decision(one[0], one[1], same=False)])
    assert not any({one[0], one[1]} <= each for each in apart.clusters)
    strangers = Decision(one[0], "r499", same=True)
    together = link(recorded, learnt, [strangers])
    assert any({one[0], "r499"} <= each for each in together.clusters)


def test_unlinked_and_linked_again_is_as_before(recorded: Records, learnt: Model) -> None:
    before = link(recorded, learnt).clusters
    for cluster in sorted(map(sorted, before))[:3]:
        unlinked = [Decision(cluster[0], cluster[1], same=False)]
        assert link(recorded, learnt, unlinked).clusters != before
        assert link(recorded, learnt, ()).clusters == before


def test_conflicting_evidence_splits_a_cluster() -> None:
    """A record that mixes two people up hangs together with both; it stays with the nearer."""
    bits = np.array([9, -30, 5]) * GRAIN
    labels, places = np.zeros(3, np.int64), np.arange(3, dtype=np.uint64)
    split(labels, np.arange(3), np.array([[0, 3]]), bits, places)
    assert labels.tolist() == [0, 0, 2]


def test_evidence_that_outweighs_a_conflict_does_not() -> None:
    bits = np.array([9, -30, 12]) * GRAIN
    labels, places = np.zeros(3, np.int64), np.arange(3, dtype=np.uint64)
    split(labels, np.arange(3), np.array([[0, 3]]), bits, places)
    assert labels.tolist() == [0, 0, 0]


def test_a_heap_too_large_for_a_person_comes_apart() -> None:
    """Two people of 600 records each, whom one weak link makes a heap."""
    left = [*range(599), *range(600, 1199), 0]
    right = [*range(1, 600), *range(601, 1200), 1199]
    weights = np.array([20.0] * 1198 + [1.0])
    labels = held(1200, np.array(left), np.array(right), weights, 0.0)
    assert sorted(set(labels.tolist())) == [0, 600]


def test_records_of_one_file_are_never_compared(learnt: Model) -> None:
    two = _two("Alan", "Penford", "Alan", "Penford")
    assert len(link(two, learnt).edges) == 1
    assert len(link(replace(two, files=np.zeros(2, np.int32)), learnt).edges) == 0


def test_a_value_is_as_common_as_it_was_seen(recorded: Records, learnt: Model) -> None:
    said = [each for each in table(500)["forename"] if each]
    seen = Counter(each.lower() for each in said)
    shares = learnt.common[0].of(recorded.words[0])
    told = dict(zip(recorded.words[0].values.to_pylist(), shares.tolist(), strict=True))
    assert {each: told[each] for each in seen} == {
        each: pytest.approx(times / len(said)) for each, times in seen.items()
    }


def test_a_value_never_seen_counts_as_rare_as_any(learnt: Model) -> None:
    common = learnt.common[0]
    assert common.of(words_of(["neverseen"]))[0] == common.rarest < common.shares.min()


def test_the_same_model_is_learnt_of_the_same_records(learnt: Model) -> None:
    again = learn(people(500))
    assert (again.m, again.u, again.prior, again.rules) == (
        learnt.m,
        learnt.u,
        learnt.prior,
        learnt.rules,
    )
