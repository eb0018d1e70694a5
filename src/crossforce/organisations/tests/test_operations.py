"""Loading, succession and units, one behaviour each."""

import contextlib
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from crossforce.kernel import events as kernel_events
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing, StaleVersion
from crossforce.kernel.words import Words
from crossforce.organisations import directory, operations, queries
from crossforce.organisations.choices import PolicingBodyKind, SuccessionRelation
from crossforce.organisations.events import OrganisationSucceeded
from crossforce.organisations.models import Organisation
from crossforce.organisations.operations import Heir
from crossforce.organisations.tests.factories import (
    ASHA,
    AT,
    BRYN,
    COLE,
    KEEPER,
    body,
    by_enactment,
    day,
    entries,
    policing_body,
)

pytestmark = pytest.mark.django_db


class TestLoadReference:
    def test_makes_the_database_say_what_the_files_say(
        self, just_loaded: operations.Loaded
    ) -> None:
        assert queries.directory() == directory.shipped()
        assert just_loaded.added == len(directory.shipped().organisations)
        assert len(entries("organisation.reference-loaded")) == 1

    def test_changes_nothing_the_second_time(self, just_loaded: operations.Loaded) -> None:
        again = operations.load_reference(actor=KEEPER, at=AT)
        assert not again.did_something
        assert again.unchanged == just_loaded.added
        assert len(entries("organisation.reference-loaded")) == 1

    def test_mends_a_row_that_differs(self, just_loaded: operations.Loaded) -> None:
        with guarded.acting(KEEPER):
            Organisation.objects.filter(code="kent").update(name_en="Kent Constabulary")
        again = operations.load_reference(actor=KEEPER, at=AT)
        assert again.changed == 1
        kent = Organisation.objects.get(code="kent")
        assert (kent.name_en, kent.version) == ("Kent Police", 2)

    def test_leaves_alone_what_an_administrator_changed(
        self, just_loaded: operations.Loaded
    ) -> None:
        operations.rename(
            actor=KEEPER,
            organisation="kent",
            version=1,
            name=Words(en="Kent Constabulary"),
            enactment=by_enactment("2026-04-01"),
            at=AT,
        )
        again = operations.load_reference(actor=KEEPER, at=AT)
        assert again.kept == ("kent",)
        assert Organisation.objects.get(code="kent").name_en == "Kent Constabulary"

    def test_tells_how_far_it_is(self, db: None) -> None:
        told: list[tuple[int, int]] = []
        operations.load_reference(
            actor=KEEPER, at=AT, progress=lambda done, total: told.append((done, total))
        )
        assert told[-1][0] == told[-1][1] == len(directory.shipped().organisations)

    def test_refuses_an_office_without_the_power(self, db: None) -> None:
        with pytest.raises(operations.NotYours, match=r"organisation\.create"):
            operations.load_reference(actor=COLE, at=AT)


class TestEstablish:
    def test_enters_a_body_with_its_ties(self, loaded: None) -> None:
        new = body("national-police-service", since=day("2027-04-01"))
        operations.establish(actor=KEEPER, organisation=new, at=AT)
        assert queries.directory().get("national-police-service") == new
        assert entries("organisation.established")[0].concerns == [
            "crossforce-platform",
            "national-police-service",
        ]

    def test_refuses_a_code_that_is_taken(self, loaded: None) -> None:
        with pytest.raises(operations.CannotEstablish, match="Codes last for ever"):
            operations.establish(actor=KEEPER, organisation=body("home-office"), at=AT)

    def test_refuses_a_second_policing_body_for_the_same_day(self, loaded: None) -> None:
        second = policing_body("mayor-of-kent", "kent", "2027-05-01")
        with pytest.raises(operations.CannotEstablish, match="same place on the same day"):
            operations.establish(actor=KEEPER, organisation=second, at=AT)

    def test_refuses_a_stranger(self, loaded: None) -> None:
        with pytest.raises(operations.NotYours):
            operations.establish(actor=ASHA, organisation=body("club"), at=AT)


