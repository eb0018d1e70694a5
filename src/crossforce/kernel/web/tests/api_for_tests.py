"""A small router that the frame's tests mount beside the real ones."""

from django.http import HttpRequest
from ninja import Router, Schema

from crossforce.kernel import refusals

router = Router(tags=["tests"])
DONE: list[str] = []


class Note(Schema):
    text: str


@router.post("", auth=None)
def write(request: HttpRequest, note: Note) -> dict[str, int]:
    if note.text == "refused":
        raise refusals.Refused("Only Kent may do this.")
    if note.text == "stale":
        raise refusals.StaleVersion
    DONE.append(note.text)
    return {"notes": len(DONE)}


@router.get("/hidden/{number}", auth=None)
def hidden(request: HttpRequest, number: int) -> None:
    raise refusals.Missing(f"secret {number}")


@router.get("/guarded")
def guarded(request: HttpRequest) -> dict[str, str]:
    return {"office": request.actor.office}  # type: ignore[attr-defined]


@router.post("/guarded")
def guarded_write(request: HttpRequest) -> dict[str, str]:
    DONE.append(request.actor.office)  # type: ignore[attr-defined]
    return {"office": request.actor.office}  # type: ignore[attr-defined]
