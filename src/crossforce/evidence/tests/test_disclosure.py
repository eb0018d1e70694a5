"""Unused material is scheduled, tested, looked at again, decided and certified; the defence is given nothing of MG6D."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from hypothesis import example, given
from hypothesis import strategies as st
from typer.testing import CliRunner

from crossforce.evidence import choices
from crossforce.evidence.choices import (
    CASE,
    SENSITIVE,
    UNUSED,
    Decision,
    Schedule,
    Side,
    Trigger,
)
from crossforce.evidence.commands import commands
from crossforce.evidence.models import Case, Item, Scheduled, Unused
from crossforce.evidence.operations import bundling, moving, papers, redacting, scheduling
from crossforce.evidence.operations.bundling import CannotBundle, NewBundle
from crossforce.evidence.operations.redacting import NewRedaction
from crossforce.evidence.operations.scheduling import (
    CannotCertify,
    CannotDecide,
    Decided,
    Described,
    NoOrder,
    NoSuchExhibit,
    WhySensitive,
)
from crossforce.evidence.queries import StillInClear
from crossforce.evidence.queries import disclosure as queries
from crossforce.evidence.queries.disclosure import SchedulesUnread
from crossforce.evidence.rules import disclosure
from crossforce.evidence.rules.disclosure import Standing
from crossforce.evidence.tests import factories
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing
from crossforce.kernel.testing.cast import Cast
from crossforce.ledger.tests.logs import integrated
from crossforce.records import api as front
from crossforce.records import operations as records
from crossforce.records.operations import keeping
from crossforce.records.tests.factories import AT, LONG_AGO, PARTNER, as_asha, asha
from crossforce.records.tests.factories import policy as opening

UNUSED_STATES: Any = apps.get_model("evidence", "UnusedEvent")
MAY_MEET, CLEARLY_NOT = choices.Test.MAY_MEET, choices.Test.CLEARLY_NOT


@pytest.fixture
def case(db: None) -> Case:
    """With one exhibit that is used by nobody."""
    factories.policy()
    factories.kept(factories.exhibit(), b"film of the towpath")
    return factories.case()


def scheduled(case: Case, description: str = "Notebook of PC 1234", **more: Any) -> Scheduled:
    new = Described(description, "Station store", **more)
    return scheduling.schedule(actor=asha(), case=case.pk, new=new, at=AT)


def judged(row: Scheduled, found: choices.Test = MAY_MEET) -> Scheduled:
    said: dict[str, Any] = {"officer": "DC 7", "reason": "It times the call", "at": AT}
    return scheduling.record_test(
        actor=asha(), item=row.pk, version=row.version, test=found, **said
    )


def decided(row: Scheduled, decision: Decision = Decision.DISCLOSE, **order: Any) -> Scheduled:
    said = Decided(decision, "Prosecutor 4", **order)
    return scheduling.decide(
        actor=asha(), item=row.pk, version=row.version, decided=said, at=AT
    )


def moved(row: Scheduled, why: str) -> Scheduled:
    return moving.move(actor=asha(), item=row.pk, version=row.version, why_sensitive=why, at=AT)


def certified(case: Case) -> None:
    scheduling.certify(actor=asha(), case=case.pk, officer="DC 7", at=AT)


def bundle(case: Case, side: Side) -> zipfile.ZipFile:
    new = NewBundle(case.pk, side, "Somebody of that side", "Initial disclosure")
    made = bundling.make(actor=asha(), new=new, at=AT, settle=integrated)
    return zipfile.ZipFile(io.BytesIO(b"".join(made.parts())))


STANDINGS = st.builds(
    Standing,
    number=st.integers(1, 9),
    schedule=st.sampled_from(Schedule),
    test=st.sampled_from(choices.Test),
    is_presumed=st.booleans(),
    is_reopened=st.booleans(),
    decision=st.sampled_from(Decision),
)


AGAIN = Standing(
    1, Schedule.NOT_SENSITIVE, MAY_MEET, is_reopened=True, decision=Decision.DISCLOSE
)


@example(AGAIN, Decision.DISCLOSE)
@given(STANDINGS, st.sampled_from([each for each in Decision if each]))
def test_nothing_goes_to_the_defence_that_is_sensitive_untested_or_looked_at_again(
    item: Standing, decision: Decision
) -> None:
    if disclosure.refusal_to_decide(item, decision) is None:
        assert item.test
        assert not item.is_reopened
        assert not (item.schedule == Schedule.SENSITIVE and decision == Decision.DISCLOSE)
    if item.goes_to_the_defence:
        assert item.schedule == Schedule.NOT_SENSITIVE
        assert item.decision == Decision.DISCLOSE
        assert not item.is_reopened


@given(st.lists(STANDINGS, max_size=5))
def test_schedules_are_certified_where_every_item_was_tested(items: list[Standing]) -> None:
    is_ready = bool(items) and all(each.test and not each.is_reopened for each in items)
    assert (disclosure.refusal_to_certify(items) is None) == is_ready


@given(st.lists(STANDINGS, max_size=5))
def test_the_defence_is_given_nothing_before_all_that_may_meet_the_test_is_decided(
    items: list[Standing],
) -> None:
    is_ready = all(
        (each.test == CLEARLY_NOT and not each.is_presumed)
        or (each.test == choices.Test.NONE and not each.is_presumed)
        or (each.decision and not each.is_reopened)
        for each in items
    )
    assert (disclosure.refusal_to_give(items) is None) == is_ready


@pytest.mark.django_db
class TestSchedules:
    def test_have_numbers_of_their_own_so_that_one_tells_nothing_of_the_other(
        self, case: Case
    ) -> None:
        found = [
            scheduled(case),
            scheduled(case, why_sensitive="An informant"),
            scheduled(case),
        ]
        assert [(row.schedule, row.number) for row in found] == [
            ("mg6c", 1),
            ("mg6d", 1),
            ("mg6c", 2),
        ]
        with pytest.raises(NoSuchExhibit):
            scheduled(case, exhibit="JAS/77")

    def test_are_certified_as_they_stand_and_no_longer(self, case: Case) -> None:
        row = scheduled(case)
        with pytest.raises(CannotCertify, match="MG6C/1"):
            certified(case)
        row = judged(row)
        certified(case)
        assert queries.schedules_of(asha(), case.pk).is_certified
        judged(row, CLEARLY_NOT)
        assert not queries.schedules_of(asha(), case.pk).is_certified

    def test_what_is_sensitive_is_decided_only_where_it_stands(self, case: Case) -> None:
        row = judged(scheduled(case, why_sensitive="An informant"))
        with pytest.raises(CannotDecide, match="MG6C first"):
            decided(row)
        with pytest.raises(WhySensitive):
            moved(row, "Still")
        with pytest.raises(NoOrder):
            decided(row, Decision.WITHHELD)
        by = {"order_reference": "Crown Court at Bristol, T2026", "ordered_on": AT.date()}
        row = decided(row, Decision.WITHHELD, **by)
        assert "T2026" in papers.decided(row)
        row = moved(row, "")
        assert (row.schedule, row.why_sensitive, row.test) == ("mg6c", "", "")
        row = judged(row)
        with pytest.raises(CannotDecide, match="MG6D first"):
            decided(row, Decision.WITHHELD, **by)
        assert decided(row).decision == Decision.DISCLOSE

    def test_nothing_of_an_item_is_left_where_it_was(self, case: Case) -> None:
        first, row, last = (judged(scheduled(case, f"Log {number}")) for number in (1, 2, 3))
        certified(case)
        why = "Names an informant"
        by: dict[str, Any] = {"actor": asha(), "at": AT, "reason": "Asked for"}
        front.hold(kind=UNUSED, record=row.pk, **by)
        gone = moved(row, why)
        assert (gone.schedule, gone.test, gone.number) == ("mg6d", "may-meet", 1)
        with as_asha():
            assert {each.pk for each in Unused.objects.all()} == {first.pk, last.pk}
            assert UNUSED_STATES.objects.filter(pgh_obj_id=row.pk).count() == 0
            assert [each.id for each in front.pointers([row.pk, gone.pk])] == [gone.pk]
            assert [each.reason for each in keeping.holds_of(gone.pk)] == ["Asked for"]
        found = queries.schedules_of(asha(), case.pk)
        assert [each.standing.label for each in found.items] == ["MG6C/1", "MG6C/2", "MG6D/1"]
        assert not found.is_certified
        with pytest.raises(Missing):
            queries.unused_of(asha(), row.pk)

    def test_what_goes_stands_on_the_other_of_the_same_case(self, case: Case) -> None:
        row = scheduled(case)
        other = scheduled(factories.case(case_reference="op-wren"), why_sensitive="At risk")
        told = {"changed_at": AT, "changed_by": (actor := asha()).reference}
        for to in (uuid4(), other.pk):
            with (
                guarded.acting(actor),
                pytest.raises(DatabaseError, match="no other schedule"),
                transaction.atomic(),
            ):
                Unused.objects.filter(pk=row.pk).update(moved_to=to, **told)

    def test_who_reads_mg6c_alone_learns_nothing_of_mg6d(self, case: Case) -> None:
        judged(scheduled(case))
        row = scheduled(case, "Statement of a source", why_sensitive="An informant")
        judged(row)
        certified(case)
        opening(kinds=tuple(each for each in factories.KINDS if each != SENSITIVE))
        found = queries.schedules_of(asha(), case.pk)
        assert [each.standing.label for each in found.items] == ["MG6C/1"]
        assert found.is_certified
        assert found.certificate
        assert found.certificate.items == 1
        for name in ("mg6d", "mg6e"):
            with pytest.raises(SchedulesUnread):
                papers.paper(actor=asha(), case=case.pk, name=name, form="csv", at=AT)
        with pytest.raises(SchedulesUnread):
            certified(case)
        with pytest.raises(Missing):
            queries.unused_of(asha(), row.pk)
        assert not front.search(asha(), "source").rows

    def test_an_item_is_mended_where_it_stands(self, case: Case) -> None:
        row = judged(scheduled(case, why_sensitive="An informant"))
        certified(case)
        said = Described("Notebook of PC 9", "Safe", "JAS/1", "A source at risk", True)
        mend: dict[str, Any] = {"actor": asha(), "item": row.pk, "at": AT}
        with pytest.raises(WhySensitive):
            scheduling.describe(said=Described("Notebook", "Safe"), version=row.version, **mend)
        made = scheduling.describe(said=said, version=row.version + 1, **mend)
        assert (made.location, made.why_sensitive) == ("Safe", "A source at risk")
        assert made.exhibit
        assert not queries.schedules_of(asha(), case.pk).is_certified

    def test_a_defence_statement_has_what_is_not_disclosed_looked_at_again(
        self, case: Case
    ) -> None:
        out, kept, fresh = (scheduled(case, f"Log {number}") for number in range(3))
        out, kept = decided(judged(out)), decided(judged(kept), Decision.NOT_MET)
        came: dict[str, Any] = {"trigger": Trigger.DEFENCE_STATEMENT, "at": AT}
        assert scheduling.reopen(actor=asha(), case=case.pk, **came) == 1
        with as_asha():
            for row in (out, kept, fresh):
                row.refresh_from_db()
        assert (out.reopened_for, out.decision) == ("", "disclose")
        assert (kept.reopened_for, kept.decision) == ("defence-statement", "")
        with pytest.raises(CannotDecide, match="looked at again"):
            decided(kept)
        assert not judged(kept).reopened_for

    def test_go_to_no_defence_beside_a_copy_that_nobody_approved(self, case: Case) -> None:
        decided(judged(scheduled(case, exhibit="JAS/1")))
        certified(case)
        with as_asha():
            item = Item.objects.get()
        new = NewRedaction(item.pk, "1 1 4", "Somebody who has no part in it")
        redacting.redact(actor=asha(), new=new, at=AT)
        wanted = NewBundle(case.pk, Side.DEFENCE, "Defence", "Initial disclosure")
        with pytest.raises(StillInClear, match="approved"):
            bundling._disclosed(asha(), wanted, AT)

    def test_go_with_their_case(self, case: Case) -> None:
        judged(scheduled(case))
        certified(case)
        over: dict[str, Any] = {"outcome": "acquitted", "outcome_on": LONG_AGO.date()}
        other = factories.case(case_reference="op-wren", at=LONG_AGO, **over)
        new = Described("Log", "Store")
        scheduling.schedule(actor=asha(), case=other.pk, new=new, at=LONG_AGO)
        by: dict[str, Any] = {"reason": "Its time is over", "at": AT}
        records.dispose(actor=asha(), kind=CASE, record=other.pk, version=other.version, **by)
        with as_asha():
            assert {row.case for row in Unused.objects.all()} == {case.pk}


@pytest.mark.django_db(transaction=True)
class TestBundles:
    def test_of_the_defence_have_what_is_disclosed_and_nothing_of_mg6d(
        self, case: Case, tmp_path: Path
    ) -> None:
        decided(judged(scheduled(case, "Film of the towpath", exhibit="JAS/1")))
        judged(scheduled(case, "Log of calls"), CLEARLY_NOT)
        judged(scheduled(case, "Name of an informant", why_sensitive="An informant at risk"))
        with pytest.raises(CannotBundle, match="Certify"):
            bundle(case, Side.DEFENCE)
        presumed = judged(scheduled(case, "Crime report", is_presumed=True), CLEARLY_NOT)
        certified(case)
        with pytest.raises(CannotBundle, match="not decided on MG6C/3"):
            bundle(case, Side.DEFENCE)
        decided(presumed, Decision.NOT_MET)
        given = bundle(case, Side.DEFENCE)
        names = set(given.namelist())
        (pack,) = {name for name in names if name.startswith("exhibits/JAS-1-")}
        assert names - {pack} == {"mg6c.pdf", "mg6c.csv"}
        text = given.read("mg6c.csv").decode("utf-8-sig")
        assert [each["What it is"] for each in csv.DictReader(io.StringIO(text))] == [
            "Film of the towpath",
            "Log of calls",
            "Crime report",
        ]
        assert {each["Marking"] for each in csv.DictReader(io.StringIO(text))} == {"OFFICIAL"}
        assert "informant" not in text
        assert "times the call" not in text
        file = tmp_path / "pack.zip"
        file.write_bytes(given.read(pack))
        told = zipfile.ZipFile(file).namelist()
        assert any(name.startswith("files/") for name in told)
        revealed = bundle(case, Side.PROSECUTOR)
        assert {"mg6d.pdf", "mg6d.csv", "mg6e.pdf"} <= set(revealed.namelist())
        assert "informant at risk" in revealed.read("mg6d.csv").decode()

    def test_an_exhibit_that_is_sensitive_too_goes_to_no_defence(self, case: Case) -> None:
        decided(judged(scheduled(case, exhibit="JAS/1")))
        judged(scheduled(case, why_sensitive="An informant is on it", exhibit="JAS/1"))
        certified(case)
        opening(kinds=tuple(each for each in factories.KINDS if each != SENSITIVE))
        with pytest.raises(CannotBundle, match="may not go"):
            bundle(case, Side.DEFENCE)


@pytest.mark.django_db
class TestDoors:
    def test_page_interface_and_command_say_the_same(self, cast: Cast, case: Case) -> None:
        player = cast.asha("investigator")
        client, home = player.client, f"/evidence/cases/{case.pk}/disclosure/"
        key = {"idempotency_key": str(uuid4())}
        said = {"description": "Notebook", "location": "Store", "why_sensitive": ""}
        assert client.post(home, said | key).status_code == 302
        with as_asha():
            row = Unused.objects.get()
        found = {"test": "may-meet", "officer": "DC 7", "reason": "It times the call"}
        page = f"/evidence/unused/{row.pk}/"
        sent = found | {"version": row.version, "idempotency_key": str(uuid4())}
        assert client.post(f"{page}test/", sent).status_code == 302
        assert "It times the call" in client.get(page).content.decode()
        by = ["--as", player.account.username]
        run = CliRunner().invoke(
            commands, ["certify-unused", str(case.pk), "--officer", "DC 7", *by]
        )
        assert "1 item of MG6C" in run.output
        told = client.get(f"/api/v1/evidence/cases/{case.pk}/unused").json()
        assert told["is_certified"]
        assert told["items"][0]["tested_by"] == "DC 7"
        run = CliRunner().invoke(commands, ["unused", str(case.pk), *by])
        assert json.loads(run.output)["items"][0]["number"] == 1
        assert "Certified as it stands by DC 7" in client.get(home).content.decode()
        for name in ("mg6c", "mg6d", "mg6e"):
            assert client.get(f"{home}{name}.pdf").content.startswith(b"%PDF")
        assert b"It times the call" in b"".join(client.get(f"{home}mg6c.csv"))
        assert client.get(f"{home}mg7.pdf").status_code == 404

    def test_a_partner_who_reads_the_case_learns_nothing_of_them(
        self, cast: Cast, case: Case
    ) -> None:
        opening("shared", kinds=(CASE,), recipient=PARTNER)
        scheduled(case, why_sensitive="An informant")
        client = cast.bryn("investigator").client
        page = client.get(f"/evidence/cases/{case.pk}/disclosure/")
        assert page.status_code == 403
        assert b"informant" not in page.content
        assert client.get(f"/api/v1/evidence/cases/{case.pk}/unused").status_code == 403
