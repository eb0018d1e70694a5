"""Variation, and circles of agreements, across the set."""

from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.reading import read
from crossforce.agreements.tests.check import documents


def renamed(reference: str, *edits: tuple[str, str]) -> str:
    return documents.changed(
        documents.sound("s22a"), ('reference = "s22a"', f'reference = "{reference}"'), *edits
    )


def varying(reference: str, varied: str) -> str:
    return renamed(
        reference, ('form = "joint-unit"', f'varies = "{varied}"\nform = "joint-unit"')
    )


def read_all(*texts: str) -> list[AgreementDocument]:
    return [read(text.encode()).document for text in texts]


def rules_of(text: str, *others: str) -> set[str]:
    found = documents.findings(text, *read_all(*others))
    return {each.rule for each in found if each.rule.startswith("relations.")}


def test_a_variation_of_an_agreement_in_force_is_sound() -> None:
    assert rules_of(varying("second", "s22a"), documents.sound("s22a")) == set()


def test_three_variations_in_a_circle() -> None:
    texts = varying("one", "two"), varying("two", "three"), varying("three", "one")
    for text in texts:
        found = documents.errors(text, *read_all(*texts))
        [circle] = [each for each in found if each.rule == "relations.circular"]
        assert circle.message.count("→") == 3


def test_a_circle_is_found_that_does_not_pass_through_the_document() -> None:
    """The document beside it is not to blame, and the search ends."""
    texts = varying("two", "three"), varying("three", "two")
    assert rules_of(varying("one", "two"), *texts) == set()


def test_made_under_each_other() -> None:
    def under(reference: str, other: str) -> str:
        relation = f'[[relation]]\nreference = "{other}"\nrelation = "made-under"\n\n[[party]]'
        return renamed(reference, ("[[party]]", relation))

    one, two = under("one", "two"), under("two", "one")
    assert rules_of(one, two) == {"relations.circular"}


def test_a_variation_before_what_it_varies() -> None:
    early = documents.changed(
        varying("second", "s22a"), ("from = 2016-04-01", "from = 2015-04-01")
    )
    assert rules_of(early, documents.sound("s22a")) == {"relations.varied-by-an-earlier"}


def test_a_memorandum_that_varies_a_section_22a_agreement() -> None:
    other = documents.changed(
        varying("second", "s22a"), ('basis = "s22a"', 'basis = "memorandum"')
    )
    assert "relations.varied-by-another-basis" in rules_of(other, documents.sound("s22a"))


def test_a_variation_without_one_of_the_parties() -> None:
    fewer = documents.changed(
        varying("second", "s22a"),
        ('[[party]]\norganisation = "pcc-wiltshire"\ncapacity = "policing-body"\n', ""),
    )
    found = documents.errors(fewer, *read_all(documents.sound("s22a")))
    [missing] = [each for each in found if each.rule == "relations.varied-without-a-party"]
    assert "Police and Crime Commissioner for Wiltshire" in missing.message
    assert "'pcc-wiltshire'" in missing.remedy
