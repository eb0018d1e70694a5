"""What is shown to a partner by link: for how long, and what of it a page can show."""

from datetime import datetime, timedelta
from typing import Final

from crossforce.evidence.rules import sending
from crossforce.kernel import rulepacks
from crossforce.kernel.civil import day_of, time_of_day

PACK: Final = "evidence-sharing"
MOST_TEXT: Final = 256 * 1024
"""A text of so many bytes at most stands in a page."""
BLANKS: Final = frozenset("\t\n\r\f")


def most_days(at: datetime) -> int:
    """For how many days a link may be given, on the day of the instant."""
    return int(rulepacks.load(PACK).value("link-days", day_of(at)))


def most_tied_days(at: datetime) -> int:
    """For how many days one may last that is tied to a case or an agreement: it is given anew once somebody looked at it again."""
    return int(rulepacks.load(PACK).value("tied-link-days", day_of(at)))


def until(days: int, at: datetime) -> datetime | None:
    """When a link of so many days is over; None where that is no time for which one may be given."""
    return at + timedelta(days=days) if 1 <= days <= most_days(at) else None


def line(partner: str, organisation: str, mark: str, at: datetime) -> str:
    """What an image bears that is shown to a partner."""
    when = f"{day_of(at).isoformat()} {time_of_day(at)}"
    return f"Shown to {partner}, {organisation}, {when}. {mark}".replace("\n", " ")


def may_be_text(media_type: str, size: int) -> bool:
    """Whether it is worth reading as a text: nothing that a page shows otherwise, and not long."""
    return not sending.shown_as(media_type) and size <= MOST_TEXT


def text_of(content: bytes) -> str | None:
    """What stands in it, where all of it is a text in UTF-8; None of anything else."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return text if all(each.isprintable() or each in BLANKS for each in text) else None
