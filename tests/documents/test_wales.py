from datetime import date

import pytest

from crossforce.agreements import resolve
from crossforce.agreements.compile import compile_document
from crossforce.agreements.document import Participation
from crossforce.agreements.document.values import CivilDate
from tests.documents import register
from tests.documents.register import forces, governs, on, standing

DYFED_POWYS, GWENT, NORTH, SOUTH = "dyfed-powys", "gwent", "north-wales", "south-wales"
THREE, TWO, ALL = (
    {DYFED_POWYS, GWENT, SOUTH},
    {GWENT, SOUTH},
    {DYFED_POWYS, GWENT, NORTH, SOUTH},
)
THEN, LATER = on(2011, 6), on(2016, 6)


class TestScientificSupport:
    REFERENCE = "wales-joint-scientific-support-unit"

    def test_live_disciplines_are_of_gwent_and_south_wales(self) -> None:
        for function in ("trace-evidence", "ballistics"):
            assert forces(self.REFERENCE, function, THEN) == TWO

    @pytest.mark.parametrize("function", ["dna-clean-room", "ballistics"])
    def test_dyfed_powys_plans_two_disciplines_initially(self, function: str) -> None:
        assert standing(self.REFERENCE, function, THEN)[DYFED_POWYS] == "planned"
        (part,) = [f for f in register.document(self.REFERENCE).function if f.code == function]
        row = next(row for row in part.participation if DYFED_POWYS in row.forces)
        assert row.phase is not None
        assert row.phase.en == "Initially"

    def test_drugs_and_glass_laboratory_is_a_proposed_plan(self) -> None:
        assert (
            standing(self.REFERENCE, "drugs-and-glass-laboratory", THEN)[DYFED_POWYS]
            == "planned"
        )
        (part,) = [
            f
            for f in register.document(self.REFERENCE).function
            if f.code == "drugs-and-glass-laboratory"
        ]
        assert part.participation[0].phase is not None
        assert part.participation[0].phase.en == "Proposed plans"

    def test_remote_hub_is_being_explored_in_dyfed_powys(self) -> None:
        assert (
            standing(self.REFERENCE, "remote-scientific-hub", THEN)[DYFED_POWYS] == "exploring"
        )
        (hub,) = [u for u in register.document(self.REFERENCE).unit if u.form == "hub"]
        assert (hub.based_in, hub.part_of) == (DYFED_POWYS, "wales-jssu")

    def test_dyfed_powys_takes_no_part_in_trace_evidence(self) -> None:
        assert DYFED_POWYS not in standing(self.REFERENCE, "trace-evidence", THEN)


class TestSpecialistCrime:
    def test_dyfed_powys_may_opt_in(self) -> None:
        document = register.document("wales-specialist-crime-directorate")
        assert document.stage == "in-development"
        for function in document.function:
            stands = standing(document.reference, function.code, THEN)
            assert stands == {GWENT: "planned", SOUTH: "planned", DYFED_POWYS: "exploring"}


class TestFirearms:
    def test_north_wales_is_linked_and_takes_no_part(self) -> None:
        assert standing("wales-firearms", "firearms", THEN)[NORTH] == "linked"
        assert forces("wales-firearms", "firearms", THEN) == THREE

    def test_unit_would_be_of_south_wales_and_gwent(self) -> None:
        assert standing("wales-firearms", "firearms-unit", THEN) == dict.fromkeys(
            TWO, "exploring"
        )

    def test_range_and_training_are_options_of_three(self) -> None:
        for function in ("firearms-range", "firearms-training"):
            assert standing("wales-firearms", function, THEN) == dict.fromkeys(
                THREE, "exploring"
            )

    def test_specialist_support_of_dyfed_powys_is_planned(self) -> None:
        assert standing("wales-firearms", "firearms-specialist-support", THEN) == {
            DYFED_POWYS: "planned"
        }


class TestGovernance:
    @pytest.mark.parametrize(
        ("reference", "function"),
        [("wales-ict", "ict-infrastructure"), ("wales-interoperability", "interoperability"),
         ("wales-extremism-and-counter-terrorism-unit", "counter-terrorism"),
         ("wales-criminal-justice-board", "criminal-justice-partnership"),
         ("wales-common-criminal-justice-systems", "criminal-justice-systems")],
    )  # fmt: skip
    def test_all_wales_body_governs_what_all_four_share(
        self, reference: str, function: str
    ) -> None:
        assert forces(reference, function, THEN) == ALL
        assert governs(reference, function, THEN) == ("police-authorities-of-wales",)
        assert governs(reference, function, LATER) == ("all-wales-policing-group",)

    @pytest.mark.parametrize(
        ("reference", "function", "who"),
        [("wales-firearms", "firearms", THREE), ("wales-procurement", "procurement", THREE),
         ("wales-tarian", "asset-recovery", THREE),
         ("wales-niche-north-and-south", "records-management-system", {NORTH, SOUTH}),
         ("wales-joint-scientific-support-unit", "ballistics", TWO)],
    )  # fmt: skip
    def test_policing_bodies_govern_what_three_or_fewer_share(
        self, reference: str, function: str, who: set[str]
    ) -> None:
        assert set(governs(reference, function, THEN)) == {
            f"police-authority-{force}" for force in who
        }
        assert set(governs(reference, function, LATER)) == {f"pcc-{force}" for force in who}

    def test_fourth_force_that_opts_in_moves_governance_by_itself(self) -> None:
        document = register.document("wales-firearms")
        joining = Participation.model_validate(
            {"forces": [NORTH], "status": "in", "from": CivilDate(date=date(2015, 4, 1))}
        )
        first, *rest = document.function
        joined = first.model_copy(update={"participation": (*first.participation, joining)})
        terms = compile_document(
            document.model_copy(update={"function": (joined, *rest)}), register.directory()
        )
        before = resolve.governing_body(
            terms, "firearms", on(2015, 3, 31), register.directory()
        )
        after = resolve.governing_body(terms, "firearms", on(2015, 4), register.directory())
        assert set(before.bodies) == {f"pcc-{force}" for force in THREE}
        assert after.bodies == ("all-wales-policing-group",)

    def test_joint_committee_is_of_four_authorities_since_2007(self) -> None:
        document = register.document("wales-police-authorities-joint-committee")
        assert document.basis == "joint-committee"
        assert document.from_ is not None
        assert (document.from_.date.year, document.from_.precision) == (2007, "year")
        assert {party.organisation for party in document.party} == {
            f"police-authority-{force}" for force in ALL
        }


def test_tarian_is_three_units() -> None:
    units = [
        u.title.en
        for u in register.document("wales-tarian").unit
        if u.part_of == "tarian" and u.title
    ]
    assert sorted(units) == [
        "Regional Asset Recovery Team",
        "Regional Intelligence Unit",
        "Regional Task Force",
    ]


def test_procurement_seeks_a_virtual_unit() -> None:
    assert [u.form for u in register.document("wales-procurement").unit] == ["virtual-unit"]
    assert register.document("wales-procurement").stage == "in-development"


def test_every_word_of_the_public_text_is_in_welsh_too() -> None:
    for document in register.documents("wales"):
        words = [document.title, document.objective, document.summary]
        words += [each for clause in document.clause for each in (clause.heading, clause.text)]
        words += [unit.title for unit in document.unit]
        assert all(each is not None and each.cy for each in words), document.reference
