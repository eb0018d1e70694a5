"""Records that are confirmed to be of one person, against another's way of finding what hangs together."""

from random import Random
from uuid import UUID

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.nominals.choices import Act, Judged
from crossforce.nominals.rules.conflicts import Clash, clashes
from crossforce.nominals.rules.hanging import Hanging
from crossforce.nominals.rules.matching import Stands, following, refusal
from crossforce.nominals.rules.together import Group, group
from crossforce.nominals.tests.holding import statement

KEYS = [UUID(int=n) for n in range(1, 9)]
EDGES = st.lists(
    st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS), st.floats(0, 20)).filter(
        lambda edge: edge[0] != edge[1]
    ),
    max_size=12,
)


def felt_of(one: UUID, other: UUID) -> float:
    """Evidence of any two, for and against, in whole bits."""
    return float(one.int * other.int % 7 - 3)


MATCHED = st.lists(
    st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS), st.sampled_from(Act)).filter(
        lambda act: act[0] != act[1]
    ),
    max_size=16,
)
BACK: dict[Judged | None, Act] = {Judged.CONFIRMED: Act.CONFIRM, Judged.REFUSED: Act.REFUSE}
"""The act that brings back what was withdrawn."""


def _act(stands: dict[tuple[UUID, UUID], Stands], two: tuple[UUID, UUID], act: Act) -> None:
    """Somebody decides of two, where it may be decided."""
    now = stands.get(two, Stands())
    if not refusal(act, now, reason="x", by={"staff:1"}, is_two=False):
        stands[two] = Stands(following(act, now, is_two=False).state)


def _standing(stands: dict[tuple[UUID, UUID], Stands]) -> list[Group]:
    """Who is together with each by what was decided; most links weigh the same."""
    links = [(*two, 9.0) for two, each in stands.items() if each.state is Judged.CONFIRMED]
    apart = [two for two, each in stands.items() if each.state is Judged.REFUSED]
    return [group(key, links, apart, felt_of) for key in KEYS]


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
        found = {key: group(key, edges, different, felt_of) for key in KEYS}
        for one, other in different:
            assert other not in found[one].members
        for key, each in found.items():
            assert all(found[mate].members == each.members for mate in each.members)
            turned = [(other, one, weight) for one, other, weight in edges]
            chance.shuffle(turned)
            assert group(key, turned, reversed(different), felt_of) == each

    @given(MATCHED, st.randoms())
    def test_what_is_unlinked_and_linked_again_is_as_before(
        self, acts: list[tuple[UUID, UUID, Act]], chance: Random
    ) -> None:
        stands = dict[tuple[UUID, UUID], Stands]()
        for one, other, act in acts:
            _act(stands, (min(one, other), max(one, other)), act)
        before = _standing(stands)
        decided = [two for two, each in stands.items() if each.state in BACK]
        chance.shuffle(decided)
        for two in decided:
            back = BACK[stands[two].state]
            _act(stands, two, Act.WITHDRAW)
            _act(stands, two, back)
            stands[two] = stands.pop(two)
        assert _standing(stands) == before

    def test_evidence_added_up_splits_what_one_link_holds_together(self) -> None:
        one, *others, far = KEYS
        edges = [(one, each, 20.0) for each in others] + [(one, far, 9.0)]

        def felt(*two: UUID) -> float:
            return (9.0 if one in two else -2.0) if far in two else 20.0

        assert group(one, edges, []).members == set(KEYS)
        found = group(one, edges, [], felt)
        assert found.members == set(KEYS) - {far}
        assert list(found.cut) == [(one, far)]
        assert list(group(far, edges, [], felt).cut) == [(one, far)]

    def test_says_who_is_said_to_differ(self) -> None:
        one, two, three = KEYS[:3]
        same = [(one, two, 9.0), (two, three, 5.0)]
        found = group(one, same, [(three, one)])
        assert found.members == {one, two}
        assert list(found.apart) == [(one, three)]
        assert group(three, same, [(three, one)]).members == {three}
        assert not group(one, same, [(one, KEYS[5])]).apart


