"""Agreements by their titles, where benefits and savings name them by reference."""

from collections.abc import Iterable

from crossforce.agreements import api as agreements
from crossforce.people.api import Actor


def agreements_named(actor: Actor, references: Iterable[str]) -> dict[str, str]:
    """The titles of these agreements, by reference, as far as the actor may know of them."""
    if not (wanted := {each for each in references if each}):
        return {}
    known = agreements.visible(actor).filter(reference__in=wanted)
    return dict(known.values_list("reference", "title_en"))
