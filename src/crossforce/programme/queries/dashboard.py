"""The whole programme on one page: projects by state and light, ideas, money, and what comes next.

Lights follow from parts of projects by rule. What was worked out is remembered by the very rows that it
was worked out from, their versions, and the day, of all projects together and of each: who may see other rows, or
sees them later, gets their own light, and nobody is told of rows that they may not read. What changed while it was
read is not remembered: each statement sees its own instant.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from crossforce.boards import api as boards
from crossforce.finance import api as finance
from crossforce.kernel import civil, guarded
from crossforce.kernel.guarded_rows import FOR_SOME, Counted
from crossforce.people.api import Actor
from crossforce.programme import models
from crossforce.programme.choices import Light, ProjectState, Stage
from crossforce.programme.models.fields import parted
from crossforce.programme.queries import known
from crossforce.programme.rules import lights, networks, risks
from crossforce.programme.rules.figures import Figures
from crossforce.programme.rules.lights import Status
from crossforce.programme.rules.trials import Trial
from crossforce.records import api as records

MOST_NAMED: Final = 20
MOST_REMEMBERED: Final = 100_000
MOST_WHOLE: Final = 1_000
AHEAD: Final = timedelta(days=42)
STAGES: Final = "SELECT stage, count(*) FROM programme_registerentry GROUP BY stage"
PROJECTS: Final = """SELECT id, scope_id, code, state, title, trial_from, trial_to, trial_adopted_on
 FROM programme_project"""
ROW: Final = "bit_xor(uuid_hash_extended(id, (scope_id::bigint << 24) + version))"
SIGNED: Final = """SELECT scope_id, project, {row} # hashtextextended(max(changed_at)::text, 0)
 FROM {table} GROUP BY scope_id, project"""
PARTS: Final = {
    "programme_milestone": "scope_id, project, code, due_on, begins_on, after, done_on",
    "programme_risk": "scope_id, project, category, likelihood, impact, closed_on",
    "programme_issue": "scope_id, project, due_on, closed_on",
}
WHOLE: Final = " UNION ALL ".join(
    f"SELECT {number}, count(*), {ROW}, max(changed_at) FROM {table}"  # noqa: S608 - of this module
    for number, table in enumerate(("programme_project", *PARTS))
)
"""What all projects and their parts are that somebody may read: another row, version or change is another answer."""
OF: Final = "SELECT {columns} FROM {table} WHERE project = ANY (%s)"

Owner = tuple[str, str]
"""The holder and the code of a project: its parts name both."""


class Seen(NamedTuple):
    """What a light was worked out from: the parts that somebody may read, as they stand on a day."""

    on: date
    signs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The figures; `worst` are the first of the gravest by title, none that is closed."""

    stages: Mapping[str, int]
    by_state: Mapping[str, Counter[Light]]
    by_light: Counter[Light]
    projects: int
    worst: Sequence[tuple[models.Project, Status]]
    meetings: Sequence[Any]
    overdue: int
    money: finance.Totals


@dataclass(frozen=True, slots=True)
class Lights:
    """The lights of all projects that somebody may read, and which are the worst."""

    by_state: Mapping[str, Counter[Light]]
    worst: Sequence[tuple[UUID, Status]]


Sign = tuple[Owner, Seen]
_lights: dict[Sign, Status] = {}
_wholes: dict[tuple[Any, ...], Lights] = {}


@guarded.acts
def dashboard(actor: Actor, at: datetime) -> Dashboard:
    """Everything of the programme that the actor may read, together."""
    on = civil.day_of(at)
    found = _whole(on)
    by_light = sum(found.by_state.values(), Counter[Light]())
    return Dashboard(
        stages=_in_order(Stage, dict(_asked(models.RegisterEntry, STAGES))),
        by_state=found.by_state,
        by_light=by_light,
        projects=by_light.total(),
        worst=_named(found.worst),
        meetings=_meetings(actor, on),
        overdue=boards.overdue_actions(actor, on),
        money=finance.totals(actor, civil.financial_year(on)),
    )


def _whole(on: date) -> Lights:
    """The lights of everything, remembered by all that they come from, if that stood still meanwhile."""
    seen = (on, *_all(_counted))
    known = _wholes.get(seen)
    if known is not None:
        return known
    lit, fresh = _lit(on)
    if seen == (on, *_all(lambda _: ())):
        _remember(seen, lit, fresh)
    return lit


def _all(counted: Counted) -> list[tuple[Any, ...]]:
    cursor = records.cursor(models.Project)
    return cursor.figures(WHOLE, planning=FOR_SOME, counted=counted)


def _counted(found: Sequence[tuple[Any, ...]]) -> list[tuple[Any, int]]:
    """How many rows of each kind the figures tell of."""
    kinds = (models.Project, *map(_model, PARTS))
    return [(kinds[number], count) for number, count, *_ in found]


def _remember(seen: tuple[Any, ...], lit: Lights, fresh: Mapping[Sign, Status]) -> None:
    if len(_wholes) >= MOST_WHOLE:
        _wholes.clear()
    if len(_lights) + len(fresh) > MOST_REMEMBERED:
        _lights.clear()
    _wholes[seen] = lit
    _lights.update(fresh)


