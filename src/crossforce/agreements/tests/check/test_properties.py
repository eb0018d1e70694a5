"""What holds for any document: the check ends with findings, and strangers change nothing."""

from datetime import UTC, date, datetime

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from crossforce.agreements import resolve
from crossforce.agreements.check import CheckContext, check
from crossforce.agreements.check.case import Case
from crossforce.agreements.check.facts import Facts
from crossforce.agreements.check.proof import rulings
from crossforce.agreements.compile import compile_document
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.document.terms import DirectionControl
from crossforce.agreements.tests.check import documents
from crossforce.agreements.tests.check.drawing import agreements, commanded
from crossforce.kernel.civil import instant
from crossforce.organisations import directory

LENIENT = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@given(st.lists(agreements(), min_size=1, max_size=3))
@LENIENT
def test_the_check_raises_nothing_on_any_document(documents_: list[AgreementDocument]) -> None:
    world = documents.context(*documents_)
    for each in documents_:
        for finding in check(each, world):
            assert finding.message
            assert finding.remedy
            assert finding.line is None  # a document that was not read from text has no lines


@given(agreements())
@LENIENT
def test_what_has_no_error_compiles(document: AgreementDocument) -> None:
    if any(each.severity == "error" for each in check(document, documents.context())):
        return
    assert compile_document(document, directory.shipped()).reference == document.reference


@given(agreements(), agreements())
@LENIENT
def test_an_unrelated_agreement_never_adds_an_error(
    document: AgreementDocument, other: AgreementDocument
) -> None:
    """Unrelated: another reference, no tie to the document, none of its forces and units."""
    assume(other.reference not in (document.reference, document.varies))
    assume(other.varies != document.reference)
    apart = other.model_copy(update={"function": (), "unit": (), "relation": ()})

    def errors(context: CheckContext) -> set[tuple[str, str]]:
        found = check(document, context)
        return {(each.rule, each.message) for each in found if each.severity == "error"}

    assert errors(documents.context(apart)) == errors(documents.context())


@given(commanded())
@LENIENT
def test_the_proof_and_the_answer_give_one_chief_officer(document: AgreementDocument) -> None:
    """Where the check finds one chief officer, the compiled terms answer with the same."""
    shipped = directory.shipped()
    compiled = compile_document(document, shipped)
    facts = Facts(document)
    case = Case(facts, documents.context())
    placed = list(facts.of(DirectionControl))
    for ruling in rulings(case, placed):
        person = ruling.person
        if ruling.clash:
            continue
        start = person.days.start
        at = instant(start) if start != date.min else datetime(1, 1, 1, tzinfo=UTC)
        answer = resolve.direction_and_control(
            compiled,
            resolve.Deployment(
                home_force=person.home,
                unit=person.unit,
                function=person.function,
                role=person.role,
                area=person.area,
                requested_by=person.asked_by,
                on_joint_duty=person.on_duty,
            ),
            at,
            shipped,
        )
        assert answer.chief_officer == ruling.given[0][1]
