"""Where in an original a note stands: a moment or span of a film or sound, an area of a picture, a page; said in numbers.

An area is left, top, width and height in per cent of what is seen, so that it holds at any size. Nothing said is all of it.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

SPLIT: Final = re.compile(r"[\s,;]+")
NUMBER: Final = re.compile(r"[0-9]{1,7}(\.[0-9]{1,3})?")
MOMENT: Final = re.compile(r"(?:(?:([0-9]{1,3}):)?([0-9]{1,2}):)?([0-9]{1,7}(?:\.[0-9]{1,3})?)")
Box = tuple[float, float, float, float]


class Form(StrEnum):
    """What a place is said in, by what the original is."""

    IMAGE = "image"
    PAPER = "paper"
    FILM = "film"
    SOUND = "sound"
    OTHER = "other"


ASKED: Final = {
    Form.IMAGE: "an area as left, top, width and height, in per cent of the picture",
    Form.PAPER: "a page, or a page and an area on it as left, top, width and height in per cent",
    Form.FILM: "a moment such as 1:12.5, or from when to when, and where wanted an area after it as left, top, width and height in per cent",
    Form.SOUND: "a moment such as 1:12.5, or from when to when",
    Form.OTHER: "nothing: a note on such a file is on all of it",
}
PAGES: Final = {Form.PAPER: 1}
MOMENTS: Final = {Form.FILM: 2, Form.SOUND: 2}
WITH_AREA: Final = frozenset({Form.IMAGE, Form.PAPER, Form.FILM})
FORMS: Final = {"image": Form.IMAGE, "video": Form.FILM, "audio": Form.SOUND}


class NotAPlace(ValueError):
    """Where it is is not said in a way that is understood; the message says how."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in an original. All of it, where it says nothing."""

    page: int | None = None
    start: float | None = None
    end: float | None = None
    box: Box | None = None

    @property
    def words(self) -> str:
        """As somebody reads it."""
        parts = []
        if self.page is not None:
            parts.append(f"page {self.page}")
        if self.start is not None:
            upto = f" to {at(self.end)}" if self.end is not None else ""
            parts.append(at(self.start) + upto)
        if self.box:
            parts.append("an area")
        return ", ".join(parts) or "all of it"

    @property
    def numbers(self) -> str:
        """In the one way in which it is kept."""
        found = [each for each in (self.page, self.start, self.end) if each is not None]
        return " ".join(_plain(each) for each in (*found, *(self.box or ())))


def form_of(media_type: str) -> Form:
    """In what a place in a file of this type is said."""
    if media_type == "application/pdf":
        return Form.PAPER
    return FORMS.get(media_type.partition("/")[0], Form.OTHER)


def spot(form: Form, text: str) -> Spot:
    """The place that a text names. Raises NotAPlace."""
    parts = [each for each in SPLIT.split(text.strip()) if each]
    if not parts:
        return Spot()
    box = _box(parts[-4:]) if form in WITH_AREA and len(parts) >= 4 else None
    rest = parts[:-4] if box else parts
    if len(rest) > MOMENTS.get(form, PAGES.get(form, 0)) or (form in MOMENTS and not rest):
        raise _misunderstood(form)
    if form is Form.PAPER:
        return Spot(page=_page(rest), box=box)
    times = [_seconds(each) for each in rest]
    if len(times) == 2 and times[0] >= times[1]:
        raise NotAPlace("The end does not come after the beginning.")
    start, end = (*times, None, None)[:2]
    return Spot(start=start, end=end, box=box)


def at(seconds: float | None) -> str:
    """A moment of a film or sound, as its player shows it."""
    thousandths = round((seconds or 0) * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    shown = f"{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
    return f"{hours}:{shown}" if hours else shown


def _misunderstood(form: Form) -> NotAPlace:
    return NotAPlace(f"Give {ASKED[form]}; or nothing, for all of it.")


def _page(parts: list[str]) -> int:
    if (
        len(parts) != 1
        or not parts[0].isdecimal()
        or not 0 < int(parts[0][:7]) == int(parts[0])
    ):
        raise _misunderstood(Form.PAPER)
    return int(parts[0])


def _seconds(part: str) -> float:
    found = MOMENT.fullmatch(part)
    if not found or (found[2] and float(found[3]) >= 60):
        raise NotAPlace(f"“{part}” is no moment: write it as 72.5, 1:12.5 or 1:01:12.5.")
    return int(found[1] or 0) * 3600 + int(found[2] or 0) * 60 + float(found[3])


def _box(parts: list[str]) -> Box:
    if not all(NUMBER.fullmatch(each) for each in parts):
        raise NotAPlace("An area is four numbers: left, top, width and height, in per cent.")
    left, top, width, height = (float(each) for each in parts)
    if not (width and height):
        raise NotAPlace("The area has no width or no height.")
    if max(left + width, top + height) > 100.001:
        raise NotAPlace(
            "The area goes beyond what is seen: left and width, and top and height, are at most 100 together."
        )
    return left, top, width, height


def _plain(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")
