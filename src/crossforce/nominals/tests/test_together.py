"""Records that are confirmed to be of one person, against another's way of finding what hangs together."""

from random import Random
from uuid import UUID

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.nominals.choices import Act, Judged
from crossforce.nominals.rules.matching import Stands, following, refusal
from crossforce.nominals.rules.together import group

KEYS = [UUID(int=n) for n in range(1, 9)]
EDGES = st.lists(
    st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS), st.floats(0, 20)).filter(
        lambda edge: edge[0] != edge[1]
    ),
    max_size=12,
)


class TestGroup:
    @given(EDGES)
    def test_is_what_hangs_together(self, edges: list[tuple[UUID, UUID, float]]) -> None:
        graph = networkx.Graph([edge[:2] for edge in edges])
        graph.add_nodes_from(KEYS)
        for key in KEYS:
            found = group(key, edges, [])
            assert found.members == networkx.node_connected_component(graph, key)
            assert not found.apart

    @given(EDGES, EDGES, st.randoms())
    def test_two_that_are_said_to_differ_are_never_in_one_whatever_the_order(
        self,
        edges: list[tuple[UUID, UUID, float]],
        others: list[tuple[UUID, UUID, float]],
        chance: Random,
    ) -> None:
        different = [other[:2] for other in others]
        found = {key: group(key, edges, different) for key in KEYS}
        for one, other in different:
            assert other not in found[one].members
        for key, each in found.items():
            assert all(found[mate].members == each.members for mate in each.members)
            turned = [(other, one, weight) for one, other, weight in edges]
            chance.shuffle(turned)
            assert group(key, turned, reversed(different)) == each

    def test_says_who_is_said_to_differ(self) -> None:
        one, two, three = KEYS[:3]
        same = [(one, two, 9.0), (two, three, 5.0)]
        found = group(one, same, [(three, one)])
        assert found.members == {one, two}
        assert list(found.apart) == [(one, three)]
        assert group(three, same, [(three, one)]).members == {three}
        assert not group(one, same, [(one, KEYS[5])]).apart


class TestFollowing:
    @pytest.mark.parametrize(
        ("act", "before", "is_two", "state"),
        [
            (Act.CONFIRM, Stands(), False, Judged.CONFIRMED),
            (Act.CONFIRM, Stands(), True, Judged.PROPOSED),
            (Act.CONFIRM, Stands(Judged.PROPOSED, "staff:1"), True, Judged.CONFIRMED),
            (Act.CONFIRM, Stands(Judged.WITHDRAWN), True, Judged.PROPOSED),
            (Act.REFUSE, Stands(Judged.PROPOSED, "staff:1"), True, Judged.REFUSED),
            (Act.LEAVE, Stands(Judged.PROPOSED, "staff:1"), True, Judged.PROPOSED),
            (Act.WITHDRAW, Stands(Judged.REFUSED), True, Judged.WITHDRAWN),
        ],
    )
    def test_what_follows(self, act: Act, before: Stands, is_two: bool, state: Judged) -> None:
        assert not refusal(act, before, reason="x", by={"staff:2"}, is_two=is_two)
        assert following(act, before, is_two=is_two).state == state

    @pytest.mark.parametrize(
        ("act", "before"),
        [
            (Act.CONFIRM, Stands(Judged.PROPOSED, "staff:2")),
            (Act.CONFIRM, Stands(Judged.REFUSED)),
            (Act.LEAVE, Stands(Judged.CONFIRMED)),
            (Act.WITHDRAW, Stands(Judged.PROPOSED)),
            (Act.WITHDRAW, Stands()),
        ],
    )
    def test_what_is_refused(self, act: Act, before: Stands) -> None:
        assert refusal(act, before, reason="x", by={"staff:1", "staff:2"}, is_two=True)
