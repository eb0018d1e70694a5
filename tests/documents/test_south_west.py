from collections import Counter
from datetime import date
from fractions import Fraction

import pytest

from crossforce.agreements import resolve
from crossforce.agreements.resolve import Deployment
from crossforce.agreements.wording import period_in_words
from crossforce.kernel.words import Language
from tests.documents import register
from tests.documents.register import forces, governs, on, standing

A_AND_S, D_AND_C, DORSET = "avon-and-somerset", "devon-and-cornwall", "dorset"
GLOUCESTERSHIRE, WILTSHIRE = "gloucestershire", "wiltshire"
TRI = {A_AND_S, GLOUCESTERSHIRE, WILTSHIRE}
FOUR = {A_AND_S, D_AND_C, DORSET, WILTSHIRE}
FIVE = FOUR | {GLOUCESTERSHIRE}


class TestMajorCrime:
    def test_gloucestershire_joins_in_december_2015(self) -> None:
        for function in ("homicide-investigation", "serious-crime-investigation"):
            assert forces("sw-major-crime", function, on(2015, 11, 30)) == {A_AND_S, WILTSHIRE}
            assert forces("sw-major-crime", function, on(2015, 12, 1)) == TRI

    def test_joining_date_is_shown_as_a_month(self) -> None:
        function = register.document("sw-major-crime").function[0]
        joining = next(
            row for row in function.participation if row.forces == (GLOUCESTERSHIRE,)
        )
        assert joining.from_ is not None
        assert joining.from_.precision == "month"

    def test_every_homicide_goes_to_the_team(self) -> None:
        terms = register.terms("sw-major-crime")
        for force in TRI:
            case = {"offence": "homicide"}
            sent = resolve.route(terms, "homicide-investigation", force, case, on(2016, 1))
            assert sent.to == "sw-major-crime-investigation-team-unit"

    def test_no_homicide_of_gloucestershire_goes_there_before_it_joins(self) -> None:
        terms, case = register.terms("sw-major-crime"), {"offence": "homicide"}
        sent = resolve.route(
            terms, "homicide-investigation", GLOUCESTERSHIRE, case, on(2015, 11)
        )
        assert sent.to is None

    def test_other_serious_crime_is_tasked(self) -> None:
        assert set(
            standing("sw-major-crime", "serious-crime-investigation", on(2016, 1)).values()
        ) == {"as-tasked"}
        answer = resolve.tasking(
            register.terms("sw-major-crime"), "sw-major-crime-investigation-team-unit",
            {"offence": "other-serious-crime"}, on(2016, 1),
        )  # fmt: skip
        assert answer.mode == "on-request"

    @pytest.mark.parametrize("language", ["en", "cy"])
    def test_its_beginning_reads_as_one(self, language: Language) -> None:
        document = register.document("sw-major-crime")
        says = {"en": "since several years before 2016", "cy": "ers sawl blwyddyn cyn 2016"}
        rows = [row for each in document.function for row in each.participation]
        begins = [document.from_, *(row.from_ for row in rows if A_AND_S in row.forces)]
        assert len(begins) == 3
        assert {period_in_words(day, None, language) for day in begins} == {says[language]}

    def test_its_beginning_is_marked_as_assumed(self) -> None:
        document = register.document("sw-major-crime")
        assert document.from_ is not None
        assert document.from_.precision == "about"
        assert document.assumed


class TestForensics:
    def test_three_phases_run_from_october_2014_to_january_2016(self) -> None:
        starts = {}
        for function in register.document("sw-forensics").function:
            row = function.participation[0]
            assert row.from_ is not None
            assert set(row.forces) == FOUR
            starts[function.code] = row.from_
        dates = sorted(each.date for each in starts.values())
        assert len(dates) == 3
        assert (dates[0], dates[-1]) == (date(2014, 10, 1), date(2016, 1, 1))
        assert starts["identification-services"].precision == "month"
        assert starts["crime-scene-investigation"].precision == "month"

    @pytest.mark.parametrize("form", ["laboratory", "bureau"])
    def test_laboratories_and_bureaux_stand_in_two_forces_only(self, form: str) -> None:
        units = register.document("sw-forensics").unit
        assert sorted(u.based_in or "" for u in units if u.form == form) == [A_AND_S, D_AND_C]

    def test_imaging_hub_is_in_devon_and_cornwall(self) -> None:
        hubs = [u for u in register.document("sw-forensics").unit if u.form == "hub"]
        assert [hub.based_in for hub in hubs] == [D_AND_C]

    def test_each_force_has_one_of_each_of_its_own_units(self) -> None:
        units = [u for u in register.document("sw-forensics").unit if u.form == "force-unit"]
        per_force = Counter(unit.based_in for unit in units)
        assert per_force == dict.fromkeys(FOUR, 4)
        for kind in (
            "submission-unit",
            "hi-tech-crime-unit",
            "digital-video-unit",
            "crime-scene-investigators",
        ):
            assert {unit.based_in for unit in units if kind in unit.code} == FOUR

    def test_gloucestershire_takes_no_part(self) -> None:
        assert GLOUCESTERSHIRE not in forces("sw-forensics", "digital-forensics", on(2016, 6))


