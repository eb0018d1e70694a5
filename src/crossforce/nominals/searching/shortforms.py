"""Short forms of forenames, and spellings that are one name, as the file beside this one lists them."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

LIST: Final = Path(__file__).with_name("shortforms.toml")


@cache
def groups() -> Mapping[str, frozenset[str]]:
    """What each name may also be called. Two short forms of one name stand for each other."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in tomllib.loads(LIST.read_text("utf-8"))["names"]:
        words = set(line.split())
        for each in words:
            found[each] |= words - {each}
    return {name: frozenset(others) for name, others in found.items()}


def others(name: str) -> frozenset[str]:
    """Names by which somebody called this may be held."""
    return groups().get(name, frozenset())
