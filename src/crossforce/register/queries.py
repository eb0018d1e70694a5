"""Reading the register. It is public: these queries take no actor, and nothing else is read here."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, cast

from django.db import connection

from crossforce.agreements.choices import State
from crossforce.agreements.document.parts import ParticipationStatus
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import Missing
from crossforce.register import choices, models, rules

SORTS: Mapping[str, str] = {
    "title": "sort_{language}",
    "region": "region, sort_{language}",
    "form": "form, sort_{language}",
    "forces": "cardinality(forces), sort_{language}",
}


class Row(NamedTuple):
    """A line of the register's list."""

    reference: str
    title: str
    region: str
    form: str
    stage: str
    origin: str
    forces: str
    state: str
    version: int
    is_english: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is asked for; an empty condition holds for every entry."""

    words: str = ""
    region: str = ""
    form: str = ""
    stage: str = ""
    force: str = ""
    function: str = ""
    sort: str = "title"
    descending: bool = False
    offset: int = 0
    limit: int | None = None
    language: str = "en"


# The state at the instant is the last that has come.
_STATE = "coalesce(states[width_bucket(%(at)s, changes)], '')"


def entries(wanted: Wanted, at: datetime) -> tuple[list[Row], int]:
    """One page of the entries that count at the instant, and how many there are in all."""
    language = "cy" if wanted.language == "cy" else "en"
    conditions, values = _conditions(wanted)
    order = _order(wanted)
    # A title that Welsh readers see as it is in English has no Welsh, or is the same in both.
    is_english = "title_cy = title_en" if language == "cy" else "false"
    # Only names from this module are put into the text; what a reader typed goes in as values.
    statement = f"""
        SELECT reference, title_{language}, region, form, stage, origin, forces_{language}, {_STATE},
               version, {is_english}, count(*) OVER ()
          FROM register_entry
         WHERE shown @> %(at)s{conditions}
         ORDER BY {order}
         LIMIT %(limit)s OFFSET %(offset)s"""  # noqa: S608 - our own words
    values |= {"at": at, "limit": wanted.limit, "offset": wanted.offset}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found = cursor.fetchall()
    return [Row(*each[:-1]) for each in found], found[0][-1] if found else 0


def _conditions(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    text, values = "", {}
    for column in ("region", "form", "stage"):
        if value := getattr(wanted, column):
            text += f" AND {column} = %({column})s"
            values[column] = value
    for column, value in (("forces", wanted.force), ("functions", wanted.function)):
        if value:
            text += f" AND {column} @> ARRAY[%({column})s]::varchar[]"
            values[column] = value
    for place, word in enumerate(rules.words_of(wanted.words)):
        text += f" AND position(%(word{place})s in search) > 0"
        values[f"word{place}"] = word
    return text, values


def _order(wanted: Wanted) -> str:
    language = "cy" if wanted.language == "cy" else "en"
    columns = SORTS.get(wanted.sort, SORTS["title"]).format(language=language).split(", ")
    first = columns[0] + (" DESC" if wanted.descending else "")
    return ", ".join([first, *columns[1:], "reference"])


def entry(reference: str, at: datetime) -> models.Entry:
    """The entry that counts at the instant. Raises Missing."""
    found = models.Entry.objects.filter(reference=reference, shown__contains=at).first()
    if found is None:
        raise Missing
    return found


def unit_of(code: str, at: datetime) -> str | None:
    """The agreement, by reference, whose entry tells anybody of the unit at the instant."""
    told = models.Entry.objects.filter(
        shown__contains=at, view__units__contains=[{"code": code}]
    )
    return told.values_list("reference", flat=True).first()


def versions(reference: str) -> list[tuple[int, datetime | None, datetime]]:
    """Every published version of an agreement: number, shown from, published at."""
    rows = models.Entry.objects.filter(reference=reference).order_by("version")
    return [(each.version, each.shown.lower, each.published_at) for each in rows]


def state(found: models.Entry, at: datetime) -> State | None:
    """Where the agreement stands at the instant, by the changes known; None before there was one."""
    place = bisect_right(found.changes, at)
    return State(found.states[place - 1]) if place else None


def participants(
    at: datetime, *, region: str = "", reference: str = "", function: str = ""
) -> list[rules.Participant]:
    """Who takes part in what in the entries that count at the instant, through all of time."""
    rows = models.ParticipationRow.objects.filter(entry__shown__contains=at)
    if region:
        rows = rows.filter(entry__region=region)
    if reference:
        rows = rows.filter(entry__reference=reference)
    if function:
        rows = rows.filter(function=function)
    found = rows.order_by("function", "force", "valid", "pk").select_related("entry")
    return [_participant(each) for each in found.only("entry__reference", *_SHOWN)]


_SHOWN = (
    "function", "force", "status", "valid", "disciplines", "clause", "period_en", "period_cy",
    "assumed",
)  # fmt: skip


def _participant(row: models.ParticipationRow) -> rules.Participant:
    return rules.Participant(
        reference=row.entry.reference,
        function=row.function,
        force=row.force,
        status=cast(ParticipationStatus, row.status),
        valid=Period(row.valid.lower, row.valid.upper),
        disciplines=tuple(row.disciplines),
        clause=row.clause,
        period_en=row.period_en,
        period_cy=row.period_cy,
        assumed=row.assumed,
    )


def titles(references: Sequence[str], at: datetime, language: str) -> dict[str, rules.Said]:
    """The titles of entries, by reference."""
    rows = models.Entry.objects.filter(shown__contains=at, reference__in=references)
    found = rows.values_list("reference", "title_en", "title_cy")
    return {code: _said(english, welsh, language) for code, english, welsh in found}


def _said(english: str, welsh: str, language: str) -> rules.Said:
    return rules.said(english, welsh if welsh != english else None, language)


def views(at: datetime, *, region: str = "", language: str = "en") -> Iterator[rules.Listed]:
    """Every entry that counts: its public view in one language, the codes of its forces."""
    rows = models.Entry.objects.filter(shown__contains=at)
    if region:
        rows = rows.filter(region=region)
    order = "sort_cy" if language == "cy" else "sort_en"
    found = rows.order_by(order, "reference").values_list("view", "forces", "origin")
    for view, forces, origin in found:
        yield rules.Listed(rules.in_language(view, language), tuple(forces), origin)


@dataclass(frozen=True, slots=True)
class Facets:
    """The regions, forces and functions of the register with their names, in one language."""

    regions: Mapping[str, str]
    forces: Mapping[str, str]
    functions: Mapping[str, str]


def facets(language: str) -> Facets:
    """Everything that entries are found by, each in the order of its names."""
    suffix = "cy" if language == "cy" else "en"
    found: dict[str, dict[str, str]] = {"region": {}, "force": {}, "function": {}}
    columns = "kind, code, name_en, name_cy"
    statement = f"SELECT {columns} FROM register_facet ORDER BY sort_{suffix}, code"  # noqa: S608 - our own words
    with connection.cursor() as cursor:
        cursor.execute(statement)
        for kind, code, english, welsh in cursor.fetchall():
            found[kind][code] = english if suffix == "en" else _said(english, welsh, "cy")
    return Facets(found["region"], found["force"], found["function"])


def document(found: models.Entry) -> str:
    """The public document as TOML. Raises Missing where only a notice is published."""
    if not found.document:
        raise Missing
    return found.document


def everything(at: datetime) -> Iterator[models.Entry]:
    """Every entry that counts at the instant, by reference."""
    return models.Entry.objects.filter(shown__contains=at).order_by("reference").iterator()


def of_region(region: str, at: datetime) -> list[models.Entry]:
    """Every entry of a region that counts at the instant, by its English title."""
    rows = models.Entry.objects.filter(shown__contains=at, region=region)
    return list(rows.order_by("sort_en", "reference"))


def plain(found: models.Entry, at: datetime) -> dict[str, Any]:
    """One entry as plain data: the public view with its standing, both languages.

    Where it stands is said after the view, so that no word of a document takes its place.
    """
    stands = state(found, at)
    claimed = choices.standing(found.origin, stands or "")
    return {
        **found.view,
        "reference": found.reference,
        "version": found.version,
        "state": stands.value if stands else None,
        "standing": claimed.model_dump(exclude_none=True) if claimed else None,
        "origin": found.origin,
        "forces": found.forces,
        "text_sha256": found.text_hash,
    }


def forces_of(region: str, at: datetime, known: Facets) -> list[str]:
    """The names of the forces that entries of the region show, in order."""
    rows = models.Entry.objects.filter(shown__contains=at, region=region)
    codes = {code for forces in rows.values_list("forces", flat=True) for code in forces}
    return [name for code, name in known.forces.items() if code in codes]
