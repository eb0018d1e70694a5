"""Lines: posted once whatever is sent twice, never changed, taken back by another."""

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError
from django.test.utils import CaptureQueriesContext

from crossforce.finance import models
from crossforce.finance.choices import MOST_PENCE, Sort
from crossforce.finance.operations import posting
from crossforce.finance.queries import budgets as reads
from crossforce.finance.queries import lines, totals
from crossforce.finance.tests import factories
from crossforce.finance.tests.factories import AVON, GLOS, NOW, YEAR
from crossforce.kernel import guarded
from crossforce.kernel.ids import new_id
from crossforce.people.choices import Actor

pytestmark = pytest.mark.django_db


def sums(actor: Actor, budget: Any) -> dict[Sort, int]:
    shown = reads.shown(actor, budget, NOW)
    assert shown.position is not None
    return {sort: shown.position.total(sort) for sort in Sort}


def test_the_same_lines_twice_are_the_same_as_once(keeper: Actor) -> None:
    budget = factories.opened(keeper)
    new = [factories.line(n, reference=f"GL-{n}") for n in (1, 2, 3)]
    assert len(factories.posted(keeper, budget, *new).new) == 3
    again = factories.posted(keeper, budget, *new, factories.line(4, reference="GL-4"))
    assert (len(again.new), again.same) == (1, 3)
    assert sums(keeper, budget)[Sort.ACTUAL] == 10


def test_one_reference_does_not_say_two_things(keeper: Actor) -> None:
    budget = factories.opened(keeper)
    factories.posted(keeper, budget, factories.line(5, reference="GL-1"))
    with pytest.raises(posting.Differs, match=r"“GL-1” was posted as actual of 5 pence"):
        factories.posted(keeper, budget, factories.line(9), factories.line(6, reference="GL-1"))
    assert sums(keeper, budget)[Sort.ACTUAL] == 5


@pytest.mark.parametrize("other", [{"words": "Rent"}, {"year": YEAR + 1}])
def test_a_reference_is_of_one_budget_and_for_one_thing(
    keeper: Actor, other: dict[str, Any]
) -> None:
    more = dict(other)
    first = factories.opened(keeper)
    second = factories.opened(keeper, year=more["year"]) if "year" in more else first
    day = date(more.pop("year", YEAR), 6, 1)
    factories.posted(keeper, first, factories.line(5, reference="GL-1"))
    with pytest.raises(posting.Differs, match="in roads-policing of 2027/28"):
        factories.posted(keeper, second, factories.line(5, reference="GL-1", on=day, **more))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"pence": 0}, "its amount is nothing"),
        ({"on": date(YEAR + 1, 4, 1)}, "2028-04-01 is not a day of 2027/28"),
        ({"party": "cumbria"}, "“cumbria” does not share this cost"),
        ({"words": " "}, "it does not say what for"),
        ({"sort": Sort.CHARGE}, "its sort is none that is posted by hand"),
        ({"reference": "x" * 121}, "its reference is longer"),
        ({"pence": MOST_PENCE + 1}, "its amount is more than 10,000,000,000,000 pounds"),
        ({"words": "Pay\0"}, "it holds the character NUL"),
        ({"system": "crossforce"}, "its system is “crossforce”"),
    ],
)
def test_what_is_unsound_is_told_by_line_and_nothing_is_posted(
    keeper: Actor, wrong: dict[str, Any], says: str
) -> None:
    budget = factories.opened(keeper)
    with pytest.raises(posting.Unsound, match=f"Line 2: {says}"):
        factories.posted(
            keeper, budget, factories.line(1), factories.line(**{"pence": 1} | wrong)
        )
    assert not lines.lines(keeper, budget)


def test_a_reference_that_stands_twice_in_a_file_is_told(keeper: Actor) -> None:
    budget = factories.opened(keeper)
    twice = [factories.line(1, reference="A"), factories.line(1, reference="A")]
    with pytest.raises(posting.Unsound, match="Line 2: its reference “A” stands twice"):
        factories.posted(keeper, budget, *twice)


