"""The canonical model: what a force says of a person, an object, a location or an event, statement by statement. Pure."""

from crossforce.nominals.canonical.deriving import Preferred, preferred
from crossforce.nominals.canonical.identifiers import checked as identifier
from crossforce.nominals.canonical.statements import (
    ABOUT,
    ASSERTED,
    CATEGORIES,
    CONFIDENCE,
    Statement,
    judged,
    read,
)

__all__ = [
    "ABOUT",
    "ASSERTED",
    "CATEGORIES",
    "CONFIDENCE",
    "Preferred",
    "Statement",
    "identifier",
    "judged",
    "preferred",
    "read",
]
