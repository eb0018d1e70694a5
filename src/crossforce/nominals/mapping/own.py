"""The fields of a record that its row says itself, beside what its statements say."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from crossforce.nominals.canonical import codes, texts
from crossforce.nominals.mapping.document import Mapping, Own
from crossforce.nominals.mapping.parts import coded, joined, text
from crossforce.nominals.mapping.sources import Take
from crossforce.nominals.mapping.written_days import Calendar
from crossforce.records.mapping.findings import Wrong

LONGEST: Final = {"team": 80, "summary": 2_000, "place": 2_000, "number": 120}
RANGES: Final = {"latitude": 90.0, "longitude": 180.0}


class Reads:
    """What reads each of them from a row."""

    def __init__(self, of: Mapping, take: Callable[[str], Take]) -> None:
        self._columns = {name: " + ".join(several) for name, several in of.columns.items()}
        self._values = of.values
        self._reads: dict[Own, Callable[[Any], str]] = {}
        for name, several in of.columns.items():
            read = joined([text(take(each), self._columns[name]) for each in several])
            if name in of.codes:
                read = coded(read, of.codes[name], name, self._columns[name])
            self._reads[name] = read

    def column(self, name: Own) -> str:
        """The column that says it; empty where none does."""
        return self._columns.get(name, "")

    def text(self, held: Any, name: Own) -> str:
        """What the row says there; empty where it says nothing. Raises Wrong."""
        read = self._reads.get(name)
        if read is None:
            return self._values.get(name, "")
        return texts.clean(
            read(held), self.column(name), longest=LONGEST.get(name, texts.LONGEST)
        )

    def whole(self, held: Any, name: Own, days: Calendar, on: date) -> date | None:
        """A whole day. Raises Wrong."""
        return days.whole(self.text(held, name), self.column(name), on=on)

    def one_of(self, held: Any, name: Own, known: tuple[str, ...]) -> str:
        """A code that is known. Raises Wrong."""
        found = self.text(held, name)
        if found not in known:
            raise codes.one_of(name, found, known, self.column(name))
        return found


Reader = Callable[[Any, Reads, Calendar, date, list[Wrong]], dict[str, Any]]


def _nothing(
    _held: Any, _own: Reads, _days: Calendar, _on: date, _faults: list[Wrong]
) -> dict[str, Any]:
    return {}


def _object(
    held: Any, own: Reads, _days: Calendar, _on: date, faults: list[Wrong]
) -> dict[str, Any]:
    return {"what": _tried(lambda: own.one_of(held, "what", codes.THINGS), faults)}


def _location(
    held: Any, own: Reads, _days: Calendar, _on: date, faults: list[Wrong]
) -> dict[str, Any]:
    found = {name: _tried(partial(_degrees, held, own, name), faults) for name in RANGES}
    if (found["latitude"] is None) != (found["longitude"] is None) and not faults:
        faults.append(
            Wrong(
                "half-a-place",
                "The row has a latitude or a longitude without the other.",
                "Fill in both or neither.",
                column=own.column("longitude"),
            )
        )
    return found


def _degrees(held: Any, own: Reads, name: Any) -> float | None:
    said = own.text(held, name)
    if not said:
        return None
    try:
        found = float(said)
    except ValueError:
        found = 999.0
    if not -RANGES[name] <= found <= RANGES[name]:
        raise Wrong(
            "degrees",
            f"{said[:40]!r} is no {name} in degrees.",
            "Correct it, with a point before the decimals, or leave it empty.",
            column=own.column(name),
        )
    return round(found, 6)


def _event(
    held: Any, own: Reads, days: Calendar, on: date, faults: list[Wrong]
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "what": _tried(lambda: own.one_of(held, "what", codes.HAPPENINGS), faults),
        "summary": _tried(lambda: own.text(held, "summary"), faults) or "",
        "place": _tried(lambda: own.text(held, "place"), faults) or "",
    }
    ends: tuple[Own, Own] = ("happened_from", "happened_to")
    for name in ends:
        found[name] = _tried(partial(_instant, held, own, days, name), faults)
    _refuse_odd_times(found, own, on, faults)
    return found


def _instant(held: Any, own: Reads, days: Calendar, name: Own) -> datetime | None:
    return days.instant(own.text(held, name), own.column(name))


def _day(held: Any, own: Reads, days: Calendar, name: Own) -> str:
    return days.day(own.text(held, name), own.column(name))


def _refuse_odd_times(found: dict[str, Any], own: Reads, on: date, faults: list[Wrong]) -> None:
    begins, ends = found["happened_from"], found["happened_to"]
    if ends and not begins:
        found["happened_from"] = ends
    if begins and ends and ends < begins:
        column = own.column("happened_to")
        faults.append(
            Wrong(
                "ends-before",
                "It ends before it begins.",
                "Correct one of the two.",
                column=column,
            )
        )
    if begins and begins.date() > on:
        column = own.column("happened_from")
        faults.append(Wrong("to-come", "It is still to come.", "Correct it.", column=column))


def _tie(
    held: Any, own: Reads, calendar: Calendar, on: date, faults: list[Wrong]
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "one": _tried(lambda: own.text(held, "one"), faults) or "",
        "other": _tried(lambda: own.text(held, "other"), faults) or "",
        "one_kind": _tried(lambda: own.one_of(held, "one_kind", codes.ENDS), faults) or "",
        "other_kind": _tried(lambda: own.one_of(held, "other_kind", codes.ENDS), faults) or "",
        "role": _tried(lambda: own.one_of(held, "role", codes.ROLES), faults) or "",
    }
    span: tuple[Own, Own] = ("since", "until")
    for name in span:
        found[name] = _tried(partial(_day, held, own, calendar, name), faults) or ""
    if not faults:
        _tried(lambda: codes.tied(found, own.column("one"), own.column("until"), on=on), faults)
    return found


OWN: Final[dict[str, Reader]] = {
    "person": _nothing,
    "object": _object,
    "location": _location,
    "event": _event,
    "tie": _tie,
}


def _tried(read: Callable[[], Any], faults: list[Wrong]) -> Any:
    """What is read, or None with the fault noted."""
    try:
        return read()
    except Wrong as wrong:
        faults.append(wrong)
        return None
