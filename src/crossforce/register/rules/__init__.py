"""What the register says of an agreement, decided on plain values."""

from crossforce.register.rules.matrix import (
    WHOLE,
    Cell,
    Participant,
    by_force,
    changes,
    grid,
    participants_of,
)
from crossforce.register.rules.saying import Said, in_language, said
from crossforce.register.rules.searching import folded, haystack, words_of
from crossforce.register.rules.summary import Chapter, Listed, Paragraph, regional_summary
from crossforce.register.rules.view import (
    is_bare_notice,
    public_document,
    public_view,
    publication,
    searched,
)

__all__ = [
    "WHOLE",
    "Cell",
    "Chapter",
    "Listed",
    "Paragraph",
    "Participant",
    "Said",
    "by_force",
    "changes",
    "folded",
    "grid",
    "haystack",
    "in_language",
    "is_bare_notice",
    "participants_of",
    "public_document",
    "public_view",
    "publication",
    "regional_summary",
    "said",
    "searched",
    "words_of",
]
