"""A table of bad documents that an officer can read: one edit, one rule, one line."""

import pytest

from crossforce.agreements.check import RULES, check
from crossforce.agreements.reading import read
from crossforce.agreements.tests.check import bad, documents

ELSEWHERE = {
    "document.reference-twice": "test_together",
    "document.too-large-to-check": "test_limits",
    "command.too-many-to-prove": "test_limits",
    "relations.circular": "test_relations",
    "relations.varied-by-an-earlier": "test_relations",
    "relations.varied-by-another-basis": "test_relations",
    "relations.varied-without-a-party": "test_relations",
    "overlap.same-work": "test_overlaps",
    "overlap.declared": "test_overlaps",
    "overlap.alliance-out-of-scope": "test_overlaps",
    "overlap.two-leads": "test_overlaps",
    "overlap.two-commands": "test_overlaps",
    "access.action-unknown": "test_catalogues",
    "information.schedule-unknown": "test_catalogues",
}


def text_of(case: bad.Bad) -> str:
    if case.basis == "s22a-one-body":
        bodies = [
            (bad.PCC.replace("wiltshire", name), "")
            for name in ("gloucestershire", "wiltshire")
        ]
        return documents.changed(documents.sound("s22a"), *bodies)
    return documents.changed(documents.sound(case.basis), (case.old, case.new))


@pytest.mark.parametrize("case", bad.CASES, ids=str)
def test_one_edit_breaks_one_rule_on_one_line(case: bad.Bad) -> None:
    text = text_of(case)
    named = case.rule == "document.reference-not-file-name"
    file = "other.toml" if named else f"{case.basis.removesuffix('-one-body')}.toml"
    world = documents.context(for_signature=case.for_signature)
    reading = read(text.encode(), file)
    found = [each for each in check(reading, world) if each.rule == case.rule]
    assert found, f"{case.rule} was not found"
    lines = text.split("\n")
    [finding] = [each for each in found if case.says in each.message][:1]
    assert finding.severity == case.severity
    named_line = lines[finding.line - 1] if finding.line else ""
    assert named_line.startswith(case.line)
    assert bool(finding.line) == bool(case.line)
    assert finding.file == file
    assert finding.remedy
    assert case.clause in (None, finding.clause)


@pytest.mark.parametrize("case", bad.CASES, ids=str)
def test_the_rule_is_silent_before_the_edit(case: bad.Bad) -> None:
    before = documents.findings(documents.sound(case.basis.removesuffix("-one-body")))
    assert case.rule not in {each.rule for each in before}


def test_every_rule_has_a_bad_document() -> None:
    assert {case.rule for case in bad.CASES} | set(ELSEWHERE) == set(RULES)
