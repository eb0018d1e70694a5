"""What the strategies draw is sound, so that a property can fail for one reason only."""

from datetime import date

from hypothesis import given, settings

from crossforce.agreements.check import CheckContext, check
from crossforce.agreements.compile import compile_document
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.tests.strategies import DIRECTORY, documents

CONTEXT = CheckContext(DIRECTORY, date(2023, 1, 1))


class TestDocuments:
    @given(documents())
    @settings(max_examples=30, deadline=None)
    def test_pass_the_check_and_have_all_fourteen_terms(
        self, document: AgreementDocument
    ) -> None:
        assert [each for each in check(document, CONTEXT) if each.severity == "error"] == []
        terms = compile_document(document, DIRECTORY).terms
        assert len({term.type for term in terms}) == 14
