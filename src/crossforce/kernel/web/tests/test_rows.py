"""Cells and options: everything escaped, whatever it holds, as one by one."""

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from crossforce.kernel.web import rows

TEXTS = st.text(st.characters(exclude_characters="\0"))


class TestEscaped:
    @given(st.lists(TEXTS))
    def test_is_what_escaping_one_by_one_gives(self, texts: list[str]) -> None:
        assert list(rows.escaped(texts)) == [str(escape(text)) for text in texts]

    def test_a_separator_in_a_text_moves_nothing(self) -> None:
        texts = ["a\0b", "c", Markup("<b>d</b>")]
        assert list(rows.escaped(texts)) == ["ab", "c", "<b>d</b>"]

    def test_html_stays_and_nothing_is_nothing(self) -> None:
        assert list(rows.escaped([Markup("<b>a</b>"), None, 3])) == ["<b>a</b>", "", "3"]


class TestRows:
    def test_the_first_cell_is_the_heading_and_links_lead(self) -> None:
        html = rows.table_rows([(["<a>"], ["/x?a=1&b=2"], False), ([7], None, True)])
        assert '<th scope="row" class="govuk-table__header">' in html
        assert '<a class="govuk-link" href="/x?a=1&amp;b=2">&lt;a&gt;</a>' in html
        assert "govuk-table__cell--numeric" in html

    def test_no_rows_are_no_html(self) -> None:
        assert rows.table_rows([]) == ""

    def test_a_quote_does_not_leave_its_attribute(self) -> None:
        assert rows.options([('"x', "X")], "") == '<option value="&#34;x">X</option>'


class TestOptions:
    def test_marks_the_chosen(self) -> None:
        html = rows.options([("a", "A"), ("b", "B")], "b")
        assert html == '<option value="a">A</option><option value="b" selected>B</option>'
