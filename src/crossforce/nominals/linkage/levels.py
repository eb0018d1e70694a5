"""How a column is compared: the levels of agreement, strongest first, each as SQL and in words.

A level's number counts from the weakest, 0 for "otherwise", as Splink numbers them; -1 is "nothing is said".
What the SQL says here, `grading.py` says compiled.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from crossforce.nominals.linkage.columns import Column, Role

NAME_ALIKE: Final = (0.92, 0.88, 0.7)
TEXT_ALIKE: Final = (0.95, 0.88, 0.75)
EMAIL_ALIKE: Final = 0.88
TURNED_ALIKE: Final = 0.88
CALLED: Final = "_called"
"""Ends the name of the column that lists what else somebody of a forename is called."""
PARTS: Final = (4, 6)
"""Figures of a date of which the year alone is known, or year and month: so many levels, from the weakest, agree as far as is known."""
SELDOM: Final = 1e-4
OTHERWISE: Final = "ELSE"
NEARLY: Final = 2
"""Of an address so many levels say that it is the same, or nearly."""


@dataclass(frozen=True)
class Level:
    """One degree of agreement. `sql` compares two rows by `<column>_l` and `<column>_r`."""

    label: str
    sql: str
    likely: float
    """The share of matches that reach it, from which training begins."""


@dataclass(frozen=True)
class Comparison:
    """How one column is compared.

    `partner` is the other name, when the two may stand the wrong way round. What the column says follows from the columns in
    `follows`: where one of them is the same in both records, or an address nearly, this one tells nothing more. Where one of those
    in `shared` is the same, rarest first, it tells less: people of one address often have a surname in common. So each level is
    there once for each of these, and, weakest, by itself: `own` levels.
    """

    column: Column
    index: int
    levels: tuple[Level, ...]
    partner: int = -1
    follows: tuple[int, ...] = ()
    shared: tuple[int, ...] = ()
    nothing: str = ""

    @property
    def own(self) -> int:
        return len(self.levels) // (len(self.shared) + 1)

    @property
    def exact(self) -> int:
        """The number of the level "the same"; it alone is weighed by how common the value is."""
        return self.own - 1

    @property
    def alone(self) -> int:
        """The least number of the levels that say the same whatever else is: an address that is the same, or nearly."""
        return self.exact - 1 if self.column.role is Role.ADDRESS else self.own

    def level(self, number: int) -> Level:
        return self.levels[len(self.levels) - 1 - number]

    def beyond(self, place: int) -> int:
        """How much higher a level's number is where the column at this place of `shared` is the same."""
        return (len(self.shared) - place) * self.own


def comparisons(
    columns: Sequence[Column],
    follows: Sequence[tuple[int, ...]],
    shared: Sequence[tuple[int, ...]],
) -> tuple[Comparison, ...]:
    """The comparison of each column, by its role, and by what it was found to follow from or to be shared with."""
    found = [
        _comparison(columns, index, follows[index] if follows else ())
        for index in range(len(columns))
    ]
    if not shared:
        return tuple(found)
    return tuple(
        replace(
            each, levels=_each_shared(columns, each.column, each.levels, leads), shared=leads
        )
        for each, leads in zip(found, shared, strict=True)
    )


def _each_shared(
    columns: Sequence[Column], column: Column, own: tuple[Level, ...], leads: tuple[int, ...]
) -> tuple[Level, ...]:
    """The levels of a column once for each of those that it is shared with, and by themselves."""
    found: list[Level] = []
    for lead in leads:
        where, name = f"({_leading(columns[lead])})", columns[lead].name
        for place, each in enumerate(own):
            sql = where if each.sql == OTHERWISE else f"{where} AND ({each.sql})"
            if column.role is Role.ADDRESS:
                sql = "FALSE" if place < NEARLY else f"{sql} AND NOT ({_leading(column)})"
            found.append(
                replace(each, sql=sql, label=f"{each.label}, where {name} is the same")
            )
    return (*found, *own)


def _comparison(columns: Sequence[Column], index: int, follows: tuple[int, ...]) -> Comparison:
    column = columns[index]
    partner = _partner(columns, index)
    name = column.name
    nothing = f'"{name}_l" IS NULL OR "{name}_r" IS NULL'
    levels = [Level("the same", f'"{name}_l" = "{name}_r"', 0.7), *_between(column)]
    if partner >= 0:
        turned, nearly = _turned(name, columns[partner].name)
        if column.role is Role.FORENAME:
            levels[1:1] = [
                Level("forename and surname the wrong way round", turned, 0.02),
                Level("forename and surname the wrong way round, and alike", nearly, 0.01),
            ]
        else:
            nothing = f"{nothing} OR ({turned}) OR ({nearly})"
    for each in follows:
        nothing = f"{nothing} OR {_leading(columns[each])}"
    levels.append(Level("different", OTHERWISE, 0.05))
    return Comparison(column, index, tuple(levels), partner, follows, nothing=nothing)


def _partner(columns: Sequence[Column], index: int) -> int:
    """The first column of the other name, for the first of its own role."""
    role = columns[index].role
    other = {Role.FORENAME: Role.SURNAME, Role.SURNAME: Role.FORENAME}.get(role)
    first = next(i for i, each in enumerate(columns) if each.role is role)
    found = [i for i, each in enumerate(columns) if each.role is other]
    return found[0] if other and found and first == index else -1


