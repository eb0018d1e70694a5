"""Answers against the slow way, and against what the searcher may see."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import pytest
from hypothesis import example, given, settings

from crossforce.nominals.searching import finding, question
from crossforce.nominals.searching.answers import Answer
from crossforce.nominals.searching.building import Columns, Person, build
from crossforce.nominals.searching.finding import Searcher
from crossforce.nominals.searching.levels import STEP
from crossforce.nominals.searching.names import Name
from crossforce.nominals.searching.tables import Piece
from crossforce.nominals.searching.tests.oracle import Oracle
from crossforce.nominals.searching.tests.worlds import (
    SCOPES,
    SOMEBODY,
    TODAY,
    questions,
    scopes,
    wholly,
    worlds,
)
from crossforce.nominals.searching.weighing import Question

EVERYTHING = Searcher.of(SCOPES)


def piece(people: Iterable[Person]) -> Piece:
    columns = Columns()
    columns.add(people)
    return build(columns)


def asked(people: list[Person], line: str) -> Answer:
    return finding.find([piece(people)], question.read(line, at=TODAY), EVERYTHING)


@settings(max_examples=150, deadline=None)
@given(world=worlds, asked=questions | wholly, read=scopes, pointed=scopes)
@example(
    world=[SOMEBODY],
    asked=question.read("smith john 12/5/1980", at=TODAY),
    read={1},
    pointed=set(),
)
def test_answers_as_the_slow_way_does_and_only_of_what_is_permitted(
    world: list[Person], asked: Question, read: set[int], pointed: set[int]
) -> None:
    answer = finding.find([piece(world)], asked, Searcher.of(read, pointed), limit=7)
    permitted = [person for person in world if person.scope in read | pointed]
    expected = [] if asked.empty else Oracle(world, asked).answer(permitted)
    assert [hit.key.int for hit in answer.hits] == [key for _, key in expected[:7]]
    scope = {person.key.int: person.scope for person in world}
    readable = [key for _, key in expected if scope[key] in read]
    assert (answer.readable, answer.pointers) == (len(readable), len(expected) - len(readable))
    weights = {key: -weight / STEP for weight, key in expected}
    for hit in answer.hits:
        assert hit.scope == scope[hit.key.int]
        assert hit.weight == (weights[hit.key.int] if hit.scope in read else None)
        assert bool(hit.reasons) == (hit.scope in read)


@settings(max_examples=60, deadline=None)
@given(world=worlds, asked=questions, read=scopes, pointed=scopes)
def test_haste_leaves_none_that_weighs_more(
    world: list[Person], asked: Question, read: set[int], pointed: set[int]
) -> None:
    pieces, searcher = [piece(world)], Searcher.of(read, pointed)
    whole = finding.find(pieces, asked, searcher.reading, limit=3)
    hasty = finding.find(pieces, asked, searcher.reading, limit=3, haste=True)
    assert [hit.weight for hit in hasty.hits] == [hit.weight for hit in whole.hits]
    assert all(hit.scope in read for hit in hasty.hits)
    assert (hasty.readable, hasty.pointers) == (None, None)


@settings(max_examples=60, deadline=None)
@given(world=worlds, asked=questions, read=scopes, pointed=scopes)
def test_what_is_beyond_the_scopes_moves_nothing(
    world: list[Person], asked: Question, read: set[int], pointed: set[int]
) -> None:
    whole, searcher = piece(world), Searcher.of(read, pointed)
    before = finding.find([whole], asked, searcher)
    for person in world:
        if person.scope not in read | pointed:
            whole.remove(person.key)
    assert finding.find([whole], asked, searcher) == before


@pytest.mark.parametrize(
    ("line", "reasons"),
    [
        ("john smith 12/5/1980", {"Surname agrees", "Forename agrees", "Date of birth agrees"}),
        ("jack smyth", {"Surname sounds the same: Smith", "Forename may be the same name: John"}),
        ("smith john", {"Forename and surname are the wrong way round", "Surname agrees", "Forename agrees"}),
        ("jhon smikhe", {"Surname is two slips away: Smith", "Forename is one slip away: John"}),
        ("xavier smith 5/12/1980", {"Surname agrees", "Another forename: John"}
         | {"Day and month of birth are changed over: 12 May 1980"}),
        ("j sm*h aged 44-46", {"Surname fits the pattern: Smith", "Forename agrees by its initial: John"}
         | {"Born up to two years beside what was asked: 12 May 1980"}),
    ],
)  # fmt: skip
def test_says_why(line: str, reasons: set[str]) -> None:
    at = date(2027, 11, 23)
    (hit,) = finding.find([piece([SOMEBODY])], question.read(line, at=at), EVERYTHING).hits
    assert set(hit.reasons) == reasons


def test_a_common_surname_is_not_first_taken_for_a_rare_forename() -> None:
    crossed = Person(UUID(int=1), 1, (Name("Smith", "Rare"),))
    smiths = [Person(UUID(int=number), 1, (Name("John", "Smith"),)) for number in range(2, 12)]
    keys = [hit.key.int for hit in asked([crossed, *smiths], "smith").hits]
    assert keys == [*range(2, 12), 1]


@pytest.mark.parametrize(
    ("line", "is_whole"),
    [
        ("john smith", True),
        ("smith, john 12/5/1980", True),
        ('"john" taylor-jones', True),
        *((line, False) for line in ("smith", "smith, j", "j* smith", "12/5/1980", "")),
    ],
)
def test_a_question_is_whole_by_surname_and_forename(line: str, is_whole: bool) -> None:
    assert (question.read(line, at=TODAY).wholly is not None) == is_whole


def test_what_is_still_typed_is_not_whole() -> None:
    assert question.typing("john smit", at=TODAY).wholly is None


def test_finds_nobody_by_another_name_alone() -> None:
    assert asked([SOMEBODY], "jane taylor").hits == ()
    assert asked([SOMEBODY], "john smith 1960").hits == ()


def test_answers_no_more_than_a_hundred() -> None:
    with pytest.raises(finding.TooMany, match="1 to 100"):
        finding.find([piece([])], question.read("smith", at=TODAY), EVERYTHING, limit=101)
