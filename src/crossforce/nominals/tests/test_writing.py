"""Writing what a load brings: inside a page's own transaction it refuses, keeps and goes on as it does by itself."""

import io
from contextlib import nullcontext
from typing import Any

import pyarrow as pa
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pyarrow import parquet

from crossforce.intake.choices import Progress
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Conflict
from crossforce.kernel.testing import ground
from crossforce.ledger.models import Entry
from crossforce.nominals import models
from crossforce.nominals.choices import PERSON, TIE, State
from crossforce.nominals.mapping import sources
from crossforce.nominals.operations import staging, writing
from crossforce.nominals.operations.loading import Outcome
from crossforce.nominals.tests import holding, loads
from crossforce.nominals.tests.loads import loaded, row, table
from crossforce.people.choices import Actor
from crossforce.records import api as records
from crossforce.records.tests.factories import AT

pytestmark = pytest.mark.django_db
BAD = row(Born="31/02/1987")
PARQUET = loads.PEOPLE.replace('type = "csv"', 'type = "parquet"')
MAKES_TIES = (loads.PEOPLE + (
    '\n[[tie]]\neach = { column = "Alias surname", split = "|" }\ncolumns = { other = "." }\n'
    'values = { other_kind = "person", role = "associate of" }\n'
)).replace('columns = { family = "Alias surname", given', "columns = { given")  # fmt: skip


@ground.fixture
def asha() -> Actor:
    loads.policy()
    return loads.analyst()


def sent(actor: Actor, content: bytes, mapping: str = loads.PEOPLE, **more: Any) -> Outcome:
    """Loaded on a page, whose transaction is open before and goes on afterwards."""
    with guarded.acting(actor):
        return loaded(actor, content, mapping, **more)


def people(actor: Actor) -> list[models.Person]:
    with guarded.acting(actor):
        return list(models.Person.objects.order_by("number"))


def ties(actor: Actor) -> list[models.Tie]:
    with guarded.acting(actor):
        return list(models.Tie.objects.all())


def held(actor: Actor, kind: str, row: Any) -> None:
    records.hold(actor=actor, kind=kind, record=row.pk, reason="An appeal.", at=AT)


def packed() -> bytes:
    """Two sound rows, as Parquet."""
    cells = dict.fromkeys(loads.COLUMNS, "") | loads.SOUND
    found = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist([cells, cells | {"Nominal": "W2"}]), found)
    return found.getvalue()


class TestDelete:
    def test_what_is_held_keeps_its_ties(self, asha: Actor) -> None:
        loaded(asha, table(row(), row(Nominal="W2")))
        first, second = people(asha)
        holding.tie(asha, first, second, "associate of")
        held(asha, PERSON, first)
        counts = sent(asha, table(row(Deleted="yes"))).counts
        assert (counts["deleted"], counts["kept"]) == (0, 1)
        assert [each.one for each in ties(asha)] == [first.pk]

    @pytest.mark.parametrize("is_held", [False, True])
    def test_whoever_disposes_of_a_record_its_ties_go_or_keep_it(
        self, asha: Actor, is_held: bool
    ) -> None:
        loaded(asha, table(row(), row(Nominal="W2"), row(Nominal="W3")))
        first, second, third = people(asha)
        holding.tie(asha, first, second, "associate of")
        other = holding.tie(asha, third, first, "relative of")
        holding.tie(asha, second, third, "relative of")
        if is_held:
            held(asha, TIE, other)
        refused = pytest.raises(Conflict) if is_held else nullcontext()
        with refused, guarded.acting(asha):
            records.dispose(
                actor=asha,
                kind=PERSON,
                record=first.pk,
                version=1,
                reason="It was somebody else.",
                at=AT,
            )
        assert (len(people(asha)), len(ties(asha))) == ((3, 3) if is_held else (2, 1))

    def test_many_ties_go_in_one_statement_each_with_its_entry(self, asha: Actor) -> None:
        loaded(asha, table(row(), row(Nominal="W2")))
        first, second = people(asha)
        made = [holding.tie(asha, first, second, f"role {number}") for number in range(9)]
        with CaptureQueriesContext(connection) as asked:
            records.dispose(
                actor=asha, kind=PERSON, record=first.pk, version=1, reason="Somebody else.", at=AT
            )  # fmt: skip
        gone = [each for each in asked if 'DELETE FROM "nominals_tie"' in each["sql"]]
        assert (len(gone), ties(asha)) == (1, [])
        entered = Entry.objects.filter(operation="record.erased", subject__startswith=TIE)
        assert {each.subject for each in entered} == {f"{TIE}:{each.pk}" for each in made}

    def test_a_tie_that_is_held_stays_and_is_counted(self, asha: Actor) -> None:
        others = (row(Nominal="W2"), row(Nominal="W3"))
        loaded(asha, table(*others, row()), MAKES_TIES)
        loaded(asha, table(row(Alias_surname="W2|W3")), MAKES_TIES)
        held(asha, TIE, ties(asha)[0])
        outcome = sent(asha, table(row(Alias_surname="")), MAKES_TIES)
        assert (outcome.state, outcome.counts["kept"]) == (State.DONE, 1)
        assert len(ties(asha)) == 1


