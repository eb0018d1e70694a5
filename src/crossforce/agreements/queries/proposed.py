"""Which edits of drafts were put to their parties."""

from collections.abc import Collection

from crossforce.agreements import models
from crossforce.agreements.queries.agreements import visible
from crossforce.people.choices import Actor

LARGE = ("document", "text", "terms", "findings")


def proposed(actor: Actor, references: Collection[str]) -> list[models.Version]:
    """The versions of these agreements that were made of drafts, the earliest first, as far as the actor may know."""
    known = visible(actor).filter(reference__in=references)
    rows = models.Version.objects.filter(agreement__in=known, edit__isnull=False)
    found = rows.select_related("agreement").defer(*LARGE).order_by("proposed_at", "number")
    return list(found)
