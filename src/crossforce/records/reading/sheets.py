"""What is kept of a spreadsheet that was sent: its name, its digest, and what became of its rows."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any, Final

COUNTED: Final = re.compile(r"(\D+) (\d+)")
LONGEST_NAME: Final = 200
MOST_FINDINGS: Final = 1_000
"""So many findings are kept of a file; whoever sent it was shown all."""


def values(
    table: str, name: str, content: bytes, counts: Mapping[str, int], findings: str
) -> dict[str, Any]:
    """What a record of the file says, whichever service read it; `table` is what it holds, in words."""
    return {
        "title": f"{table}: {name}"[:LONGEST_NAME],
        "file_name": name[:LONGEST_NAME],
        "file_sha256": hashlib.sha256(content).hexdigest(),
        "counts": in_words(counts),
        "findings": findings,
    }


def in_words(counts: Mapping[str, int]) -> str:
    """The counts on one line; what is held and not in the file stays as it is."""
    return ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in counts.items())


def counted(words: str) -> dict[str, int]:
    """The counts of such a line, by their words."""
    return {name.strip(", "): int(number) for name, number in COUNTED.findall(words)}
