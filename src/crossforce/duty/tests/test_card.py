"""The card: exactly one chief officer commands, and each answer has its clause or its law."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossforce.agreements.api import InForce, Origin, State
from crossforce.agreements.compile import compile_document
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.reading import read
from crossforce.agreements.resolve import Deployment
from crossforce.agreements.terms import CompiledTerms
from crossforce.agreements.tests import factories as agreed
from crossforce.agreements.tests import strategies
from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.duty import models, queries
from crossforce.duty.operations import importing
from crossforce.duty.queries import Card, NoSuchDuty, answering
from crossforce.duty.queries.reading_out import sentence
from crossforce.duty.tests import factories
from crossforce.duty.tests.factories import HERE, brought_in, rows
from crossforce.kernel import guarded
from crossforce.kernel.testing import ground
from crossforce.organisations import directory
from crossforce.people.choices import Actor

__all__ = ["bodies", "few_bodies"]

pytestmark = pytest.mark.django_db
AT = factories.AT
PARTNER = "hm-revenue-and-customs"
HOLDS = "Holds to account"
ROW = factories.EARLY


@ground.fixture
def asha(bodies: None) -> Actor:
    factories.policy()
    factories.unit()
    factories.person("1234")
    actor = factories.planner()
    brought_in(actor, rows(ROW))
    return actor


def card(actor: Actor, area: str = "") -> Card:
    with guarded.acting(actor):
        entry = models.Entry.objects.get()
    return queries.card(actor, entry.pk, AT, area)


class TestWithoutAnAgreement:
    def test_the_home_chief_commands_and_the_law_says_who_answers(self, asha: Actor) -> None:
        found = card(asha)
        assert found.commander == f"chief-constable-{HERE}"
        assert "no clause says otherwise" in found.lines[0].ground
        answers = {line.question: line.code for line in found.lines}
        assert answers["Holds to account"] == f"pcc-{HERE}"
        assert answers["Handles a complaint and conduct"] == f"chief-constable-{HERE}"
        assert all(line.ground and line.name for line in found.lines)

    def test_is_read_out_in_sentences(self, asha: Actor) -> None:
        said = card(asha).sentence
        assert said.startswith("At 09:00 on 21 November 2026 Robin Hill, 1234, is under the")
        chief, body = ("Chief Constable of Wiltshire Police", "Commissioner for Wiltshire")
        assert f"is under the direction and control of the {chief} (no clause" in said
        assert (
            f"{body} holds the {chief} to account. The {chief} handles a complaint about them"
            in said
        )
        assert "is assumed to own the use of force and the post-incident procedure." in said
        assert said.endswith("No authority is noted of them.")

    def test_is_not_there_for_whom_nothing_is_shared(self, asha: Actor) -> None:
        with guarded.acting(asha):
            entry = models.Entry.objects.get()
        cole = factories.planner(factories.ELSEWHERE)
        with pytest.raises(NoSuchDuty):
            queries.card(cole, entry.pk, AT + timedelta(minutes=1))


class TestInAnAgreement:
    def test_the_chief_whom_the_clause_finds_commands(self, asha: Actor) -> None:
        agreed.in_force()
        with guarded.acting(asha):
            models.Entry.objects.update(
                unit=f"{agreed.REFERENCE}-unit",
                scope_id=importing.scope_of(HERE, f"{agreed.REFERENCE}-unit"),
                starts_at=agreed.LATER,
                ends_at=agreed.LATER + timedelta(hours=8),
            )
            entry = models.Entry.objects.get()
        found = queries.card(asha, entry.pk, agreed.LATER, "gloucestershire")
        assert found.lines[0].reference == agreed.REFERENCE
        assert found.commander == "chief-constable-gloucestershire"
        assert {line.question: line.code for line in found.lines}[
            "Holds to account"
        ] == "pcc-gloucestershire"


class TestOfAPartner:
    """The Acts on police say nothing of people whose employer is no police force."""

    @pytest.fixture(autouse=True)
    def known(self, bodies: None, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("crossforce.organisations.api.directory", directory.shipped)

    def test_no_police_act_is_cited_and_what_is_taken_to_be_is_assumed(self) -> None:
        lines = answering.answers(Deployment(PARTNER), AT, [])
        assert all(line.is_assumed and " Act " not in line.ground for line in lines)
        answers = {line.question: (line.code, line.name) for line in lines}
        assert answers["Holds to account"] == ("", answering.UNSAID)
        assert {code for code, name in answers.values() if name != answering.UNSAID} == {
            PARTNER
        }
        said = sentence(AT, "Kit,", lines)
        assert "No source says who holds HM Revenue and Customs to account." in said

    @pytest.mark.parametrize(
        ("is_embedded", "commands"),
        [(True, f"chief-constable-{agreed.AVON}"), (False, PARTNER)],
    )
    def test_who_is_embedded_is_under_the_chief_whom_the_clause_names(
        self, is_embedded: bool, commands: str
    ) -> None:
        standing = _in_force(_embedding([PARTNER] if is_embedded else []))
        deployment = Deployment(PARTNER, f"{agreed.REFERENCE}-unit")
        lines = answering.answers(deployment, agreed.LATER, [standing])
        assert lines[0].code == commands
        assert bool(lines[0].clause) == is_embedded
        cited = {line.question: line.code for line in lines if " Act " in line.ground}
        assert cited == ({HOLDS: f"pcc-{agreed.AVON}"} if is_embedded else {})
        assert not any(line.is_assumed for line in lines if " Act " in line.ground)


class TestAnybodyAnywhere:
    """In random agreements, for random deployments and instants: one chief officer, and only one."""

    @given(data=st.data())
    @settings(
        max_examples=50,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    def test_exactly_one_chief_officer_commands(
        self, monkeypatch: pytest.MonkeyPatch, data: st.DataObject
    ) -> None:
        monkeypatch.setattr(
            "crossforce.organisations.api.directory", lambda: strategies.DIRECTORY
        )
        standing = [_in_force(each) for each in data.draw(drawn_agreements())]
        deployment = data.draw(deployments(standing))
        at = data.draw(instants | st.sampled_from(edges(standing)))
        lines = answering.answers(deployment, at, standing)
        assert [line.question for line in lines].count(answering.COMMANDS) == 1
        chief = strategies.DIRECTORY.get(lines[0].code)
        assert chief is not None
        assert chief.kind == "chief-officer"
        assert lines[0].ground
        assert answering.answers(deployment, at, standing[::-1])[0].code == lines[0].code


@st.composite
def drawn_agreements(draw: Any) -> list[tuple[AgreementDocument, CompiledTerms]]:
    """One or two agreements that can be compiled, of different references."""
    found = {}
    for document in draw(st.lists(strategies.documents(), min_size=1, max_size=2)):
        found[document.reference] = (document, compile_document(document, strategies.DIRECTORY))
    return list(found.values())


@st.composite
def deployments(draw: Any, standing: list[InForce]) -> Deployment:
    """Somebody of any force, in a unit of an agreement or none, anywhere."""
    units = sorted({unit.code for each in standing for unit in each.terms.units})
    functions = sorted({code for each in standing for code in each.terms.functions})
    return Deployment(
        home_force=draw(st.sampled_from(strategies.FORCES)),
        unit=draw(st.sampled_from([None, "of-its-own", *units])),
        function=draw(st.sampled_from([None, *functions])),
        role=draw(st.sampled_from([None, "investigator"])),
        area=draw(st.sampled_from([None, *strategies.FORCES])),
        on_joint_duty=draw(st.booleans()),
    )


def edges(standing: list[InForce]) -> list[datetime]:
    """When anything of the agreements begins or ends, and the moment before."""
    terms = [each.terms for each in standing]
    spans = [span for one in terms for span in (one.valid, *(t.valid for t in one.terms))]
    found = {
        at for span in spans for at in (span.starts_at, span.ends_at) if at and at >= BEGAN
    }
    return sorted({*found, *(at - timedelta(microseconds=1) for at in found)})


BEGAN = datetime(2014, 1, 1, tzinfo=UTC)
instants = st.integers(0, 16 * 365 * 24 * 60).map(lambda n: BEGAN + timedelta(minutes=n))


def _embedding(partners: list[str]) -> tuple[AgreementDocument, CompiledTerms]:
    """A joint unit with partners embedded, under one chief officer who is named."""
    title, rule = 'title = { en = "Joint unit" }', 'rule = "chief-of-area-deployed"'
    text = agreed.document().replace(title, f"{title}\nembedded = {partners}")
    text = text.replace(rule, f'rule = "named-chief"\nchief = "chief-constable-{agreed.AVON}"')
    found = read(text.encode()).document
    return found, compile_document(found, directory.shipped())


def _in_force(pair: tuple[AgreementDocument, CompiledTerms]) -> InForce:
    document, terms = pair
    return InForce(document.reference, 1, Origin.DEMONSTRATION, State.IN_FORCE, document, terms)
