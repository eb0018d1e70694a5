"""What is held is linked, what changes is linked at once, and whatever is cut short goes on."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from crossforce.kernel import guarded
from crossforce.nominals import models
from crossforce.nominals.choices import LINKS, PERSON
from crossforce.nominals.commands import commands
from crossforce.nominals.jobs import linking as jobs
from crossforce.nominals.linkage import Model, learn, records
from crossforce.nominals.linkage.tests import people as invented
from crossforce.nominals.models.pole import PARTIAL
from crossforce.nominals.operations import linking
from crossforce.nominals.queries import feeding, linked
from crossforce.nominals.rules import columns, matching
from crossforce.nominals.tests import holding
from crossforce.nominals.tests.holding import statement
from crossforce.records.tests import factories

pytestmark = pytest.mark.django_db
HELD = 24


def said(n: int, rows: dict[str, list[Any]]) -> dict[str, Any]:
    """An invented record as forces hold one."""
    row = {name: values[n] or "" for name, values in rows.items()}
    return {
        "family_name": row["surname"],
        "given_names": row["forename"],
        "born": row["born"] if re.fullmatch(PARTIAL, row["born"]) else "",
        "statements": [
            statement("address", lines=[row["address"]], postcode=row["postcode"]),
            statement("contact", type="telephone", number=row["telephone"]),
        ],
    }


@pytest.fixture(scope="session")
def learnt() -> Model:
    rows = invented.table(400)
    table = columns.table((n, said(n, rows)) for n in range(len(rows["id"])))
    return learn(records(table, columns.COLUMNS, ids=columns.ID))


@pytest.fixture
def links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, learnt: Model) -> None:
    """Links of the test's own, by a model that was learnt once."""
    monkeypatch.setattr(linked, "folder", lambda: tmp_path)
    monkeypatch.setattr(linking, "learn", lambda people: replace(learnt))
    monkeypatch.setattr(matching, "fewest", lambda on: 2)


@pytest.fixture
def held(links: None) -> list[models.Person]:
    holding.policy()
    asha, rows = factories.asha(), invented.table(HELD)
    return [person(asha, said(n, rows)) for n in range(len(rows["id"]))]


def person(actor: Any, values: dict[str, Any]) -> models.Person:
    given, family = values["given_names"], values["family_name"]
    return holding.person(actor, given, family, values["born"], statements=values["statements"])


def filed() -> set[tuple[str, str, float]]:
    """What is filed, as its owner has it."""
    with guarded.acting(factories.asha()):
        rows = models.Likeness.objects.values_list("one", "other", "weight")
        return {(str(one), str(other), weight) for one, other, weight in rows}


def touched(rows: set[tuple[str, str, float]], key: Any) -> bool:
    return any(str(key) in each for each in rows)


class TestTurn:
    def test_what_changes_stands_as_if_all_were_linked_at_once(
        self, held: list[models.Person]
    ) -> None:
        assert linking.turn() == len(filed()) > 4
        while linking.turn():
            pass
        asha, rows = factories.asha(), invented.table(HELD)
        first = next(each for each in held if touched(filed(), each.pk))
        with guarded.acting(asha):
            models.Person.objects.filter(pk=first.pk).update(
                family_name="Quixote",
                given_names="",
                born="",
                statements=[],
                changed_by=asha.reference,
            )
        assert linking.turn() == 1
        assert not touched(filed(), first.pk)
        again = person(asha, said(held.index(first), rows))
        gone = next(each for each in held if touched(filed(), each.pk) and each != first)
        with guarded.acting(asha):
            models.Person.objects.filter(pk=gone.pk).delete()
        assert not touched(filed(), gone.pk)  # at once, before any turn
        assert linking.turn() == 2
        assert touched(filed(), again.pk)
        stood = filed()
        assert linking.rebuild() == len(stood)
        assert filed() == stood

    def test_what_was_cut_short_goes_on(
        self, held: list[models.Person], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def killed(*_: Any) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(linking, "AT_ONCE", 2)
        told = list[int]()
        with monkeypatch.context() as meanwhile:
            file, calls = feeding.likened, iter(range(2))
            meanwhile.setattr(feeding, "likened", lambda told: (next(calls), file(told)))
            with pytest.raises(StopIteration):
                linking.turn()
        assert len(filed()) == 4
        assert next(jobs.look()).said == "linking was cut short, and goes on"
        linking.rebuild(lambda doing, done, about: told.append(done), goes_on=True)
        assert told[0] == 6
        whole = filed()
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(feeding, "fed_in", killed)
            with pytest.raises(KeyboardInterrupt):
                linking.turn()
        assert linking.turn() == len(held)
        assert (linking.turn(), filed()) == (0, whole)

    def test_tells_why_and_nothing_that_either_says(self, held: list[models.Person]) -> None:
        linking.turn()
        with guarded.acting(factories.asha()):
            row = models.Likeness.objects.order_by("-weight").first()
            assert row
            one = models.Person.objects.get(pk=row.one)
        assert row.lean == "propose"
        assert round(sum(each["bits"] for each in row.evidence), 1) == round(row.weight, 1)
        assert one.family_name.lower() not in str(row.evidence).lower()

    def test_waits_for_enough_to_learn_from(
        self, links: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (none,) = jobs.look()
        assert none.said == "none were linked yet"
        turns, tried = iter([True, True, True, False]), list[int]()

        def turn() -> int:
            tried.append(1)
            raise linking.TooFew

        monkeypatch.setattr(linking, "turn", turn)
        monkeypatch.setattr("django.db.connections.close_all", lambda: None)
        jobs.follow(lambda: next(turns))
        assert tried == [1]


class TestCommand:
    def test_links_all_and_begins_anew(self, held: list[models.Person]) -> None:
        done = CliRunner().invoke(commands, ["link"])
        assert done.exit_code == 0, done.output
        assert f"{len(filed())} pairs" in done.output
        (sound,) = jobs.look()
        assert "changes wait" in sound.said
        jobs.restored(at=factories.AT, backup=None)
        assert linked.noted() is None


class TestColumns:
    def test_what_holds_now_is_compared(self) -> None:
        old = statement("address", lines=["1 Old Rd"], postcode="BA1 1AA") | {"to": "2020"}
        now = statement("address", lines=["2 New Rd", "Flat 3"], town="Bath")
        row = columns.table(
            [("k", {"statements": [now, old, "?"], "born": "1980-05", "sex": ""})]
        )
        assert {name: values[0] for name, values in row.items() if values[0]} == {
            "id": "k",
            "address": "2 New Rd Flat 3",
            "town": "Bath",
        }


def test_only_people_are_followed() -> None:
    assert feeding.following(LINKS).waiting == 0
    holding.policy()
    holding.thing(factories.asha(), "AB12CDE")
    assert feeding.following(LINKS).waiting == 0
    holding.person(factories.asha(), "John", "Smith")
    assert [each.kind for each in feeding.fed(LINKS)] == [PERSON]
