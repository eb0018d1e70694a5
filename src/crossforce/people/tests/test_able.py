"""What somebody can do through a period is what they can do at each of its instants."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossforce.kernel import guarded
from crossforce.kernel.periods import Period
from crossforce.people import models, queries
from crossforce.people.choices import Actor
from crossforce.people.tests import factories
from crossforce.people.tests.factories import AT

pytestmark = pytest.mark.django_db
SKILLS = ("firearms-command", "driving-response", "welsh-speaker")
AUTHORITIES = ("firearms-tactical-command", "firearms-strategic-command")
WHAT = [*((skill, "") for skill in SKILLS), *(("", each) for each in AUTHORITIES)]
WHAT += [(SKILLS[0], AUTHORITIES[0]), (SKILLS[2], AUTHORITIES[1])]
HOUR = timedelta(hours=1)
WITHIN = Period(AT, AT + 12 * HOUR)


class Noted(NamedTuple):
    """A skill or an authority, in hours from the instant, with its end and its suspension if any."""

    code: str
    begins: int
    ends: int | None
    suspended: int | None


def noted(codes: tuple[str, ...]) -> st.SearchStrategy[Noted]:
    return st.builds(
        Noted,
        code=st.sampled_from(codes),
        begins=st.integers(-3, 13),
        ends=st.none() | st.integers(1, 8),
        suspended=st.none() | st.integers(-3, 13),
    ).map(
        lambda each: each._replace(ends=None if each.ends is None else each.begins + each.ends)
    )


def apart(rows: list[Noted]) -> list[Noted]:
    """The rows of which none overlaps another of its code, as the database asks."""
    kept: list[Noted] = []
    for row in rows:
        if not any(
            each.code == row.code and _period(each).overlaps(_period(row)) for each in kept
        ):
            kept.append(row)
    return kept


def _period(row: Noted) -> Period:
    return Period(AT + row.begins * HOUR, None if row.ends is None else AT + row.ends * HOUR)


@pytest.fixture
def robin() -> models.Staff:
    return factories.staff()


def note(model: Any, staff: models.Staff, row: Noted) -> None:
    period = _period(row)
    more: dict[str, Any] = {}
    if model is models.Authority:
        more = {"granted_by": "x"}
        if row.suspended is not None:
            at = AT + row.suspended * HOUR
            more |= {"suspended_at": at, "suspended_by": "x", "suspended_because": "x"}
    scope = guarded.ScopeOf(
        factories.HERE, model.record_kind, person=staff.pk, marking="OFFICIAL-SENSITIVE"
    )
    model.objects.create(
        scope_id=guarded.scope(scope), staff=staff, code=row.code, changed_at=AT,
        changed_by="x", starts_at=period.starts_at, ends_at=period.ends_at, **more,
    )  # fmt: skip


@given(
    skills=st.lists(noted(SKILLS), max_size=6).map(apart),
    held=st.lists(noted(AUTHORITIES), max_size=4).map(apart),
    what=st.sampled_from(WHAT),
)
@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_at_every_boundary_and_between(
    robin: models.Staff, skills: list[Noted], held: list[Noted], what: tuple[str, str]
) -> None:
    loader = factories.loader()
    with transaction.atomic():
        with guarded.acting(loader):
            for model, rows in ((models.Skill, skills), (models.Authority, held)):
                for row in rows:
                    note(model, robin, row)
        skill, authority = what
        told = queries.able_through(
            loader, [robin.pk], WITHIN, skill=skill, authority=authority
        )
        periods = told.get(robin.pk, [])
        for at in instants([*skills, *held]):
            says = any(each.contains(at) for each in periods)
            assert says == _can(loader, robin, what, at), at
        transaction.set_rollback(True)
    assert (robin.pk in told) == bool(skills or held)
    assert all(
        one.ends_at and one.ends_at <= other.starts_at for one, other in pairwise(periods)
    )
    assert all(each.intersection(WITHIN) == each for each in periods)


def instants(rows: list[Noted]) -> list[datetime]:
    """Every boundary in the period, and an instant between each and the next."""
    hours = {hour for _, *edges in rows for hour in edges if hour is not None}
    cuts = sorted({0, 12, *(hour for hour in hours if 0 < hour < 12)})
    between = [AT + (one + other) / 2 * HOUR for one, other in pairwise(cuts)]
    return [*(AT + hour * HOUR for hour in cuts[:-1]), *between]


def _can(actor: Actor, robin: models.Staff, what: tuple[str, str], at: datetime) -> bool:
    able = queries.able(actor, [robin.pk], at).get(robin.pk, queries.Able())
    skill, authority = what
    return (not skill or skill in able.skills) and (
        not authority or authority in able.authorities
    )
