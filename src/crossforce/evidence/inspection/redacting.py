"""What the confined process does for a redaction: draws what boxes are drawn on, finds what might go, and makes what is left."""

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from typing import Any, Final

from crossforce.evidence.inspection import covering, pictures, repapering, rewriting

Asked = dict[str, Any]
Done = tuple[dict[str, Any], bytes]
Places = Sequence[Sequence[float]]
MOST_TOLD: Final = 200_000
"""So many letters of a text are shown at once."""


@cache
def load() -> Any:
    """The module that finds faces, in memory with its detectors: half a second that nothing else waits for."""
    faces = import_module("crossforce.evidence.inspection.faces")
    faces.load()
    return faces


def draw(media_type: str, content: bytes, asked: Asked) -> Done:
    """A picture of the image, or of one page and its words; of a text its lines, of sound how long it lasts."""
    match asked["method"]:
        case "image":
            return {"pages": 1}, covering.drawn(content)
        case "paper":
            number = int(asked["page"])
            with repapering.opened(content) as paper:
                pages, image = len(paper), repapering.drawn(repapering.page_of(paper, number))
            words = repapering.words_left(content, number)[:MOST_TOLD]
            return {"pages": pages, "text": words}, pictures.as_jpeg(image, covering.ROOM)
        case "text":
            lines = rewriting.lines_of(media_type, content)
            return {"pages": 1, "text": "\n".join(lines)[:MOST_TOLD]}, b""
        case _:
            return {"pages": 1, "seconds": rewriting.seconds(content)}, b""


def find(media_type: str, content: bytes, asked: Asked) -> Done:
    """Faces of an image, or the places of words: each is a proposal."""
    words = asked["words"]
    match asked["method"]:
        case "image":
            return {"places": load().found(covering.upright(content)[0])}, b""
        case "paper":
            return {"places": repapering.found(content, words)}, b""
        case "text":
            lines = rewriting.lines_of(media_type, content)
            return {"places": rewriting.found(lines, words)}, b""
        case _:
            return {"places": []}, b""


def redact(media_type: str, content: bytes, asked: Asked) -> Done:
    """What is left without the places."""
    places = asked["places"]
    return {}, MADE[asked["method"]](media_type, content, places)


MADE: Final[dict[str, Callable[[str, bytes, Places], bytes]]] = {
    "image": lambda _, content, places: covering.redacted(content, places),
    "paper": lambda _, content, places: repapering.redacted(content, places),
    "text": lambda media_type, content, places: rewriting.redacted(
        rewriting.lines_of(media_type, content), places
    ),
    "sound": lambda _, content, places: rewriting.muted(content, places),
}
