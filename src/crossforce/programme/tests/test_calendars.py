"""What comes, as a calendar: what a calendar reads back is what was written."""

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from crossforce.programme.rules.calendars import Coming, feed

AT = datetime(2027, 1, 20, 10, tzinfo=UTC)
words = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=120)


def coming(**more: Any) -> Coming:
    values: dict[str, Any] = {
        "reference": "boards.meeting:1", "title": "Board", "on": AT, "changed_at": AT,
    }  # fmt: skip
    return Coming(**(values | more))


def events(text: bytes) -> list[Any]:
    return list(Calendar.from_ical(text).walk("VEVENT"))


def test_a_meeting_has_its_instant_and_a_milestone_its_day() -> None:
    text = feed("Crossforce", [coming(), coming(reference="x:2", on=date(2027, 1, 2))])
    assert b"DTSTART;VALUE=DATE:20270102\r\n" in text
    assert b"DTSTART:20270120T100000Z\r\n" in text


def test_lines_are_folded_and_nothing_slips_out_of_its_field() -> None:
    text = feed("C", [coming(title="Pay; and,\nEND:VEVENT\\ " + "Llanfair" * 20)])
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    assert len(events(text)) == 1


def test_one_that_moved_is_known_again() -> None:
    before = feed("C", [coming(version=1)])
    after = feed("C", [coming(version=2, on=date(2027, 2, 1))])
    for text in (before, after):
        assert b"UID:boards.meeting:1@crossforce\r\n" in text
    assert b"SEQUENCE:2\r\n" in after


def test_one_that_is_cancelled_says_so() -> None:
    assert b"STATUS:CANCELLED\r\n" in feed("C", [coming(is_cancelled=True)])


def test_addresses_are_whole_or_left_out() -> None:
    there = coming(address="/programme/packs/1/")
    assert b"URL:https://x.example/programme/packs/1/\r\n" in feed(
        "C", [there], "https://x.example"
    )
    assert b"URL" not in feed("C", [there])


@given(title=words, place=words, why=words)
def test_what_is_read_back_is_what_was_written(title: str, place: str, why: str) -> None:
    (event,) = events(feed("C", [coming(title=title, place=place, why=why)]))
    assert str(event["summary"]) == title
    assert str(event.get("location", "")) == place
