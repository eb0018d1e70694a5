"""A rule of the check, and a problem that it finds."""

from dataclasses import dataclass

Path = tuple[str | int, ...]
"""Where in a document: `("party", 3, "organisation")`."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found, before its severity is known."""

    rule: str
    path: Path
    message: str
    remedy: str
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its lasting code, what it asks for, and what mends a breach of it.

    Whether it applies to a document, and how gravely, stands in the rule packs under
    `check.<code>`, by basis and date.
    """

    code: str
    asks: str
    mends: str

    def broken(
        self, path: Path, message: str, *, mends: str = "", clause: str | None = None
    ) -> Problem:
        """A breach of this rule at that place."""
        return Problem(self.code, path, message, mends or self.mends, clause)