def test_a_line_is_due_for_review_as_finance_records_are(keeper: Actor) -> None:
    budget = factories.opened(keeper)
    factories.posted(keeper, budget, factories.line(5))
    (line,) = lines.lines(keeper, budget)
    due = factories.row(keeper, budget).review_due
    assert line.row.review_due == due
    assert due is not None


def test_nothing_is_posted_to_a_draft(keeper: Actor) -> None:
    with pytest.raises(reads.NotOpen):
        factories.posted(keeper, factories.drafted(keeper), factories.line(1))


def test_many_lines_ask_the_database_as_often_as_few(keeper: Actor) -> None:
    budget = factories.opened(keeper)

    def asked(*references: str) -> int:
        new = [factories.line(1, reference=each) for each in references]
        with CaptureQueriesContext(connection) as seen:
            factories.posted(keeper, budget, *new)
        return len(seen)

    asked("first")
    assert asked(*(f"GL-{n}" for n in range(50))) == asked("second")


def test_a_body_stands_for_its_force(keeper: Actor) -> None:
    budget = factories.opened(keeper)
    factories.posted(keeper, budget, factories.line(1, party=f"pcc-{AVON}"))
    assert lines.lines(keeper, budget)[0].row.party == AVON


def test_a_line_is_taken_back_once_by_another(keeper: Actor) -> None:
    budget = factories.opened(keeper)
    (key,) = factories.posted(keeper, budget, factories.line(500, GLOS)).new
    back = posting.take_back(actor=keeper, line=key, words="Posted twice", at=NOW)
    assert sums(keeper, budget)[Sort.ACTUAL] == 0
    first, second = lines.lines(keeper, budget)
    assert first.taken_back_by == second.row.pk == back
    for line in (key, back):
        with pytest.raises(posting.TakenBack):
            posting.take_back(actor=keeper, line=line, words="Again", at=NOW)


def test_the_database_refuses_to_change_what_was_posted(keeper: Actor) -> None:
    budget = factories.opened(keeper)
    (key,) = factories.posted(keeper, budget, factories.line(500)).new
    with guarded.acting(keeper), pytest.raises(DatabaseError), transaction.atomic():
        models.Line.objects.filter(pk=key).update(pence=5)


def test_sums_of_any_number_of_the_largest_lines_are_told(keeper: Actor) -> None:
    budget = factories.opened(keeper)
    most = [factories.line(MOST_PENCE, reference=f"{n}") for n in range(9_300)]
    factories.posted(keeper, budget, *most)
    assert sums(keeper, budget)[Sort.ACTUAL] == 9_300 * MOST_PENCE
    assert totals.totals(keeper, YEAR).spent == 9_300 * MOST_PENCE
    with pytest.raises(posting.Unsound, match="too many noughts"):
        factories.settled(keeper, budget)


def test_what_is_left_of_a_year_counts_what_was_given_in_kind(keeper: Actor) -> None:
    budget = factories.opened(keeper, pence=1_000)
    given = [(300, Sort.ACTUAL), (150, Sort.IN_KIND), (50, Sort.COMMITMENT), (9, Sort.FORECAST)]
    factories.posted(keeper, budget, *(factories.line(n, sort=sort) for n, sort in given))
    found = totals.totals(keeper, YEAR)
    assert (found.spent, found.given, found.promised, found.left) == (300, 150, 50, 500)


@pytest.mark.parametrize(
    "wrong", [{"pence": MOST_PENCE + 1}, {"sort": "gift"}, {"year": 1066}, {"words": ""}]
)
def test_the_database_takes_no_line_that_cannot_be(
    keeper: Actor, wrong: dict[str, Any]
) -> None:
    budget = factories.opened(keeper)
    (key,) = factories.posted(keeper, budget, factories.line(500)).new
    with guarded.acting(keeper):
        line = models.Line.objects.get(pk=key)
        line.pk = new_id()
        for name, value in wrong.items():
            setattr(line, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Line.objects.bulk_create([line])
