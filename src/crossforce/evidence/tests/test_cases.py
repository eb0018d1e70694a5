"""A case decides how long its exhibits are kept, whoever holds it; whoever disposes learns only that something needs them."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from typer.testing import CliRunner

from crossforce.evidence.choices import CASE, EXHIBIT, ITEM
from crossforce.evidence.commands import commands
from crossforce.evidence.models import Case, Exhibit
from crossforce.evidence.queries import cases as queries
from crossforce.evidence.tests import factories
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Refused
from crossforce.kernel.testing.cast import Cast
from crossforce.people.choices import Actor
from crossforce.records import operations as records
from crossforce.records.choices import NOT_KNOWN, Relation
from crossforce.records.models import Link
from crossforce.records.operations.keeping import MayNotGo
from crossforce.records.operations.linking import NoSuchLink
from crossforce.records.tests.factories import AT, LONG_AGO, PARTNER, as_asha, asha, bryn

pytestmark = pytest.mark.django_db
NEEDED = "Something else still needs it, so it stays."
OVER: dict[str, Any] = {
    "state": "closed",
    "outcome": "acquitted",
    "outcome_on": date(2021, 5, 4),
}


@pytest.fixture
def exhibit(db: None) -> Exhibit:
    """Old enough to go."""
    factories.policy()
    factories.policy(reference="shared", recipient=PARTNER, actions=("find", "read"))
    factories.policy(reference="theirs", holder=PARTNER, recipient=PARTNER)
    return factories.exhibit(at=LONG_AGO, seized_at=LONG_AGO)


def changed(case: Case, actor: Actor | None = None, **given: Any) -> Case:
    said: dict[str, Any] = {"record": case.pk, "version": case.version, "given": given}
    made = records.edit(actor=actor or asha(), kind=CASE, at=AT, **said)
    assert isinstance(made, Case)
    return made


def dispose(row: Any, kind: str = EXHIBIT) -> None:
    by: dict[str, Any] = {"reason": "No longer needed", "at": AT}
    records.dispose(actor=asha(), kind=kind, record=row.pk, version=row.version, **by)


def refused(row: Any, kind: str = EXHIBIT) -> str:
    with pytest.raises(MayNotGo) as told:
        dispose(row, kind)
    return str(told.value)


def needed(case: Case, exhibit: Exhibit) -> Link:
    one, other = case.reference, exhibit.reference
    return records.link(actor=bryn(), one=one, other=other, relation=Relation.NEEDS, at=AT)


def is_there(row: Exhibit) -> bool:
    with as_asha():
        return bool(Exhibit.objects.filter(pk=row.pk).exists())


class TestTheDay:
    def test_follows_whatever_happens_in_the_case(self, exhibit: Exhibit) -> None:
        case = factories.case()
        assert case.review_due == NOT_KNOWN
        case = changed(case, outcome="convicted", outcome_on=date(2026, 3, 31))
        assert case.review_due == date(2026, 9, 30)
        case = changed(case, appeal="pending")
        assert case.review_due == NOT_KNOWN
        assert "cannot be said yet" in refused(case, CASE)
        case = changed(case, appeal="decided", appeal_on=date(2027, 1, 8))
        assert case.review_due == date(2027, 1, 8)
        assert "8 January 2027" in refused(case, CASE)
        (anew,) = records.edit_many(
            actor=asha(),
            kind=CASE,
            edits=[records.Edit(case.pk, case.version, {"appeal_on": date(2027, 2, 8)})],
            at=AT,
        )
        assert anew.review_due == date(2027, 2, 8)

    def test_in_a_review_group_is_the_later_of_both(self, exhibit: Exhibit) -> None:
        case = factories.case(**OVER)
        said: dict[str, Any] = {"version": 1, "group": "2", "last_notice": None, "at": AT}
        records.review(actor=asha(), kind=CASE, record=case.pk, **said)
        with as_asha():
            case.refresh_from_db()
        assert case.review_due == date(2036, 11, 21)
        assert changed(case, appeal="pending").review_due == NOT_KNOWN

    def test_of_video_that_is_no_evidence_is_31_days_after_it_was_taken(
        self, exhibit: Exhibit
    ) -> None:
        seized: dict[str, Any] = {
            "seized_at": AT - timedelta(days=40),
            "exhibit_reference": "JAS/2",
        }
        factories.case()
        film = factories.exhibit(**seized, kept_as="body-worn-no-evidence")
        assert film.review_due == date(2026, 11, 12)
        dispose(film)
        assert not is_there(film)

    def test_what_cannot_be_is_refused_in_words(self, exhibit: Exhibit) -> None:
        wrongs: list[tuple[dict[str, Any], str]] = [
            ({"outcome": "acquitted"}, "its day"),
            ({"sentence": "custody"}, "conviction"),
            ({"appeal": "pending", "appeal_on": date(2026, 1, 1)}, "appeal"),
            ({"ccrc": "decided"}, "Commission"),
        ]
        for wrong, told in wrongs:
            with pytest.raises(records.Clashes, match=told):
                factories.case(**wrong)


class TestNothingGoesThatIsNeeded:
    def test_by_the_case_that_it_names_or_what_is_of_it(self, exhibit: Exhibit) -> None:
        item = factories.kept(exhibit, b"film", at=LONG_AGO)
        case = factories.case()
        assert refused(exhibit) == NEEDED
        assert refused(item, ITEM) == NEEDED
        case = changed(case, **OVER)
        placed = records.hold(
            actor=asha(), kind=CASE, record=case.pk, reason="An inquest", at=AT
        )
        assert refused(exhibit) == NEEDED
        records.lift(actor=asha(), hold=placed.pk, reason="It is over", at=AT)
        dispose(exhibit)
        assert not is_there(exhibit)

    def test_by_a_case_of_another_force_of_which_its_holder_knows_nothing(
        self, cast: Cast, exhibit: Exhibit
    ) -> None:
        theirs = factories.case(bryn(), case_reference="op-egret")
        tied = needed(theirs, exhibit)
        assert refused(exhibit) == NEEDED
        with pytest.raises(NoSuchLink):
            records.unlink(actor=asha(), link=tied.pk, at=AT)
        page = cast.asha("investigator").client.get(f"/evidence/{exhibit.pk}/").content
        assert b"op-egret" not in page
        changed(theirs, bryn(), **OVER)
        dispose(exhibit)
        assert not is_there(exhibit)

    def test_nor_does_its_holder_cut_what_it_knows_of(self, exhibit: Exhibit) -> None:
        factories.policy(reference="back", holder=PARTNER, actions=("find", "read"))
        theirs = factories.case(bryn(), case_reference="op-egret")
        tied = needed(theirs, exhibit)
        with pytest.raises(Refused, match="what needs"):
            records.unlink(actor=asha(), link=tied.pk, at=AT)
        records.unlink(actor=bryn(), link=tied.pk, at=AT)
        dispose(exhibit)

    def test_who_takes_it_from_its_case_leaves_it_to_somebody_else(
        self, exhibit: Exhibit
    ) -> None:
        factories.case()
        one = asha()
        by: dict[str, Any] = {"reason": "No longer needed", "at": AT}
        said: dict[str, Any] = {
            "record": exhibit.pk,
            "version": 1,
            "given": {"case_reference": "op-other"},
        }
        moved = records.edit(actor=one, kind=EXHIBIT, at=AT, **said)
        of: dict[str, Any] = {"kind": EXHIBIT, "record": exhibit.pk, "version": moved.version}
        with pytest.raises(MayNotGo, match="Somebody else"):
            records.dispose(actor=one, **of, **by)
        dispose(moved)
        assert not is_there(exhibit)

    def test_nor_does_a_case_lose_them_by_another_reference(self, exhibit: Exhibit) -> None:
        case = factories.case()
        with pytest.raises(records.Clashes, match="Exhibits name this reference"):
            changed(case, case_reference="op-other")
        with as_asha(), pytest.raises(DatabaseError, match="name it"), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(case_reference="op-other")
        other = factories.case(case_reference="op-egret")
        assert changed(other, case_reference="op-tern").case_reference == "op-tern"

    @pytest.mark.parametrize("by_hand", [False, True], ids=["unlinked", "raw SQL"])
    def test_who_cuts_what_needs_it_leaves_it_to_somebody_else(
        self, exhibit: Exhibit, by_hand: bool
    ) -> None:
        case, one = factories.case(case_reference="op-egret"), asha()
        ends = {"one": case.reference, "other": exhibit.reference}
        tied = records.link(actor=one, relation=Relation.NEEDS, at=AT, **ends)
        assert refused(exhibit) == NEEDED
        if by_hand:
            with guarded.acting(one), connection.cursor() as cursor:
                cursor.execute("DELETE FROM records_link WHERE id = %s", [tied.pk])
        else:
            records.unlink(actor=one, link=tied.pk, at=AT)
        of: dict[str, Any] = {"kind": EXHIBIT, "record": exhibit.pk, "version": 1}
        said: dict[str, Any] = {"reason": "No longer needed", "at": AT}
        with pytest.raises(MayNotGo, match="Somebody else"):
            records.dispose(actor=one, **of, **said)
        dispose(exhibit)
        assert not is_there(exhibit)

    def test_who_ends_its_case_leaves_it_to_somebody_else(self, exhibit: Exhibit) -> None:
        one, case = asha(), factories.case()
        changed(case, one, **OVER)
        said: dict[str, Any] = {"reason": "No longer needed", "at": AT}
        with pytest.raises(MayNotGo, match="still needs"):
            records.dispose(actor=one, kind=EXHIBIT, record=exhibit.pk, version=1, **said)
        dispose(exhibit)
        assert not is_there(exhibit)


class TestShown:
    def test_that_there_may_be_more_whoever_holds_what_came_first(
        self, exhibit: Exhibit, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        case = factories.case(bryn())
        assert queries.case_file(bryn(), case.pk).timeline.is_whole
        monkeypatch.setattr(queries, "MOST", 1)
        found = queries.case_file(bryn(), case.pk).timeline
        assert (found.exhibits, found.is_whole) == ([], False)

    def test_page_interface_and_command_say_the_rule(
        self, cast: Cast, exhibit: Exhibit
    ) -> None:
        case = factories.case(**OVER | {"appeal": "pending"})
        client = cast.asha("investigator").client
        page = client.get(f"/evidence/cases/{case.pk}/").content.decode()
        assert "until the appeal is decided" in page
        assert "Not known yet" in page
        assert "JAS/1" in page
        of = client.get(f"/evidence/{exhibit.pk}/").content.decode()
        assert f"/evidence/cases/{case.pk}/" in of
        told = client.get(f"/api/v1/evidence/exhibits/{exhibit.pk}/retention").json()
        assert [each["until"] for each in told] == ["2020-07-01", None]
        assert told[1]["why"]["confidence"] == "K1"
        file = client.get(f"/api/v1/evidence/cases/{case.pk}").json()
        assert file["clock"]["case"] == str(case.pk)
        by = ["--as", cast.asha("investigator").account.username]
        run = CliRunner().invoke(commands, ["kept", str(exhibit.pk), *by])
        assert [each["case"] for each in json.loads(run.output)] == [None, "op-heron"]
        run = CliRunner().invoke(commands, ["case-kept", str(case.pk), *by])
        assert json.loads(run.output)["words"] == "until the appeal is decided"
        assert (
            "Not known yet" in client.get(f"/records/evidence.case/{case.pk}/").content.decode()
        )

    def test_a_stranger_learns_of_no_case(self, cast: Cast, exhibit: Exhibit) -> None:
        case = factories.case()
        stranger = cast.cole("investigator").client
        assert stranger.get(f"/evidence/cases/{case.pk}/").status_code == 404
        assert stranger.get(f"/api/v1/evidence/cases/{case.pk}").status_code == 404


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evidence_case SET review_due = '2999-12-31' WHERE id = %s",
        (
            "INSERT INTO records_hold (id, record, kind, scope_id, reason, placed_at, placed_by, lifted_by)"
            " VALUES (gen_random_uuid(), %s, 'evidence.case', 0, 'An inquest', now(), 'x', '')"
        ),
    ],
)
def test_a_disposal_waits_for_what_changes_in_the_case(
    exhibit: Exhibit, owner_connection: psycopg.Connection[Any], statement: str
) -> None:
    case = factories.case(**OVER)
    owner_connection.execute("BEGIN")
    owner_connection.execute(statement, [case.pk])
    with ThreadPoolExecutor(1) as pool:
        going = pool.submit(in_its_own, lambda: dispose(exhibit))
        with pytest.raises(TimeoutError):
            going.result(timeout=0.5)
        owner_connection.execute("COMMIT")
        with pytest.raises(MayNotGo, match="still needs"):
            going.result(timeout=60)
    assert is_there(exhibit)


def in_its_own(does: Callable[[], None]) -> None:
    try:
        does()
    finally:
        connection.close()
