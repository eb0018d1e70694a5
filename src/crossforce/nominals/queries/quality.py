"""How good the records of people are, by rule, force and team, as far as the actor may read them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from crossforce.kernel import guarded
from crossforce.nominals import models
from crossforce.nominals.choices import NUMBERS
from crossforce.nominals.rules import quality as rules
from crossforce.nominals.rules.quality import Rule, Tallied
from crossforce.people.api import Actor
from crossforce.records import api as records

TYPES: Final = ", ".join(
    f"('{about}', '{of}')" for about, of in (*NUMBERS, ("contact", "email"))
)
PASSES: Final = {
    "day-of-birth": "born <> '' AND born NOT LIKE '%%-01-01'",
    "sourced": """NOT statements @? '$[*] ? (@.confidence == "")'""",
    "named": "family_name <> '' AND given_names <> ''",
    "born": "length(born) = 10",
    "identified": """statements @? '$[*] ? (@.about == "identifier" && @.value.type != "local")'""",
    "addressed": """statements @? '$[*] ? (@.about == "address" && @.value.postcode != "")'""",
    "categorised": "categories <> '{}' AND categories <> '{other}'",
    "kept": "team <> ''",
    "compared": f"""jsonb_array_length(statements) <= 9 OR NOT EXISTS (
        SELECT FROM jsonb_array_elements(statements) said
         WHERE said ->> 'about' IN ('name', 'birth', 'address')
            OR (said ->> 'about', said #>> '{{value,type}}') IN ({TYPES})
         GROUP BY said ->> 'about',
                  CASE WHEN said ->> 'about' IN ('identifier', 'contact') THEN said #>> '{{value,type}}' END
        HAVING count(DISTINCT CASE said ->> 'about'
               WHEN 'name' THEN jsonb_build_array(said #> '{{value,family}}', said #> '{{value,given}}')
               WHEN 'birth' THEN said #> '{{value,on}}'
               WHEN 'address' THEN jsonb_build_array(
                    said #> '{{value,lines}}', said #> '{{value,town}}', said #> '{{value,postcode}}')
               ELSE said #> '{{value,number}}' END) > 9)""",
    "entered": "recorded_on IS NOT NULL",
    "fresh": """statements @? %(fresh)s::jsonpath""",
}
"""What passes each rule that is judged record by record."""
JUDGED: Final = {"day-of-birth": "born <> ''"}
"""What a rule judges, where that is not every record."""
TALLIED: Final = """
SELECT scope_id, team, count(*), {judged}, {passes} FROM nominals_person GROUP BY scope_id, team"""
WAITING: Final = """
SELECT scope_id, team, count(*) FROM nominals_quarantine WHERE state = 'waiting' GROUP BY scope_id, team"""


@dataclass(frozen=True, slots=True)
class Line:
    """A force's team, or the whole force where the team is None: how much passes which rule, and the scores."""

    force: str
    name: str
    team: str | None
    people: int
    tallies: dict[str, Tallied]
    scores: dict[str, float]
    is_low: bool


@dataclass(frozen=True, slots=True)
class Quality:
    """The report: the rules, and a line for each force and each of its teams."""

    rules: dict[str, Rule]
    threshold: float
    lines: list[Line]


def report(actor: Actor, *, on: date) -> Quality:
    """The report of what the actor may read on the day."""
    with guarded.acting(actor):
        tallied = _tallied(on)
        names = records.names_of_places(records.Place(force) for force, _ in tallied)
    of, least = rules.rules(on), rules.threshold(on)
    lines = []
    for (force, team), (people, tallies) in sorted(
        tallied.items(), key=lambda e: (e[0][0], e[0][1] or "")
    ):
        found = rules.scores(tallies, of)
        low = found.get("whole", 1.0) < least
        lines.append(Line(force, names.get(force, force), team, people, tallies, found, low))
    return Quality(of, least, lines)


Key = tuple[str, str | None]


def _tallied(on: date) -> dict[Key, tuple[int, dict[str, Tallied]]]:
    stale = f"{on.year - rules.stale_years(on)}{on.isoformat()[4:]}"
    statement = TALLIED.format(
        judged=", ".join(
            f"count(*) FILTER (WHERE {JUDGED.get(name, 'true')})" for name in PASSES
        ),
        passes=", ".join(f"count(*) FILTER (WHERE {passes})" for passes in PASSES.values()),
    )
    given: Any = {"fresh": f'$[*] ? (@.as_of >= "{stale}")'}
    people = records.cursor(models.Person).figures(statement, given)
    waiting = records.cursor(models.Quarantine).figures(WAITING)
    places = records.places_of({scope for scope, *_ in (*people, *waiting)})
    found: dict[Key, _Sum] = defaultdict(_Sum)
    for scope, team, number, *counts in people:
        for key in _keys(places[scope].holder, team):
            found[key].add(number, counts[: len(PASSES)], counts[len(PASSES) :])
    for scope, team, number in waiting:
        for key in _keys(places[scope].holder, team):
            found[key].waiting += number
    return {key: (each.people, each.tallies()) for key, each in found.items()}


def _keys(force: str, team: str) -> Iterable[Key]:
    return (force, None), (force, team)


class _Sum:
    def __init__(self) -> None:
        self.people, self.waiting = 0, 0
        self._of, self._passed = [0] * len(PASSES), [0] * len(PASSES)

    def add(self, people: int, of: list[int], passed: list[int]) -> None:
        self.people += people
        self._of = [a + b for a, b in zip(self._of, of, strict=True)]
        self._passed = [a + b for a, b in zip(self._passed, passed, strict=True)]

    def tallies(self) -> dict[str, Tallied]:
        found = {
            name: Tallied(passed, of)
            for name, passed, of in zip(PASSES, self._passed, self._of, strict=True)
        }
        return {"sound": Tallied(self.people, self.people + self.waiting), **found}
