"""An agreement beside those in force."""

from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.reading import read
from crossforce.agreements.tests.check import documents
from crossforce.agreements.tests.check.test_relations import renamed

DOGS = """
format = 1
reference = "dogs-alliance"
title = { en = "Dogs" }
basis = "memorandum"
state = "recorded"
form = "strategic-alliance"
objective = { en = "Share dogs." }
source = "003, Dogs"
from = 2015-04-01
function = [{ code = "dogs", in = ["avon-and-somerset", "wiltshire", "dorset"] }]
"""


def overlaps(text: str, *others: str) -> list[tuple[str, str]]:
    standing: list[AgreementDocument] = [read(each.encode()).document for each in others]
    found = documents.findings(text, *standing)
    return [(each.severity, each.rule) for each in found if each.rule.startswith("overlap.")]


def test_the_same_work_of_the_same_forces() -> None:
    assert overlaps(documents.sound("s22a"), DOGS) == [("warning", "overlap.same-work")]


def test_the_overlap_is_listed_with_forces_and_days() -> None:
    standing = read(DOGS.encode()).document
    found = documents.findings(documents.sound("s22a"), standing)
    [same] = [each for each in found if each.rule == "overlap.same-work"]
    assert "Avon and Somerset Constabulary and Wiltshire Police" in same.message
    assert "also share dogs under “Dogs”" in same.message
    assert "'dogs-alliance'" in same.remedy
    assert "from 1 April 2016 until 1 April 2026" in same.message


def test_an_overlap_that_is_named() -> None:
    relation = '[[relation]]\nreference = "dogs-alliance"\nrelation = "overlaps"\n\n[[party]]'
    text = documents.changed(documents.sound("s22a"), ("[[party]]", relation))
    assert overlaps(text, DOGS) == [("note", "overlap.declared")]


def test_other_days_do_not_overlap() -> None:
    ended = documents.changed(
        DOGS, ("from = 2015-04-01", "from = 2015-04-01\nuntil = 2016-04-01")
    )
    assert overlaps(documents.sound("s22a"), ended) == []


def test_the_agreement_itself_and_what_it_varies_do_not_overlap_it() -> None:
    varying = renamed("second", ('form = "joint-unit"', 'varies = "s22a"\nform = "joint-unit"'))
    assert overlaps(documents.sound("s22a"), documents.sound("s22a"), varying) == []
    assert overlaps(varying, documents.sound("s22a")) == []


def test_an_alliance_out_of_scope_is_still_looked_at() -> None:
    alliance = documents.changed(
        DOGS,
        ('state = "recorded"', 'state = "recorded"\nin_scope = false'),
        ('"dogs"', '"procurement"'),
    )
    assert overlaps(documents.sound("s22a"), alliance) == [
        ("note", "overlap.alliance-out-of-scope")
    ]


def test_two_leads_for_the_same_forces() -> None:
    other = renamed(
        "other", ('force = "avon-and-somerset"\nuntil', 'force = "wiltshire"\nuntil')
    )
    assert ("error", "overlap.two-leads") in overlaps(other, documents.sound("s22a"))


def test_two_commands_over_one_unit() -> None:
    other = renamed("other", ('rule = "chief-of-area-deployed"', 'rule = "home-chief"'))
    assert ("error", "overlap.two-commands") in overlaps(other, documents.sound("s22a"))


def test_two_commands_over_one_function() -> None:
    aid = documents.sound("mutual-aid")
    other = documents.changed(
        aid,
        ('reference = "mutual-aid"', 'reference = "other"'),
        ('rule = "requesting-chief"', 'rule = "home-chief"'),
    )
    assert ("error", "overlap.two-commands") in overlaps(other, aid)


def test_the_same_command_twice_is_no_contradiction() -> None:
    assert {
        severity for severity, _ in overlaps(renamed("other"), documents.sound("s22a"))
    } == {"warning"}
