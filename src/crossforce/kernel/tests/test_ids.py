import time

from crossforce.kernel.ids import new_id


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
