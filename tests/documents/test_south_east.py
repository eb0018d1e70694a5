from datetime import date

import pytest

from crossforce.agreements import resolve
from tests.documents import register
from tests.documents.register import forces, governs, on, standing

HAMPSHIRE, THAMES_VALLEY, SURREY, SUSSEX = "hampshire", "thames-valley", "surrey", "sussex"
KENT, ESSEX, DORSET = "kent", "essex", "dorset"
FOUR, TWO = {HAMPSHIRE, THAMES_VALLEY, SURREY, SUSSEX}, {HAMPSHIRE, THAMES_VALLEY}
PROGRAMME = "south-east-collaboration-programme"


class TestProgramme:
    def test_four_forces_take_part_and_kent_does_not(self) -> None:
        assert register.directory().region_of(KENT) == "south-east"
        for function in register.document(PROGRAMME).function:
            assert set(standing(PROGRAMME, function.code, on(2008, 6))) == FOUR
        assert "chief-constable-kent" not in {
            p.organisation for p in register.document(PROGRAMME).party
        }

    def test_kent_is_aligned_with_essex_outside_the_programme(self) -> None:
        document = register.document("kent-essex-alignment")
        assert not document.in_scope
        assert document.programme is None
        assert forces(document.reference, "strategic-alliance", on(2008, 6)) == {KENT, ESSEX}

    def test_hampshire_leads_two_functions_and_nobody_leads_any_other(self) -> None:
        led = set()
        for document in register.documents("south-east", "national"):
            for function in document.function:
                for at in (on(2008, 6), on(2010, 10), on(2012, 10), on(2016, 6)):
                    force = resolve.lead(
                        register.terms(document.reference), function.code, at
                    ).force
                    if force:
                        led.add((document.reference, function.code, force))
        assert led == {
            (PROGRAMME, "witness-protection", HAMPSHIRE),
            (PROGRAMME, "hi-tech-crime-forensics", HAMPSHIRE),
        }

    def test_oversight_board_governs(self) -> None:
        body = governs(PROGRAMME, "witness-protection", on(2008, 6))
        assert body == ("south-east-protective-services-oversight-board",)

    def test_five_per_cent_is_the_target(self) -> None:
        (kpi,) = [
            t for c in register.document(PROGRAMME).clause for t in c.term if t.type == "KPI"
        ]
        assert (kpi.target, kpi.unit) == ("5", "%")

    def test_parties_are_four_chief_officers_and_four_authorities(self) -> None:
        parties = resolve.parties(register.terms(PROGRAMME), on(2008, 6))
        assert set(parties) == {f"chief-constable-{f}" for f in FOUR} | {
            f"police-authority-{f}" for f in FOUR
        }


class TestJointOperationsUnit:
    REFERENCE = "thames-valley-hampshire-joint-operations-unit"

    def test_functions_begin_one_after_the_other(self) -> None:
        starts = [f.participation[0].from_ for f in register.document(self.REFERENCE).function]
        codes = [f.code for f in register.document(self.REFERENCE).function]
        assert codes == ["roads-policing", "dogs", "firearms"]
        dates = [each.date for each in starts if each]
        assert dates == sorted(dates)
        assert len(set(dates)) == 3

    def test_only_roads_policing_is_there_in_february_2012(self) -> None:
        assert forces(self.REFERENCE, "roads-policing", on(2012, 2)) == TWO
        assert forces(self.REFERENCE, "dogs", on(2012, 2)) == set()
        assert forces(self.REFERENCE, "firearms", on(2012, 8, 12)) == set()

    def test_firearms_come_after_the_olympics(self) -> None:
        firearms = register.document(self.REFERENCE).function[2].participation[0]
        assert firearms.from_ is not None
        assert firearms.from_.words is not None
        assert firearms.from_.words.en == "after the 2012 Olympics"
        assert forces(self.REFERENCE, "firearms", on(2012, 10)) == TWO

    def test_trial_post_lapses_after_nine_months(self) -> None:
        reference = "thames-valley-hampshire-joint-assistant-chief-constable"
        document = register.document(reference)
        assert document.from_ is not None
        assert document.until is not None
        assert (document.from_.date, document.until.date) == (
            date(2012, 1, 16),
            date(2012, 10, 16),
        )
        assert forces(reference, "operations-command", on(2012, 10, 15)) == TWO
        assert forces(reference, "operations-command", on(2012, 10, 16)) == set()


