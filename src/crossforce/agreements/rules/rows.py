"""Terms as the rows of a table: one for each function and force that a term is about."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crossforce.agreements.terms import CompiledTerms, Term
from crossforce.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class Row:
    """One term for one force and one function, as it stands in the table of terms."""

    term: str
    type: str
    clause: str
    function: str
    force: str
    valid: Period
    assumed: bool
    body: dict[str, Any]


def rows(terms: CompiledTerms) -> list[Row]:
    """The terms as rows: a term about several functions is a row for each."""
    return [row for term in terms.terms for row in _rows(term)]


def _rows(term: Term) -> Iterator[Row]:
    body = term.rule.model_dump(mode="json", exclude_none=True)
    one = getattr(term.rule, "function", None)
    functions = (one,) if one else getattr(term.rule, "functions", ()) or ("",)
    for function in functions:
        yield Row(
            term=term.id,
            type=term.type,
            clause=term.clause or "",
            function=function,
            force=getattr(term.rule, "force", None) or "",
            valid=term.valid,
            assumed=term.assumed is not None,
            body=body,
        )
