"""The access explorer: own people by kinds of record, and one of them through time."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from crossforce.kernel import civil, web
from crossforce.kernel.web import dates, lists
from crossforce.oversight import queries
from crossforce.oversight.views import asking, lines, words
from crossforce.people import api as people
from crossforce.people.api import ActingRequest

FILTERS: Final = [
    lists.Filter("kind", "Record kind", choices=lines.kinds_offered),
    lists.Filter("action", "To do what", choices=words.actions_offered, empty="Read"),
    lists.Filter("purpose", "For the purpose", choices=lines.purposes_offered, empty="Any"),
    lists.Filter("role", "Role", choices=words.roles_offered, empty="Any"),
]
ON: Final = lists.Filter("on", "On", hint="For example 2026-03-27")


@dataclass(frozen=True, slots=True)
class Entry:
    """A kind of record in a row: what is said of it, and where its words are."""

    kind: str
    said: str
    link: str


@dataclass(frozen=True, slots=True)
class Row:
    """People of one role and unit, who may all do the same: each with the page of their days."""

    title: str
    unit: str
    people: list[tuple[str, str]]
    entries: list[Entry]


def cell(one: queries.Cell) -> str:
    """The clauses behind a cell, and the purposes that it is limited to."""
    if not one.is_allowed:
        return "No"
    refs = dict.fromkeys(
        f"{each.agreement} {each.clause}".strip() if each.agreement else "standing access"
        for each in one.reasons
    )
    limited = f" (only: {words.purposes(one.purposes)})" if one.purposes else ""
    return "; ".join(refs) + limited


def person(line: queries.Line) -> str:
    """Whoever holds a posting: the name where it may be told, the role, the unit."""
    holder = line.holder
    where = f", {holder.unit}" if holder.unit else ""
    name = f"{holder.name}: " if holder.name else ""
    return f"{name}{words.role(holder.role)}{where}"


def filters_for(actor: people.Actor) -> list[lists.Filter]:
    """What the explorer may be asked: units by their names, people by theirs where one may see them."""
    units = queries.own_units(actor, words.instant_of(""))
    unit = lists.Filter("unit", "Unit", choices=lambda: units, empty="Any")
    name = lists.Filter("name", "Name or number", hint="Part of it is enough")
    return [*FILTERS, unit, *([name] if actor.may("people.view") else []), ON]


def asked_of(given: dict[str, str]) -> queries.Asked:
    """What the explorer is asked; every kind when none is chosen."""
    return queries.Asked(
        kinds=queries.kinds_asked(given.get("kind", "")),
        action=words.action_of(given.get("action", "")),
        at=words.instant_of(given.get("on", "")),
        purpose=given.get("purpose", ""),
        role=given.get("role", ""),
        unit=given.get("unit", ""),
        name=given.get("name", ""),
    )


def explorer(request: ActingRequest) -> HttpResponseBase:
    """Own people by kinds of record on a day, with the clause behind each cell."""
    people.require(request.actor, "access.explain")
    filters = filters_for(request.actor)
    asking.require(request.GET, filters)
    reading = lists.Listing("", [], filters).read(request)
    asked = asked_of(dict(reading.filters))
    listing = lists.Listing(
        "access-explorer-OFFICIAL-SENSITIVE", _columns(asked), filters, page_size=25
    )
    found: list[queries.Line] = []

    def query(page: lists.Asked) -> lists.Found:
        rows, total = queries.matrix(request.actor, asked, page.offset, page.limit)
        found.extend(rows)
        return lists.Found(rows, total)

    rows = _Rows(found, asked)
    context = {"asked": asked, "action": words.ACTIONS[asked.action].lower(), "matrix": rows}
    return listing.answer(request, query, "oversight/access/explorer.html", context)


class _Rows:
    """The page's people in rows. Kinds that nobody in it reaches are named once, not a column each."""

    def __init__(self, found: Sequence[queries.Line], asked: queries.Asked) -> None:
        self._found, self._asked = found, asked

    @property
    def shown(self) -> list[int]:
        """The kinds that somebody reaches, by their place."""
        places = range(len(self._asked.kinds))
        some = [at for at in places if any(line.cells[at].is_allowed for line in self._found)]
        return some or list(places)[:1]

    @property
    def titles(self) -> list[str]:
        """The heads of the columns."""
        return [lines.kind_title(self._asked.kinds[at]) for at in self.shown]

    @property
    def nobody(self) -> list[str]:
        """Kinds that nobody in the page reaches."""
        kinds = self._asked.kinds
        return [lines.kind_title(kind) for at, kind in enumerate(kinds) if at not in self.shown]

    @property
    def rows(self) -> list[Row]:
        """People of one role and unit stand together: the same follows for all of them."""
        by = groupby(self._found, key=lambda line: (line.holder.role, line.holder.unit))
        return [self._row(list(some)) for _, some in by]

    def _row(self, some: list[queries.Line]) -> Row:
        one = some[0]
        return Row(
            words.role(one.holder.role),
            one.holder.unit,
            [(_name(line), _days_of(line)) for line in some],
            [
                Entry(
                    lines.kind_title(self._asked.kinds[at]),
                    cell(one.cells[at]),
                    _why(one, self._asked.kinds[at], self._asked),
                )
                for at in self.shown
            ],
        )


def _name(line: queries.Line) -> str:
    return line.holder.name or f"Posting …{str(line.posting)[-6:]}"


def _days_of(line: queries.Line) -> str:
    return reverse("oversight:explorer-of", args=[line.posting])


def _why(line: queries.Line, kind: str, asked: queries.Asked) -> str:
    to = reverse("oversight:why-for", args=[line.posting, kind])
    return f"{to}?action={asked.action}&on={asked.on.isoformat()}&purpose={asked.purpose}"


def _columns(asked: queries.Asked) -> list[lists.Column]:
    """For the file: one row for each person."""
    return [
        lists.Column("person", "Who", person),
        *(_kind_column(number, kind) for number, kind in enumerate(asked.kinds)),
    ]


def _kind_column(number: int, kind: str) -> lists.Column:
    return lists.Column(
        f"kind-{number}", lines.kind_title(kind), lambda r: cell(r.cells[number])
    )


def explorer_of(request: ActingRequest, posting: UUID) -> HttpResponse:
    """One person: kinds of record by the days on which something changes."""
    asking.require(request.GET, [*FILTERS, ON])
    given = {name: request.GET.get(name, "") for name in ("kind", "action", "purpose", "on")}
    asked = asked_of(given)
    found = queries.through_time(request.actor, posting, asked)
    context: dict[str, Any] = {
        "found": found,
        "asked": asked,
        "posting": posting,
        "cell": cell,
        "kind_title": lines.kind_title,
        "role": words.role(found.holder.role),
        "actions": words.actions_offered(),
        "today": civil.day_of(words.instant_of("")),
        "day": dates.day,
    }
    return web.page(request, "oversight/access/explorer-of.html", context)
