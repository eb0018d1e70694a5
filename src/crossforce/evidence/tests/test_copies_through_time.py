"""What each side of a copy sees and may do equals what clause, share and recall allow, at any time: the oracle knows nothing of how it is decided."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from crossforce.evidence.choices import Lasts
from crossforce.evidence.models import Copy, Exhibit, Received
from crossforce.evidence.operations import accepting, recalling, sharing
from crossforce.evidence.operations.passing import MayNotPassOn
from crossforce.evidence.operations.sharing import NewShare
from crossforce.evidence.queries import copies, kept_of
from crossforce.evidence.tests import factories
from crossforce.evidence.tests.test_copies import TEXT, clauses, give, shared
from crossforce.evidence.tests.test_sharing import is_shown
from crossforce.kernel import guarded
from crossforce.kernel.periods import Period
from crossforce.people.choices import Actor
from crossforce.people.tests.cast import Company
from crossforce.records.tests.factories import AT, LONG_AGO

pytestmark = pytest.mark.django_db
DAYS = 2


class Sides:
    """One copy, given for two days, between two who know each other and one who knows neither."""

    def __init__(self) -> None:
        clauses()
        cast = Company()
        self.asha, self.bryn, self.cole = (
            each("investigator").actor for each in (cast.asha, cast.bryn, cast.cole)
        )
        exhibit = factories.exhibit()
        factories.kept(exhibit, TEXT)
        day = AT.date() + timedelta(days=DAYS)
        self.copy = give(self.asha, exhibit, lasts=Lasts.DAY, until_on=day)
        assert self.copy.received
        assert self.copy.becomes
        self.received, self.becomes = self.copy.received, self.copy.becomes
        self.days, self.links = 0, list[str]()
        self.has_clause, self.is_onward = True, False
        self.is_recalled = self.is_taken = False

    @property
    def at(self) -> datetime:
        return AT + timedelta(days=self.days)

    @property
    def is_over(self) -> bool:
        return self.is_recalled or not self.has_clause or self.days >= DAYS

    def clause(self, has: bool, onward: bool) -> None:
        shared(onward=onward, holds=Period(LONG_AGO, None if has else AT))
        self.has_clause, self.is_onward = has, onward

    def recall(self) -> None:
        recalling.recall(actor=self.asha, copy=self.copy.pk, why="Withdrawn", at=AT)
        self.is_recalled = True

    def take(self) -> None:
        if not self.is_taken:
            is_done = done(
                lambda: accepting.accept(actor=self.bryn, received=self.received, at=self.at),
                accepting.NotOffered,
            )
            assert is_done is not self.is_over
            self.is_taken = is_done

    def pass_on(self) -> None:
        if self.is_taken:
            item = kept_of(self.bryn, self.becomes)[0]
            new = NewShare(item.pk, "J. Doe", "CPS", "Advice", 7)

            def act() -> None:
                self.links.append(sharing.share(actor=self.bryn, new=new, at=self.at).link)

            assert done(act, MayNotPassOn) is (self.is_onward and not self.is_over)

    def later(self) -> None:
        self.days += 1

    def check(self) -> None:
        for actor, exhibits, given_, received in (
            (self.asha, 1, 1, 0),
            (self.bryn, int(self.is_taken), 0, 1),
            (self.cole, 0, 0, 0),
        ):
            assert counted(actor) == (exhibits, given_, received)
        theirs = copies.received_one(self.bryn, self.received, self.at)
        ours = copies.given_one(self.asha, self.copy.pk, self.at)
        assert bool(theirs.asked) is bool(ours.asked) is self.is_over
        assert bool(ours.told.accepted_at) is self.is_taken
        for link in self.links:
            assert is_shown(link, self.at) is (self.is_onward and not self.is_over)


def counted(actor: Actor) -> tuple[int, ...]:
    with guarded.acting(actor):
        return tuple(each.objects.count() for each in (Exhibit, Copy, Received))


def done(act: Callable[[], object], refused: type[Exception]) -> bool:
    try:
        act()
    except refused:
        return False
    return True


STEPS: dict[str, Callable[[Sides], None]] = {
    "take": lambda sides: sides.take(),
    "pass on": lambda sides: sides.pass_on(),
    "onward": lambda sides: sides.clause(True, True),
    "not onward": lambda sides: sides.clause(True, False),
    "agreement left": lambda sides: sides.clause(False, True),
    "recall": lambda sides: sides.recall(),
    "later": lambda sides: sides.later(),
}


@given(
    st.sampled_from([[], ["take"], ["take", "onward", "pass on"]]),
    st.lists(st.sampled_from(sorted(STEPS)), min_size=2, max_size=5),
)
@settings(max_examples=5, deadline=None)
def test_each_side_sees_and_may_what_is_allowed_at_any_time(
    before: list[str], steps: list[str]
) -> None:
    with transaction.atomic():
        sides = Sides()
        for step in [*before, *steps]:
            STEPS[step](sides)
            sides.check()
        transaction.set_rollback(True)
