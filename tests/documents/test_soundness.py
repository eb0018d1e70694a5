import pytest

from crossforce.agreements import canonical, reading
from crossforce.agreements.check import CheckContext, catalogues, check
from crossforce.agreements.compile import compile_document
from tests.documents import register

REFERENCES = sorted(register.readings())


@pytest.fixture(scope="module")
def context() -> CheckContext:
    return CheckContext(
        directory=register.directory(),
        on=register.TODAY.date(),
        in_force=[each.document for each in register.readings().values()],
        functions=catalogues.functions(),
        purposes=catalogues.purposes(),
        roles=catalogues.roles(),
        schedules=catalogues.schedules(),
        record_kinds=catalogues.record_kinds(),
        actions=catalogues.actions(),
    )


@pytest.mark.parametrize("reference", REFERENCES)
def test_check_finds_nothing_graver_than_a_note(reference: str, context: CheckContext) -> None:
    findings = check(register.readings()[reference], context)
    assert [str(each) for each in findings if each.severity != "note"] == []


@pytest.mark.parametrize("reference", REFERENCES)
def test_document_written_back_reads_and_compiles_to_the_same(reference: str) -> None:
    document = register.document(reference)
    again = reading.read(canonical.write(document).encode(), f"{reference}.toml").document
    assert canonical.text_hash(again) == canonical.text_hash(document)
    assert compile_document(again, register.directory()) == register.terms(reference)


@pytest.mark.parametrize("reference", REFERENCES)
def test_file_lies_in_the_folder_of_its_region(reference: str) -> None:
    document = register.document(reference)
    assert (register.HOME / (document.region or "national") / f"{reference}.toml").is_file()


@pytest.mark.parametrize("reference", REFERENCES)
def test_every_fact_has_a_source_or_an_assumption(reference: str) -> None:
    document = register.document(reference)
    parts = [*document.party, *document.function, *document.unit, *document.clause]
    bare = [each for each in parts if not (each.source or each.assumed)]
    assert not bare
    assert document.source


@pytest.mark.parametrize("reference", REFERENCES)
def test_only_demonstrations_grant_access(reference: str) -> None:
    document = register.document(reference)
    granting = [
        clause for clause in document.clause for term in clause.term if term.type == "ACCESS"
    ]
    assert not granting or document.state == "demonstration"
    assert all(clause.assumed for clause in granting)


@pytest.mark.parametrize("reference", REFERENCES)
def test_title_and_objective_stand_in_both_languages(reference: str) -> None:
    document = register.document(reference)
    assert document.title.cy
    assert document.objective.cy
    assert document.summary


@pytest.mark.parametrize("reference", REFERENCES)
def test_whoever_works_on_exhibits_works_on_their_originals_and_continuity(
    reference: str,
) -> None:
    for clause in register.document(reference).clause:
        for term in clause.term:
            if term.type in {"ACCESS", "RETENTION"} and "evidence.exhibit" in term.kinds:
                assert {"evidence.item", "evidence.touch"} <= set(term.kinds), clause.number
