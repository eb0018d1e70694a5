import json

import pytest
from django.test import TestCase

from crossforce.register import catalogues, choices
from crossforce.register.rules import statements
from crossforce.register.tests.conftest import fill

HEAD = """
format = 1
number = "009"
short = "A paper"
title = "A paper of two forces"
form = "paper"
published = "2020"
about = "What they do."
"""
ROW = """
[[row]]
id = "Z01"
title = "A unit"
note = "nothing holds it"
"""
STATEMENT = """
[[row.statement]]
kind = "target"
says = "It is to save."
where = "paragraph 1"
"""
QUERY = """
[[query]]
id = "Z01-much"
printed = "5m"
doubt = "How much."
why = "Two figures are printed."
reading = "The second."
ask = "The two forces"
confidence = "K2"
"""


def wrong(text: str) -> str:
    with pytest.raises(statements.Unreadable) as refused:
        statements.read(text, "009.toml")
    return str(refused.value)


class TestReading:
    def test_tells_facts_from_doubts(self) -> None:
        doubtful = STATEMENT + 'printed = "5m"\nunit = "pounds"\nquery = "Z01-much"\n'
        found = statements.read(HEAD + ROW + STATEMENT + doubtful + QUERY, "009.toml")
        row = found.row[0]
        assert (len(row.facts), len(row.doubts), found.statements) == (1, 1, 2)
        assert [each for _, each in found.doubted_by(found.query[0])] == list(row.doubts)

    def test_refuses_a_figure_without_its_unit(self) -> None:
        assert "unit" in wrong(HEAD + ROW + STATEMENT + 'printed = "5m"\n')

    def test_refuses_a_doubt_that_no_query_explains(self) -> None:
        assert "Z01-much" in wrong(HEAD + ROW + STATEMENT + 'query = "Z01-much"\n')

    def test_refuses_a_query_about_nothing(self) -> None:
        assert "Z01-much" in wrong(HEAD + ROW + STATEMENT + QUERY)

    def test_refuses_a_row_twice(self) -> None:
        assert "stands twice" in wrong(HEAD + 2 * (ROW + STATEMENT))

    def test_refuses_a_row_that_nothing_holds_and_that_does_not_say_why(self) -> None:
        bare = ROW.replace('note = "nothing holds it"', "")
        assert "no agreement and no reason" in wrong(HEAD + bare + STATEMENT)

    def test_names_the_file_and_the_place(self) -> None:
        assert wrong("format = ").startswith("009.toml: ")
        assert "row.0" in wrong(HEAD + ROW)


class TestPages(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        fill()

    def test_are_open_to_everybody_in_both_languages(self) -> None:
        for number in ("", *(f"{each}/" for each in catalogues.sources())):
            for language in ("en", "cy"):
                answer = self.client.get(f"/register/sources/{number}?lang={language}")
                assert answer.status_code == 200
                assert "sessionid" not in answer.cookies

    def test_show_every_statement_and_every_query(self) -> None:
        page = self.client.get("/register/sources/000/").content.decode()
        for row in catalogues.sources()["000"].row:
            assert f'id="{row.id}"' in page
        assert page.index("Queries, not facts") < page.index("£6.2billion")
        assert page.count("Figure as printed:") == 4

    def test_lead_to_the_clause_that_holds_a_statement(self) -> None:
        page = self.client.get("/register/sources/003/").content.decode()
        assert 'href="/register/sw-major-crime/#clause-2"' in page
        shown = self.client.get("/register/sw-major-crime/").content.decode()
        assert 'id="clause-2"' in shown

    def test_mark_on_a_welsh_page_what_is_in_english(self) -> None:
        page = self.client.get("/register/sources/004/?lang=cy").content.decode()
        assert "Ymholiadau, nid ffeithiau" in page
        assert '<span lang="en">Its forces are not named.</span>' in page
        assert "yn Saesneg, iaith y ddogfen" in page
        assert "datganiad awdurdod heddlu" in page
        assert '>Gweler yr ymholiad: <span lang="en">' in page

    def test_have_the_platforms_own_words_in_welsh(self) -> None:
        for source in catalogues.sources().values():
            for said in (source.form, source.published):
                assert choices.SOURCE_WORDS[said].cy, said

    def test_cost_one_query(self) -> None:
        with self.assertNumQueries(1):
            self.client.get("/register/sources/002/")

    def test_answer_for_no_source_as_for_no_page(self) -> None:
        for path in ("/register/sources/009/", "/register/sources/009.json"):
            assert self.client.get(path).status_code == 404
        assert self.client.get("/api/v1/register/sources/009").status_code == 404

    def test_say_the_same_as_json_and_over_the_interface(self) -> None:
        whole = json.loads(self.client.get("/register/sources.json").content)
        assert [each["number"] for each in whole["sources"]] == list(catalogues.sources())
        one = json.loads(self.client.get("/register/sources/001.json").content)
        assert one == self.client.get("/api/v1/register/sources/001").json()
        listed = self.client.get("/api/v1/register/sources").json()
        assert sum(each["statements"] for each in listed) > 150
