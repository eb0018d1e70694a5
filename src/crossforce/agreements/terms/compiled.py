"""Compiled terms as a whole: what the parties sign beside the text, and what is enforced."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, ValidationError

from crossforce.agreements.document.parts import Capacity, PartyRole
from crossforce.agreements.document.values import CivilDate
from crossforce.agreements.terms.rules import Compiled, Span, TermRule, TermType
from crossforce.kernel.periods import Period
from crossforce.kernel.words import Words

COMPILER_VERSION = 1
"""Raised whenever the same document could compile to other bytes."""

BEGINNING = datetime(1, 1, 1, tzinfo=UTC)
"""Where a period starts when the document states no first day."""

Rule = TypeVar("Rule", bound=Compiled)


class NotCompiledTerms(ValueError):
    """The bytes are not compiled terms in their one form."""


class Term(Compiled):
    """One executable rule, the clause it rests on, and when it is valid.

    `from_` and `until` are the civil dates for showing, with the precision the source gives; `valid`
    is what is enforced. Since when it is enforced is added at activation and is not part of this.
    """

    id: str
    clause: str | None = None
    heading: Words | None = None
    valid: Period
    from_: CivilDate | None = Field(default=None, alias="from")
    until: CivilDate | None = None
    assumed: str | None = None
    source: str | None = None
    rule: Annotated[TermRule, Field(discriminator="type")]

    @property
    def type(self) -> TermType:
        return self.rule.type


class CompiledParty(Compiled):
    """A legal person bound by the agreement, through a period."""

    organisation: str
    capacity: Capacity
    role: PartyRole
    valid: Period
    assumed: str | None = None


class CompiledUnit(Compiled):
    """A unit of the agreement: its functions, and whose staff are in it when."""

    code: str
    part_of: str | None = None
    functions: tuple[str, ...] = ()
    valid: Period
    staffing: tuple[Span, ...] = ()
    embedded: tuple[str, ...] = ()
    based_in: str | None = None
    compartment: str | None = None


class PackReference(Compiled):
    """A rule pack the terms lean on: `pinned` figures are copied in, `floating` ones are looked up."""

    pack: str
    version: int | None = None
    binding: Literal["pinned", "floating"]


class CompiledTerms(Compiled):
    """Everything a document means to the platform, independent of how the document was laid out."""

    format: Literal[1] = 1
    compiler: int = COMPILER_VERSION
    reference: str
    valid: Period
    functions: tuple[str, ...] = ()
    parties: tuple[CompiledParty, ...] = ()
    units: tuple[CompiledUnit, ...] = ()
    chiefs: dict[str, str] = Field(
        default={}, description="The chief officer of each force the document names."
    )
    terms: tuple[Term, ...] = ()
    rule_packs: tuple[PackReference, ...] = ()

    def of(self, rule: type[Rule]) -> list[tuple[Term, Rule]]:
        """The terms that carry this kind of rule, in the order of their clauses."""
        return [(term, term.rule) for term in self.terms if isinstance(term.rule, rule)]

    def in_force(self, rule: type[Rule], at: datetime) -> list[tuple[Term, Rule]]:
        """Those of them that are valid at the instant."""
        return [pair for pair in self.of(rule) if pair[0].valid.contains(at)]

    def unit(self, code: str) -> CompiledUnit | None:
        """The unit of that code."""
        return self._units.get(code)

    def model_copy(
        self, *, update: Mapping[str, Any] | None = None, deep: bool = False
    ) -> "CompiledTerms":
        """A copy that finds its own units, not those remembered by the original."""
        copied = super().model_copy(update=update, deep=deep)
        copied.__dict__.pop("_units", None)
        return copied

    @cached_property
    def _units(self) -> Mapping[str, CompiledUnit]:
        return {unit.code: unit for unit in self.units}


def to_bytes(terms: CompiledTerms) -> bytes:
    """The one byte form: JSON in UTF-8, keys sorted, nothing absent written."""
    plain = terms.model_dump(mode="json", by_alias=True, exclude_none=True)
    return json_bytes(plain)


def from_bytes(data: bytes) -> CompiledTerms:
    """The terms in these bytes. Raises NotCompiledTerms unless they are in the one form."""
    try:
        terms = CompiledTerms.model_validate_json(data)
    except ValidationError as error:
        raise NotCompiledTerms(str(error)) from error
    if to_bytes(terms) != data:
        raise NotCompiledTerms("these terms are not in the one byte form")
    return terms


def terms_hash(terms: CompiledTerms) -> str:
    """SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(to_bytes(terms)).hexdigest()


def json_bytes(plain: Any) -> bytes:
    """JSON with sorted keys, no white space, UTF-8."""
    return json.dumps(
        plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode("utf-8")
