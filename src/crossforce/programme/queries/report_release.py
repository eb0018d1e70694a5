"""Whether records may be named in public: asked row by row while a report is drawn, with what stays out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from crossforce.agreements import catalogues
from crossforce.kernel import civil, rulepacks
from crossforce.kernel.refusals import Refused
from crossforce.kernel.words import Words
from crossforce.organisations import api as organisations
from crossforce.people import api as people
from crossforce.programme.rules.report_persons import pairs, signs_of_a_person, words_of
from crossforce.programme.rules.report_release import (
    Standing,
    Why,
    is_silent,
    left_out_for,
    may_be_summed,
)
from crossforce.records import api as records

PACK: Final = "public-reports"
LINES: Final = "finance.line"
COUNTED: Final = """SELECT budget, scope_id, count(*)::bigint FROM finance_line
 WHERE budget = ANY (%s::uuid[]) AND sort = 'actual' GROUP BY budget, scope_id"""
Named = tuple[str, str]
"""The kind of a record and its identifier."""


class Persons:
    """Looks for people in texts: their titles, and the names of the actor's own colleagues."""

    def __init__(self, actor: people.Actor, at: datetime) -> None:
        self._actor, self._at = actor, at
        forces = organisations.directory().forces()
        on = civil.day_of(at)
        self._places = {word for each in forces for word in each.name_on(on).en.split()}
        self._known: dict[tuple[str, str], bool] = {}

    def sign(self, *texts: str) -> str:
        """The first thing in the texts that looks like a person; empty where nothing does."""
        for text in texts:
            if found := signs_of_a_person(text, self._places):
                return found
        return next((" ".join(each) for each in pairs(texts) if self._is_colleague(each)), "")

    def _is_colleague(self, name: tuple[str, str]) -> bool:
        if name not in self._known:
            self._known[name] = self._asked(*name)
        return self._known[name]

    def _asked(self, first: str, last: str) -> bool:
        wanted = people.StaffFilter(words=f"{first} {last}", state="")
        try:
            found = people.staff_list(self._actor, wanted, self._at)
        except Refused:
            return False
        called = {(each.given_name.casefold(), each.family_name.casefold()) for each in found}
        return (first.casefold(), last.casefold()) in called


def vocabulary(more: Iterable[Words], at: datetime) -> frozenset[str]:
    """The words that bodies, offices and functions are named by, and these."""
    on = civil.day_of(at)
    bodies = [each.name_on(on) for each in organisations.directory().organisations]
    offices = [each.title for each in people.roles(on).values()]
    named = [*bodies, *offices, *catalogues.functions().values(), *more]
    return words_of([text for each in named for text in (each.en, each.cy) if text])


class Release:
    """What of the rows that an actor reads may go out, and a note of what may not."""

    def __init__(self, actor: people.Actor, at: datetime) -> None:
        self.persons = Persons(actor, at)
        self.rests_on: list[Named] = []
        self.left: list[tuple[str, str, Why]] = []
        self._fewest = int(rulepacks.load(PACK).value("totals.fewest-parts", civil.day_of(at)))
        self._open: dict[str, Callable[[Any], bool]] = {}

    def names(self, row: Any, texts: Iterable[str], *, is_published_of: bool) -> bool:
        """Whether the row may be named; one that may not is noted, unless its very being is no matter of others."""
        kind, place = row.record_kind, records.place_of(row.scope_id)
        standing = Standing(
            marking=place.marking,
            compartment=place.compartment,
            is_disclosable=self.may_disclose(row),
            is_published_of=is_published_of,
            names_somebody=bool(self.persons.sign(*texts)),
        )
        why = left_out_for(standing)
        if why is None:
            self.rests_on.append((kind, str(row.pk)))
        elif not is_silent(standing):
            self.left.append((kind, str(row.pk), why))
        return why is None

    def may_disclose(self, row: Any) -> bool:
        """Whether some clause lets the actor hand the row on."""
        kind = row.record_kind
        if kind not in self._open:
            self._open[kind] = records.allowed(kind, "disclose")
        return self._open[kind](row)

    def sums(self, rows: Iterable[Any]) -> bool:
        """Whether a total over these rows may be told."""
        places = [records.place_of(each.scope_id) for each in rows]
        parts = [(each.marking, each.compartment) for each in places]
        return may_be_summed(parts, self._fewest)

    def lights(self, rows: Iterable[Any]) -> bool:
        """Whether a light over these rows may be told: it shows none of them, whatever their number."""
        places = [records.place_of(each.scope_id) for each in rows]
        return may_be_summed([(each.marking, each.compartment) for each in places], 0)

    def spent(self, budgets: Iterable[Any]) -> Mapping[Any, bool]:
        """By budget, whether what its lines come to may be told."""
        wanted = [str(each.pk) for each in budgets]
        cursor = records.cursor(records.models_by_kind()[LINES])
        found: defaultdict[Any, list[tuple[str, str]]] = defaultdict(list)
        for budget, scope, number in cursor.figures(COUNTED, [wanted], planning={}):
            place = records.place_of(scope)
            some = min(int(number), self._fewest)
            found[budget] += [(place.marking, place.compartment)] * some
        return {
            each.pk: may_be_summed(found[each.pk], self._fewest) for each in budgets
        }  # fmt: skip
