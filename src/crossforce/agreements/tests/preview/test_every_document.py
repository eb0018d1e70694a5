"""What holds of a preview for any documents at all."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossforce.agreements import preview
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.preview import as_lines, as_plain
from crossforce.agreements.tests import strategies
from crossforce.agreements.tests.preview import beside

pytestmark = pytest.mark.slow

FORCES = ("avon-and-somerset", "gloucestershire", "wiltshire")
some = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@some
@given(strategies.documents())
def test_a_document_changes_nothing_of_itself(document: AgreementDocument) -> None:
    found = beside.of(document, document)
    assert found.is_empty, [row.words.en for each in found.sections for row in each.changes]


@some
@given(strategies.documents(forces=FORCES), strategies.documents(forces=FORCES))
def test_old_and_new_sums_are_to_the_penny(
    old: AgreementDocument, new: AgreementDocument
) -> None:
    rows = beside.of(new, old).section("money").rows
    times = {(row.starts_on, row.ends_on) for row in rows}
    for time in times:
        here = [row for row in rows if (row.starts_on, row.ends_on) == time and row.figures]
        whole = [row.figures for row in here if row.about == (("sum", "all"),)]
        parts = [row.figures for row in here if row.about != (("sum", "all"),)]
        for each in whole:
            assert each is not None
            assert each.before is None or each.before == sum(p.before or 0 for p in parts if p)
            assert each.after is None or each.after == sum(p.after or 0 for p in parts if p)


@some
@given(st.data(), strategies.documents())
def test_neither_layout_nor_repetition_tells(
    data: st.DataObject, document: AgreementDocument
) -> None:
    again = data.draw(strategies.layouts(document))
    first = as_plain(beside.of(document, None))
    assert json.loads(json.dumps(first)) == json.loads(
        json.dumps(as_plain(beside.of(again, None)))
    )


@some
@given(strategies.documents(), strategies.documents())
def test_what_is_gained_one_way_is_lost_the_other(
    one: AgreementDocument, other: AgreementDocument
) -> None:
    together = {
        each.starts_at
        for each in (beside.standing(one).terms.valid, beside.standing(other).terms.valid)
    }
    if len(together) > 1:
        return
    there, back = (beside.of(*pair).section("access") for pair in ((one, other), (other, one)))
    gained = sorted(row.after.en for row in there.rows if row.kind == "added")
    assert gained == sorted(row.before.en for row in back.rows if row.kind == "removed")


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_agreement_of_the_sources_can_be_previewed(language: str) -> None:
    for each in beside.everything():
        context = preview.context_for(
            each,
            None,
            preview.World(beside.everything(), beside.DIRECTORY, beside.names(each.document)),
            beside.NOW,
        )
        lines = list(as_lines(preview.preview(context), "cy" if language == "cy" else "en"))
        assert lines
        assert not [line for line in lines if "{" in line or "None" in line]


def test_every_phrase_is_said_in_both_languages() -> None:
    phrases = preview.phrases._PHRASES
    assert all(set(each) == {"en", "cy"} for each in phrases.values())


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_end_of_every_agreement_of_the_sources_can_be_previewed(language: str) -> None:
    for each in beside.everything():
        names = beside.names(each.document)
        world = preview.World(beside.everything(), beside.DIRECTORY, names)
        context = preview.context_for(
            each.ended(), each, world, beside.NOW, preview.End(beside.NOW)
        )
        found = preview.preview(context)
        assert "".join(as_lines(found, language))  # type: ignore[arg-type]
        assert found.leaving == preview.ALL
        assert not [row for row in found.section("access").rows if row.kind == "added"]
