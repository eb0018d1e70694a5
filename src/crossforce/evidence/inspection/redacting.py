"""What the confined process does for a redaction: draws what boxes are drawn on, finds what might go, and makes what is left."""

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from typing import Any, Final

from crossforce.evidence.inspection import covering, pictures, repapering, rewriting

Asked = dict[str, Any]
Done = tuple[dict[str, Any], bytes]
Places = Sequence[Sequence[float]]
MOST_TOLD: Final = 2_000_000
CUT: Final = f"This page has more words than the first {MOST_TOLD:,} letters, which are shown. Whoever decides has not seen all of it."


SEEING: Final = {"find": "faces", "follow": "following"}
"""What needs OpenCV, and the module of ours that it needs it for."""


@cache
def load(does: str) -> Any:
    """That module in memory, with all that it reads: half a second that nothing else waits for."""
    found = import_module(f"crossforce.evidence.inspection.{SEEING[does]}")
    found.load()
    return found


def draw(media_type: str, content: bytes, asked: Asked) -> Done:
    """A picture of the image, or of one page and its words; of a text its lines, of sound how long it lasts."""
    match asked["method"]:
        case "image":
            return {"pages": 1}, covering.drawn(content)
        case "paper":
            number = int(asked["page"])
            with repapering.opened(content) as paper:
                pages, image = len(paper), repapering.drawn(repapering.page_of(paper, number))
            words = repapering.words_left(content, number)
            told = {"pages": pages, "text": words[:MOST_TOLD]}
            if len(words) > MOST_TOLD:
                told["why_not"] = CUT
            return told, pictures.as_jpeg(image, covering.ROOM)
        case "text":
            lines = rewriting.lines_of(media_type, content)
            pages, first, shown = rewriting.part_of(lines, int(asked["page"]))
            return {"pages": pages, "first": first, "text": "\n".join(shown)}, b""
        case _:
            return {"pages": 1, "seconds": rewriting.seconds(content)}, b""


def find(media_type: str, content: bytes, asked: Asked) -> Done:
    """Faces of an image, or the places of words: each is a proposal."""
    words = asked["words"]
    match asked["method"]:
        case "image":
            return {"places": load("find").found(covering.upright(content)[0])}, b""
        case "paper":
            return {"places": repapering.found(content, words)}, b""
        case "text":
            lines = rewriting.lines_of(media_type, content)
            return {"places": rewriting.found(lines, words)}, b""
        case _:
            return {"places": []}, b""


def follow(media_type: str, content: bytes, asked: Asked) -> Done:
    """Where a box goes through frames of plain grey pixels."""
    return {"places": load("follow").followed(content, asked["box"])}, b""


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
