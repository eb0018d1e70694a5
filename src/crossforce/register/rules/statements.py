"""What a source document states, statement by statement, and what of it is in doubt.

A source is a TOML file: its rows are those of the sources' inventory, and each row holds statements in
the platform's own words with the place where they stand. What is doubtful is a query and never a fact.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from crossforce.kernel.rulepacks import Confidence
from crossforce.register.choices import StatementKind

FORMAT = 1
ROW = r"^[A-Z][0-9]{2}$"


class Unreadable(ValueError):
    """The file does not hold a source as it is to be written; the message says where."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class InAgreement(_Part):
    """An agreement that holds what a row says, and its clause where one does."""

    agreement: str = Field(min_length=1)
    clause: str = ""


class InRecord(_Part):
    """A record of the platform that holds it; who may see it is for agreements to say.

    It is found by its `reference`, or by the words of `find` where the reference is in none of its texts.
    """

    kind: str = Field(min_length=1)
    reference: str = Field(min_length=1)
    find: str = ""

    @property
    def words(self) -> str:
        """What a search for it asks."""
        return self.find or self.reference


class Statement(_Part):
    """One thing that the source says. A figure stands as `printed`, with its `unit`."""

    kind: StatementKind
    says: str = Field(min_length=1)
    where: str = Field(min_length=1)
    printed: str = ""
    unit: str = ""
    query: str = ""

    @model_validator(mode="after")
    def _has_its_unit(self) -> Self:
        if bool(self.printed) != bool(self.unit):
            raise ValueError("a figure needs both `printed` and `unit`")
        return self


class Row(_Part):
    """A row of the inventory: what it names, what is said of it, and what holds it."""

    id: str = Field(pattern=ROW)
    title: str = Field(min_length=1)
    note: str = ""
    agreements: tuple[InAgreement, ...] = ()
    records: tuple[InRecord, ...] = ()
    statement: tuple[Statement, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_held_or_says_why(self) -> Self:
        if not self.agreements and not self.note:
            raise ValueError(f"{self.id} names no agreement and no reason")
        return self

    @property
    def facts(self) -> tuple[Statement, ...]:
        """What nobody doubts."""
        return tuple(each for each in self.statement if not each.query)

    @property
    def doubts(self) -> tuple[Statement, ...]:
        """What is a query."""
        return tuple(each for each in self.statement if each.query)


class Query(_Part):
    """A doubt: what is printed, what is doubtful, why, the likely reading, and who would have to say."""

    id: str = Field(min_length=1)
    printed: str = Field(min_length=1)
    doubt: str = Field(min_length=1)
    why: str = Field(min_length=1)
    reading: str = Field(min_length=1)
    ask: str = Field(min_length=1)
    confidence: Confidence


class Source(_Part):
    """A source document, and everything that it states."""

    format: Literal[1]
    number: str = Field(pattern=r"^[0-9]{3}$")
    short: str = Field(min_length=1)
    title: str = Field(min_length=1)
    form: str = Field(min_length=1)
    published: str = Field(min_length=1)
    about: str = Field(min_length=1)
    row: tuple[Row, ...] = Field(min_length=1)
    query: tuple[Query, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        _once("row", [each.id for each in self.row])
        _once("query", [each.id for each in self.query])
        asked = {each.query for row in self.row for each in row.doubts}
        known = {each.id for each in self.query}
        if asked != known:
            odd = ", ".join(sorted(asked ^ known))
            raise ValueError(f"queries and the statements in doubt do not match: {odd}")
        return self

    @property
    def statements(self) -> int:
        """How many statements the source makes."""
        return sum(len(row.statement) for row in self.row)

    def asked_in(self, statement: Statement) -> Query:
        """The query that a statement in doubt belongs to."""
        return next(each for each in self.query if each.id == statement.query)

    def doubted_by(self, query: Query) -> Iterator[tuple[Row, Statement]]:
        """The statements that the query is about, each with its row."""
        for row in self.row:
            for each in row.doubts:
                if each.query == query.id:
                    yield row, each


def read(text: str, name: str) -> Source:
    """The source that a file holds. Raises Unreadable, naming the file and what is wrong with it."""
    try:
        return Source.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as wrong:
        raise Unreadable(f"{name}: {wrong}") from None
    except ValidationError as wrong:
        first = wrong.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise Unreadable(f"{name}, {where}: {first['msg']}") from None


def _once(what: str, names: Sequence[str]) -> None:
    again = sorted(name for name, count in Counter(names).items() if count > 1)
    if again:
        raise ValueError(f"{what} {', '.join(again)} stands twice")
