"""A public report as headings, paragraphs and tables in one language: page, PDF and CSV draw the same."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from crossforce.kernel.money import in_pounds
from crossforce.kernel.words import Language, Words
from crossforce.programme.rules.report_contents import Benefit, Collaboration, Content
from crossforce.programme.rules.report_words import KINDS, LIGHTS, REASONS, STATES, TEXTS

COLOURS: Final = {"green": "green", "amber": "orange", "red": "red", "blue": "blue"}


class Said(NamedTuple):
    """A text with its language: where nobody wrote Welsh, the English stands and is marked so."""

    text: str
    language: str
    colour: str = ""


class Table(NamedTuple):
    """Rows below heads; the first cell of a row is its heading, `numeric` are columns of figures."""

    caption: Said
    heads: tuple[Said, ...]
    rows: tuple[tuple[Said, ...], ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it; `level` 2 is a part of the report, 3 a part of that."""

    title: Said
    level: int
    paragraphs: tuple[Said, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Codes:
    """What the codes of the register mean in words, and how a day is written in the language."""

    origins: Mapping[str, Words]
    capacities: Mapping[str, Words]
    day: Callable[[date], str]


class Saying:
    """Texts of one language."""

    def __init__(self, language: str, codes: Codes) -> None:
        self.language: Language = "cy" if language == "cy" else "en"
        self.codes = codes

    def words(self, words: Words, colour: str = "") -> Said:
        """The words, in the language in which they are written."""
        is_welsh = self.language == "cy" and words.cy is not None
        return Said(words.in_language(self.language), "cy" if is_welsh else "en", colour)

    def fixed(self, name: str, **values: str) -> Said:
        """One of the fixed texts."""
        return self.plain(TEXTS[name].in_language(self.language).format(**values))

    def plain(self, text: str) -> Said:
        """Figures and days: the same in either language."""
        return Said(text, self.language)

    def day(self, day: date | None) -> Said:
        """`3 March 2026`, or a dash."""
        return self.plain("–" if day is None else self.codes.day(day))

    def written(self, words: Words | None) -> tuple[Said, ...]:
        """What somebody wrote, parted at its empty lines."""
        if words is None:
            return ()
        said = self.words(words)
        parts = said.text.replace("\r\n", "\n").split("\n\n")
        return tuple(
            Said(" ".join(each.split()), said.language) for each in parts if each.strip()
        )


def sections(content: Content, say: Saying) -> tuple[Section, ...]:
    """The report in its order: what the office wrote, each collaboration, what was left out."""
    begun = [Section(say.fixed("purpose"), 2, say.written(content.introduction))]
    found = [each for each in begun if each.paragraphs]
    for each in content.figures.collaborations:
        found += _collaboration(each, say)
    for name, words in (("ahead", content.ahead), ("caveat", content.caveat)):
        if words is not None:
            found.append(Section(say.fixed(name), 2, say.written(words)))
    return (*found, _left_out(content, say))


def lead(content: Content, say: Saying) -> Said:
    """As of which day the figures stand."""
    year = f"{content.year}/{(content.year + 1) % 100:02d}"
    return say.fixed("drawn", day=say.day(content.figures.drawn_on).text, year=year)


def is_partly_english(found: Iterable[Section]) -> bool:
    """Whether somewhere the English stands because nobody wrote Welsh."""
    return any(said.language == "en" for each in found for said in _texts(each))


def _texts(section: Section) -> Iterator[Said]:
    yield from (section.title, *section.paragraphs)
    for table in section.tables:
        yield from (cell for row in table.rows for cell in row)


def _collaboration(each: Collaboration, say: Saying) -> list[Section]:
    codes = say.codes
    told = [say.words(codes.origins[each.origin])] if each.origin in codes.origins else []
    parties = [
        (say.words(p.name), say.words(codes.capacities[p.capacity])) for p in each.parties
    ]
    parts = (_costs, _benefits, _projects, _decisions, _coming)
    return [
        Section(say.words(each.title), 2, (*told, *say.written(each.objective))),
        Section(
            say.fixed("parties"),
            3,
            (say.words(each.forces),) if each.forces else (),
            _one_table(say, "parties", ("party", "as"), parties),
        ),
        *(part(each, say) for part in parts),
    ]


def _costs(each: Collaboration, say: Saying) -> Section:
    rows = [
        (_english(m.title), say.plain(in_pounds(m.agreed)), _sum(m.spent, say))
        for m in each.money
    ]
    tables = list(_one_table(say, "costs", ("cost", "agreed", "spent"), rows, (1, 2)))
    for money in each.money:
        shares = [(say.words(s.party), say.plain(in_pounds(s.pence))) for s in money.shares]
        caption = Said(f"{say.fixed('shares').text}: {money.title}", say.language)
        tables += _table(say, caption, ("party", "share"), shares, (1,))
    return _section(say, "costs", tables)


def _benefits(each: Collaboration, say: Saying) -> Section:
    rows = [
        (
            _english(b.title),
            _amount(b, b.target, say),
            _amount(b, b.promised, say),
            _amount(b, b.come, say),
            say.words(LIGHTS[b.light], COLOURS.get(b.light, "grey")),
            say.words(b.rule),
        )
        for b in each.benefits
    ]
    heads = ("benefit", "target", "promised", "come", "light", "why")
    return _section(say, "benefits", _one_table(say, "benefits", heads, rows, (1, 2, 3)))


def _projects(each: Collaboration, say: Saying) -> Section:
    rows = [
        (
            _english(p.title),
            say.words(STATES[p.state]),
            say.words(LIGHTS[p.light], COLOURS.get(p.light, "grey")),
            say.words(p.reason),
        )
        for p in each.projects
    ]
    heads = ("project", "state", "light", "why")
    return _section(say, "projects", _one_table(say, "projects", heads, rows))


def _decisions(each: Collaboration, say: Saying) -> Section:
    rows = [
        (_english(d.title), say.day(d.on), say.day(d.takes_effect_on)) for d in each.decisions
    ]
    heads = ("decision", "decided", "effect")
    return _section(say, "decisions", _one_table(say, "decisions", heads, rows))


def _coming(each: Collaboration, say: Saying) -> Section:
    rows = [(_english(c.title), _english(c.project), say.day(c.on)) for c in each.coming]
    found = _one_table(say, "coming", ("what", "project", "due"), rows)
    none = () if found else (say.fixed("none-coming"),)
    return Section(say.fixed("coming"), 3, none, tuple(found))


def _left_out(content: Content, say: Saying) -> Section:
    rows = [
        (
            say.words(KINDS[each.kind]),
            say.plain(str(each.number)),
            say.words(REASONS[each.why]),
        )
        for each in content.figures.left_out
    ]
    found = _one_table(say, "left-out", ("what", "number", "why"), rows, (1,))
    none = () if found else (say.fixed("nothing-left-out"),)
    return Section(say.fixed("left-out"), 2, none, tuple(found))


def _section(say: Saying, name: str, tables: Iterable[Table]) -> Section:
    found = tuple(tables)
    none = () if found else (say.fixed(f"none-{name}"),)
    return Section(say.fixed(name), 3, none, found)


def _one_table(
    say: Saying,
    caption: str,
    heads: Sequence[str],
    rows: Sequence[tuple[Said, ...]],
    numeric: tuple[int, ...] = (),
) -> tuple[Table, ...]:
    return _table(say, say.fixed(caption), heads, rows, numeric)


def _table(
    say: Saying,
    caption: Said,
    heads: Sequence[str],
    rows: Sequence[tuple[Said, ...]],
    numeric: tuple[int, ...],
) -> tuple[Table, ...]:
    if not rows:
        return ()
    return (Table(caption, tuple(say.fixed(each) for each in heads), tuple(rows), numeric),)


def _sum(pence: int | None, say: Saying) -> Said:
    return say.fixed("not-told") if pence is None else say.plain(in_pounds(pence))


def _amount(of: Benefit, figure: int | None, say: Saying) -> Said:
    if figure is None:
        return say.fixed("not-told")
    if of.unit == "pence":
        return say.plain(in_pounds(figure))
    return Said(f"{figure:,} {of.unit}", "en") if of.unit else say.plain("–")


def _english(text: str) -> Said:
    """A title as its record has it: records are written in English."""
    return Said(text, "en")
