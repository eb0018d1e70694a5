"""A part that is cut out of a film or sound: a still of one moment, or a clip from when to when, said as its player shows it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from crossforce.evidence.rules import annotating
from crossforce.evidence.rules.annotating import Form, NotAPlace

LONGEST: Final = 600.0
SLACK: Final = 0.05
ASKED: Final = "a moment such as 1:12.5 for a still, or from when to when for a clip"
NO_MOMENT: Final = f"Give {ASKED}."
TOO_LONG: Final = "A clip is at most ten minutes long. Cut it in parts."
NO_STILL: Final = (
    "Sound has no still: give from when to when, for a clip of what is heard meanwhile."
)
BEYOND: Final = "It lasts {}: there is nothing after that. Give a moment before it."
SOUNDS: Final = ("audio/",)
FILMS: Final = ("video/", "application/ogg", "application/mxf")


class NotASpan(ValueError):
    """What is to be cut out is not said in a way that is understood, or is not there; the message says why."""


class Cut(StrEnum):
    """What is cut out."""

    STILL = "still"
    CLIP = "clip"


ENDINGS: Final = {Cut.STILL: (".png", "image/png"), Cut.CLIP: (".mp4", "video/mp4")}
HEARD: Final = (".wav", "audio/wav")


@dataclass(frozen=True, slots=True)
class Span:
    """From when, in seconds, to when; only the one moment where it has no end."""

    start: float
    end: float | None = None

    @property
    def cut(self) -> Cut:
        """What comes of it."""
        return Cut.STILL if self.end is None else Cut.CLIP

    @property
    def words(self) -> str:
        """As somebody reads it."""
        upto = f" to {annotating.at(self.end)}" if self.end is not None else ""
        return annotating.at(self.start) + upto

    @property
    def numbers(self) -> str:
        """In the one way in which it is kept."""
        both = (self.start,) if self.end is None else (self.start, self.end)
        return " ".join(f"{each:.3f}".rstrip("0").rstrip(".") for each in both)


def may_be_cut(media_type: str) -> bool:
    """Whether parts of a file of this type are cut out here."""
    return media_type.startswith((*FILMS, *SOUNDS))


def is_sound(media_type: str) -> bool:
    """Whether there is nothing to see in it."""
    return media_type.startswith(SOUNDS)


def span(media_type: str, text: str) -> Span:
    """What is asked for of a film or sound. Raises NotASpan."""
    try:
        spot = annotating.spot(Form.SOUND, text)
    except NotAPlace as fault:
        raise NotASpan(str(fault)) from fault
    if spot.start is None:
        raise NotASpan(NO_MOMENT)
    start, end = round(spot.start, 3), spot.end and round(spot.end, 3)
    if end is None and is_sound(media_type):
        raise NotASpan(NO_STILL)
    if end is not None and end - start > LONGEST + 0.0005:
        raise NotASpan(TOO_LONG)
    return Span(start, end)


def refusal(asked: Span, lasts: float) -> str:
    """Why there is no such part in what lasts so long, as it says itself; empty where there is, or where it does not say."""
    if lasts and (asked.start >= lasts or (asked.end or 0.0) > lasts + SLACK):
        return BEYOND.format(annotating.at(lasts))
    return ""


def form_of(media_type: str, cut: Cut) -> tuple[str, str]:
    """How the name of a cut ends, and its type."""
    return HEARD if is_sound(media_type) else ENDINGS[cut]


def name_of(number: int, media_type: str, asked: Span) -> str:
    """What a cut is called: by the place of its original among the others, and what of it it is."""
    ending, _ = form_of(media_type, asked.cut)
    return f"{number} {asked.cut} {asked.words.replace(':', '.')}{ending}"