class TestTriForce:
    REFERENCE = "sw-tri-force-specialist-operations"

    @pytest.mark.parametrize(
        "function", ["firearms", "dogs", "roads-policing", "specialist-training"]
    )
    def test_three_forces_share_from_april_2014(self, function: str) -> None:
        assert forces(self.REFERENCE, function, on(2014, 3, 31)) == set()
        assert forces(self.REFERENCE, function, on(2014, 4)) == TRI

    def test_three_forces_are_six_parties(self) -> None:
        assert len(resolve.parties(register.terms(self.REFERENCE), on(2014, 4))) == 6

    def test_training_centre_is_in_avon_and_somerset(self) -> None:
        units = register.document(self.REFERENCE).unit
        assert [u.based_in for u in units if u.form == "training-centre"] == [A_AND_S]

    def test_chief_of_the_area_of_deployment_commands(self) -> None:
        person = Deployment(
            home_force=WILTSHIRE,
            unit="tri-force-sou",
            function="firearms",
            area=GLOUCESTERSHIRE,
        )
        answer = resolve.direction_and_control(
            register.terms(self.REFERENCE), person, on(2016, 1), register.directory()
        )
        assert (answer.chief_officer, answer.why.clause) == (
            "chief-constable-gloucestershire",
            "7.2",
        )

    def test_off_duty_the_home_chief_commands(self) -> None:
        person = Deployment(
            home_force=WILTSHIRE,
            unit="tri-force-sou",
            area=GLOUCESTERSHIRE,
            on_joint_duty=False,
        )
        answer = resolve.direction_and_control(
            register.terms(self.REFERENCE), person, on(2016, 1), register.directory()
        )
        assert answer.chief_officer == "chief-constable-wiltshire"

    def test_duty_and_skill_are_seen_by_clause_nine(self) -> None:
        clauses = {clause.number: clause for clause in register.document(self.REFERENCE).clause}
        (term,) = clauses["9.1"].term
        assert term.type == "ACCESS"
        assert term.kinds == ("duty.entry", "duty.cover", "people.skill", "people.authority")

    def test_clauses_that_carry_something_out_are_marked(self) -> None:
        stated = {"GOVERNANCE"}
        for clause in register.document(self.REFERENCE).clause:
            if any(term.type not in stated for term in clause.term):
                assert clause.assumed, clause.number

    def test_every_kind_of_term_stands_in_it(self) -> None:
        kinds = {t.type for c in register.document(self.REFERENCE).clause for t in c.term}
        assert kinds == {
            "LEAD", "DIRECTION_CONTROL", "COST_SHARE", "GOVERNANCE", "APPROVAL", "ROUTING", "TASKING",
            "ACCESS", "CONTROLLER", "RETENTION", "PUBLICATION", "KPI", "EXIT",
        }  # fmt: skip


DEMONSTRATIONS = sorted(
    reference
    for reference, each in register.readings().items()
    if each.document.state == "demonstration"
)


def test_demonstrations_are_the_six_that_carry_invented_clauses() -> None:
    assert DEMONSTRATIONS == [
        "sw-forensics", "sw-major-crime", "sw-regional-organised-crime-unit",
        "sw-tri-force-specialist-operations", "thames-valley-hampshire-joint-operations-unit",
        "wales-joint-scientific-support-unit",
    ]  # fmt: skip


@pytest.mark.parametrize("reference", DEMONSTRATIONS)
def test_costs_are_shared_to_the_penny(reference: str) -> None:
    day = date(2016, 6, 1)
    costs = resolve.charges(register.terms(reference), day, register.directory())
    assert costs.known
    for each in costs.known:
        assert sum(each.shares.values()) == Fraction(1)
        assert sum(each.gross.values()) == each.cost_pence


