"""What a trigger asks of a row that may not change."""

from collections.abc import Iterable


def differs(names: Iterable[str]) -> str:
    """Whether one of these columns would be another, in SQL."""
    return " OR ".join(f'OLD."{each}" IS DISTINCT FROM NEW."{each}"' for each in names)
