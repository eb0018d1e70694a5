"""The weight of two records drawn field by field, as bars that go on from each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MINUS = "\N{MINUS SIGN}"
WIDE, ROW, TOP = 720, 30, 8
SURE = 20
"""Bits beyond which odds are told no further: a million to one."""
LABELS, VALUES = 170, 70
"""Room at the left for what the fields are called, and at the right for a figure beyond the last bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One field: from where to where the weight goes, and in words why."""

    label: str
    words: str
    bits: float
    after: float
    x: float
    y: int
    width: float

    @property
    def figure(self) -> str:
        """What it adds, with its sign."""
        return signed(self.bits)

    @property
    def total(self) -> str:
        """The weight so far."""
        return signed(self.after)

    @property
    def is_for(self) -> bool:
        return self.bits >= 0


@dataclass(frozen=True, slots=True)
class Waterfall:
    """All bars, and where nothing is."""

    bars: Sequence[Bar]
    height: int
    zero: float


def drawn(evidence: Sequence[Mapping[str, Any]]) -> Waterfall:
    """The steps as they were filed, from what holds before anything is compared; the sum is the last bar."""
    sums, at = [0.0], 0.0
    for each in evidence:
        at += float(each["bits"])
        sums.append(at)
    least, most = min(sums), max(sums)
    scale = (WIDE - LABELS - VALUES) / ((most - least) or 1.0)

    def place(weight: float) -> float:
        return round(LABELS + (weight - least) * scale, 1)

    bars = [
        _bar(each["field"] or "Before", each["words"], before, after, place, number)
        for number, (each, before, after) in enumerate(
            zip(evidence, sums, sums[1:], strict=False)
        )
    ]
    bars.append(_bar("In all", "In all.", 0.0, at, place, len(bars)))
    return Waterfall(bars, TOP + ROW * len(bars), place(0.0))


def _bar(label: str, words: str, before: float, after: float, place: Any, number: int) -> Bar:
    left, right = sorted((place(before), place(after)))
    return Bar(
        label[:1].upper() + label[1:],
        words,
        after - before,
        after,
        left,
        TOP + ROW * number,
        max(round(right - left, 1), 1.0),
    )


def signed(bits: float) -> str:
    """A figure with its sign, as people write it."""
    return f"{'+' if bits >= 0 else MINUS}{abs(bits):.1f}"


def odds(weight: float) -> str:
    """What a weight says, in words; beyond a million no model knows how much more."""
    what = "one person" if weight >= 0 else "two people"
    how = "More than a million" if abs(weight) > SURE else f"{2 ** abs(weight):,.0f}"
    return f"{how} to 1 that they are {what}"
