"""What is held is linked, what changes is linked at once, and whatever is cut short goes on."""

import re
import sys
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from crossforce.kernel import clock, guarded
from crossforce.nominals import models
from crossforce.nominals.choices import LINKS, PERSON
from crossforce.nominals.commands import commands
from crossforce.nominals.jobs import linking as jobs
from crossforce.nominals.linkage import Model, keeping, learn, records, scoring
from crossforce.nominals.linkage.columns import words_of
from crossforce.nominals.linkage.keys import numbers_of
from crossforce.nominals.linkage.tests import people as invented
from crossforce.nominals.linkage.tests.test_knocking import java
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


def said_by_doctor() -> str:
    (found,) = jobs.look()
    return found.said


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
        asha = factories.asha()
        with guarded.acting(asha):
            mine = models.Person.objects.filter(pk=held[0].pk)
            mine.update(given_names="", changed_by=asha.reference)
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(feeding, "fed_in", killed)
            with pytest.raises(KeyboardInterrupt):
                linking.turn()
        changed = filed()
        assert linking.turn() == 1
        assert (linking.turn(), filed()) == (0, changed)
        assert {each for each in whole ^ changed if str(held[0].pk) not in each} == set()

    def test_what_is_said_besides_brings_together(self, held: list[models.Person]) -> None:
        linking.turn()
        lonely = next(each for each in held if not touched(filed(), each.pk))
        alias = statement("name", family=lonely.family_name, given=lonely.given_names.split())
        born = statement("birth", on=lonely.born)
        statements = [alias, born, *lonely.statements]
        other = holding.person(
            factories.asha(), "Quentin", "Zephaniah", "1931", statements=statements
        )
        linking.turn()
        assert [{str(lonely.pk), str(other.pk)}] == [
            {one, two} for one, two, _ in filed() if str(other.pk) in (one, two)
        ]

    def test_other_columns_are_learnt_anew(
        self, held: list[models.Person], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        linking.turn()
        stands = linked.noted()
        assert stands
        linked.note(replace(stands, compares="fewer columns than today"))
        assert linking.turn() > 0
        assert linked.noted() not in (None, stands)

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
        monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
        jobs.follow(lambda: next(turns))
        assert tried == [1]


class TestTidy:
    def test_learns_anew_what_outgrew_its_model(
        self, held: list[models.Person], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        linking.turn()
        stands, whole = linked.noted(), filed()
        assert stands
        assert stands.learnt == len(held)
        linking.tidy()
        assert linked.noted() == stands
        of_first = replace(stands, learnt=len(held) // 4)  # as if from the first of a load
        linked.note(of_first)
        by_some, followed = feeding.whole, feeding.following
        monkeypatch.setattr(feeding, "whole", lambda kind: by_some(kind, 7))
        monkeypatch.setattr(
            feeding, "following", lambda name: replace(followed(name), records=len(held))
        )
        assert f"learnt from {len(held) // 4} of about {len(held)} records" in said_by_doctor()
        linking.tidy()
        anew = linked.noted()
        assert anew
        assert (anew.model != stands.model, anew.filed, anew.learnt) == (True, None, len(held))
        assert (filed(), said_by_doctor()) == (whole, "nothing waits")

    def test_what_went_leaves_the_disk(
        self, held: list[models.Person], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        linking.turn()
        known = Counter(each.family_name for each in held)
        gone = [each for each in held if known[each.family_name] == known.most_common(1)[0][1]]
        gone = [each for each in gone if each.family_name == gone[0].family_name]
        name = gone[0].family_name.lower()
        (number,) = numbers_of(words_of([name])).tolist()
        letters = [str(gone[0].pk).encode(), name.encode(), number.to_bytes(8, sys.byteorder)]
        assert [len(gone) > 1, *map(stands_on_disk, letters)] == [True] * 4
        with guarded.acting(factories.asha()):
            models.Person.objects.filter(pk__in=[each.pk for each in gone]).delete()
        turns, model = iter([True, False]), linked.noted()
        monkeypatch.setattr(keeping, "LONGEST_KEPT", -1)
        monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
        jobs.follow(lambda: next(turns))
        assert linked.noted() == model  # nothing is learnt anew
        assert not any(map(stands_on_disk, letters))


def stands_on_disk(letters: bytes) -> bool:
    files = [each for each in linked.folder().rglob("*") if each.is_file()]
    return any(letters in each.read_bytes() for each in files)


class TestAlone:
    def test_one_links_at_a_time(
        self, held: list[models.Person], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        turns = iter([True, False])
        monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
        with linked.alone(is_asked=True):
            jobs.follow(lambda: next(turns))
            assert linked.noted() is None
            with pytest.raises(linked.Linking, match="try again"):
                linking.rebuild()
        assert linking.turn() > 0


class TestLook:
    def test_warns_of_what_waits_for_long(
        self, held: list[models.Person], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        linking.turn()
        person(factories.asha(), said(0, invented.table(1)))
        assert said_by_doctor() == "1 changes wait"
        monkeypatch.setattr("crossforce.kernel.companions.standing", lambda: {"links": True})
        later = clock.now() + timedelta(minutes=2)
        monkeypatch.setattr("crossforce.kernel.clock.now", lambda: later)
        (late,) = jobs.look()
        assert (late.grade, "the oldest for 1" in late.said) == ("warning", True)


class TestCommand:
    def test_links_all_and_begins_anew(self, held: list[models.Person]) -> None:
        done = CliRunner().invoke(commands, ["link"])
        assert done.exit_code == 0, done.output
        assert f"{len(filed())} pairs" in done.output
        assert said_by_doctor() == "nothing waits"  # what was learnt from is not linked again
        jobs.restored(at=factories.AT, backup=None)
        assert linked.noted() is None


class TestColumns:
    def test_what_holds_now_is_said_first_and_the_rest_besides(self) -> None:
        old = statement("address", lines=["1 Old Rd"], postcode="BA1 1AA") | {"to": "2020"}
        now = statement("address", lines=["2 New Rd", "Flat 3"], town="Bath")
        said = {"born": "1980-05", "sex": "unknown", "family_name": "Lee", "given_names": "Ann"}
        more = [
            statement("name", family="Rees", given=[], type="maiden"),
            statement("name", family="", given=["Nan"], type="nickname"),
            statement("birth", on="1981"),
            statement("identifier", type="pnc", number="2001/0012345A"),
            statement("identifier", type="nino", number="AB123456C"),
            statement("contact", type="email", number="a@example.org"),
        ]
        pnc = statement("identifier", type="pnc", number="2002/1A") | {"as_of": "1999"}
        rows = [("k", said | {"statements": [now, old, "?", *more, pnc]})]
        assert told(columns.table(rows)) == [
            {
                "id": "k", "surname": "Lee", "forename": "Ann", "date of birth": "1980-05",
                "address": "2 New Rd Flat 3", "town": "Bath", "PNC number": "2002/1A",
                "National Insurance number": "AB123456C", "e-mail address": "a@example.org",
            }
        ]  # fmt: skip
        assert told(columns.also(rows)) == [
            {
                "id": "k", "surname": "Lee", "forename": "Nan", "date of birth": "1981",
                "postcode": "BA1 1AA", "address": "1 Old Rd", "PNC number": "2001/0012345A",
            },
            {"id": "k", "surname": "Rees", "forename": "Ann"},
        ]  # fmt: skip


class TestCluster:
    def test_is_looked_for_before_anything_is_read(
        self, held: list[models.Person], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(feeding, "whole", lambda kind: pytest.fail("was read"))
        monkeypatch.setattr("pkgutil.resolve_name", lambda name: None)
        java(tmp_path, monkeypatch, "17.0.9")
        for address, why in (
            ("spark://127.0.0.1:1", "Nobody answers at spark://127.0.0.1:1"),
            ("http://127.0.0.1", "write spark://host:port"),
        ):
            with pytest.raises(linking.NoCluster, match=why):
                linking.rebuild(cluster=address)
        for version, why in (
            ("1.8.0_402", "that of this system is 8: install"),
            ("", "system: "),
        ):
            java(tmp_path, monkeypatch, version)
            with pytest.raises(linking.NoCluster, match=why):
                linking.rebuild(cluster="local[2]")

    def test_all_are_linked_where_somebody_asks(
        self, held: list[models.Person], monkeypatch: pytest.MonkeyPatch, settings: Any
    ) -> None:
        settings.LINKS_CLUSTER = "spark://127.0.0.1:1"
        assert linking.turn() == 0
        assert linked.noted() is None
        (none,) = jobs.look()
        assert none.said == "none were linked yet, or not since an upgrade"
        assert "on the cluster" in none.remedy
        monkeypatch.setattr(linking, "_spread", lambda cluster: scoring.linked)
        assert linking.rebuild() == len(filed()) > 4
        stands = linked.noted()
        monkeypatch.setattr(matching, "is_outgrown", lambda learnt, held, on: True)
        linking.tidy()
        assert linked.noted() == stands
        (grown,) = jobs.look()
        assert "on the cluster" in grown.remedy


def told(table: columns.Table) -> list[dict[str, str]]:
    """A table as rows of what each says."""
    rows = [dict(zip(table, row, strict=True)) for row in zip(*table.values(), strict=True)]
    return [{name: cell for name, cell in row.items() if cell} for row in rows]


@pytest.mark.parametrize(
    ("learnt", "held", "anew"),
    [(0, 199, False), (0, 200, True), (300, 1_199, False), (300, 1_200, True)],
)
def test_a_model_is_outgrown(learnt: int, held: int, anew: bool) -> None:
    assert matching.is_outgrown(learnt, held, factories.AT.date()) is anew


def test_only_people_are_followed() -> None:
    assert feeding.following(LINKS).waiting == 0
    holding.policy()
    holding.thing(factories.asha(), "AB12CDE")
    assert feeding.following(LINKS).waiting == 0
    holding.person(factories.asha(), "John", "Smith")
    assert [each.kind for each in feeding.fed(LINKS)] == [PERSON]
