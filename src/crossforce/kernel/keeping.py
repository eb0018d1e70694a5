"""Plain values kept as JSON in one column: short, in their own letters."""

import json
from typing import Any


def written(value: Any) -> str:
    """The value as it is kept, also one that is empty: that it was kept can be told."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def text(value: Any) -> str:
    """The value as it is kept; nothing for one that is empty."""
    return written(value) if value else ""


def read(text: str, empty: Any) -> Any:
    """The value that was kept, or the empty one."""
    return json.loads(text) if text else empty
