"""docs/sources.md leads from every row of the sources' inventory to documents, or says why not."""

import re
from pathlib import Path

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
