"""The page that takes spreadsheets in: what it says of a file that is checked, held back, refused or in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from crossforce.kernel.testing.cast import Player
from crossforce.programme.queries import entries
from crossforce.programme.queries.entries import Wanted
from crossforce.programme.tests.factories import AT
from crossforce.programme.tests.pages import asha, back, sent
from crossforce.programme.tests.workbooks import HEADINGS, SOUND, workbook

__all__ = ["asha"]
pytestmark = pytest.mark.django_db


class TestImporting:
    def test_a_check_shows_what_it_would_do_cell_by_cell(self, asha: Player) -> None:
        content = workbook([HEADINGS, SOUND, ("HC-2", "x", "idea", "April 2008")])
        said = back(asha, content, "r.xlsx", "check")
        assert "What it would do" in said
        assert "Register!D3" in said
        assert not entries.entries(asha.actor, Wanted(), AT).entries
        assert "Nothing came in" in back(asha, content, "r.xlsx")
        assert not entries.entries(asha.actor, Wanted(), AT).entries
        assert "What it did" in back(asha, content, "r.xlsx", "in-part")
        assert len(entries.entries(asha.actor, Wanted(), AT).entries) == 1

    def test_a_broken_file_is_refused_and_nothing_comes_in(self, asha: Player) -> None:
        assert "The file is refused" in back(asha, b"\0\0", "r.csv")

    def test_milestones_need_their_project(self, asha: Player) -> None:
        answer = sent(
            asha,
            "import-send",
            file=SimpleUploadedFile("m.csv", b"x"),
            act="check",
            layout="milestones",
        )
        assert answer.status_code == 422
        said = answer.content.decode()
        assert (
            'href="#id_project">Milestones are of a project that your organisation keeps'
            in said
        )

    def test_what_did_not_come_in_is_not_said_to_be_in_already(self, asha: Player) -> None:
        bad = back(asha, workbook([HEADINGS, ("HC-2", "x", "idea", "April 2008")]), "r.xlsx")
        assert "Every row is refused: nothing came in." in bad
        none = back(asha, workbook([HEADINGS]), "r.xlsx", "check")
        assert "There is no row below the headings: nothing would come in." in none
        for said in (bad, none):
            assert "in already" not in said
        sound = workbook([HEADINGS, SOUND])
        back(asha, sound, "r.xlsx")
        assert "All that is sound of it is in already" in back(asha, sound, "r.xlsx")
