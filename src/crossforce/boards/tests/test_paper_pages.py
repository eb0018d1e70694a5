"""The pages of papers: written, sent out, decided between meetings."""

import csv
import io
import re
from typing import Any

import pytest
from django.urls import reverse

from crossforce.agreements.tests import factories as agreed
from crossforce.boards.tests import factories
from crossforce.boards.tests.factories import LIMIT
from crossforce.boards.tests.pages import PAPER, answered, named, page, post, where
from crossforce.boards.views import tables
from crossforce.kernel.testing.cast import Player

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]


class TestPapers:
    def test_are_written_changed_sent_out_and_taken_back(self, asha: Player) -> None:
        assert post(asha, "write", **PAPER).status_code == 422
        sound = PAPER | {"pounds": "1500.50"}
        key = where(post(asha, "write", **sound))
        where(post(asha, "paper-change", key, version=1, **sound | {"title": "Radios"}))
        assert "£1,500.50" in page(asha, "paper", key)
        post(asha, "send-out", key, version=2)
        assert "Out" in page(asha, "papers")
        answer: Any = asha.client.get(reverse("boards:papers-csv"))
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        [row] = csv.DictReader(io.StringIO(text))
        assert (row["Paper"], row["Value in pence"], row["State"]) == (
            "Radios",
            "150050",
            "out",
        )
        post(asha, "withdraw", key, version=3)
        assert "Taken back" in page(asha, "paper", key)

    def test_say_what_is_wrong_with_them(self, asha: Player) -> None:
        wrong = PAPER | {"pounds": "", "due_on-day": "", "due_on-month": "", "due_on-year": ""}
        said = post(asha, "write", **wrong).content.decode()
        assert "Due by: enter a date" in said
        answer = post(asha, "write", **PAPER | {"pounds": "", "functions": "flying"})
        assert "flying is not one of the available choices" in answer.content.decode()

    def test_choose_functions_and_kinds_by_their_words(self, asha: Player) -> None:
        said = page(asha, "write")
        for code, words in (("spending", "Spending"), ("variation", "Variation")):
            assert re.search(rf'<option value="{code}"[^>]*>\s*{words}', said)
        title = tables.function("roads-policing")
        assert re.search(rf'value="roads-policing".*?{title}', said, re.S)
        sent = PAPER | {"pounds": "1", "functions": "roads-policing"}
        key = where(post(asha, "write", **sent))
        assert title in page(asha, "paper", key)
        assert re.search(r'value="roads-policing" checked', page(asha, "paper-change", key))

    def test_are_decided_with_consents_that_have_a_document_and_a_day(
        self, asha: Player
    ) -> None:
        board, paper = factories.board(asha.actor), factories.paper(asha.actor, pence=LIMIT + 1)
        sent = dict.fromkeys(named("vote-"), "for") | {"how": "written"} | answered(asha)
        for force in agreed.THREE:
            sent[f"consent-chief-constable-{force}"] = sent["in-policing-body:wiltshire"]
        answer = post(asha, "between", board, paper, **sent)
        assert "Give the day of every document" in answer.content.decode()
        for force in agreed.THREE:
            for part, value in (("day", "19"), ("month", "1"), ("year", "2027")):
                sent[f"dated-chief-constable-{force}-{part}"] = value
        said = page(asha, "decision", where(post(asha, "between", board, paper, **sent)))
        assert "Answers to the paper, 19 January 2027" in said
        assert "Not decided" not in said

    def test_are_decided_in_writing_between_meetings(self, asha: Player) -> None:
        board, paper = factories.board(asha.actor), factories.paper(asha.actor)
        assert reverse("boards:between", args=[board, paper]) in page(asha, "paper", paper)
        votes = dict.fromkeys(named("vote-"), "for") | {"how": "written"}
        refused = post(asha, "between", board, paper, **votes).content.decode()
        assert "Commissioner for Avon and Somerset: say who answered" in refused
        key = where(post(asha, "between", board, paper, **votes, **answered(asha)))
        said = page(asha, "decision", key)
        assert "In writing" in said
        assert "Answers to the paper</a>" in said
        answer: Any = asha.client.get(reverse("boards:decisions-csv", args=[board]))
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        assert next(csv.DictReader(io.StringIO(text)))["Decided"] == "yes"
