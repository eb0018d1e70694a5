from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from crossforce.agreements import canonical
from crossforce.agreements.compile import compile_document
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.document.values import CivilDate
from crossforce.agreements.reading import read
from crossforce.agreements.terms import to_bytes
from crossforce.agreements.tests.strategies import DIRECTORY, documents, layouts


class TestText:
    @given(st.data())
    @settings(max_examples=30, deadline=None)
    def test_does_not_depend_on_layout(self, data: st.DataObject) -> None:
        document = data.draw(documents())
        laid_out = data.draw(layouts(document))
        assert canonical.text(laid_out) == canonical.text(document)
        compiled = [compile_document(each, DIRECTORY) for each in (document, laid_out)]
        assert to_bytes(compiled[0]) == to_bytes(compiled[1])

    @given(documents())
    @settings(max_examples=30, deadline=None)
    def test_survives_writing_and_reading(self, document: AgreementDocument) -> None:
        written = canonical.write(document).encode("utf-8")
        assert canonical.text(read(written).document) == canonical.text(document)

    @given(documents())
    @settings(max_examples=30, deadline=None)
    def test_is_the_text_of_the_normalised_document(self, document: AgreementDocument) -> None:
        normalised = canonical.normalised(document)
        assert canonical.text(normalised) == canonical.text(document)
        assert canonical.normalised(normalised) == normalised

    def test_orders_clauses_by_number(self, small: AgreementDocument) -> None:
        clauses = canonical.plain(small)["clause"]
        assert [clause["number"] for clause in clauses] == ["2", "10", "10.1"]

    def test_changes_with_one_day(self, small: AgreementDocument) -> None:
        later = CivilDate(date=date(2015, 4, 2), precision="month")
        other = small.model_copy(update={"from_": later})
        assert canonical.text_hash(other) != canonical.text_hash(small)

    def test_has_these_bytes(self, small: AgreementDocument) -> None:
        assert canonical.text(small).startswith(
            b'{"basis":"s22a","clause":[{"heading":{"en":"Two"},"number":"2","text":{"en":"Two"}},'
        )
        assert (
            canonical.text_hash(small)
            == "618aafab2bf86a60ad00b482b8383079b1a06bea96edddd2abc4fb45a7cbe787"
        )
