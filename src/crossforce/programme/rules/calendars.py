"""What comes, as an iCalendar file (RFC 5545) that any calendar reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

PRODUCT: Final = "-//Crossforce//Programme//EN"
MEDIA_TYPE: Final = "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that comes: at an instant, or on a day.

    `reference` names it for good, so that a calendar recognises it when it moves; `version` counts
    its changes, and `changed_at` is the last of them.
    """

    reference: str
    title: str
    on: date | datetime
    changed_at: datetime
    version: int = 0
    sort: str = ""
    place: str = ""
    why: str = ""
    marking: str = ""
    address: str = ""
    is_cancelled: bool = False


def feed(name: str, coming: Iterable[Coming], base: str = "") -> bytes:
    """The calendar; `base` goes before addresses. To those whom one shows it to, all is CONFIDENTIAL."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for each in sorted(coming, key=_key):
        calendar.add_component(_event(each, base))
    return bytes(calendar.to_ical())


def _key(each: Coming) -> tuple[str, str]:
    return each.on.isoformat(), each.reference


def _event(each: Coming, base: str) -> Event:
    event = Event()
    event.add("uid", f"{each.reference}@crossforce")
    event.add("dtstamp", each.changed_at.astimezone(UTC))
    event.add("sequence", each.version)
    on = each.on.astimezone(UTC) if isinstance(each.on, datetime) else each.on
    event.add("dtstart", on)
    event.add("summary", each.title)
    event.add("status", "CANCELLED" if each.is_cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE" if isinstance(each.on, datetime) else "TRANSPARENT")
    event.add("class", "CONFIDENTIAL")
    words = ". ".join(filter(None, (each.marking, each.why)))
    for field, said in (
        ("categories", [each.sort] if each.sort else None),
        ("location", each.place),
        ("description", words),
        ("url", f"{base}{each.address}" if base and each.address else ""),
    ):
        if said:
            event.add(field, said)
    return event
