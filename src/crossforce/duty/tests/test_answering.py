"""Who answers by law, by clause, or by assumption; and what a card rests on: place, doing, footing."""

from datetime import timedelta
from typing import Any

import pytest

from crossforce.agreements.api import InForce, Origin, State
from crossforce.agreements.compile import compile_document
from crossforce.agreements.reading import read
from crossforce.agreements.resolve import Deployment
from crossforce.agreements.tests import factories as agreed
from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.duty import models, queries
from crossforce.duty.choices import Whom
from crossforce.duty.operations import entries as operations
from crossforce.duty.queries import Card, answering
from crossforce.duty.queries.answering import Line
from crossforce.duty.queries.reading_out import sentence
from crossforce.duty.rules.footing import Footing, footing
from crossforce.duty.tests import factories
from crossforce.duty.tests.factories import HERE
from crossforce.kernel import guarded
from crossforce.organisations import directory
from crossforce.people.choices import Actor

__all__ = ["bodies", "few_bodies"]

pytestmark = pytest.mark.django_db
AT = agreed.LATER
UNIT = f"{agreed.REFERENCE}-unit"
HOLDS, COMPLAINT = "Holds to account", "Handles a complaint and conduct"
LIABLE = "Is liable for unlawful conduct"
GLOS = "chief-constable-gloucestershire"
BRISTOL, STROUD, WESTON = (51.4545, -2.5879), (51.7457, -2.2178), (51.3618, -2.9779)
FRESHFORD, AT_SEA = (51.342, -2.303), (50.2, -2.5)


