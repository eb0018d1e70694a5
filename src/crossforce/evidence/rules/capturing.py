"""When, where and with what something was captured, of what a file tells of itself: as whatever captured it wrote it, and no surer.

What nobody can have meant is passed over: a clock that was never set, a place of 0, 0, which devices write that know none.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from crossforce.evidence.choices import Clock

CAPTURED: Final = ("image/", "video/", "audio/", "application/mxf", "application/ogg")
"""Types of what a device captures: of anything else a date is of its writing."""
HERE: Final = ZoneInfo("Europe/London")
FIRST: Final = datetime(1990, 1, 1, tzinfo=UTC)
"""Clocks that were never set begin in 1904, 1970 or 1980."""
AHEAD: Final = timedelta(days=2)
TIME: Final = re.compile(
    r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?"
)
OFFSET: Final = re.compile(r"([+-])(\d\d):?(\d\d)")
PLACE: Final = re.compile(r"(-?\d{1,2}\.\d+), (-?\d{1,3}\.\d+)")
FARTHEST: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Capture:
    """What a file says of its capture; empty where it says nothing that can be so."""

    at: datetime | None = None
    clock: Clock = Clock.NONE
    device: str = ""
    latitude: float | None = None
    longitude: float | None = None
    within: int | None = None


def capture(
    media_type: str, facts: Iterable[tuple[str, str]], *, looked_at: datetime
) -> Capture:
    """What its facts, by name, say of when, where and with what it was captured; not later than when it was looked into."""
    if not media_type.startswith(CAPTURED):
        return Capture()
    told: dict[str, str] = {}
    for name, value in facts:
        told.setdefault(name, value)
    at, clock = _time(told, looked_at)
    latitude, longitude = _place(told.get("Place (WGS 84)", ""))
    within = _metres(told.get("Place, within metres", "")) if latitude is not None else None
    return Capture(at, clock, _device(told), latitude, longitude, within)


def _time(told: Mapping[str, str], looked_at: datetime) -> tuple[datetime | None, Clock]:
    """The best clock first: satellites, then one that says how far it is from UTC."""
    taken = told.get("Taken", "")
    tried = (
        (told.get("Time by satellite (UTC)", ""), "+00:00", Clock.SATELLITE),
        (taken, told.get("Taken, offset from UTC", ""), Clock.OFFSET),
        (told.get("Made, local time", ""), "", Clock.OFFSET),
        (told.get("Made", ""), "", Clock.UTC),
        (taken, "", Clock.LOCAL),
    )
    for said, offset, clock in tried:
        at = _read(said, offset, clock)
        if at is not None and FIRST <= at <= looked_at + AHEAD:
            return at, clock
    return None, Clock.NONE


def _read(said: str, offset: str, clock: Clock) -> datetime | None:
    found = TIME.fullmatch(said.strip())
    if not found:
        return None
    zone: tzinfo | None = _zone(found[7] or offset)
    if zone is None:
        if clock is not Clock.LOCAL:
            return None
        zone = HERE
    try:
        return datetime(*map(int, found.groups()[:6]), tzinfo=zone).astimezone(UTC)  # type: ignore[arg-type, misc]
    except (ValueError, OverflowError):
        return None


def _zone(said: str) -> timezone | None:
    if said == "Z":
        return UTC
    found = OFFSET.fullmatch(said.strip())
    if not found:
        return None
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3]))
    if ahead > timedelta(hours=14):
        return None
    return timezone(-ahead if found[1] == "-" else ahead)


def _place(said: str) -> tuple[float, float] | tuple[None, None]:
    found = PLACE.fullmatch(said)
    if not found:
        return None, None
    north, east = float(found[1]), float(found[2])
    if abs(north) > 90 or abs(east) > 180 or (north, east) == (0.0, 0.0):
        return None, None
    return north, east


def _metres(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdigit() and int(said) <= FARTHEST else None


def _device(told: Mapping[str, str]) -> str:
    """Make and model, the make once, where the model has it too."""
    make, model = told.get("Camera, make", ""), told.get("Camera, model", "")
    named = model if make and model.lower().startswith(make.lower()) else f"{make} {model}"
    return named.strip()[:200]
