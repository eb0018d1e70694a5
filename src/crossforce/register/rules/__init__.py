"""What the register says of an agreement, decided on plain values."""

from crossforce.register.rules.matrix import (
    Cell,
    Participant,
    by_force,
    changes,
    grid,
    participants_of,
)
from crossforce.register.rules.searching import folded, haystack, words_of
from crossforce.register.rules.summary import Chapter, Paragraph, regional_summary
from crossforce.register.rules.view import (
    in_language,
    public_document,
    public_view,
    publication,
    searched,
)

__all__ = [
    "Cell",
    "Chapter",
    "Paragraph",
    "Participant",
    "by_force",
    "changes",
    "folded",
    "grid",
    "haystack",
    "in_language",
    "participants_of",
    "public_document",
    "public_view",
    "publication",
    "regional_summary",
    "searched",
    "words_of",
]