class TestClashes:
    @pytest.mark.parametrize(
        ("one", "other", "words"),
        [
            (["2001/0154257K"], ["81/154257C"], "PNC number 2001/0154257K, and 1981/0154257C"),
            (["2001/0154257K"], ["01/154257K"], ""),
            (["2001/0154257K", "1981/0154257C"], ["1981/0154257C"], ""),
            (["2001/0154257K"], ["1981/0154257D"], ""),
            (["2001/0154257K"], [], ""),
        ],
    )
    def test_are_of_numbers_that_one_person_has(
        self, one: list[str], other: list[str], words: str
    ) -> None:
        sides = {
            key: [statement("identifier", type="pnc", number=each) for each in numbers]
            for key, numbers in zip(KEYS, (one, other), strict=False)
        }
        assert "".join(each.words for each in clashes(sides, {"pnc"})) == words
        assert not clashes(sides, {"cro"})

    def test_a_small_file_is_none_of_two_people(self) -> None:
        small, whole = (
            statement("identifier", type="cro", number=number) | {"as_of": "2024-05-01"}
            for number in ("SF98/123456E", "265416/21G")
        )
        assert not clashes({KEYS[0]: [small], KEYS[1]: [whole]}, {"cro"})
        again = whole | {"value": {"type": "cro", "number": "265416/22N"}, "as_of": ""}
        (found,) = clashes({KEYS[0]: [small, whole], KEYS[1]: [again]}, {"cro"})
        assert found.words == "CRO number 265416/21G as of 2024-05-01, and 265416/22N"

    def test_of_what_is_no_fact_or_has_ended_are_not_sure(self) -> None:
        one, other = (
            statement("identifier", type="pnc", number=number)
            for number in ("2001/0154257K", "1981/0154257C")
        )
        for beside, words in (
            ({"asserted": "intelligence"}, " (intelligence)"),
            ({"to": "2020"}, " until 2020"),
        ):
            (found,) = clashes({KEYS[0]: [one], KEYS[1]: [other | beside]}, {"pnc"})
            assert not found.is_sure
            assert found.words.endswith(f"1981/0154257C{words}")
            (sure,) = clashes({KEYS[0]: [one], KEYS[1]: [other, other | beside]}, {"pnc"})
            assert sure.is_sure


class TestHanging:
    def test_one_pair_that_is_not_linked_undoes_no_proposal(self) -> None:
        one, two, three = KEYS[:3]
        links = {(one, two): 9.0, (two, three): 4.25}
        found = Hanging(one, {}, {}, links, links, read=frozenset(KEYS)).likely()
        assert found.members == {one, two, three}

    def test_whom_one_does_not_read_says_nothing_against(self) -> None:
        one, two, three, four = KEYS[:4]
        links = {(one, two): 9.0, (two, three): 7.0, (three, four): 9.0}
        for read, members in ((KEYS[:4], {one, two}), (KEYS[:3], set(KEYS[:4]))):
            found = Hanging(one, {}, {}, links, links, read=frozenset(read)).likely()
            assert found.members == members

    def test_why_two_are_said_to_differ_is_told_to_who_reads_both(self) -> None:
        key, one, other = KEYS[:3]
        links, said = {(key, one): 9.0, (key, other): 7.0}, {(one, other): "Twins."}
        for read, told in (([key, one, other], "Twins."), ([key, one], "")):
            each = Hanging(key, {}, said, links, links, read=frozenset(read))
            found = each.against(each.decided(), each.likely())
            assert "".join(against.why for against in found) == told

    def test_what_is_nearest_is_told_first(self) -> None:
        one, two, three, key = KEYS[:4]
        links = {(three, key): 9.0, (one, three): 8.0, (two, three): 7.0}
        among = [(one, two), (one, three), (one, key), (two, three)]
        clashes_ = {each: Clash(*each, "", each != (two, three)) for each in among}
        each = Hanging(key, {}, {}, links, links, clashes_)
        found = [(of.two, of.is_split) for of in each.against(each.decided(), each.likely())]
        assert found == [
            ((one, key), True),
            ((two, three), False),
            ((one, two), True),
            ((one, three), True),
        ]


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
