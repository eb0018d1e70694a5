"""Lists: filter, order, pages, export."""

import csv
import io

import pytest
from django.test import Client

from crossforce.kernel.web import kept


def page(client: Client, query: str = "") -> str:
    return client.get(f"/test/list/{query}").content.decode()


class TestPages:
    def test_shows_fifty_and_counts_all(self, client: Client) -> None:
        html = page(client)
        assert "Showing 1 to 50 of 120" in html
        assert "row 049" in html
        assert "row 050" not in html

    def test_the_last_page_is_short(self, client: Client) -> None:
        html = page(client, "?page=3")
        assert "Showing 101 to 120 of 120" in html
        assert 'rel="next"' not in html

    def test_a_page_beyond_the_end_is_missing(self, client: Client) -> None:
        assert client.get("/test/list/?page=9").status_code == 404

    def test_no_page_is_the_first(self, client: Client) -> None:
        assert "Showing 1 to 50 of 120" in page(client, "?page=")

    @pytest.mark.parametrize("number", ["0", "-1", "x", "\uff19", "1e3", "99999999999999"])
    def test_a_page_that_is_no_number_is_refused(self, client: Client, number: str) -> None:
        assert "is no page: give a number from 1" in page(client, f"?page={number}")


class TestKept:
    def test_what_is_drawn_once_is_drawn_in_each_language(self, client: Client) -> None:
        assert "Apply filter" in page(client)
        assert "Apply filter" not in page(client, "?lang=cy")
        assert "Apply filter" in page(client, "?lang=en")

    def test_words_that_somebody_wrote_are_not_kept(self, client: Client) -> None:
        before = kept._drawn.cache_info().currsize
        page(client)
        known = kept._drawn.cache_info().currsize
        page(client, "?q=row+1234")
        assert known >= before
        assert kept._drawn.cache_info().currsize == known


class TestOrder:
    def test_turns_when_asked_again(self, client: Client) -> None:
        html = page(client, "?sort=-number")
        assert html.index("row 119") < html.index("row 118")
        assert 'aria-sort="descending"' in html
        assert 'href="?sort=number"' in html

    def test_an_unknown_order_is_refused(self, client: Client) -> None:
        assert "Nothing here has the sort “password”" in page(client, "?sort=password")


class TestFilter:
    def test_narrows_and_is_kept_in_every_link(self, client: Client) -> None:
        html = page(client, "?q=row+0&sort=number")
        assert "of 100" in html
        assert "?q=row+0&amp;sort=number&amp;page=2" in html
        assert "?q=row+0&amp;sort=number&amp;format=csv" in html

    def test_what_the_list_does_not_know_is_refused(self, client: Client) -> None:
        assert client.get("/test/list/?half=other").status_code == 400
        assert "has no filter “halve”. Did you mean “half”?" in page(client, "?halve=low")
        assert "of 60" in page(client, "?half=low")

    def test_what_was_typed_is_shown_escaped(self, client: Client) -> None:
        html = page(client, "?q=%3Cscript%3E")
        assert "&lt;script&gt;" in html
        assert "Nothing found" in html


class TestExport:
    def test_has_every_row_in_order_and_no_formula(self, client: Client) -> None:
        response = client.get("/test/list/?format=csv&half=high&sort=-name")
        text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        rows = list(csv.reader(io.StringIO(text)))
        assert rows[0] == ["Name", "Number", "Formula"]
        assert rows[1] == ["row 119", "119", "'=1+1"]
        assert len(rows) == 61
        assert 'filename="rows.csv"' in response.headers["Content-Disposition"]
