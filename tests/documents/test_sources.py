"""docs/sources.md leads from every row of the sources' inventory to documents, or says why not."""

import re
import subprocess
import sys
from pathlib import Path

from crossforce.register import catalogues
from tests.documents import register

PAGE = Path(__file__).resolve().parents[2] / "docs" / "sources.md"
ROWS = {"A": 17, "B": 12, "C": 59, "D": 22, "E": 24}


def _rows() -> dict[str, tuple[list[str], str]]:
    found = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and re.fullmatch(r"[A-E][0-9]{2}", cells[0]):
            assert cells[0] not in found
            found[cells[0]] = (re.findall(r"\[([a-z0-9-]+)\]", cells[2]), cells[3])
    return found


def test_every_row_of_the_inventory_is_there() -> None:
    assert set(_rows()) == {
        f"{letter}{n:02}" for letter, last in ROWS.items() for n in range(1, last + 1)
    }


def test_a_row_without_a_document_says_why() -> None:
    assert [row for row, (documents, why) in _rows().items() if not documents and not why] == []


def test_every_document_named_exists_and_every_document_is_named() -> None:
    named = {document for documents, _ in _rows().values() for document in documents}
    assert named == set(register.readings())


def test_links_lead_to_files() -> None:
    links = re.findall(r"\]\((\.\./[^)]+)\)", PAGE.read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (PAGE.parent / link).is_file()] == []


def test_documents_cite_the_file_that_the_row_comes_from() -> None:
    files = {"A": "000", "B": "001", "C": "002", "D": "003", "E": "004"}
    shared = {"A14", "A15"}  # teams of that kind stand in three sources
    for row, (documents, _) in _rows().items():
        for reference in documents:
            cited = {each.id for each in register.document(reference).sources}
            assert row in shared or files[row[0]] in cited, (row, reference)


def test_the_page_says_what_the_statements_say() -> None:
    script = "import sys; sys.path.insert(0, 'scripts'); import sources_page; sys.stdout.write(sources_page.page())"
    written = subprocess.run(
        [sys.executable, "-c", script],
        cwd=PAGE.parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    assert PAGE.read_text(encoding="utf-8") == written.stdout, (
        "Run: python scripts/sources_page.py"
    )


def test_every_row_of_the_five_documents_is_stated() -> None:
    stated = [row.id for source in catalogues.sources().values() for row in source.row]
    assert len(stated) == len(set(stated))
    assert set(stated) == set(_rows())


def test_a_statement_leads_to_a_clause_that_there_is() -> None:
    for source in catalogues.sources().values():
        for row in source.row:
            for held in row.agreements:
                clauses = {each.number for each in register.document(held.agreement).clause}
                assert not held.clause or held.clause in clauses, (row.id, held)


def test_the_doubtful_ones_are_queries() -> None:
    doubted = {
        row.id
        for source in catalogues.sources().values()
        for query in source.query
        for row, _ in source.doubted_by(query)
    }
    assert {"A10", "B01", "C39", "D16", "E18"} <= doubted
    facts = [s for o in catalogues.sources().values() for row in o.row for s in row.facts]
    assert not [each for each in facts if each.printed in ("£6.2billion", "bi-annually")]


def test_figures_stand_as_they_are_printed() -> None:
    printed = {
        statement.printed
        for source in catalogues.sources().values()
        for row in source.row
        for statement in row.statement
    }
    assert printed >= {
        "£6.2billion", "about £16m", "£52m", "£20m", "5 per cent", "More than 200", "bi-annually",
        "eight areas", "around 20", "an additional 15", "49 additional", "nine months", "seven",
    }  # fmt: skip
