"""Drawing a board pack as a tagged PDF."""

from pathlib import Path
from typing import Final
from uuid import UUID

from crossforce.kernel import civil, clock, drawing, pdf
from crossforce.kernel.web import dates
from crossforce.people.api import Actor
from crossforce.programme.queries import packs
from crossforce.programme.queries.packed import organisation
from crossforce.programme.rules.packs import Pack, as_data
from crossforce.records import api as records

TEMPLATE: Final = Path(__file__).resolve().parents[1] / "papers" / "pack.typ"
STANDING: Final = (
    "Drawn on {at} for {force}, as its reader may see it. Another reader may see more or less."
)


def draw(actor: Actor, meeting: UUID, tell: packs.Tell = packs.in_silence) -> drawing.Drawn:
    """The pack of a meeting as a file: a disclosure, with its entry. Raises NoSuchMeeting."""
    at = clock.now()
    found = packs.taken_out(actor, meeting, at, tell)
    tell("The document", 1, 1)
    data = as_data(found) | {"standing": standing(found)}
    name = f"{civil.day_of(at)}-board-pack-{records.in_a_name(found.marking)}.pdf"
    return drawing.Drawn(name, pdf.MEDIA_TYPE, pdf.render(TEMPLATE, data, at=at))


def standing(pack: Pack) -> str:
    """For whom it was drawn and when."""
    return STANDING.format(at=dates.instant(pack.drawn_at), force=organisation(pack.drawn_for))
