"""Until when a case is kept, and who asks is answered, is what the code of practice says, reckoned here a second time and in another way."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crossforce.evidence.choices import Outcome, Sentence, Stage
from crossforce.evidence.rules.retention import Facts, not_evidential, reckoned
from crossforce.evidence.rules.subjects import due
from crossforce.kernel import rulepacks

PACK = rulepacks.load("evidence-retention")
SIX = PACK.value("conviction", date(2026, 11, 23))["months"]
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@st.composite
def cases(draw: Any) -> Facts:
    """Cases as the table holds them; what is decided has its day."""
    outcome = draw(st.sampled_from(Outcome))
    appeal, ccrc = draw(st.sampled_from(Stage)), draw(st.sampled_from(Stage))
    is_convicted = outcome == Outcome.CONVICTED
    sentence = draw(st.sampled_from(Sentence)) if is_convicted else Sentence.NONE
    return Facts(
        outcome=outcome,
        outcome_on=draw(DAYS) if outcome else None,
        sentence=sentence,
        released_on=draw(st.none() | DAYS) if sentence else None,
        appeal=appeal,
        appeal_on=draw(DAYS) if appeal == Stage.DECIDED else None,
        ccrc=ccrc,
        ccrc_on=draw(DAYS) if ccrc == Stage.DECIDED else None,
    )


def half_a_year_after(day: date) -> date:
    """The same number of the sixth month after, or the last that it has; found by walking, day by day."""
    months, found = 0, day
    while months < 6:
        found += timedelta(days=1)
        months += found.day == 1
    wanted = found
    while wanted.day < day.day and (wanted + timedelta(days=1)).month == found.month:
        wanted += timedelta(days=1)
    return wanted


def may_go(case: Facts, on: date) -> bool:
    """Asked as the code of practice asks it of one day: has each of its reasons to keep come to an end?"""
    over = [
        case.outcome != Outcome.NONE and case.outcome_on is not None and case.outcome_on <= on
    ]
    if case.outcome == Outcome.CONVICTED and case.outcome_on:
        over.append(half_a_year_after(case.outcome_on) <= on)
    if case.sentence != Sentence.NONE:
        over.append(case.released_on is not None and case.released_on <= on)
    if case.appeal != Stage.NONE:
        over.append(case.appeal_on is not None and case.appeal_on <= on)
    if case.ccrc != Stage.NONE:
        over.append(case.ccrc_on is not None and case.ccrc_on <= on)
    return all(over)


@given(cases())
def test_the_day_is_the_first_on_which_no_reason_is_left(case: Facts) -> None:
    until = reckoned(case, SIX).until
    if until is None:
        assert not may_go(case, date(2199, 12, 31))
    else:
        assert may_go(case, until)
        assert not may_go(case, until - timedelta(days=1))


@given(cases())
def test_every_reason_has_its_words_source_and_confidence(case: Facts) -> None:
    rule = PACK.rule_for(reckoned(case, SIX).rule, date(2026, 11, 23))
    assert rule.value["words"]
    assert rule.source


def test_known_cases() -> None:
    convicted: dict[str, Any] = {"outcome": Outcome.CONVICTED, "outcome_on": date(2026, 8, 31)}
    assert reckoned(Facts(**convicted), SIX).until == date(2027, 2, 28)
    early = convicted | {"sentence": Sentence.CUSTODY, "released_on": date(2026, 9, 30)}
    assert reckoned(Facts(**early), SIX).until == date(2027, 2, 28)
    assert reckoned(Facts(**early | {"released_on": None}), SIX).rule == "custody"
    assert not_evidential(date(2026, 1, 1), 31) == date(2026, 2, 1)


@given(DAYS, DAYS, st.integers(0, 2))
def test_who_asks_for_what_is_held_is_answered_by_the_same_day_of_the_month(
    came: date, clear: date, more: int
) -> None:
    start, asked = max(came, clear), date(2000, 1, 1)
    found = due(came, asked, clear, months=1, more=more)
    assert found is not None
    assert (found.year - start.year) * 12 + found.month - start.month == 1 + more
    is_last = (found + timedelta(days=1)).day == 1
    assert found.day == start.day or (found.day < start.day and is_last)
    assert due(came, asked, None, months=1) is None