@pytest.mark.parametrize(
    "reference",
    ["four-force-forensics", "four-force-legal-services", "four-force-information-technology"],
)
def test_wider_sharing_is_one_agreement_for_each_function(reference: str) -> None:
    (function,) = register.document(reference).function
    assert standing(reference, function.code, on(2012, 6)) == dict.fromkeys(FOUR, "planned")


@pytest.mark.parametrize(
    ("reference", "function"),
    [("south-east-witness-protection-unit", "witness-protection"), ("south-east-covert-unit", "covert-operations"),
     ("south-east-technical-support-unit", "technical-support")],
)  # fmt: skip
def test_regional_units_of_april_2010(reference: str, function: str) -> None:
    assert forces(reference, function, on(2010, 3, 31)) == set()
    assert forces(reference, function, on(2010, 4)) == FOUR
    (unit,) = register.document(reference).unit
    assert unit.compartment


def test_directorate_of_september_2010_is_a_tree_of_three() -> None:
    document = register.document("south-east-serious-and-organised-crime-directorate")
    assert document.from_ is not None
    assert (document.from_.date, document.from_.precision) == (date(2010, 9, 1), "month")
    parts = [
        unit.title.en
        for unit in document.unit
        if unit.part_of == "south-east-soc-directorate" and unit.title
    ]
    assert sorted(parts) == [
        "Regional Asset Recovery Team (RART)", "Regional Intelligence Unit (RIU)",
        "Serious Crime Investigation Team (SCIT)",
    ]  # fmt: skip


def test_information_management_unit_holds_to_three_tests() -> None:
    document = register.document("thames-valley-hampshire-joint-information-management-unit")
    (tests,) = [clause for clause in document.clause if clause.heading.en == "Three tests"]
    for words in ("fit for purpose", "responsibly held", "lawfully disclosed"):
        assert words in tests.text.en


def test_hampshire_and_dorset_are_governed_by_their_joint_board() -> None:
    reference = "hampshire-dorset-collaboration-strategy"
    assert forces(reference, "protective-services", on(2008, 6)) == {HAMPSHIRE, DORSET}
    assert governs(reference, "protective-services", on(2008, 6)) == (
        "hampshire-dorset-joint-oversight-board",
    )


def test_seven_regional_groups_each_have_a_document() -> None:
    groups = [
        unit.code
        for document in register.documents("south-east")
        for unit in document.unit
        if document.form == "group" and unit.form == "group"
    ]
    assert len(groups) == 7


def test_five_officers_are_seconded() -> None:
    document = register.document("hampshire-immigration-crime-secondment")
    assert document.basis == "secondment"
    assert "Five officers" in document.clause[0].text.en


def test_workshop_exchange_names_every_client() -> None:
    document = register.document("hampshire-vehicle-workshop-services")
    assert {p.organisation for p in document.party if p.capacity == "other-person"} == {
        "driving-standards-agency", "isle-of-wight-probation-services", "isle-of-wight-nhs-primary-care-trust",
        "serious-organised-crime-agency", "hm-revenue-and-customs", "hampshire-fire-and-rescue-service",
    }  # fmt: skip


def test_policy_of_one_force_is_an_agreement_of_one_party() -> None:
    document = register.document("hampshire-collaboration-policy")
    assert document.basis == "internal-policy"
    assert len(document.party) == 1


def test_what_stands_in_the_plan_alone_ends_with_the_plan() -> None:
    for document in register.documents("south-east"):
        if (document.source or "").startswith("002"):
            assert document.until is not None, document.reference
            assert document.assumed, document.reference