class TestRename:
    def rename(self, **changes: Any) -> Organisation:
        order: dict[str, Any] = {
            "actor": KEEPER,
            "organisation": "wiltshire",
            "version": 1,
            "name": Words(en="Wiltshire and Swindon Police"),
            "enactment": by_enactment("2026-04-01"),
            "at": AT,
        }
        return operations.rename(**(order | changes))

    def test_keeps_the_code_and_the_name_before(self, loaded: None) -> None:
        self.rename()
        held = queries.directory().organisation("wiltshire")
        assert held.name_on(date(2026, 3, 31)).en == "Wiltshire Police"
        assert held.name_on(date(2026, 4, 1)).en == "Wiltshire and Swindon Police"
        assert len(entries("organisation.renamed")) == 1

    def test_changes_the_kind_of_a_commissioner_from_the_day(self, loaded: None) -> None:
        self.rename(
            organisation="pcc-kent",
            name=Words(en="Police, Fire and Crime Commissioner for Kent"),
            policing_body_kind=PolicingBodyKind.PFCC,
        )
        held = queries.directory().organisation("pcc-kent")
        assert held.policing_body_kind_on(date(2026, 3, 31)) is PolicingBodyKind.PCC
        assert held.policing_body_kind_on(date(2026, 4, 1)) is PolicingBodyKind.PFCC

    def test_refuses_the_name_it_has(self, loaded: None) -> None:
        with pytest.raises(operations.CannotRename, match="already"):
            self.rename(name=Words(en="Wiltshire Police"))

    def test_refuses_a_stale_version(self, loaded: None) -> None:
        self.rename()
        with pytest.raises(StaleVersion):
            self.rename(name=Words(en="Another"), enactment=by_enactment("2027-04-01"))

    def test_refuses_a_body_that_is_not_there(self, loaded: None) -> None:
        with pytest.raises(Missing):
            self.rename(organisation="atlantis")

    def test_refuses_a_stranger(self, loaded: None) -> None:
        with pytest.raises(operations.NotYours):
            self.rename(actor=ASHA)


class TestSucceed:
    def succeed(self, **changes: Any) -> Organisation:
        order: dict[str, Any] = {
            "actor": KEEPER,
            "organisation": "pcc-cheshire",
            "version": 1,
            "heir": Heir(
                policing_body("mayor-cheshire-and-warrington", "cheshire", "2027-05-10"),
                SuccessionRelation.FUNCTIONS_TRANSFERRED,
            ),
            "enactment": by_enactment("2027-05-10"),
            "at": AT,
        }
        return operations.succeed(**(order | changes))

    def test_hands_the_force_over_on_the_day(self, loaded: None) -> None:
        self.succeed()
        held = queries.directory()
        assert held.policing_body("cheshire", date(2027, 5, 9)) == "pcc-cheshire"
        assert (
            held.policing_body("cheshire", date(2027, 5, 10)) == "mayor-cheshire-and-warrington"
        )
        assert held.heirs("pcc-cheshire", date(2028, 1, 1)) == (
            "mayor-cheshire-and-warrington",
        )
        assert len(entries("organisation.succeeded")) == 1

    def test_refuses_a_body_of_another_sort(self, loaded: None) -> None:
        with pytest.raises(operations.CannotSucceed, match="followed by a policing-body"):
            self.succeed(heir=Heir("home-office", SuccessionRelation.ABOLISHED))

    def test_refuses_a_body_that_is_not_there(self, loaded: None) -> None:
        with pytest.raises(Missing, match="establish it first"):
            self.succeed(heir=Heir("nobody", SuccessionRelation.ABOLISHED))

    def test_refuses_itself(self, loaded: None) -> None:
        with pytest.raises(operations.CannotSucceed, match="cannot follow itself"):
            self.succeed(heir=Heir("pcc-cheshire", SuccessionRelation.RENAMED))

    def test_refuses_a_circle(self, loaded: None) -> None:
        with pytest.raises(operations.CannotSucceed, match="follow each other"):
            self.succeed(
                organisation="college-of-policing",
                heir=Heir("national-policing-improvement-agency", SuccessionRelation.RENAMED),
                enactment=by_enactment("2013-01-01"),
            )

    def test_tells_the_floors_above_after_commit(
        self, loaded: None, django_capture_on_commit_callbacks: Any
    ) -> None:
        heard: list[OrganisationSucceeded] = []
        kernel_events.subscribe(OrganisationSucceeded, heard.append)
        with django_capture_on_commit_callbacks(execute=False) as told:
            self.succeed()
        for tell in told:
            if getattr(tell, "__wrapped__", None) == heard.append:
                tell()
        assert [(each.predecessor, each.ends) for each in heard] == [("pcc-cheshire", True)]

    def test_leaves_a_body_that_only_gave_functions_away(self, loaded: None) -> None:
        heir = Heir("college-of-policing", SuccessionRelation.FUNCTIONS_TRANSFERRED, ends=False)
        self.succeed(
            organisation="home-office", heir=heir, enactment=by_enactment("2026-04-01")
        )
        assert queries.directory().exists("home-office", date(2030, 1, 1))

    def test_refuses_a_stranger(self, loaded: None) -> None:
        with pytest.raises(operations.NotYours):
            self.succeed(actor=BRYN)


