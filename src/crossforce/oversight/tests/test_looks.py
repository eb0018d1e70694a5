"""Who looked: what the holder learns of its own people and of a partner's; questions are recorded."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from crossforce.kernel import guarded
from crossforce.kernel.refusals import NotUnderstood, Refused
from crossforce.kernel.testing.cast import ELSEWHERE, HERE, PARTNER, Cast
from crossforce.ledger.models import Entry
from crossforce.oversight import operations
from crossforce.oversight.choices import LOGGED, SEEN, Look, Question
from crossforce.oversight.operations import Page, log
from crossforce.oversight.tests.acts import CLAUSE, KIND, looked, record
from crossforce.people.tests import factories
from crossforce.people.tests.factories import AT
from crossforce.transparency.entry import from_bytes

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def asked(actor: Any, **question: Any) -> list[Look]:
    answer = operations.who_looked(
        actor=actor, question=Question(kind=KIND, **question), page=Page(), at=AT
    )
    return answer.looks


def queried(actor: Any, **question: Any) -> list[UUID]:
    answer = operations.query_log(
        actor=actor, question=Question(**({"kind": KIND} | question)), page=Page(), at=AT
    )
    return [look.entry for look in answer.looks]


class TestWhoLooked:
    def test_names_the_own_people(self, cast: Cast) -> None:
        row, asha = record(), cast.asha("investigator").actor
        looked(asha, row)
        (look,) = asked(cast.dee().actor, record=row)
        assert (look.who.name, look.who.office) == ("Asha Rees", "investigator")
        assert (look.records, look.basis) == (1, (CLAUSE,))

    def test_tells_office_and_organisation_of_a_partners(self, cast: Cast) -> None:
        row, bryn = record(), cast.bryn("investigator").actor
        looked(bryn, row)
        (look,) = asked(cast.dee().actor, record=row)
        assert (look.organisation, look.who.office) == (PARTNER, "investigator")
        assert (look.who.name, look.who.staff) == ("", "")
        assert look.who.purpose == bryn.purpose

    def test_finds_a_record_within_a_list(self, cast: Cast) -> None:
        rows = [record() for _ in range(3)]
        entry = looked(cast.asha("investigator").actor, *rows)
        (look,) = asked(cast.dee().actor, record=rows[1])
        assert (look.entry, look.records) == (entry, 3)

    def test_tells_finding_from_reading_and_from_counting(self, cast: Cast) -> None:
        row, asha = record(), cast.asha("investigator").actor
        given: dict[str, Any] = {
            "read": looked(asha, row),
            "found": looked(asha, row, pointer=True),
            "counted": looked(asha, count=7, counted=[7]),
            "handed-over": looked(asha, row, operation="record.disclosed"),
            "taken-out": looked(asha, row, operation="record.disclosed", file="notes.csv"),
        }
        dpo = cast.asha("data-protection-officer").actor
        for shown in SEEN:
            assert queried(dpo, shown=shown) == [given[shown]]
        told = {look.entry: look.shown for look in asked(cast.dee().actor, staff=asha.staff)}
        assert told == {entry: shown for shown, entry in given.items()}

    def test_is_for_the_holder(self, cast: Cast) -> None:
        row = record()
        looked(cast.bryn("investigator").actor, row, holders=(PARTNER,))
        assert asked(cast.dee().actor, record=row) == []
        assert len(asked(cast.bryn("auditor").actor, record=row)) == 1

    def test_of_a_partners_record_is_the_partners_to_ask(self, cast: Cast) -> None:
        ours, theirs = factories.staff(), factories.staff(PARTNER, name="Jo Lake")
        asha = cast.asha("investigator").actor
        entry = looked(asha, ours.pk, theirs.pk, holders=(HERE, PARTNER))
        for auditor, row in ((cast.dee(), theirs), (cast.bryn("auditor"), ours)):
            assert asked(auditor.actor, record=row.pk) == []
        for auditor, row in ((cast.dee(), ours), (cast.bryn("auditor"), theirs)):
            assert [look.entry for look in asked(auditor.actor, record=row.pk)] == [entry]

    def test_lists_what_somebody_of_the_own_people_touched(self, cast: Cast) -> None:
        asha, bryn = cast.asha("investigator").actor, cast.bryn("investigator").actor
        mine = looked(asha, record())
        looked(bryn, record())
        assert [each.entry for each in asked(cast.dee().actor, staff=asha.staff)] == [mine]
        assert asked(cast.dee().actor, staff=bryn.staff) == []

    def test_lists_looks_at_what_is_about_somebody(self, cast: Cast) -> None:
        asha, bryn = cast.asha("investigator").actor, cast.bryn("investigator").actor
        entry = looked(bryn, asha.staff)
        assert [each.entry for each in asked(cast.dee().actor, about=asha.staff)] == [entry]

    def test_asks_about_something(self, cast: Cast) -> None:
        with pytest.raises(NotUnderstood):
            asked(cast.dee().actor)

    @pytest.mark.parametrize("office", ["duty-inspector", "force-administrator"])
    def test_is_refused_to_other_offices(self, cast: Cast, office: str) -> None:
        with pytest.raises(Refused):
            asked(cast.asha(office).actor, record=record())
        assert not Entry.objects.filter(operation="ledger.queried").exists()

    def test_is_recorded_with_the_question_and_without_its_answer(self, cast: Cast) -> None:
        row, dee = record(), cast.dee().actor
        looked(cast.asha("investigator").actor, row)
        asked(dee, record=row)
        entry = from_bytes(bytes(Entry.objects.get(operation="ledger.queried").body))
        assert entry.detail == {
            "report": "who-looked",
            "question": {"kind": KIND, "record": str(row)},
        }
        assert (entry.organisation, entry.concerns) == (HERE, (HERE,))


class TestQueryLog:
    def test_filters_by_everything(self, cast: Cast) -> None:
        officer = cast.asha("data-protection-officer").actor
        asha, bryn = cast.asha("investigator").actor, cast.bryn("duty-inspector").actor
        row = record()
        mine = looked(asha, row, at=AT - timedelta(days=40))
        theirs = looked(bryn, record(), operation="record.disclosed", recipient="Lee Moss")
        assert queried(officer) == [theirs, mine]
        for question, expected in (
            ({"operation": "record.disclosed"}, [theirs]),
            ({"organisation": PARTNER}, [theirs]),
            ({"staff": asha.staff}, [mine]),
            ({"record": row}, [mine]),
            ({"recipient": "Lee Moss"}, [theirs]),
            ({"recipient": "Somebody"}, []),
            ({"kind": KIND}, [theirs, mine]),
            ({"kind": "records.document"}, []),
            ({"purpose": "operational-response"}, [theirs]),
            ({"purpose": "crime-investigation"}, [mine]),
            ({"since": TODAY}, [theirs]),
            ({"until": TODAY - timedelta(days=1)}, [mine]),
        ):
            assert queried(officer, **question) == expected, question

    def test_shows_nothing_of_others(self, cast: Cast) -> None:
        looked(cast.cole("investigator").actor, record(), holders=(ELSEWHERE,))
        assert queried(cast.asha("data-protection-officer").actor) == []

    def test_shows_no_act_of_governance(self, cast: Cast) -> None:
        officer = cast.asha("data-protection-officer").actor
        shown = operations.query_log(
            actor=officer, question=Question(), page=Page(), at=AT
        ).looks
        assert {look.operation for look in shown} <= set(LOGGED)
        ours = Entry.objects.filter(concerns__contains=[HERE])
        assert ours.exclude(operation__in=LOGGED).exists()

    def test_commits_to_a_recipient_that_was_asked_for(self, cast: Cast) -> None:
        officer = cast.asha("data-protection-officer").actor
        queried(officer, recipient="Lee Moss")
        row = Entry.objects.get(operation="ledger.queried")
        assert b"Lee Moss" not in bytes(row.body)
        with guarded.acting(officer):
            assert b"Lee Moss" in bytes(row.parts.get(part="private").body or b"")

    @pytest.mark.parametrize("office", ["auditor", "information-manager"])
    def test_is_for_the_data_protection_officer(self, cast: Cast, office: str) -> None:
        with pytest.raises(Refused):
            queried(cast.asha(office).actor)

    def test_a_page_says_how_many_there_are(self, cast: Cast) -> None:
        officer, asha = (
            cast.asha("data-protection-officer").actor,
            cast.asha("investigator").actor,
        )
        entries = [looked(asha, record(), at=AT + timedelta(minutes=n)) for n in range(5)]
        page = Page(offset=1, limit=2, newest_first=False)
        answer = operations.query_log(
            actor=officer, question=Question(kind=KIND), page=page, at=AT
        )
        assert [look.entry for look in answer.looks] == entries[1:3]
        assert answer.total == 5

    def test_a_file_holds_only_so_many(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asha, officer = (
            cast.asha("investigator").actor,
            cast.asha("data-protection-officer").actor,
        )
        for _ in range(3):
            looked(asha, record())
        monkeypatch.setattr(log, "MOST_AT_ONCE", 3)
        assert len(queried(officer)) == 3
        monkeypatch.setattr(log, "MOST_AT_ONCE", 2)
        with pytest.raises(operations.TooMany):
            queried(officer)


class TestCountLog:
    def test_counts_by_month_organisation_and_operation(self, cast: Cast) -> None:
        asha, bryn = cast.asha("investigator").actor, cast.bryn("investigator").actor
        looked(asha, record())
        looked(asha, record(), record())
        looked(bryn, record(), operation="record.combined")
        looked(bryn, operation="record.consulted", at=AT - timedelta(days=31))
        rows = operations.count_log(
            actor=cast.asha("data-protection-officer").actor,
            question=Question(kind=KIND),
            at=AT,
        )
        found = [
            (row.month, row.organisation, row.operation, row.acts, row.records) for row in rows
        ]
        november, october = date(2026, 11, 1), date(2026, 10, 1)
        assert found == [
            (november, PARTNER, "record.combined", 1, 1),
            (november, HERE, "record.consulted", 2, 3),
            (october, PARTNER, "record.consulted", 1, 0),
        ]
