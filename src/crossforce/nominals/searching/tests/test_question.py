"""What officers write, and what is asked by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.nominals.searching import births, question
from crossforce.nominals.searching.births import Born
from crossforce.nominals.searching.names import Name, forms
from crossforce.nominals.searching.question import NotADate
from crossforce.nominals.searching.tests.worlds import TODAY
from crossforce.nominals.searching.weighing import Question

MAY_12 = Born(1980_05_12, 1980_05_12)


def told(asked: Question) -> tuple[str, str, str, Born | None]:
    words = (asked.first, asked.middle, asked.last)
    first, middle, last = (word.text if word else "" for word in words)
    return first, middle, last, asked.born


@pytest.mark.parametrize(
    ("line", "first", "middle", "last", "born"),
    [
        ("smith", "", "", "smith", None),
        ("john smith 12/5/1980", "john", "", "smith", MAY_12),
        ("SMITH, John Michael 12.5.80", "john", "michael", "smith", MAY_12),
        ("1980-05-12 smith", "", "", "smith", MAY_12),
        ("12051980 Mary van der Berg", "mary", "", "vanderberg", MAY_12),
        ("12th May 1980", "", "", "", MAY_12),
        ("j o'brien may 1980", "j", "", "obrien", Born(1980_05_01, 1980_05_31)),
        ("mary smith 05/1980", "mary", "", "smith", Born(1980_05_01, 1980_05_31)),
        ("sm?th* 1978-1982", "", "", "sm?th*", Born(1978_01_01, 1982_12_31)),
        ("smith 198?", "", "", "smith", Born(1980_01_01, 1989_12_31)),
        ("smith 12/05", "", "", "smith", Born(month=5, day=12)),
        ("smith aged 30-40", "", "", "smith", Born(1985_11_24, 1996_11_23)),
        ("smith, j about 35", "j", "", "smith", Born(1987_11_24, 1994_11_23)),
        ("ann smith 34 yrs", "ann", "", "smith", Born(1991_11_24, 1992_11_23)),
        ("april may", "april", "", "may", None),
        ("???", "", "", "", None),
    ],
)
def test_reads_a_line(line: str, first: str, middle: str, last: str, born: Born | None) -> None:
    assert told(question.read(line, at=TODAY)) == (first, middle, last, born)


def test_takes_a_word_in_quotation_marks_to_the_letter() -> None:
    asked = question.read('"Smith", john', at=TODAY)
    assert asked.last
    assert asked.last.exactly
    assert asked.first
    assert not asked.first.exactly


def test_takes_the_last_word_for_a_beginning_while_it_is_typed() -> None:
    assert (last := question.typing("john smi", at=TODAY).last)
    assert last.begins
    assert (last := question.typing("john smi ", at=TODAY).last)
    assert not last.begins
    assert (first := question.typing("smith, jo", at=TODAY).first)
    assert first.begins


@pytest.mark.parametrize("line", ["smith 31/2/1980", "smith 12/13", "1980-00-12"])
def test_refuses_a_day_that_there_is_not(line: str) -> None:
    with pytest.raises(NotADate):
        question.read(line, at=TODAY)


def test_refuses_what_is_no_date_in_the_advanced_form() -> None:
    with pytest.raises(NotADate, match="'tomorrow'"):
        question.ask(born="tomorrow", at=TODAY)


@given(st.text(max_size=60))
def test_reads_or_refuses_whatever_is_written(line: str) -> None:
    try:
        question.typing(line, at=TODAY)
    except NotADate:
        return


@given(st.text(max_size=60), st.text(max_size=60))
def test_every_form_of_a_name_has_letters_only(given_names: str, family: str) -> None:
    for form in forms(Name(given_names, family)):
        assert form.first or form.last
        assert all(
            word.isalpha() and len(word.encode()) <= 40
            for word in (form.first, form.middle, form.last)
            if word
        )


def test_divides_names_of_several_parts() -> None:
    told = {(form.first, form.last) for form in forms(Name("Mary-Anne", "Taylor Jones"))}
    assert told >= {("maryanne", "taylorjones"), ("mary", "taylor"), ("maryanne", "jones")}


@pytest.mark.parametrize("text", ["12/5/1980", "1980-13", "1980-02-30"])
def test_refuses_a_held_date_that_there_is_not(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|day|month"):
        births.held(text)