class TestMerge:
    def test_gives_two_forces_one_heir(self, loaded: None) -> None:
        wessex = body("wessex", kind="force", since=day("2028-04-01"), legal_person=False)
        operations.merge(
            actor=KEEPER,
            organisations={"wiltshire": 1, "dorset": 1},
            into=wessex,
            enactment=by_enactment("2028-04-01"),
            at=AT,
        )
        held = queries.directory()
        assert held.heirs("dorset", date(2029, 1, 1)) == ("wessex",)
        assert [each.code for each in held.predecessors("wessex")] == ["dorset", "wiltshire"]
        assert not held.exists("wiltshire", date(2028, 4, 1))

    def test_refuses_a_merger_of_one(self, loaded: None) -> None:
        with pytest.raises(operations.CannotSucceed, match="at least two"):
            operations.merge(
                actor=KEEPER,
                organisations={"wiltshire": 1},
                into="dorset",
                enactment=by_enactment("2028-04-01"),
                at=AT,
            )


class TestAbolish:
    def test_ends_a_body_that_nobody_follows(self, loaded: None) -> None:
        operations.abolish(
            actor=KEEPER,
            organisation="lighthouse-project-hampshire",
            version=1,
            enactment=by_enactment("2026-04-01"),
            at=AT,
        )
        held = queries.directory()
        assert held.heirs("lighthouse-project-hampshire", date(2026, 4, 1)) == ()
        assert len(entries("organisation.abolished")) == 1

    def test_refuses_a_body_that_has_ended(self, loaded: None) -> None:
        with pytest.raises(operations.CannotEnd, match="ended on 2013-10-07"):
            operations.abolish(
                actor=KEEPER,
                organisation="serious-organised-crime-agency",
                version=1,
                enactment=by_enactment("2026-04-01"),
                at=AT,
            )


class TestDatabase:
    @staticmethod
    def break_rule(code: str, **values: Any) -> None:
        with transaction.atomic():
            with guarded.acting(KEEPER):
                Organisation.objects.filter(code=code).update(**values)
            transaction.get_connection().check_constraints()

    @pytest.mark.parametrize(
        ("code", "values", "constraint"),
        [
            ("police-authority-kent", {"until": None}, "one_office_of_a_force_per_day"),
            ("kent", {"until": date(1900, 1, 1)}, "period_in_order"),
            ("kent", {"since_precision": "hour"}, "precision_known"),
            ("kent", {"policing_body_kind": "PCC"}, "policing_body_has_kind"),
            ("kent", {"force": "essex"}, "office_has_its_force"),
            ("kent", {"administered_by": "somebody"}, "administered_at_and_by"),
            ("forensic-service-providers", {"legal_person": True}, "collective_is_no_person"),
        ],
    )
    def test_refuses_what_can_never_be(
        self, loaded: None, code: str, values: dict[str, Any], constraint: str
    ) -> None:
        with pytest.raises(IntegrityError, match=constraint):
            self.break_rule(code, **values)

    def test_refuses_to_delete_a_body(self, loaded: None) -> None:
        with pytest.raises(DatabaseError, match="Cannot delete"), guarded.acting(KEEPER):
            Organisation.objects.filter(code="british-telecom").delete()

    def test_keeps_every_state_of_a_body(self, loaded: None) -> None:
        with guarded.acting(KEEPER):
            Organisation.objects.filter(code="kent").update(name_en="Kent County Constabulary")
        states = Organisation.pgh_event_model.objects.filter(code="kent").order_by("pgh_id")  # type: ignore[attr-defined]
        assert [state.name_en for state in states] == [
            "Kent Police",
            "Kent County Constabulary",
        ]

    def test_keeps_no_directory_of_a_transaction_that_failed(self, loaded: None) -> None:
        before = queries.directory()
        with contextlib.suppress(RuntimeError), transaction.atomic():
            operations.establish(actor=KEEPER, organisation=body("phantom"), at=AT)
            assert queries.directory().get("phantom") is not None
            raise RuntimeError
        assert queries.directory() == before
