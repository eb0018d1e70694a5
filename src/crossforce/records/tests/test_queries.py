"""Reads of records: lists, search, history and links as each of the cast sees them."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing
from crossforce.kernel.testing.cast import Cast
from crossforce.kernel.web.lists import Asked
from crossforce.records import api, models, operations, queries
from crossforce.records.choices import Place
from crossforce.records.queries import naming, resting
from crossforce.records.tests import factories
from crossforce.records.tests.factories import AT, HERE, PARTNER

pytestmark = pytest.mark.django_db
NOTE = "records.note"


def asked(**filters: str) -> Asked:
    return Asked(filters, "created_at", True, 0, 50)


def titles(actor: Any, **filters: str) -> list[str]:
    return [each.row.title for each in queries.listed(actor, NOTE, asked(**filters)).rows]


class TestListed:
    def test_shows_the_newest_first_and_only_what_may_be_read(self) -> None:
        factories.policy()
        for day, subject in enumerate(("first", "second", "third")):
            factories.note(subject=subject, created_at=AT - timedelta(days=400 * (3 - day)))
        factories.policy("low", recipient=PARTNER, marking="OFFICIAL", actions=("read",))
        factories.note(subject="hidden", marking="OFFICIAL-SENSITIVE")
        assert titles(factories.bryn()) == ["third", "second", "first"]
        assert titles(factories.cole()) == []

    def test_filters_by_words_marking_and_holder(self) -> None:
        factories.policy()
        asha = factories.asha()
        factories.note(asha, "plain")
        factories.note(asha, "marked", marking="OFFICIAL-SENSITIVE")
        assert titles(asha, q="PLA") == ["plain"]
        assert titles(asha, marking="OFFICIAL-SENSITIVE") == ["marked"]
        assert titles(asha, holder=PARTNER) == []

    @pytest.mark.parametrize("most", [1, 2, 3, 4, 9])
    def test_counts_no_further_whichever_scopes_are_shown(self, most: int) -> None:
        factories.policy()
        plain, _ = factories.note(subject="plain"), factories.note(subject="other")
        marked = factories.note(subject="marked", marking="OFFICIAL-SENSITIVE")
        cole = factories.cole()
        factories.opened(marked, cole)
        both = plain.scope_id, marked.scope_id
        for actor, all_ in ((factories.asha(), 3), (cole, 1)):
            for shown in (both, both[:1], both[1:], ()):
                with guarded.acting(actor):
                    assert models.Note.objects.count() == all_
                    assert resting.counted(models.Note, shown, most) == min(all_, most)

    def test_a_record_opened_to_a_posting_is_among_the_newest(self) -> None:
        factories.policy()
        note, other = factories.note(subject="opened"), factories.note(subject="other")
        cole = factories.cole()
        assert queries.readable(factories.asha()) == {NOTE}
        assert not queries.readable(cole)
        factories.opened(note, cole)
        assert queries.readable(cole) == {NOTE}
        assert titles(cole) == ["opened"]
        with pytest.raises(Missing):
            queries.shown(cole, NOTE, other.pk)


class TestNewest:
    @settings(
        max_examples=12,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(
        ages=st.lists(st.integers(0, 5_000), min_size=0, max_size=25),
        n=st.integers(1, 12),
        cut=st.integers(0, 30),
    )
    def test_is_what_sorting_everything_gives(self, ages: list[int], n: int, cut: int) -> None:
        factories.policy()
        asha = factories.asha()
        with guarded.acting(asha):
            models.Note.objects.all().delete()
        for number, age in enumerate(ages):
            factories.note(
                asha, created_at=AT - timedelta(hours=age), collection=f"case:c{number % 4}"
            )
        with guarded.acting(asha):
            everything = list(models.Note.objects.order_by("-created_at", "-pk"))
            before = None
            if cut < len(everything):
                edge = everything[cut]
                before = (edge.created_at, edge.pk)
                everything = everything[cut + 1 :]
            assert models.Note.objects.newest(n, before=before) == everything[:n]


class TestSearch:
    def test_finds_words_beginnings_and_near_spellings(self) -> None:
        factories.policy()
        asha = factories.asha()
        factories.note(asha, "Inflatable at Sharpness", body="Paid in cash.")
        for words in ("inflatable", "sharp", "inflatible", "cash"):
            assert [hit.title for hit in queries.search(asha, words).rows], words
        assert not queries.search(asha, "submarine").rows

    def test_finds_for_a_finder_in_the_shown_fields_only(self) -> None:
        factories.policy()
        factories.note(subject="Inflatable at Sharpness", body="Paid in cash.")
        factories.policy("find", recipient=PARTNER, actions=("find",))
        bryn = factories.bryn()
        (hit,) = queries.search(bryn, "inflatable").rows
        assert not hit.is_readable
        assert not queries.search(bryn, "cash").rows

    def test_counts_nothing_that_may_not_be_seen(self) -> None:
        factories.policy()
        factories.note(subject="Inflatable at Sharpness")
        cole = factories.cole()
        hits = queries.search(cole, "inflatable")
        assert (list(hits.rows), dict(hits.kinds)) == ([], {})

    def test_follows_a_record_into_another_compartment(self) -> None:
        factories.policy()
        asha, note = factories.asha(), factories.note(subject="Inflatable")
        factories.policy("covert", compartment="covert", roles=("investigator",))
        factories.policy("shared", recipient=PARTNER, actions=("read",))
        bryn = factories.bryn()
        assert queries.search(bryn, "inflatable").rows
        operations.move(
            actor=asha,
            kind=NOTE,
            record=note.pk,
            version=1,
            to=Place(HERE, compartment="covert"),
            reason="",
            at=AT,
        )
        assert not queries.search(bryn, "inflatable").rows
        assert queries.search(asha, "inflatable").rows

    @pytest.mark.parametrize("words", ["'", "a & b | !c", "%%__", "\\", ":*", "x" * 500, "été"])
    def test_takes_any_words(self, words: str) -> None:
        factories.policy()
        queries.search(factories.asha(), words)


class TestHistory:
    def test_says_what_was_and_became_and_where(self) -> None:
        factories.policy()
        asha = factories.asha()
        row = factories.created(asha)
        operations.edit(
            actor=asha, kind=NOTE, record=row.pk, version=1, given={"body": "Thrice."}, at=AT
        )
        _, (edited, added) = queries.history(asha, NOTE, row.pk)
        assert edited.fields == (("body", "Seen twice.", "Thrice."),)
        assert ("marking", None, "OFFICIAL") in added.fields
        assert edited.by.startswith("staff:")

    def test_names_no_compartment_that_its_reader_may_not_know(self) -> None:
        factories.policy()
        factories.policy("covert", compartment="covert")
        asha = factories.asha()
        row = factories.created(asha, compartment="covert")
        operations.move(
            actor=asha,
            kind=NOTE,
            record=row.pk,
            version=1,
            to=Place(HERE),
            reason="",
            at=AT,
        )
        factories.policy("shared", recipient=PARTNER, actions=("read",))
        assert "covert" in str(queries.history(asha, NOTE, row.pk))
        assert "covert" not in str(queries.history(factories.bryn(), NOTE, row.pk)[1])


class TestWatching:
    def test_a_count_names_scopes_and_a_figure(self) -> None:
        factories.policy()
        note = factories.note()
        with guarded.acting(factories.asha()):
            assert models.Note.objects.count() == 1
        (entry,) = factories.entries("record.consulted")
        assert entry.detail["counted"] == [1]
        assert note.scope_id in entry.detail["scopes"]

    def test_values_name_their_rows_or_are_refused(self) -> None:
        factories.policy()
        note = factories.note()
        with guarded.acting(factories.asha()):
            assert list(models.Note.objects.values_list("subject", "pk"))
            with pytest.raises(TypeError, match="name the primary key"):
                list(models.Note.objects.values_list("subject", flat=True))
        (entry,) = factories.entries("record.consulted")
        assert entry.detail["rows"] == [str(note.pk)]
        assert entry.concerns == (HERE,)

    def test_bulk_changes_are_one_entry_that_names_the_rows(self) -> None:
        factories.policy()
        rows = {str(factories.note().pk) for _ in range(3)}
        asha = factories.asha()
        with guarded.acting(asha):
            models.Note.objects.update(source_system="bulk", changed_by=asha.reference)
        (entry,) = factories.entries("record.altered")
        assert set(entry.detail["rows"]) == rows

    def test_raw_sql_goes_through_the_one_cursor(self) -> None:
        factories.policy()
        note = factories.note()
        cursor = api.cursor(models.Note)
        with pytest.raises(RuntimeError):
            cursor.rows("SELECT id, scope_id FROM records_note")
        with guarded.acting(factories.asha()):
            assert (
                cursor.rows("SELECT id, scope_id, subject FROM records_note")[0][2]
                == note.subject
            )
        (entry,) = factories.entries("record.consulted")
        assert entry.detail["rows"] == [str(note.pk)]

    def test_estimates_of_the_planner_are_refused(self) -> None:
        with pytest.raises(NotImplementedError):
            models.Note.objects.all().explain()

    def test_what_is_rolled_back_is_not_written_down(self) -> None:
        factories.policy()
        factories.note()
        asha = factories.asha()

        def reads_and_fails() -> None:
            with guarded.acting(asha):
                assert 1 / (models.Note.objects.all().first() is None)

        with pytest.raises(ZeroDivisionError):
            reads_and_fails()
        assert not factories.entries("record.consulted")


class TestWho:
    def test_says_you_a_name_or_the_office_held_then(self, cast: Cast) -> None:
        factories.policy()
        factories.policy("shared", recipient=PARTNER, actions=("read",))
        asha, bryn = cast.asha("investigator").actor, cast.bryn("investigator").actor
        row = factories.created(asha)
        act = (row.created_by, row.created_at)
        assert queries.shown(asha, NOTE, row.pk).names[act] == "you"
        manager = cast.asha("force-administrator").actor
        known = queries.shown(bryn, NOTE, row.pk).names[act]
        assert known.startswith("Investigator, ")
        assert "Asha" not in known
        with guarded.acting(manager):
            others = naming.who(bryn, [act])
        assert others[act] == "Asha Rees"
