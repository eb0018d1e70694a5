"""The lights of all projects together, worked out anew only where something changed.

Projects are dealt into parts by their codes, with all that belongs to them. What a part came to is remembered by the
very rows that it was worked out from, their versions, and the day: who may see other rows, or sees them later, gets
lights of their own, and nobody is told of rows that they may not read. Rows and what they are known by come in one
statement, so that they are of one instant whatever changes meanwhile.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from crossforce.kernel.guarded_rows import FOR_SOME
from crossforce.programme import models
from crossforce.programme.choices import Light, ProjectState
from crossforce.programme.models.fields import parted
from crossforce.programme.queries import known
from crossforce.programme.rules import lights, networks, risks
from crossforce.programme.rules.figures import Figures
from crossforce.programme.rules.lights import Status
from crossforce.programme.rules.trials import Trial
from crossforce.records import api as records

MOST_NAMED: Final = 20
PARTS: Final = 128
MOST_REMEMBERED: Final = 200 * PARTS
KINDS: Final = (models.Project, models.Milestone, models.Risk, models.Issue)
SIGN: Final = "uuid_hash_extended(id, (scope_id::bigint << 24) + version)"
WHEN: Final = "date_part('epoch', changed_at)"
PROJECT, MILESTONE, RISK, ISSUE = range(len(KINDS))
COLUMNS: Final = {
    PROJECT: "id, code, state, title, trial_from, trial_to, trial_adopted_on, NULL::integer, NULL::integer",
    MILESTONE: "NULL::uuid, project, code, after, due_on, begins_on, done_on, NULL, NULL",
    RISK: "NULL, project, category, NULL, closed_on, NULL, NULL, likelihood, impact",
    ISSUE: "NULL, project, NULL, NULL, due_on, closed_on, NULL, NULL, NULL",
}


def _of_each(statement: str) -> str:
    return " UNION ALL ".join(
        statement.format(
            kind=number,
            table=model._meta.db_table,
            part=f"hashtext({'code' if number == PROJECT else 'project'}) & {PARTS - 1}",
            columns=COLUMNS[number],
            sign=SIGN,
            when=WHEN,
        )
        for number, model in enumerate(KINDS)
    )


SIGNS: Final = _of_each(
    "SELECT {part}, {kind}, count(*), bit_xor({sign}), max({when}) FROM {table} GROUP BY 1"
)
"""What the rows of each part are that somebody may read: another row, version or change is another answer."""
ROWS: Final = _of_each(
    "SELECT {part}, {kind}, {sign}, {when}, scope_id, {columns} FROM {table} WHERE {part} = ANY (%s)"
)

Owner = tuple[str, str]
"""The holder and the code of a project: what belongs to it names both."""
Seen = tuple[Any, ...]
"""What a part was worked out from: the day, and of each kind how many rows, their sign, and their last change."""
Grave = tuple[str, UUID, Status]
"""A project whose light is to be told, by its title."""


@dataclass(frozen=True, slots=True)
class Lights:
    """How many projects have which light in which state, and which are the worst: none that is closed."""

    by_state: Mapping[str, Counter[Light]]
    worst: Sequence[tuple[UUID, Status]]


class Part(NamedTuple):
    """The same of one part: the first by title of the red and of the amber ones."""

    by_state: Mapping[str, Counter[Light]]
    grave: Mapping[Light, Sequence[Grave]]


class Project(NamedTuple):
    """What of a project its light depends on, beside what belongs to it."""

    key: UUID
    state: str
    title: str
    trial: Sequence[date | None]


class Belonging(NamedTuple):
    """The milestones, risks and issues of a project."""

    milestones: list[networks.Milestone]
    risks: list[risks.Risk]
    issues: list[tuple[date | None, date | None]]


_remembered: dict[Seen, Part] = {}


def lit(on: date) -> Lights:
    """The lights of everything that whoever acts may read, as it stands now."""
    seen = _seen(on)
    found = {part: _remembered.get(each) for part, each in seen.items()}
    parts = [each for each in found.values() if each is not None]
    anew = [part for part, each in found.items() if each is None]
    if anew:
        fresh = _worked_out(anew, on)
        if len(_remembered) + len(fresh) > MOST_REMEMBERED:
            _remembered.clear()
        _remembered.update(fresh)
        parts += fresh.values()
    return _together(parts)


def _seen(on: date) -> dict[int, Seen]:
    rows = records.cursor(models.Project).figures(SIGNS, planning=FOR_SOME, counted=_counted)
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for part, *sign in sorted(rows):
        found[part].append(tuple(sign))
    return {part: (on, part, *signs) for part, signs in found.items()}


def _counted(rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, int]]:
    """How many rows of each kind the figures tell of."""
    counts: Counter[int] = Counter()
    for _, kind, count, *_ in rows:
        counts[kind] += count
    return [(model, counts[kind]) for kind, model in enumerate(KINDS)]


def _worked_out(parts: Sequence[int], on: date) -> dict[Seen, Part]:
    """These parts anew, each by what it was worked out from: the rows of the one statement that gave them."""
    asked = records.cursor(models.Project)
    given = [list(parts)] * len(KINDS)
    rows = asked.figures(ROWS, given, planning=FOR_SOME, counted=_named)
    holders = _holders(row[4] for row in rows)
    by_part: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        by_part[row[0]].append(row)
    figures = known.practice(on)
    return {
        (on, part, *_signs(found)): _part(found, holders, on, figures)
        for part, found in by_part.items()
    }


def _named(rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, int]]:
    counts = Counter(row[1] for row in rows)
    return [(KINDS[kind], count) for kind, count in counts.items()]


def _signs(rows: Iterable[tuple[Any, ...]]) -> list[tuple[int, int, int, float]]:
    """As the database signs them: of each kind how many rows, of which versions, and when the last was changed."""
    found: dict[int, tuple[int, int, float]] = {}
    for _, kind, sign, changed, *_ in rows:
        count, signs, last = found.get(kind, (0, 0, changed))
        found[kind] = (count + 1, signs ^ sign, max(last, changed))
    return [(kind, *found[kind]) for kind in sorted(found)]


def _part(
    rows: Sequence[tuple[Any, ...]], holders: Mapping[int, str], on: date, figures: Figures
) -> Part:
    projects, belonging = _sorted(rows, holders)
    by_state: defaultdict[str, Counter[Light]] = defaultdict(Counter)
    grave: dict[Light, list[Grave]] = {Light.RED: [], Light.AMBER: []}
    for owner, each in projects:
        of_trial = _of_trial(each.trial, on, figures)
        status = lights.in_state(_status(belonging[owner], on, figures), each.state, of_trial)
        by_state[each.state][status.light] += 1
        if each.state != ProjectState.CLOSED and status.light in grave:
            grave[status.light].append((each.title, each.key, status))
    return Part(dict(by_state), {light: _first(found) for light, found in grave.items()})


def _sorted(
    rows: Iterable[tuple[Any, ...]], holders: Mapping[int, str]
) -> tuple[list[tuple[Owner, Project]], Mapping[Owner, Belonging]]:
    projects = []
    belonging: defaultdict[Owner, Belonging] = defaultdict(lambda: Belonging([], [], []))
    for _, kind, _, _, scope, key, code, said, more, first, second, third, chance, harm in rows:
        owner = holders[scope], code
        if kind == PROJECT:
            projects.append((owner, Project(key, said, more, (first, second, third))))
        elif kind == MILESTONE:
            step = networks.Milestone(said, first, second, parted(more), third)
            belonging[owner].milestones.append(step)
        elif kind == RISK:
            risk = risks.Risk(said, chance, harm, is_closed=first is not None)
            belonging[owner].risks.append(risk)
        else:
            belonging[owner].issues.append((first, second))
    return projects, belonging


def _status(of: Belonging, on: date, figures: Figures) -> Status:
    try:
        plan = networks.schedule(of.milestones, on)
    except networks.CannotSchedule as wrong:
        return Status(Light.GREY, f"The milestones cannot be worked through: {wrong}.")
    steps = [lights.light_of(each, on, figures) for each in plan.expected.values()]
    late = sum(1 for due, closed in of.issues if closed is None and due and due < on)
    return lights.of_project(steps, of.risks, late, figures)


def _of_trial(days: Sequence[date | None], on: date, figures: Figures) -> Status | None:
    starts_on, ends_on, adopted_on = days
    if starts_on is None or ends_on is None:
        return None
    return lights.of_trial(Trial(starts_on, ends_on, adopted_on), on, figures)


def _together(parts: Sequence[Part]) -> Lights:
    by_state: defaultdict[str, Counter[Light]] = defaultdict(Counter)
    for part in parts:
        for state, counted in part.by_state.items():
            by_state[state].update(counted)
    in_order = {str(each): by_state[each] for each in ProjectState if each in by_state}
    return Lights(in_order, _worst(parts))


def _worst(parts: Sequence[Part]) -> list[tuple[UUID, Status]]:
    """The gravest first by title, as many as one looks at."""
    for light in (Light.RED, Light.AMBER):
        if listed := _first([each for part in parts for each in part.grave[light]]):
            return [(key, status) for _, key, status in listed]
    return []


def _first(found: list[Grave]) -> list[Grave]:
    return sorted(found, key=lambda each: each[:2])[:MOST_NAMED]


def _holders(scopes: Iterable[int]) -> dict[int, str]:
    return {scope: place.holder for scope, place in records.places_of(set(scopes)).items()}
