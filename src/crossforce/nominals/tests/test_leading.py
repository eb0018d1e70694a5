"""Whatever is killed and wherever: one machine links, another takes over, and nothing is lost, doubled or kept for ever."""

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connections, transaction

from crossforce.kernel import guarded, statements
from crossforce.nominals import models
from crossforce.nominals.choices import LINKS
from crossforce.nominals.linkage import Kept, Model
from crossforce.nominals.linkage.tests import people as invented
from crossforce.nominals.operations import linking
from crossforce.nominals.queries import feeding, linked
from crossforce.nominals.rules import matching
from crossforce.nominals.tests.test_linking import (
    HELD,
    filed,
    held,
    learnt,
    links,
    person,
    said,
    said_by_doctor,
)
from crossforce.records.tests import factories

pytestmark = pytest.mark.django_db
__all__ = ["held", "learnt", "links"]
NOBODY = "UPDATE nominals_follower SET led_at = NULL"
SILENT = (
    "UPDATE nominals_follower SET led_at = led_at - interval '2 minutes' WHERE name = 'links'"
)


@pytest.fixture
def owner(owner_connection: psycopg.Connection[Any]) -> Iterator[psycopg.Connection[Any]]:
    """The tables' owner, in a database in which no machine leads, neither before nor after."""
    owner_connection.execute(NOBODY)
    yield owner_connection
    owner_connection.execute(NOBODY)


def change(held: list[models.Person]) -> None:
    """One is altered, one comes, one goes."""
    asha = factories.asha()
    with guarded.acting(asha):
        models.Person.objects.filter(pk=held[0].pk).update(
            family_name="Quixote", changed_by=asha.reference
        )
        models.Person.objects.filter(pk=held[1].pk).delete()
    person(asha, said(2, invented.table(HELD)))


def killed(monkeypatch: pytest.MonkeyPatch, of: Any, name: str) -> None:
    """A turn in a process of its own, killed once it has done that."""
    child = os.fork()
    if not child:
        signal.alarm(60)
        connections["default"].connection = None  # the parent's
        done: Callable[..., Any] = getattr(of, name)

        def last(*given: Any, **more: Any) -> None:
            done(*given, **more)
            os.kill(os.getpid(), signal.SIGKILL)

        try:
            monkeypatch.setattr(of, name, last)
            linking.turn()
        finally:
            os._exit(3)
    _, status = os.waitpid(child, 0)
    assert status == signal.SIGKILL


class TestKilled:
    def test_a_turn_is_done_again_and_once(
        self,
        held: list[models.Person],
        owner: psycopg.Connection[Any],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        linking.turn()
        change(held)
        killed(monkeypatch, Kept, "apply")  # on disk
        before = filed()
        killed(monkeypatch, statements, "answers")  # asked of the database
        killed(monkeypatch, linking, "_file")  # filed
        assert feeding.following(LINKS).waiting == 3
        assert filed() != before
        assert linking.turn() == 3
        assert linking.turn() == 0
        stood = filed()
        kept = linked.folder() / _noted().model
        assert Kept(kept).held == len(held)
        assert linking.rebuild() == len(stood)
        assert filed() == stood
        assert len({pair[:2] for pair in stood}) == len(stood)


class TestTwoMachines:
    def test_one_leads_and_the_other_takes_over_from_its_silence(
        self,
        held: list[models.Person],
        owner: psycopg.Connection[Any],
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
        learnt: Model,
    ) -> None:
        def on(name: str) -> None:
            place = tmp_path / name
            place.mkdir(exist_ok=True)
            monkeypatch.setattr(linked, "folder", lambda: place)

        def refused() -> None:
            with pytest.raises(DatabaseError, match="another machine"), transaction.atomic():
                feeding.likened({"model": model, "found": [], "records": [], "is_all": True})

        def meanwhile(people: Any) -> Any:
            refused()  # it had slept, and the second has read already
            return replace(learnt)

        on("first")
        linking.turn()
        stood, model = filed(), _noted().model
        on("second")
        with pytest.raises(linked.Elsewhere):
            linking.turn()
        assert said_by_doctor() == "another machine links them"
        owner.execute(SILENT)
        with linked.leading():
            for machine in ("second", "first"):  # also the one that was silent
                on(machine)
                with pytest.raises(linked.Elsewhere):
                    linking.turn()
        on("second")
        monkeypatch.setattr(linking, "learn", meanwhile)
        linking.turn()
        assert (filed(), said_by_doctor()) == (stood, "nothing waits")
        on("first")
        with pytest.raises(linked.Elsewhere):
            linking.turn()
        refused()
        assert not [each for each in linked.folder().iterdir() if each.is_dir()]
        assert filed() == stood
        assert linking.rebuild() == len(stood)
        on("second")
        assert linked.noted() is None


class TestFewer:
    def test_of_too_few_to_learn_from_nothing_stays(
        self, held: list[models.Person], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        linking.turn()
        monkeypatch.setattr(matching, "is_outgrown", lambda learnt, held, on: True)
        monkeypatch.setattr(matching, "fewest", lambda on: 1_000)
        with pytest.raises(linking.TooFew):
            linking.tidy()
        assert not [each for each in linked.folder().iterdir() if each.is_dir()]


def _noted() -> linked.Note:
    stands = linked.noted()
    assert stands
    return stands
