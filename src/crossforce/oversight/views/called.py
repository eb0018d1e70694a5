"""Records that pages on access speak of, by title, marking and link: a look, which is logged as one."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse

from crossforce.oversight.views import words
from crossforce.people import api as people
from crossforce.records import api as records

Names = dict[UUID, records.Named]


def all_of(actor: people.Actor, those: Sequence[tuple[str, UUID]]) -> Names:
    """What the records are called that the actor may find or read, by kind and identifier."""
    return records.named(actor, those)


def link(kind: str, record: UUID, named: Names) -> str:
    """The record's page, or nothing for one that the reader may not know."""
    return reverse("records:show", args=[kind, record]) if record in named else ""


def of(actor: people.Actor, kind: str, record: UUID) -> dict[str, Any]:
    """One record, for the context of a page."""
    named = all_of(actor, [(kind, record)])
    return {
        "subject": words.called(kind, record, named),
        "subject_link": link(kind, record, named),
    }
