import time
from itertools import islice
from uuid import RFC_4122, UUID

from crossforce.kernel.ids import ascending_ids, new_id, new_ids


class TestNewId:
    def test_is_a_version_7_uuid_of_this_millisecond(self) -> None:
        before = time.time_ns() // 1_000_000
        made = new_id()
        after = time.time_ns() // 1_000_000
        assert made.version == 7
        assert made.variant == "specified in RFC 4122"
        assert before <= made.int >> 80 <= after

    def test_is_not_made_twice(self) -> None:
        assert len({new_id() for _ in range(10_000)}) == 10_000


def test_many_are_of_the_same_make_and_all_different() -> None:
    made = [UUID(text) for text in islice(new_ids(at_once=7), 1_000)]
    assert len(set(made)) == len(made)
    assert {(each.version, each.variant) for each in made} == {(7, RFC_4122)}
    assert [each.int >> 80 for each in made] == sorted(each.int >> 80 for each in made)


def test_those_of_one_act_after_another_ascend() -> None:
    before = time.time_ns() // 1_000_000
    made = ascending_ids(1_000)
    assert made == sorted(set(made))
    assert {(each.version, each.variant) for each in made} == {(7, RFC_4122)}
    assert {each.int >> 80 for each in made} <= set(
        range(before, time.time_ns() // 1_000_000 + 1)
    )
    assert len({each.int & 0xFFFF for each in made}) > 900
