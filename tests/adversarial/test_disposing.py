"""SQL that slipped into a request disposes of nothing that its actor could not dispose of alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossforce.kernel import clock, guarded
from crossforce.kernel.testing import ground
from crossforce.people.api import one_human
from crossforce.people.choices import Actor
from crossforce.people.models import SamePerson
from crossforce.people.tests import factories as people
from crossforce.records import models, queries
from crossforce.records.rules import retention
from crossforce.records.tests import factories
from tests.adversarial.conftest import BY, raw

pytestmark = pytest.mark.django_db
TODAY = clock.now().date()
PAST, AHEAD = TODAY - timedelta(days=1), TODAY + timedelta(days=30)
NEWEST = "id = (SELECT id FROM records_note ORDER BY id DESC LIMIT 1)"
PROPOSED = f"disposal = 'proposed', proposed_at = now(), proposed_by = {BY}"


@ground.fixture
def pair(db: None) -> tuple[Actor, Actor]:
    factories.policy()
    return factories.asha(), factories.asha()


def changed(actor: Actor, said: str, *values: Any) -> None:
    with guarded.acting(actor), transaction.atomic():
        raw(f"UPDATE records_note SET {said}, changed_by = {BY} WHERE {NEWEST}", *values)


def disposed(actor: Actor) -> bool:
    """Whether one statement of this actor takes the newest note away; it is put back."""
    try:
        with guarded.acting(actor), transaction.atomic():
            is_gone = len(raw(f"DELETE FROM records_note WHERE {NEWEST} RETURNING id")) == 1
            transaction.set_rollback(True)
    except OperationalError:
        return False
    return is_gone


def note(actor: Actor, **more: Any) -> models.Note:
    return factories.note(actor, **more)


def test_nothing_goes_before_its_day(pair: tuple[Actor, Actor]) -> None:
    one, other = pair
    note(one, review_due=AHEAD)
    assert not disposed(one)
    changed(one, "review_due = %s", PAST)
    assert not disposed(one)
    changed(one, "review_due = NULL")
    assert not disposed(one)
    assert disposed(other)


@pytest.mark.parametrize("group", ["1", "2"])
def test_nothing_that_is_kept_longest_goes_by_one_alone(
    pair: tuple[Actor, Actor], group: str
) -> None:
    one, other = pair
    note(one, review_due=PAST, review_group=group)
    assert not disposed(one)
    changed(one, PROPOSED)
    assert not disposed(one)
    changed(one, "review_group = '4'")
    assert not disposed(one)
    assert disposed(other)


def test_nor_by_one_who_is_two(pair: tuple[Actor, Actor]) -> None:
    one, other = pair
    note(one, review_due=PAST, review_group="1")
    changed(one, PROPOSED)
    assert disposed(other)
    tied(one, other)
    assert not disposed(other)


@pytest.mark.parametrize("said", [("review_due = %s", PAST), ("review_due = NULL",)])
def test_nor_what_the_same_human_set_elsewhere(three: list[Actor], said: tuple[Any]) -> None:
    """Tied by way of a third organisation, too."""
    one, between, other = three
    row = note(one, review_due=AHEAD)
    changed(one, *said)
    assert disposed(other)
    tied(one, between)
    tied(between, other)
    assert "which you changed" in (refusal(other, row) or "")
    assert not disposed(other)


def tied(one: Actor, other: Actor) -> None:
    """They are one human."""
    first, second = sorted((str(one.staff), str(other.staff)))
    tie = SamePerson(one_id=first, other_id=second, basis="a form", starts_at=clock.now())
    tie.changed_at, tie.changed_by = clock.now(), one.reference
    people.save(tie)


def test_what_nobody_reviews_goes(pair: tuple[Actor, Actor]) -> None:
    note(pair[0])
    assert disposed(pair[1])


STATES = st.tuples(
    st.integers(0, 2), st.sampled_from(["", "1", "4"]), st.sampled_from([None, PAST, AHEAD])
)


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    states=st.lists(STATES, min_size=1, max_size=5),
    proposer=st.integers(-1, 2),
    is_tied=st.booleans(),
)
def test_the_database_refuses_what_the_operation_refuses(
    three: list[Actor], states: list[tuple[int, str, Any]], proposer: int, is_tied: bool
) -> None:
    (by, group, due), *later = states
    row = note(three[by], review_group=group, review_due=due)
    for by, group, due in later:
        changed(three[by], "review_group = %s, review_due = %s", group, due)
    if proposer >= 0:
        changed(three[proposer], PROPOSED)
    with transaction.atomic():
        if is_tied:
            tied(*three[:2])
        for actor in three:
            assert disposed(actor) == (refusal(actor, row) is None)
        transaction.set_rollback(True)


def refusal(actor: Actor, row: models.Note) -> str | None:
    with guarded.acting(actor):
        now = models.Note.objects.get(pk=row.pk)
        reviews = queries.reviews_of([now])[now.pk]
    standing = retention.Standing(
        now.review_group, now.review_due, now.disposal, now.proposed_by, (), reviews
    )
    return retention.refusal_to_dispose(standing, by=one_human(actor), on=TODAY)


@ground.fixture
def three(db: None) -> list[Actor]:
    factories.policy()
    return [factories.asha(), factories.asha(), factories.asha()]
