"""Codes of nominals as people read them."""

from typing import Final
from uuid import UUID

from django.urls import reverse

from crossforce.nominals.choices import PERSON
from crossforce.nominals.queries.searching import Seen
from crossforce.nominals.searching import written

KINDS: Final = {
    "nominals.person": "Person",
    "nominals.object": "Thing",
    "nominals.location": "Place",
    "nominals.event": "Event",
}
WARNINGS: Final = {
    "ailment": "Ailment",
    "contagious": "Contagious",
    "dog": "Dangerous dog",
    "escaper": "May escape",
    "impersonates": "Impersonates",
    "mental-health": "Mental health",
    "self-harm": "Self-harm",
    "sexual-offender": "Sexual offender",
    "allegations": "Makes allegations against police",
}


def kind(code: str) -> str:
    """A kind of record."""
    return KINDS.get(code, code)


def warning(code: str) -> str:
    """A warning: what to know before anything else."""
    return WARNINGS.get(code, code.replace("-", " ").capitalize())


def category(code: str) -> str:
    """How somebody is known: suspect, convicted, victim or witness."""
    return code.replace("-", " ").capitalize()


def born(said: str) -> str:
    """A day of birth in words, as far as it is known."""
    return written.text(said)


def link(seen: Seen) -> str:
    """Where it is read; of a pointer, where it says whom to ask."""
    if seen.is_readable and seen.kind == PERSON:
        return reverse("nominals:person", args=[seen.id])
    return record(seen.kind, seen.id)


def record(kind: str, key: UUID) -> str:
    """The page that every record has."""
    return reverse("records:show", args=[kind, key])


def ask(seen: Seen) -> str:
    """Where access to it is asked of its holder."""
    return reverse("oversight:ask", args=[seen.kind, seen.id])
