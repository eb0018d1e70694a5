"""A quarter of the machine's memory, within bounds, and never more than a container may have."""

from pathlib import Path

import pytest

from crossforce.kernel import postgres_memory

GIGABYTE = 1 << 30


@pytest.mark.parametrize(
    ("memory", "megabytes"),
    [
        (GIGABYTE // 4, 128),
        (GIGABYTE, 256),
        (4 * GIGABYTE, 1024),
        (64 * GIGABYTE, 2048),
    ],
)
def test_a_quarter_within_bounds(memory: int, megabytes: int) -> None:
    assert postgres_memory.megabytes(memory) == megabytes


def test_a_container_may_have_less(tmp_path: Path) -> None:
    unlimited, limited = tmp_path / "max", tmp_path / "limit"
    unlimited.write_text("max\n")
    limited.write_text(f"{GIGABYTE}\n")
    assert postgres_memory.limit([tmp_path / "none", unlimited, limited]) == GIGABYTE
    assert postgres_memory.limit([unlimited]) is None
