"""The first beat, for every operation of this app, and for the page that leads to it."""

from crossforce.kernel.refusals import Refused
from crossforce.ledger.api import Acts


class NotYours(Refused):
    """Your office does not carry this power over the directory of organisations."""


def permit(actor: Acts, power: str, organisation: str | None = None) -> None:
    """Let the act pass, or raise NotYours; `organisation` None means the actor's own."""
    if actor.may(power, organisation):
        return
    whose = f" for {organisation}" if organisation else ""
    raise NotYours(f"The office “{actor.office}” does not carry the power {power}{whose}.")
