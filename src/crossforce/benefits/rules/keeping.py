"""How a promise is kept: as JSON in one order, so that equal promises are equal texts."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final

from crossforce.benefits.choices import Adds, Better, Span
from crossforce.benefits.rules.baselines import Promise
from crossforce.benefits.rules.profile import Baseline, Measure, Target
from crossforce.kernel import written

LONGEST_FIGURE: Final = 40
FRACTION: Final = re.compile(r"[+-]?[0-9]+/0*[1-9][0-9]*")
MOST: Final = 10**16
"""What no figure reaches that is given, as no reading can."""


class NotRead(ValueError):
    """What was sent is no promise; the message says where and how to mend it."""


def kept(promise: Promise) -> str:
    """The promise as text: figures exact, days as 2026-04-01, names in order."""
    return json.dumps(plain(promise), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def plain(promise: Promise) -> dict[str, Any]:
    """The promise as lists and words, for JSON and for the API."""
    measure, baseline = promise.measure, promise.baseline
    return {
        "measure": measure
        and {
            "name": measure.name,
            "unit": measure.unit,
            "better": measure.better.value,
            "adds": measure.adds.value,
            "source": measure.source,
        },
        "baseline": baseline
        and {
            "value": str(baseline.value),
            "from": baseline.span.starts_on.isoformat(),
            "until": baseline.span.ends_on.isoformat(),
            "method": baseline.method,
        },
        "targets": [target_plain(each) for each in promise.targets],
    }


def target_plain(target: Target) -> dict[str, str]:
    """A target as words."""
    return {
        "from": target.span.starts_on.isoformat(),
        "until": target.span.ends_on.isoformat(),
        "value": str(target.value),
    }


def read(text: str) -> Promise:
    """The promise that a text keeps. Raises NotRead."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise NotRead(f"This is no JSON: {error}.") from error
    return _promise(found)


def promised(found: Any) -> Promise:
    """The promise that is given as lists and words. Raises NotRead."""
    promise = _promise(found)
    if promise.baseline:
        _refuse_large(promise.baseline.value, "baseline")
    for number, each in enumerate(promise.targets, 1):
        _refuse_large(each.value, f"target {number}")
    return promise


def _promise(found: Any) -> Promise:
    if not isinstance(found, Mapping):
        raise NotRead("A promise has a measure, a baseline and targets.")
    measure, baseline = found.get("measure"), found.get("baseline")
    targets: Sequence[Any] = found.get("targets") or ()
    return Promise(
        _measure(measure) if measure else None,
        _baseline(baseline) if baseline else None,
        tuple(_target(each, f"target {n}") for n, each in enumerate(targets, 1)),
    )


def effort_kept(effort: Mapping[str, int]) -> str:
    """Effort by force, as text; empty where none is recorded."""
    return json.dumps(dict(effort), sort_keys=True) if effort else ""


def effort_read(text: str) -> dict[str, int]:
    """The same, read again."""
    found = json.loads(text) if text else {}
    return {str(force): int(each) for force, each in found.items()}


def effort_written(text: str) -> dict[str, int]:
    """Effort that people wrote, a force and a whole number a line. Raises NotRead."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not (words := line.split()):
            continue
        if len(words) != 2 or not words[1].isdecimal() or words[0] in found:
            raise NotRead(
                f"In line {number}, write a force and a whole number, each force once: wiltshire 120."
            )
        found[words[0]] = int(words[1])
    return found


def _measure(found: Mapping[str, Any]) -> Measure:
    try:
        return Measure(
            str(found["name"]).strip(),
            str(found["unit"]).strip(),
            Better(found.get("better", Better.HIGHER)),
            Adds(found.get("adds", Adds.UP)),
            str(found.get("source", "")),
        )
    except (KeyError, ValueError) as error:
        raise NotRead(
            f"The measure needs name and unit; better is higher or lower, adds is adds-up or level: {error}."
        ) from error


def _baseline(found: Mapping[str, Any]) -> Baseline:
    value, span = _figure(found, "baseline"), _span(found, "baseline")
    return Baseline(value, span, str(found.get("method", "")).strip())


def _target(found: Mapping[str, Any], where: str) -> Target:
    return Target(_span(found, where), _figure(found, where))


def _figure(found: Mapping[str, Any], where: str) -> Fraction:
    return _exact(str(found.get("value", "")), where)


def figure(text: str, where: str) -> Fraction:
    """A figure as people write it: `1,234.5`, or exactly as it is kept: `7/3`. Raises NotRead.

    A comma stands between thousands only: `1,5` could be meant as one and a half.
    """
    value = _exact(text, where)
    _refuse_large(value, where)
    return value


def _exact(text: str, where: str) -> Fraction:
    """The figure, of whatever size was kept."""
    said = text.strip()
    if said.isascii() and said.isdecimal() and len(said) <= LONGEST_FIGURE:
        return Fraction(int(said))  # nearly all are, and this way is ten times as quick
    if len(said) <= LONGEST_FIGURE and FRACTION.fullmatch(said):
        return Fraction(said)
    try:
        return Fraction(written.number(said))
    except written.NotANumber:
        shown = said if len(said) <= LONGEST_FIGURE else f"{said[:LONGEST_FIGURE]}…"
        raise NotRead(
            f"In the {where}, “{shown}” is no number: write it as 1234.5, with a point before the"
            " decimals and commas between thousands only."
        ) from None


def _refuse_large(value: Fraction, where: str) -> None:
    if abs(value) >= MOST:
        raise NotRead(
            f"In the {where}, the figure has more than {len(str(MOST)) - 1} digits before its point:"
            " write what was counted, or choose a larger unit."
        )


def _span(found: Mapping[str, Any], where: str) -> Span:
    return span(str(found.get("from", "")), str(found.get("until", "")), where)


def span(starts: str, ends: str, where: str) -> Span:
    """A period of two days as 2026-04-01, the second outside it. Raises NotRead."""
    try:
        return Span(date.fromisoformat(starts.strip()), date.fromisoformat(ends.strip()))
    except ValueError as error:
        raise NotRead(
            f"In the {where}, the days are “{starts}” and “{ends}”: write both as 2026-04-01, the end"
            " after the start."
        ) from error


def targets_said(targets: Sequence[Target], scale: int = 1) -> str:
    """Targets as people write them, one a line: first day, the day after the last, figure."""
    return "\n".join(
        f"{each.span.starts_on} {each.span.ends_on} {plain_figure(each.value / scale)}"
        for each in targets
    )


def targets_written(text: str, scale: int = 1) -> tuple[Target, ...]:
    """Targets that people wrote, one a line. Raises NotRead, which names the line."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not (words := line.split()):
            continue
        where = f"line {number}"
        if len(words) != 3:
            raise NotRead(
                f"In {where}, write two days and a figure, such as 2026-04-01 2026-07-01 1500."
            )
        found.append(
            Target(span(words[0], words[1], where), figure(words[2].lstrip("£"), where) * scale)
        )
    return tuple(found)


def plain_figure(value: Fraction) -> str:
    """A figure to write again: `1234.5`; one that no decimal says is written whole, `7/3`."""
    for places in range(7):
        if (value * 10**places).denominator == 1:
            return f"{float(value):.{places}f}" if places else str(value.numerator)
    return str(value)
