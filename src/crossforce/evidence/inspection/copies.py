"""A redaction is made by whoever reads such a file: our own confined reader, or ffmpeg for film and for sound other than plain WAV."""

from collections.abc import Sequence
from typing import Final

from crossforce.evidence.inspection import derived, filming, outside
from crossforce.evidence.inspection.derived import Drawn, Made
from crossforce.evidence.inspection.fronting import Bytes
from crossforce.evidence.inspection.rewriting import NO_WAV
from crossforce.evidence.rules.redacting import Method, Place

PLAIN: Final = "audio/wav"


def draw(
    method: Method,
    media_type: str,
    kept: Bytes,
    size: int,
    page: float,
    places: Sequence[Place] = (),
) -> Drawn:
    """What is looked at to say what goes: a page, a text, a moment of a film; or what of a film is covered by the places."""
    if not _is_filmed(method, media_type):
        drawn = derived.draw(method, media_type, size, kept.parts(), int(page))
        if not _may_be_other_sound(drawn.why_not):
            return drawn
    return filming.draw(kept, size, page, places)


def find(method: Method, media_type: str, kept: Bytes, size: int, words: Sequence[str]) -> Made:
    """Faces of an image, places of the words in anything else."""
    return derived.find(method, media_type, size, kept.parts(), words)


def redact(
    method: Method, media_type: str, kept: Bytes, size: int, places: Sequence[Place]
) -> Made:
    """What is left of it without the places."""
    if not _is_filmed(method, media_type):
        made = derived.redact(method, media_type, size, kept.parts(), places)
        if not _may_be_other_sound(made.why_not):
            return made
    return filming.redact(method, kept, size, places)


def _is_filmed(method: Method, media_type: str) -> bool:
    return method is Method.FILM or (method is Method.SOUND and media_type != PLAIN)


def _may_be_other_sound(why_not: str) -> bool:
    return why_not == NO_WAV and outside.stands()
