"""The source documents that the register rests on, as their files state them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from crossforce.register.rules import statements

HOME: Final = Path(__file__).with_name("sources")


@cache
def sources() -> Mapping[str, statements.Source]:
    """Every source by its number, in order."""
    found = (
        statements.read(path.read_text(encoding="utf-8"), path.name)
        for path in sorted(HOME.glob("*.toml"))
    )
    return {each.number: each for each in found}