def _leading(column: Column) -> str:
    """When a column that others follow from counts as the same."""
    same = f'"{column.name}_l" = "{column.name}_r"'
    return same if column.role is not Role.ADDRESS else f"{same} OR ({_between(column)[0].sql})"


def _turned(mine: str, other: str) -> tuple[str, str]:
    """That both names differ and are the wrong way round, letter by letter or nearly."""
    differ = f'"{mine}_l" <> "{mine}_r" AND "{other}_l" <> "{other}_r"'
    sides = [f'"{one}_l", "{two}_r"' for one, two in ((mine, other), (other, mine))]
    alike = [f"jaro_winkler_similarity({each}) >= {TURNED_ALIKE}" for each in sides]
    same = f'"{mine}_l" = "{other}_r" AND "{other}_l" = "{mine}_r"'
    return f"{differ} AND {same}", f"{differ} AND {' AND '.join(alike)}"


def _between(column: Column) -> tuple[Level, ...]:  # noqa: C901 - one case for each role
    """The levels between the same and different."""
    left, right = f'"{column.name}_l"', f'"{column.name}_r"'
    slip = Level("one slip apart", f"damerau_levenshtein({left}, {right}) <= 1", 0.1)
    match column.role:
        case Role.FORENAME:
            called = f'list_contains("{column.name}{CALLED}_l", {right})'
            short = Level("a short form of the other, or another of one name", called, 0.03)
            return (short, *_jaro_winkler(left, right, NAME_ALIKE))
        case Role.SURNAME:
            return _jaro_winkler(left, right, NAME_ALIKE)
        case Role.PLACE:
            return _jaro_winkler(left, right, TEXT_ALIKE)
        case Role.ADDRESS:
            nearly, *others = _jaro_winkler(left, right, TEXT_ALIKE)
            # A neighbour's address differs in one figure.
            figures = " = ".join(
                f"regexp_replace({s}, '[^0-9]', '', 'g')" for s in (left, right)
            )
            return (replace(nearly, sql=f"{nearly.sql} AND {figures}"), *others)
        case Role.BORN:
            return _born(left, right, slip)
        case Role.BIRTH:
            return _birth(left, right, slip)
        case Role.POSTCODE:
            district = f"length({left}) > 3 AND length({left}) = length({right}) AND "
            district += f"left({left}, length({left}) - 3) = left({right}, length({right}) - 3)"
            return (slip, Level("same district", district, 0.1))
        case Role.NUMBER:
            return (slip, Level("two slips apart", f"levenshtein({left}, {right}) <= 2", 0.03))
        case Role.EMAIL:
            local = f"split_part({left}, '@', 1) = split_part({right}, '@', 1)"
            alike = f"jaro_winkler_similarity({left}, {right}) >= {EMAIL_ALIKE}"
            return (
                Level("same before the @", local, 0.05),
                Level("nearly the same", alike, 0.1),
            )
        case Role.CODE:
            return ()


def _jaro_winkler(
    left: str, right: str, least: tuple[float, float, float]
) -> tuple[Level, ...]:
    labels = ("nearly the same", "alike", "somewhat alike")
    likely = (0.1, 0.05, 0.05)
    return tuple(
        Level(label, f"jaro_winkler_similarity({left}, {right}) >= {bound}", share)
        for label, bound, share in zip(labels, least, likely, strict=True)
    )


def _born(left: str, right: str, slip: Level) -> tuple[Level, ...]:
    def same(start: int, length: int, other: int = 0) -> str:
        return (
            f"substr({left}, {start}, {length}) = substr({right}, {other or start}, {length})"
        )

    year, month, day = same(1, 4), same(5, 2), same(7, 2)
    whole = f"length({left}) = 8 AND length({right}) = 8"
    turned = f"({year} AND {same(5, 2, 7)} AND {same(7, 2, 5)})"
    two = f"({year} AND {month}) OR ({year} AND {day}) OR ({month} AND {day})"
    return (
        Level(
            "one slip, or day and month exchanged",
            f"({slip.sql}) OR ({whole} AND {turned})",
            0.1,
        ),
        Level("two of day, month and year the same", f"{whole} AND ({two})", 0.05),
        Level("same year", f"{whole} AND {year}", 0.02),
    )


def _birth(left: str, right: str, slip: Level) -> tuple[Level, ...]:
    """Whole dates as ever; where one is known in part, as far as both are."""
    whole = f"length({left}) = 8 AND length({right}) = 8"
    levels = [
        replace(each, sql=f"{whole} AND ({each.sql})") for each in _born(left, right, slip)
    ]
    words = {
        6: "the same year and month, as far as is known",
        4: "the same year, as far as is known",
    }
    for known in reversed(PARTS):
        shorter = f"least(length({left}), length({right})) = {known}"
        same = f"substr({left}, 1, {known}) = substr({right}, 1, {known})"
        levels.append(Level(words[known], f"{shorter} AND {same}", SELDOM))
    return tuple(levels)