class TestTies:
    def test_a_row_whose_tie_leads_nowhere_is_refused_whole_and_what_is_tied_to_it(
        self, asha: Actor
    ) -> None:
        rows = (("W1", "W2"), ("W2", "X9"), ("W3", "W4"), ("W4", ""))
        file = table(*(row(Nominal=name, Alias_surname=to) for name, to in rows))
        counts = sent(asha, file, MAKES_TIES).counts
        assert (counts["read"], counts["new"], counts["refused"]) == (4, 2, 2)
        assert [each.number for each in people(asha)] == ["W3", "W4"]
        assert len(ties(asha)) == 1

    def test_too_many_of_them_refuse_the_file_before_anything_is_written(
        self, asha: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(staging, "MOST_REFUSED", 1)
        rows = (("W1", ""), ("W2", "X8"), ("W3", "X9"))
        file = table(*(row(Nominal=name, Alias_surname=to) for name, to in rows))
        assert sent(asha, file, MAKES_TIES).is_refused
        assert not people(asha)

    def test_those_of_a_row_that_was_corrected_here_stay_as_they_are(self, asha: Actor) -> None:
        others = (row(Nominal="W2"), row(Nominal="W3"))
        loaded(asha, table(*others, row(Alias_surname="W2")), MAKES_TIES)
        first = people(asha)[0]
        said = [{**each, "verified_by": asha.organisation} for each in first.statements]
        with guarded.acting(asha):
            first.change(expected=1, statements=said, changed_at=AT, changed_by=asha.reference)
        outcome = loaded(asha, table(row(Surname="Pascoe", Alias_surname="W3")), MAKES_TIES)
        assert [each.rule for each in outcome.refused[0].reasons] == ["corrected-here"]
        assert [each.other for each in ties(asha)] == [people(asha)[1].pk]


class TestWrite:
    def test_overwrites_nothing_that_changed_since_it_was_judged(
        self, asha: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        loaded(asha, table(row()))
        write = writing.write

        def late(to: writing.Target, progress: Progress) -> None:
            (person,) = people(asha)
            with guarded.acting(asha):
                person.change(expected=1, team="CPT", changed_at=AT, changed_by=asha.reference)
            write(to, progress)

        monkeypatch.setattr(writing, "write", late)
        with pytest.raises(writing.Clash):
            loaded(asha, table(row(Surname="Pascoe")))
        (person,) = people(asha)
        assert (person.family_name, person.team) == ("Penhallow", "CPT")

    def test_says_of_no_row_that_it_is_in_before_it_is(
        self, asha: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        loaded(asha, table(BAD))

        def clash(*_: Any) -> None:
            raise writing.Clash

        monkeypatch.setattr(writing, "write", clash)
        with pytest.raises(writing.Clash):
            loaded(asha, table(row()))
        with guarded.acting(asha):
            assert models.Quarantine.objects.get().state == "waiting"

    def test_its_end_is_waited_for(self, asha: Actor) -> None:
        with CaptureQueriesContext(connection) as asked:
            sent(asha, table(row()))
        said = [each["sql"] for each in asked if "synchronous_commit" in each["sql"]]
        assert [each.rpartition(" ")[2] for each in said] == ["off", "DEFAULT"]


class TestRefuseWhole:
    @pytest.mark.parametrize("is_rehearsal", [True, False])
    def test_in_the_middle_of_the_file(
        self, asha: Actor, monkeypatch: pytest.MonkeyPatch, is_rehearsal: bool
    ) -> None:
        monkeypatch.setattr(staging, "MOST_REFUSED", 1)
        file = table(row(), BAD, row(Nominal="W2", Born="31/02/1987"))
        outcome = sent(asha, file, is_rehearsal=is_rehearsal)
        assert outcome.is_refused
        assert outcome.findings[0].rule == "load"
        assert not people(asha)

    def test_parquet_that_is_broken_further_on(self, asha: Actor) -> None:
        content = bytearray(packed())
        content[4:80] = b"\xff" * 76
        outcome = sent(asha, bytes(content), PARQUET)
        assert [each.rule for each in outcome.findings] == ["parquet"]

    @pytest.mark.parametrize("mapping", [PARQUET, loads.PEOPLE])
    def test_a_file_that_is_larger_than_its_source_says(
        self, asha: Actor, mapping: str
    ) -> None:
        small = mapping.replace("[file]\n", "[file]\nlimit_megabytes = 1\n", 1)
        outcome = sent(asha, b"PAR1" + bytes(1_000_000), small)
        assert [each.rule for each in outcome.findings] == ["too-large"]

    def test_parquet_that_would_take_too_much_memory(
        self, asha: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sources, "LARGEST_GROUP", 100)
        outcome = sent(asha, packed(), PARQUET)
        assert [each.rule for each in outcome.findings] == ["too-large"]
