import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossforce.agreements import canonical
from crossforce.agreements.catalogues import names_of
from crossforce.agreements.diff import CannotApply, apply, diff
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.reading import read
from crossforce.agreements.tests.pure.conftest import JOINT
from crossforce.agreements.tests.strategies import documents, layouts
from crossforce.organisations.directory import Directory


class TestApply:
    @given(documents(), documents())
    @settings(max_examples=30, deadline=None)
    def test_makes_the_one_into_the_other(
        self, old: AgreementDocument, new: AgreementDocument
    ) -> None:
        changes = diff(old, new)
        assert canonical.text(apply(old, changes)) == canonical.text(new)
        assert canonical.text(apply(new, diff(new, old))) == canonical.text(old)
        assert all(change.words.en and change.words.cy for change in changes)

    def test_refuses_another_document(
        self, small: AgreementDocument, joint: AgreementDocument
    ) -> None:
        changes = diff(joint, changed("notice_months = 12", "notice_months = 18"))
        with pytest.raises(CannotApply):
            apply(small, changes)


class TestDiff:
    @given(st.data())
    @settings(max_examples=30, deadline=None)
    def test_is_empty_when_only_the_layout_differs(self, data: st.DataObject) -> None:
        document = data.draw(documents())
        assert diff(document, data.draw(layouts(document))) == []

    @pytest.mark.parametrize(
        ("old", "new", "clause", "words"),
        [
            ("notice_months = 12", "notice_months = 18", "7",
             "Clause 7: leaving, months of notice changes from 12 to 18"),
            ('status = "linked"', 'status = "in"', "2",
             "Clause 2: Dorset, roads policing, status is taken out: Linked"),
            ('kinds = ["duty.*"]', 'kinds = ["duty.*", "people.skill"]', "6",
             "Clause 6: access, record kinds gains Skill"),
            ('text = { en = "A year." }', 'text = { en = "Two years." }', "7",
             "Clause 7: text is reworded: Two years."),
            ('title = { en = "Joint roads policing" }', 'title = { en = "Roads" }', None,
             "Title is reworded: Roads"),
        ],
    )  # fmt: skip
    def test_speaks_plainly(
        self, old: str, new: str, clause: str | None, words: str, joint: AgreementDocument,
        directory: Directory,
    ) -> None:  # fmt: skip
        [change] = diff(joint, changed(old, new), names_of(directory))
        assert (change.clause, change.words.en) == (clause, words)

    def test_tells_who_joins_and_when(self, joint: AgreementDocument) -> None:
        rows = '[[function.participation]]\nforces = ["gloucestershire"]\nfrom = { date = 2015-12-01, precision = "month" }\n'
        without = changed(rows, "")
        [joins] = diff(without, joint)
        assert (
            joins.words.en
            == "Clause 2: Gloucestershire takes part in roads policing from December 2015"
        )
        assert (
            joins.words.cy
            == "Cymal 2: Gloucestershire yn cymryd rhan: roads policing o Rhagfyr 2015"
        )
        assert joins.kind == "added"
        [leaves] = diff(joint, without)
        assert leaves.kind == "removed"


def changed(old: str, new: str) -> AgreementDocument:
    assert old in JOINT
    return read(JOINT.replace(old, new, 1).encode()).document
