"""A frozen promise changes by recorded change control and by nothing else, whatever is tried in which order."""

import random
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any, Final
from uuid import UUID

import pgtrigger
import psycopg
import pytest
from django.db import IntegrityError, transaction

from crossforce.benefits import models
from crossforce.benefits.choices import CHANGE
from crossforce.benefits.operations import benefits as operations
from crossforce.benefits.operations.benefits import Decided, NotNow
from crossforce.benefits.operations.checks import Unsound
from crossforce.benefits.queries import benefits
from crossforce.benefits.queries import rows as read
from crossforce.benefits.rules import baselines, keeping
from crossforce.benefits.rules.baselines import Promise, promise
from crossforce.benefits.rules.profile import Baseline
from crossforce.benefits.tests import factories
from crossforce.benefits.tests.factories import AFTER_ONE, BEFORE_GO_LIVE
from crossforce.benefits.tests.profiles import BEFORE, saving
from crossforce.kernel import guarded
from crossforce.kernel.testing import ground
from crossforce.people.choices import Actor
from crossforce.records import api as records

pytestmark = pytest.mark.django_db
DECIDED: Final = Decided("Counted anew", "programme-board", "B-1", date(2026, 3, 2))
STEPS: Final = 12
Owner = psycopg.Connection[tuple[Any, ...]]


@ground.fixture
def actor() -> Actor:
    factories.policy()
    factories.bodies()
    return factories.officer()


def drawn(chance: random.Random) -> Promise:
    """Some promise: other targets, another baseline, or another measure."""
    baseline = Baseline(Fraction(chance.randint(0, 3)), BEFORE, "counted")
    targets = [chance.randint(1, 4) * 100 for _ in range(chance.randint(1, 3))]
    return promise(saving(*targets, baseline=baseline))


class Tries:
    """One benefit, and everything that somebody may try with it. `decided` is what alone may change it."""

    def __init__(self, actor: Actor, chance: random.Random, reference: str) -> None:
        self.actor, self.chance = actor, chance
        self.key = factories.running(actor, reference=reference)
        self.frozen = self.promise()
        self.decided: list[Promise] = []

    def row(self) -> models.Benefit:
        return benefits.one(self.actor, self.key)

    def promise(self) -> Promise:
        return keeping.read(self.row().promise)

    def by_decision(self) -> None:
        wanted = drawn(self.chance)
        given: dict[str, Any] = {"version": self.row().version, "decided": DECIDED}
        is_other = wanted != self.promise()
        try:
            operations.change_promise(
                actor=self.actor, benefit=self.key, after=wanted, at=BEFORE_GO_LIVE, **given
            )
        except Unsound:
            assert not is_other
        else:
            self.decided.append(wanted)

    def by_hand(self) -> None:
        wanted = drawn(self.chance)
        before = self.promise()
        try:
            factories.edited(self.actor, self.key, wanted, title=f"T{self.chance.random()}")
        except NotNow:
            assert wanted != before
        else:
            assert wanted == before

    def past_the_operations(self) -> None:
        """As whoever writes to the table, with and without a number that fits."""
        values: dict[str, Any] = {"promise": keeping.kept(drawn(self.chance))}
        if self.chance.random() < 0.5:
            values["changes"] = self.row().changes + 1
        if values["promise"] == self.row().promise and len(values) == 1:
            return
        self._refused(values)

    def thawed(self) -> None:
        self._refused({"frozen_on": self.chance.choice([None, date(2030, 1, 1)])})

    def by_the_frame(self) -> None:
        """As whoever edits records of any kind."""
        given = {"promise": keeping.kept(drawn(self.chance))}
        if given["promise"] == self.row().promise:
            return
        with pytest.raises(records.Clashes, match="stood still at go-live"):
            records.edit(
                actor=self.actor,
                kind="benefits.benefit",
                record=self.key,
                version=self.row().version,
                given=given,
                at=AFTER_ONE,
            )

    def _refused(self, values: dict[str, Any]) -> None:
        with (
            guarded.acting(self.actor),
            pytest.raises(IntegrityError),
            transaction.atomic(),
        ):
            models.Benefit.objects.filter(pk=self.key).update(**values)

    def holds(self) -> None:
        """What stands is what was frozen and what was decided since, and its history says so."""
        assert self.promise() == (self.decided or [self.frozen])[-1]
        found = benefits.shown(self.actor, self.key, AFTER_ONE.date())
        changes = [read.change_of(each.row) for each in found.changes]
        assert [each.after for each in changes] == self.decided
        assert [each.before for each in changes] == [self.frozen, *self.decided][:-1]
        assert [each.row.number for each in found.changes] == list(range(1, len(changes) + 1))
        assert found.standing.row.changes == len(changes)
        assert found.broken == ""