def _lit(on: date) -> tuple[Lights, Mapping[Sign, Status]]:
    """The lights of everything as it stands now, and those that were not known before."""
    rows = _asked(models.Project, PROJECTS)
    holders = _holders(scope for _, scope, *_ in rows)
    owners = {key: (holders[scope], code) for key, scope, code, *_ in rows}
    parts, fresh = _statuses(set(owners.values()), on)
    figures = known.practice(on)
    found = {
        key: lights.in_state(parts[owners[key]], state, _of_trial(trial, on, figures))
        for key, _, _, state, _, *trial in rows
    }
    by_state: defaultdict[str, Counter[Light]] = defaultdict(Counter)
    for key, _, _, state, *_ in rows:
        by_state[state][found[key].light] += 1
    listed = (
        (title, key, found[key])
        for key, _, _, state, title, *_ in rows
        if state != ProjectState.CLOSED
    )
    in_order = {str(each): by_state[each] for each in ProjectState if each in by_state}
    return Lights(in_order, _worst(list(listed))), fresh


def _statuses(owners: set[Owner], on: date) -> tuple[dict[Owner, Status], dict[Sign, Status]]:
    """The light of the parts of each project, and by sign what had to be worked out for it now."""
    signs = _signs(on)
    known = {each: _lights.get((each, signs[each])) for each in owners}
    found = {each: status for each, status in known.items() if status is not None}
    fresh = _worked_out(owners - found.keys(), on) if len(found) < len(owners) else {}
    return found | fresh, {(each, signs[each]): status for each, status in fresh.items()}


def _signs(on: date) -> defaultdict[Owner, Seen]:
    """By project, a number for each sort of part: it differs as soon as any of them does."""
    found: defaultdict[Owner, list[int]] = defaultdict(lambda: [0] * len(PARTS))
    for place, table in enumerate(PARTS):
        rows = _asked(_model(table), SIGNED.format(table=table, row=ROW))
        holders = _holders(scope for scope, _, _ in rows)
        for scope, project, sign in rows:
            found[holders[scope], project][place] ^= sign
    nothing = Seen(on, (0,) * len(PARTS))
    return defaultdict(
        lambda: nothing, {owner: Seen(on, tuple(signs)) for owner, signs in found.items()}
    )


def _worked_out(owners: set[Owner], on: date) -> dict[Owner, Status]:
    figures = known.practice(on)
    codes = sorted({code for _, code in owners})
    milestones, dangers, issues = (_parts(table, codes) for table in PARTS)
    return {
        owner: _status(milestones[owner], dangers[owner], issues[owner], on, figures)
        for owner in owners
    }


def _parts(table: str, codes: Sequence[str]) -> defaultdict[Owner, list[tuple[Any, ...]]]:
    statement = OF.format(columns=PARTS[table], table=table)
    rows = _asked(_model(table), statement, [list(codes)])
    holders = _holders(scope for scope, *_ in rows)
    found: defaultdict[Owner, list[tuple[Any, ...]]] = defaultdict(list)
    for scope, project, *part in rows:
        found[holders[scope], project].append(tuple(part))
    return found


def _status(
    milestones: Iterable[tuple[Any, ...]],
    dangers: Iterable[tuple[Any, ...]],
    issues: Iterable[tuple[Any, ...]],
    on: date,
    figures: Figures,
) -> Status:
    listed = [
        networks.Milestone(code, due, begins, parted(after), done)
        for code, due, begins, after, done in milestones
    ]
    try:
        plan = networks.schedule(listed, on)
    except networks.CannotSchedule as wrong:
        return Status(Light.GREY, f"The milestones cannot be worked through: {wrong}.")
    steps = [lights.light_of(each, on, figures) for each in plan.expected.values()]
    late = sum(1 for due, closed in issues if closed is None and due and due < on)
    found = [
        risks.Risk(category, likelihood, impact, is_closed=closed is not None)
        for category, likelihood, impact, closed in dangers
    ]
    return lights.of_project(steps, found, late, figures)


def _of_trial(days: Sequence[date | None], on: date, figures: Figures) -> Status | None:
    starts_on, ends_on, adopted_on = days
    if starts_on is None or ends_on is None:
        return None
    return lights.of_trial(Trial(starts_on, ends_on, adopted_on), on, figures)


def _worst(found: Sequence[tuple[str, UUID, Status]]) -> list[tuple[UUID, Status]]:
    """The gravest first by title, as many as one looks at."""
    for light in (Light.RED, Light.AMBER):
        listed = [each for each in found if each[2].light is light]
        if listed:
            return [each[1:] for each in sorted(listed, key=lambda each: each[:2])[:MOST_NAMED]]
    return []


def _named(worst: Sequence[tuple[UUID, Status]]) -> list[tuple[models.Project, Status]]:
    rows = models.Project.objects.in_bulk([key for key, _ in worst]) if worst else {}
    return [(rows[key], status) for key, status in worst if key in rows]


def _meetings(actor: Actor, on: date) -> list[Any]:
    """The meetings that take place in the next weeks, the earliest first."""
    found = boards.meetings_between(actor, on, on + AHEAD)
    return boards.meetings_coming(actor, found, on, MOST_NAMED)


def _asked(model: Any, statement: str, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    return records.cursor(model).figures(statement, given, planning=FOR_SOME)


def _holders(scopes: Iterable[int]) -> dict[int, str]:
    return {scope: place.holder for scope, place in records.places_of(set(scopes)).items()}


def _model(table: str) -> Any:
    return {
        each._meta.db_table: each for each in (models.Milestone, models.Risk, models.Issue)
    }[table]


def _in_order(order: Any, found: Mapping[str, int]) -> dict[str, int]:
    return {str(each): int(found.get(each, 0)) for each in order}
