"""The demonstration's files are what they say."""

import io
import wave

import puremagic

from crossforce.world.rules import media


def test_a_tone_is_sound_of_its_length() -> None:
    with wave.open(io.BytesIO(media.tone(2, 440))) as sound:
        assert sound.getnframes() == 2 * media.RATE


def test_a_lock_is_a_picture() -> None:
    assert puremagic.from_string(media.lock(64, 36, "02:17"), mime=True) == "image/png"