WAYS: Final = ("by_decision", "by_hand", "past_the_operations", "thawed", "by_the_frame")


@pytest.mark.parametrize("seed", range(6))
def test_nothing_but_a_recorded_change_alters_what_is_frozen(actor: Actor, seed: int) -> None:
    chance = random.Random(seed)
    tries = Tries(actor, chance, f"b-{seed}")
    for _ in range(STEPS):
        getattr(tries, chance.choice(WAYS))()
        tries.holds()
    assert tries.decided


GUARD: Final = "ALTER TABLE benefits_benefit {how} TRIGGER {name}"


@pytest.fixture
def unguarded(owner_connection: Owner) -> Iterator[None]:
    """The owner of the table has put its guard out of action: nobody else can."""
    ((_, guard),) = pgtrigger.registered("benefits.Benefit:promise_frozen")
    name = guard.get_pgid(models.Benefit())
    owner_connection.execute(GUARD.format(how="DISABLE", name=name).encode())
    yield
    owner_connection.execute(GUARD.format(how="ENABLE", name=name).encode())


def tampered(actor: Actor, key: UUID) -> None:
    """The fault that all of this guards against: a promise altered past its guard."""
    other = keeping.kept(promise(saving(7)))
    with guarded.acting(actor):
        assert models.Benefit.objects.filter(pk=key).update(promise=other) == 1


class TestASeededFault:
    def test_is_seen_by_what_the_property_asks(self, unguarded: None, actor: Actor) -> None:
        tries = Tries(actor, random.Random(1), "b-1")
        tampered(actor, tries.key)
        with pytest.raises(AssertionError):
            tries.holds()

    def test_is_told_to_whoever_reads_the_benefit(self, unguarded: None, actor: Actor) -> None:
        tries = Tries(actor, random.Random(1), "b-1")
        tries.by_decision()
        tampered(actor, tries.key)
        found = benefits.shown(actor, tries.key, AFTER_ONE.date())
        assert "stands otherwise than its last recorded change left it" in found.broken

    def test_in_the_operation_alone_is_refused_by_the_database(
        self, actor: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tries = Tries(actor, random.Random(1), "b-1")
        monkeypatch.setattr(baselines, "refusal_of_edit", lambda frozen, edited: "")
        with pytest.raises(records.Clashes, match="stood still at go-live"):
            factories.edited(actor, tries.key, promise(saving(7)))
        tries.holds()

    def test_in_the_record_of_the_change_is_refused(self, actor: Actor) -> None:
        """A change that does not say what was there before leads nowhere."""
        tries = Tries(actor, random.Random(1), "b-1")
        values = {
            "title": "Change 1 of b-1",
            "benefit": tries.key,
            "number": 1,
            "before": keeping.kept(promise(saving(3))),
            "after": keeping.kept(promise(saving(7))),
            "reason": "R",
            "decided_by": "B",
            "decision": "D",
            "decided_on": date(2026, 9, 1),
            "purposes": ["duty-from-law"],
        }
        with guarded.acting(actor):
            place = operations.beside(tries.row())
        records.create(actor=actor, new=records.NewRecord(CHANGE, place, values), at=AFTER_ONE)
        tries._refused({"promise": values["after"], "changes": 1})
