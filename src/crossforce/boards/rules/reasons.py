"""Why something is refused: plain words, the clause they rest on, and how to mend it."""

from dataclasses import dataclass

from crossforce.agreements.resolve import Citation


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that stands in the way. `why` is None where no clause speaks but practice does."""

    words: str
    mend: str = ""
    why: Citation | None = None

    def __str__(self) -> str:
        clause = self.why.clause if self.why else None
        cited = f"{self.words} (clause {clause})" if clause else self.words
        return f"{cited}. {self.mend}" if self.mend else f"{cited}."


def counted(number: int, noun: str) -> str:
    """`1 day`, `2 days`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(words: list[str] | tuple[str, ...]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