@pytest.mark.parametrize("reference", DEMONSTRATIONS)
def test_leaving_has_a_day_and_a_price(reference: str) -> None:
    terms = register.terms(reference)
    assert resolve.leave_date(terms, date(2016, 6, 1)).leaves_on > date(2017, 1, 1)
    force = register.document(reference).function[0].participation[0].forces[0]
    assert resolve.settlement(terms, force, date(2016, 6, 1), register.directory()).lines


class TestZephyr:
    REFERENCE = "sw-regional-organised-crime-unit"

    def test_five_forces_established_it_in_2010(self) -> None:
        document = register.document(self.REFERENCE)
        assert document.from_ is not None
        assert (document.from_.date.year, document.from_.precision) == (2010, "year")
        assert forces(self.REFERENCE, "asset-recovery", on(2010, 6)) == FIVE

    def test_nine_specialist_areas_are_its_sub_units(self) -> None:
        units = register.document(self.REFERENCE).unit
        assert sorted(u.title.en for u in units if u.part_of == "zephyr" and u.title) == [
            "Government Agencies Intelligence Network", "Operations Team", "Protected Persons Service",
            "Regional Asset Recovery Team", "Regional Child Sexual Exploitation", "Regional Cyber Crime Unit",
            "Regional Fraud Team", "Regional Intelligence Unit", "Regional Prison Intelligence Unit",
        ]  # fmt: skip

    def test_five_partners_are_embedded(self) -> None:
        (unit,) = [u for u in register.document(self.REFERENCE).unit if u.code == "zephyr"]
        assert set(unit.embedded) == {
            "national-crime-agency", "hm-revenue-and-customs", "uk-border-force",
            "national-offender-management-service", "crown-prosecution-service",
        }  # fmt: skip

    def test_authorities_are_parties_until_commissioners_succeed_them(self) -> None:
        terms = register.terms(self.REFERENCE)
        before, after = on(2012, 11, 21), on(2012, 11, 22)
        assert "police-authority-dorset" in resolve.parties(terms, before)
        assert "pcc-dorset" not in resolve.parties(terms, before)
        assert "police-authority-dorset" not in resolve.parties(terms, after)
        assert "pcc-dorset" in resolve.parties(terms, after)


class TestOthers:
    def test_special_branch_is_an_agreement_of_its_own_with_four_forces(self) -> None:
        assert forces("sw-special-branch", "special-branch", on(2016, 3)) == FOUR

    @pytest.mark.parametrize(
        ("reference", "function", "who", "status"),
        [
            ("sw-digital-evidence", "digital-evidence", FOUR, "exploring"),
            ("sw-storm", "command-and-control", TRI, "planned"),
            ("sw-esmcp", "mobile-communications", FIVE, "planned"),
            ("sw-collaborative-service-platform", "service-platform", FIVE, "exploring"),
        ],
    )
    def test_collaborations_in_development(
        self, reference: str, function: str, who: set[str], status: str
    ) -> None:
        document = register.document(reference)
        assert document.stage == "in-development"
        assert document.progress is not None
        assert document.progress.en == "Ongoing"
        assert standing(reference, function, on(2016, 3)) == dict.fromkeys(who, status)
        assert forces(reference, function, on(2016, 3)) == set()

    @pytest.mark.parametrize(
        ("reference", "who"),
        [
            ("sw-strategic-alliance-devon-and-cornwall-dorset", {D_AND_C, DORSET}),
            ("sw-strategic-alliance-wiltshire-avon-and-somerset", {A_AND_S, WILTSHIRE}),
        ],
    )
    def test_alliances_are_out_of_scope(self, reference: str, who: set[str]) -> None:
        document = register.document(reference)
        assert not document.in_scope
        assert document.programme is None
        assert forces(reference, "strategic-alliance", on(2016, 3)) == who

    def test_board_decides_monthly_and_reports(self) -> None:
        for document in register.documents("south-west"):
            if document.form == "strategic-alliance":
                continue
            terms = [t for c in document.clause for t in c.term if t.type == "GOVERNANCE"]
            assert [(t.body, t.reports_to, t.meets) for t in terms] == [
                (
                    "sw-police-collaboration-programme-board",
                    "sw-police-collaboration-commissioning-board",
                    "monthly",
                )
            ], document.reference
            for function in document.function:
                body = governs(document.reference, function.code, on(2016, 3))
                assert body == ("sw-police-collaboration-programme-board",)

    def test_no_other_document_of_the_region_is_out_of_scope(self) -> None:
        aside = [
            each.reference for each in register.documents("south-west") if not each.in_scope
        ]
        assert len(aside) == 2
