"""Texts, e-mail and sound with parts of them gone: written anew from what is left."""

import io
import re
import wave
from collections.abc import Sequence
from typing import Any, Final

from crossforce.evidence.inspection import letters
from crossforce.evidence.inspection.covering import NotRedacted
from crossforce.evidence.inspection.letters import HEADS
from crossforce.evidence.rules.redacting import MOST_OF_WORDS

GONE: Final = "[redacted]"
NO_TEXT: Final = "It is no text in UTF-8, and of another type is nothing that is redacted here."
NO_BODY: Final = "This e-mail has no text. Print it as a PDF, and redact that."
NOT_THERE: Final = "Line {} has no such letters."
NO_WAV: Final = "It is no plain WAV (PCM). Have it written as one, and redact that."
BEYOND: Final = "It lasts {:.1f} seconds: there is nothing after that."
MOST_LINES: Final = 1_000
MOST_LETTERS: Final = 200_000
"""A text is shown in parts of so many at most; a line is never parted, however long it is."""
BLANKS: Final = frozenset("\t\f")


def lines_of(media_type: str, content: bytes) -> list[str]:
    """The lines of a text; of an e-mail whom, when, about what, and its text, and nothing that hangs on it. Raises NotRedacted."""
    text = _letter(content) if media_type.startswith("message/") else _decoded(content)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not all(each.isprintable() or each in BLANKS for line in lines for each in line):
        raise NotRedacted(NO_TEXT)
    return lines


def part_of(lines: Sequence[str], number: int) -> tuple[int, int, list[str]]:
    """How many parts a text is shown in, with which line this one begins, and its lines: all parts together are all of it."""
    begins, letters = [0], 0
    for place, line in enumerate(lines):
        letters += len(line) + 1
        if place > begins[-1] and (place - begins[-1] >= MOST_LINES or letters > MOST_LETTERS):
            begins.append(place)
            letters = len(line) + 1
    at = min(max(number, 1), len(begins))
    return len(begins), begins[at - 1] + 1, list(lines[begins[at - 1] : [*begins, None][at]])


def redacted(lines: Sequence[str], places: Sequence[Sequence[float]]) -> bytes:
    """The text without the letters of the places; how many they were is not told. Raises NotRedacted."""
    left = [list(line) for line in lines]
    for line, first, last in (tuple(map(int, each)) for each in places):
        if line > len(lines) or last > len(lines[line - 1]):
            raise NotRedacted(NOT_THERE.format(line))
        left[line - 1][first - 1 : last] = ["\0"] * (last - first + 1)
    return "\n".join(re.sub("\0+", GONE, "".join(line)) for line in left).encode()


def found(lines: Sequence[str], words: Sequence[str]) -> list[list[float]]:
    """Where the words stand, however they are written."""
    wanted = pattern(words)
    places = [
        [number, one.start() + 1, one.end()]
        for number, line in enumerate(lines, 1)
        for one in wanted.finditer(line)
    ]
    return [[float(each) for each in place] for place in places[: MOST_OF_WORDS + 1]]


def pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Any of the words, with any blanks between their parts."""
    each = (
        r"\s+".join(re.escape(part) for part in word.split()) for word in words if word.strip()
    )
    return re.compile("|".join(sorted(each, key=len, reverse=True)) or r"(?!)", re.IGNORECASE)


def seconds(content: bytes) -> float:
    """How long sound lasts. Raises NotRedacted."""
    form, samples = _sound(content)
    return float(len(samples) / (form.nchannels * form.sampwidth * form.framerate))


def muted(content: bytes, places: Sequence[Sequence[float]]) -> bytes:
    """Sound with silence in the places: nothing but its samples goes along. Raises NotRedacted."""
    form, samples = _sound(content)
    frame, rate = form.nchannels * form.sampwidth, form.framerate
    number = len(samples) // frame
    silence = b"\x80" if form.sampwidth == 1 else b"\0"
    for start, end in places:
        if start * rate >= number:
            raise NotRedacted(BEYOND.format(number / rate))
        first, last = int(start * rate) * frame, min(int(end * rate) + 1, number) * frame
        samples[first:last] = silence * (last - first)
    written = io.BytesIO()
    with wave.open(written, "wb") as target:
        target.setparams((form.nchannels, form.sampwidth, rate, number, "NONE", ""))
        target.writeframes(samples)
    return written.getvalue()


def _sound(content: bytes) -> tuple[Any, bytearray]:
    try:
        with wave.open(io.BytesIO(content)) as source:
            return source.getparams(), bytearray(source.readframes(source.getnframes()))
    except (wave.Error, EOFError) as fault:
        raise NotRedacted(NO_WAV) from fault


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise NotRedacted(NO_TEXT) from fault


def _letter(content: bytes) -> str:
    letter = letters.read(content)
    text = letters.text_of(letter)
    if text is None:
        raise NotRedacted(NO_BODY)
    heads = [f"{name}: {letter[name]}" for name in HEADS if letter.get(name)]
    return "\n".join([*heads, "", text])
