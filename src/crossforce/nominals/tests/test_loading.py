"""Loads: what they bring, change, delete and refuse; the same file twice is the same as once."""

import io
import json
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from crossforce.intake.choices import Step
from crossforce.kernel import guarded
from crossforce.kernel.testing import ground
from crossforce.nominals import models
from crossforce.nominals.choices import State
from crossforce.nominals.operations.permitting import MayNotLoad
from crossforce.nominals.tests import holding, loads
from crossforce.nominals.tests.loads import loaded, row, table
from crossforce.people.choices import Actor
from crossforce.records import api as records
from crossforce.records.tests.factories import PARTNER

pytestmark = pytest.mark.django_db


@ground.fixture
def asha() -> Actor:
    loads.policy()
    return loads.analyst()


def people(actor: Actor) -> list[models.Person]:
    with guarded.acting(actor):
        return list(models.Person.objects.order_by("number"))


def waiting(actor: Actor) -> list[models.Quarantine]:
    with guarded.acting(actor):
        return list(models.Quarantine.objects.order_by("row"))


class TestLoad:
    def test_brings_people_with_what_is_said_of_them(self, asha: Actor) -> None:
        outcome = loaded(asha, loads.FILE.encode())
        assert outcome.counts | {"read": 3, "new": 3, "refused": 0} == outcome.counts
        first, second, third = people(asha)
        assert (first.family_name, first.born, first.team) == (
            "Penhallow",
            "1987-03-09",
            "Swindon CID",
        )
        assert (first.categories, first.warnings) == (["suspect", "convicted"], ["violent"])
        assert (second.born, third.born) == ("1979-03", "1990")
        said = {each["about"]: each for each in first.statements}
        assert said["warning"]["asserted"] == "assessment"
        assert said["contact"]["value"]["number"] == "+441632960101"

    def test_the_same_file_again_changes_nothing(self, asha: Actor) -> None:
        file = table(row(), row(Nominal="W2", Surname="Okonjo"))
        loaded(asha, file)
        outcome = loaded(asha, file)
        assert (outcome.counts["same"], outcome.counts["new"]) == (2, 0)
        assert {each.version for each in people(asha)} == {1}

    def test_corrects_what_came_otherwise(self, asha: Actor) -> None:
        loaded(asha, table(row()))
        outcome = loaded(asha, table(row(Surname="Pascoe")))
        assert outcome.counts["changed"] == 1
        (person,) = people(asha)
        assert (person.family_name, person.version) == ("Pascoe", 2)

    def test_deletes_what_its_system_deleted(self, asha: Actor) -> None:
        loaded(asha, table(row(), row(Nominal="W2")))
        outcome = loaded(asha, table(row(Deleted="yes")))
        assert outcome.counts["deleted"] == 1
        assert [each.number for each in people(asha)] == ["W2"]

    def test_what_covers_everything_deletes_what_it_lacks(self, asha: Actor) -> None:
        whole = loads.PEOPLE.replace('type = "csv"', 'type = "csv"\ncovers = "everything"')
        whole = whole.replace('deleted = "Deleted"\n', "")
        loaded(asha, table(row(), row(Nominal="W2")), whole)
        outcome = loaded(
            asha, table(row(Nominal="W2"), row(Nominal="W3", Born="31/02/1987")), whole
        )
        assert (outcome.counts["deleted"], outcome.counts["refused"]) == (1, 1)
        assert [each.number for each in people(asha)] == ["W2"]

    def test_a_row_that_waits_goes_where_a_whole_export_lacks_it(self, asha: Actor) -> None:
        whole = loads.PEOPLE.replace('type = "csv"', 'type = "csv"\ncovers = "everything"')
        whole = whole.replace('deleted = "Deleted"\n', "")
        bad = row(Nominal="W2", Born="31/02/1987")
        loaded(asha, table(row(), bad, row(Nominal="W3", Sex="X")), whole)
        loaded(asha, table(row(), bad, row(Nominal="", Surname="Okonjo")), whole)
        assert sorted(each.row_reference for each in waiting(asha)) == ["", "W2", "W3"]
        loaded(asha, table(row(), bad), whole)
        with guarded.acting(asha):
            rows = models.Quarantine.objects.order_by("state", "row")
            stand = [(each.state, each.row_reference, each.cells == {}) for each in rows]
        assert stand == [
            ("given-up", "", True), ("given-up", "", True), ("waiting", "W2", False),
        ]  # fmt: skip

    def test_keeps_a_refused_row_apart_with_its_reason(self, asha: Actor) -> None:
        outcome = loaded(asha, table(row(), row(Nominal="W2", Born="31/02/1987", Sex="X")))
        assert (outcome.counts["new"], outcome.counts["refused"]) == (1, 1)
        (kept,) = waiting(asha)
        assert (kept.row, kept.row_reference, kept.team) == (3, "W2", "CID")
        assert {(each["rule"], each["column"]) for each in kept.reasons} == {
            ("no-such-day", "Born"), ("unknown-code", "Sex"),
        }  # fmt: skip
        assert kept.cells["Born"] == "31/02/1987"
        with guarded.acting(asha):
            (load,) = models.Load.objects.all()
        assert load.quality == {
            "refused": {"no-such-day": {"CID": 1}, "unknown-code": {"CID": 1}}
        }

    def test_a_row_that_comes_whole_later_is_mended(self, asha: Actor) -> None:
        loaded(asha, table(row(Born="31/02/1987")))
        loaded(asha, table(row()))
        (kept,), (person,) = waiting(asha), people(asha)
        assert (kept.state, kept.record) == ("mended", person.pk)

    def test_a_row_that_is_refused_again_waits_once_with_its_new_reasons(
        self, asha: Actor
    ) -> None:
        nameless = row(Nominal="", Surname="Okonjo")
        loaded(asha, table(row(Born="31/02/1987"), nameless))
        last = loaded(asha, table(nameless, row(Nominal="W2"), row(Sex="X", Surname="Pascoe")))
        with guarded.acting(asha):
            rows = {each.row_reference: each for each in models.Quarantine.objects.all()}
            assert models.Quarantine.objects.count() == 2
        assert {name: (each.load, each.row) for name, each in rows.items()} == {
            "": (last.record, 2),
            "W1": (last.record, 4),
        }
        again = rows["W1"]
        assert [each["rule"] for each in again.reasons] == ["unknown-code"]
        assert again.cells["Surname"] == "Pascoe"
        loaded(asha, table(row()))
        assert sorted(each.state for each in waiting(asha)) == ["mended", "waiting"]
        _, changes = records.history(asha, "nominals.quarantine", again.pk)
        assert "Pascoe" not in repr(changes)

    def test_goes_on_where_it_was_stopped(
        self, asha: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("crossforce.nominals.operations.writing.BATCH", 1_000)
        rows = [row(Nominal=f"W{n}") for n in range(2_000)]
        steps: list[Step] = []

        def stopped(step: Step) -> None:
            steps.append(step)
            if step.doing == "write":
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            loaded(asha, table(*rows), progress=stopped)
        before = len(people(asha))
        outcome = loaded(asha, table(*rows))
        assert 0 < before < 2_000
        assert outcome.counts["same"] == before
        assert outcome.counts["new"] == 2_000 - before
        with guarded.acting(asha):
            assert [each.state for each in models.Load.objects.all()] == [State.DONE]

    def test_a_rehearsal_writes_nothing(self, asha: Actor) -> None:
        outcome = loaded(asha, table(row(), row(Nominal="")), is_rehearsal=True)
        assert (outcome.counts["new"], outcome.counts["refused"]) == (1, 1)
        assert not people(asha)
        with guarded.acting(asha):
            assert not models.Load.objects.exists()

    def test_refuses_whoever_may_not_write_there(self, asha: Actor) -> None:
        with pytest.raises(MayNotLoad):
            loaded(loads.analyst(PARTNER), table(row()))

    def test_what_it_brings_is_held_by_its_force_alone(self, asha: Actor) -> None:
        loaded(asha, table(row()))
        holding.policy("own-partner", holder=PARTNER, recipient=PARTNER)
        assert not people(loads.analyst(PARTNER))

    def test_refuses_a_file_without_its_columns_whole(self, asha: Actor) -> None:
        outcome = loaded(asha, b"Number,Name\n1,Hill\n")
        assert outcome.is_refused
        assert outcome.findings[0].rule == "heading-missing"


class TestForms:
    @pytest.mark.parametrize("form", ["jsonl", "parquet"])
    def test_all_bring_the_same(self, asha: Actor, form: str) -> None:
        cells = [
            dict.fromkeys(loads.COLUMNS, "") | loads.SOUND | {"Nominal": name}
            for name in ("W1", "W2")
        ]
        cells[1]["Born"] = "31/02/1987"
        if form == "jsonl":
            content = "\n".join(map(json.dumps, cells)).encode()
        else:
            held = io.BytesIO()
            parquet.write_table(pa.Table.from_pylist(cells), held)
            content = held.getvalue()
        mapping = loads.PEOPLE.replace('type = "csv"', f'type = "{form}"')
        counts = loaded(asha, content, mapping).counts
        assert (counts["new"], counts["refused"]) == (1, 1)
        (person,), (kept,) = people(asha), waiting(asha)
        assert (person.family_name, person.born) == ("Penhallow", "1987-03-09")
        assert kept.cells["Born"] == "31/02/1987"
        assert loaded(asha, content, mapping).counts["same"] == 1

    def test_what_is_no_parquet_is_refused_whole(self, asha: Actor) -> None:
        outcome = loaded(asha, b"PAR1nothing", loads.PEOPLE.replace('"csv"', '"parquet"'))
        assert outcome.findings[0].rule == "parquet"


TIES: Any = """
format = 1
name = "ties"
title = "Ties"
system = "wiltshire-records"
holder = "HERE"
makes = "tie"
[columns]
reference = "id"
one = "one"
one_kind = "one_kind"
other = "other"
other_kind = "other_kind"
role = "role"
"""


class TestTies:
    def test_both_ends_are_found_by_their_references(self, asha: Actor) -> None:
        loaded(asha, table(row(), row(Nominal="W2")))
        ties = TIES.replace("HERE", asha.organisation)
        file = b"id,one,one_kind,other,other_kind,role\nT1,W1,person,W2,person,associate of\nT2,W1,person,E9,event,suspect in\n"
        outcome = loaded(asha, file, ties)
        assert (outcome.counts["new"], outcome.counts["refused"]) == (1, 1)
        with guarded.acting(asha):
            (tie,) = models.Tie.objects.all()
        first, second = people(asha)
        assert (tie.one, tie.other, tie.role) == (first.pk, second.pk, "associate of")
        assert waiting(asha)[0].reasons[0]["rule"] == "unknown-end"

    def test_a_row_makes_ties_and_unmakes_them(self, asha: Actor) -> None:
        made = loads.PEOPLE + (
            '\n[[tie]]\neach = { column = "Alias surname", split = "|" }\ncolumns = { other = "." }\n'
            'values = { other_kind = "person", role = "associate of" }\n'
        )
        made = made.replace('columns = { family = "Alias surname", given', "columns = { given")
        loaded(asha, table(row(Nominal="W1"), row(Nominal="W2"), row(Nominal="W3")), made)
        loaded(asha, table(row(Nominal="W1", Alias_surname="W2|W3")), made)
        with guarded.acting(asha):
            assert models.Tie.objects.count() == 2
        loaded(asha, table(row(Nominal="W1", Alias_surname="W3")), made)
        with guarded.acting(asha):
            (tie,) = models.Tie.objects.all()
        assert tie.other == people(asha)[2].pk