@pytest.fixture(autouse=True)
def known(bodies: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crossforce.organisations.api.directory", directory.shipped)


def standing(more: str = "") -> InForce:
    """A joint unit whose people are under the chief officer of the area, with clauses more."""
    document = read((agreed.document() + more).encode()).document
    terms = compile_document(document, directory.shipped())
    return InForce(document.reference, 1, Origin.DEMONSTRATION, State.IN_FORCE, document, terms)


def answered(on: Footing = Footing.CONSTABLE, more: str = "", **of: Any) -> dict[str, Line]:
    """Each question answered for somebody of Wiltshire at work in Gloucestershire."""
    given = {"home_force": HERE, "unit": UNIT, "area": "gloucestershire"} | of
    lines = answering.answers(Deployment(**given), AT, [standing(more)], on)
    return {line.question: line for line in lines}


class TestByLaw:
    def test_a_complaint_is_for_the_chief_officer_who_directs_and_controls(self) -> None:
        line = answered()[COMPLAINT]
        assert (line.code, line.is_assumed) == (GLOS, False)
        assert "Police Reform Act 2002, section 29" in line.ground

    def test_of_a_chief_officer_it_is_for_the_policing_body(self) -> None:
        lines = answering.answers(Deployment(HERE), AT, [], Footing.CHIEF_OFFICER)
        line = next(each for each in lines if each.question == COMPLAINT)
        assert (line.code, line.is_assumed) == (f"pcc-{HERE}", False)

    @pytest.mark.parametrize(
        ("on", "who", "is_assumed"),
        [
            (Footing.CONSTABLE, GLOS, False),
            (Footing.UNKNOWN, GLOS, True),
            (Footing.STAFF, f"chief-constable-{HERE}", True),
            (Footing.VOLUNTEER, f"chief-constable-{HERE}", True),
            (Footing.CHIEF_OFFICER, GLOS, True),
            (Footing.PARTNER, HERE, True),
        ],
    )
    def test_section_88_speaks_of_constables_only(
        self, on: Footing, who: str, is_assumed: bool
    ) -> None:
        line = answered(on)[LIABLE]
        assert (line.code, line.is_assumed) == (who, is_assumed)
        assert ("section 88" in line.ground) is not is_assumed

    @pytest.mark.parametrize("on", list(Footing))
    def test_what_is_assumed_cites_no_act_and_the_rest_cites_one(self, on: Footing) -> None:
        for line in answered(on, unit=None, area=None).values():
            assert (" Act " in line.ground) is not line.is_assumed, line

    @pytest.mark.parametrize(
        ("force", "commands", "holds"),
        [
            ("metropolitan", "4(3)", "3(7)"),
            (HERE, "2(3)", "1(7)"),
            ("dyfed-powys", "2(3)", "1(7)"),
        ],
    )
    def test_london_and_the_rest_each_have_their_own_sections(
        self, force: str, commands: str, holds: str
    ) -> None:
        lines = answering.answers(Deployment(force), AT, [], Footing.CONSTABLE)
        grounds = {line.question: line.ground for line in lines}
        assert grounds[answering.COMMANDS].endswith(f"section {commands}")
        assert grounds[HOLDS].endswith(f"section {holds}")

    def test_the_city_of_london_has_its_own_acts(self) -> None:
        lines = answering.answers(Deployment("city-of-london"), AT, [], Footing.CONSTABLE)
        grounds = {line.question: line.ground for line in lines}
        assert "City of London Police Act 1839" in grounds[answering.COMMANDS]
        assert "Police Act 1996, section 6AZA" in grounds[HOLDS]


class TestBesideTheLaw:
    CLAUSE = """
[[clause]]
number = "98.1"
heading = { en = "Complaints and conduct" }
head = "complaints"
text = { en = "Complaints go to the chief constable who directs and controls." }
"""

    def test_a_clause_on_the_matter_is_cited(self) -> None:
        line = answered(more=self.CLAUSE)[COMPLAINT]
        assert (line.code, line.clause, line.reference) == (GLOS, "98.1", agreed.REFERENCE)
        assert "section 29" in line.ground
        assert line.beside.endswith("clause 98.1: Complaints and conduct")

    def test_one_that_was_assumed_is_said_to_be(self) -> None:
        line = answered(more=self.CLAUSE + 'assumed = "invented"\n')[COMPLAINT]
        assert line.beside.endswith("Complaints and conduct, which is assumed")

    def test_not_of_an_agreement_that_does_not_command(self) -> None:
        assert not answered(more=self.CLAUSE, on_joint_duty=False)[COMPLAINT].clause


class TestReadingOut:
    def test_what_nobody_answers_for_is_said_and_what_is_no_matter_is_not(self) -> None:
        command = Line("", HERE, "A", "by a")
        bare = sentence(AT, "Kit,", [command])
        assert bare.endswith("direction and control of A (by a).")
        of: Any = {"question": "", "code": "", "name": "whatever it is called", "ground": ""}
        unsaid = [
            Line(**of, matter=answering.COMPLAINTS, whom=Whom.UNSAID),
            Line(**of, matter=answering.FORCE, whom=Whom.NOBODY),
        ]
        said = sentence(AT, "Kit,", [command, *unsaid])
        assert "No source says who handles a complaint about them." in said
        assert "Nobody is known on that day who owns the use of force" in said
        assert "whatever" not in said

    def test_every_assumption_is_kept(self) -> None:
        matters = (answering.COMMAND, answering.ACCOUNT, answering.COMPLAINTS, answering.FORCE)
        lines = [
            Line("", "", name, "by a", is_assumed=True, matter=matter)
            for name, matter in zip("ABCD", matters, strict=True)
        ]
        said = sentence(AT, "Kit, 7,", lines)
        assert "is assumed to be under the direction and control of A" in said
        assert "B is assumed to hold A to account" in said
        assert "C is assumed to handle a complaint" in said
        assert "D is assumed to own the use of force" in said


class TestFooting:
    @pytest.mark.parametrize(
        ("kind", "rank", "role", "is_a"),
        [
            ("officer", "Sergeant", "", Footing.CONSTABLE),
            ("special", "", "", Footing.CONSTABLE),
            ("officer", "Chief Constable", "", Footing.CHIEF_OFFICER),
            ("staff", "", "firearms-officer", Footing.STAFF),
            ("pcso", "", "", Footing.STAFF),
            ("volunteer", "", "", Footing.VOLUNTEER),
            ("partner", "", "", Footing.PARTNER),
            ("", "", "firearms-officer", Footing.CONSTABLE),
            ("", "", "forensic-scientist", Footing.STAFF),
            ("", "", "chief-officer", Footing.CHIEF_OFFICER),
            ("", "", "", Footing.UNKNOWN),
        ],
    )
    def test_is_by_employment_else_by_role(
        self, kind: str, rank: str, role: str, is_a: Footing
    ) -> None:
        assert footing(kind, rank, role, AT.date()) is is_a

    def test_is_else_by_an_authority_that_only_constables_hold(self) -> None:
        held = ["firearms-authorised-officer"]
        assert footing("", "", "", AT.date(), held) is Footing.CONSTABLE
        assert footing("staff", "", "", AT.date(), held) is Footing.STAFF


class TestTheCard:
    @pytest.fixture
    def asha(self) -> Actor:
        factories.policy()
        factories.person("1234")
        factories.unit(UNIT)
        agreed.in_force()
        return factories.planner()

    def card(self, asha: Actor, place: tuple[float, float] | None = None, **more: Any) -> Card:
        latitude, longitude = place or (None, None)
        values: dict[str, Any] = {
            "number": "1234", "what": "duty", "starts_at": AT - timedelta(hours=1),
            "ends_at": AT + timedelta(hours=7), "unit": UNIT, "latitude": latitude,
            "longitude": longitude,
        } | more  # fmt: skip
        key = operations.add_entry(actor=asha, new=operations.NewEntry(**values), at=AT)
        return queries.card(asha, key, AT)

    def test_is_by_the_place_of_the_duty(self, asha: Actor) -> None:
        found = self.card(asha, STROUD)
        assert (found.area_from, found.commander, found.is_on) == ("located", GLOS, True)

    def test_just_off_the_coast_is_the_nearest_area(self, asha: Actor) -> None:
        found = self.card(asha, WESTON)
        assert (found.area, found.area_from) == (agreed.AVON, "nearest")
        assert found.commander == f"chief-constable-{agreed.AVON}"

    def test_near_a_boundary_one_commands_and_both_are_named(self, asha: Actor) -> None:
        found = self.card(asha, FRESHFORD)
        assert found.commander == f"chief-constable-{HERE}"
        (other,) = found.near
        assert other.area == agreed.AVON
        assert "Avon and Somerset" in other.name
        assert "near the boundary of Wiltshire Police and Avon and Somerset" in found.sentence

    def test_at_sea_is_not_unknown(self, asha: Actor) -> None:
        assert self.card(asha, AT_SEA).area_from == "nowhere"

    def test_whoever_is_on_call_is_not_on_joint_duty(self, asha: Actor) -> None:
        found = self.card(asha, STROUD, what="on-call")
        assert (found.standing, found.is_on) == ("on-call", False)
        assert found.commander == f"chief-constable-{HERE}"
        assert "on call and not on duty" in found.sentence

    @pytest.mark.parametrize("unit", ["", UNIT])
    def test_nor_is_who_is_away(self, asha: Actor, unit: str) -> None:
        self.card(asha, what="absence", absence="leave", unit=unit)
        found = self.card(asha, STROUD)
        assert (found.standing, found.is_on) == ("away", False)
        assert found.commander == f"chief-constable-{HERE}"

    def test_an_absence_out_of_reach_is_told_as_well(self, asha: Actor) -> None:
        pairs = [(HERE, "gloucestershire")]
        factories.sharing(*pairs, collection=f"unit:{UNIT}")
        key = self.card(asha, STROUD).entry.pk
        self.card(asha, what="absence", absence="leave", unit="")
        found = queries.card(factories.planner("gloucestershire"), key, AT)
        assert (found.standing, found.is_on) == ("away", False)

    def test_a_constable_is_known_by_their_own_record(self, asha: Actor) -> None:
        liable = next(line for line in self.card(asha).lines if line.question == LIABLE)
        assert not liable.is_assumed


class TestMovingByHand:
    @pytest.fixture
    def asha(self) -> Actor:
        factories.policy()
        factories.person("1234")
        return factories.planner()

    def moved(self, asha: Actor, **given: Any) -> models.Entry:
        new = operations.NewEntry(
            "1234", "duty", AT, AT + timedelta(hours=8), location="Bristol",
            latitude=BRISTOL[0], longitude=BRISTOL[1],
        )  # fmt: skip
        key = operations.add_entry(actor=asha, new=new, at=AT)
        operations.change_entry(actor=asha, entry=key, version=1, given=given, at=AT)
        with guarded.acting(asha):
            row: models.Entry = models.Entry.objects.get()
        return row

    @pytest.mark.parametrize(
        ("given", "place"),
        [
            ({"location": "Stroud"}, (None, None)),
            ({"location": "Stroud", "latitude": STROUD[0], "longitude": STROUD[1]}, STROUD),
            ({"location": "Bristol", "call_sign": "XG02"}, BRISTOL),
            ({"call_sign": "XG02"}, BRISTOL),
            ({"latitude": None, "longitude": None}, (None, None)),
        ],
        ids=["elsewhere", "elsewhere, known", "the same", "nothing of it", "emptied"],
    )
    def test_coordinates_are_never_those_of_another_place(
        self, asha: Actor, given: dict[str, Any], place: tuple[float | None, float | None]
    ) -> None:
        row = self.moved(asha, **given)
        assert (row.latitude, row.longitude) == place

    @pytest.mark.parametrize(
        "given",
        [
            {"location": "Stroud", "latitude": 51.7},
            {"latitude": 91.0},
            {"longitude": 181.0},
        ],
    )
    def test_half_a_place_or_none_on_earth_is_refused(
        self, asha: Actor, given: dict[str, Any]
    ) -> None:
        with pytest.raises(operations.Unsound):
            self.moved(asha, **given)
