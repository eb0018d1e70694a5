"""Decisions that are named by their identifier elsewhere: a budget that somebody opens by hand."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from crossforce.access.choices import ACTIONS
from crossforce.access.operations import put_grants
from crossforce.agreements.operations import suspend
from crossforce.agreements.resolve import Citation, GoverningAnswer
from crossforce.agreements.tests import factories as agreed
from crossforce.boards import models
from crossforce.boards.choices import BOARD, Vote
from crossforce.boards.operations import carrying_out
from crossforce.boards.queries import boards, cited, deciding, kept, meetings
from crossforce.boards.rules import keeping as keeping_rules
from crossforce.boards.tests import factories
from crossforce.boards.tests.factories import AT, LATER, LIMIT, REFERENCE
from crossforce.finance import api as finance
from crossforce.finance.operations import alone
from crossforce.finance.queries.deciding import NotDecided
from crossforce.finance.views import budgets
from crossforce.kernel import guarded
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.cast import Cast
from crossforce.people.choices import Actor
from crossforce.records.api import Clashes, NewRecord, Place, create
from crossforce.records.tests import factories as records

pytestmark = pytest.mark.django_db
KEPT = ("title", "agreement", "cycle", "weekday", "week", "month", "begins", "purposes")


@ground.fixture
def asha(bodies: None) -> Actor:
    """She keeps a board, and a proposed budget of its limit."""
    actor = keeper()
    proposed(actor)
    return actor


def keeper() -> Actor:
    factories.agreement()
    factories.policy()
    put_grants("money", [records.grant("finance.budget", actions=ACTIONS)])
    return factories.secretary()


def proposed(asha: Actor, year: int = 2027, at: datetime = AT) -> None:
    new = finance.NewBudget(REFERENCE, "roads-policing", year, LIMIT, lead=factories.HERE)
    key = finance.draft_budget(actor=asha, new=new, at=at)
    finance.propose_budget(actor=asha, budget=key, version=1, at=at)


def decided(asha: Actor, vote: Vote = Vote.FOR, **more: Any) -> UUID:
    board = factories.board(asha)
    meeting, seats = factories.meeting(asha, board), factories.everybody(asha, board)
    factories.attended(asha, meeting, seats)
    paper = factories.paper(asha, **more)
    return factories.decided(asha, meeting, paper, seats, votes=dict.fromkeys(seats, vote))


def open_by(asha: Actor, decision: str, year: int = 2027) -> str:
    wanted = finance.Wanted(year=year)
    [found] = finance.budgets(asha, wanted)
    finance.open_budget(
        actor=asha, budget=found.row.pk, version=found.row.version, decision=decision, at=LATER
    )
    [opened] = finance.budgets(asha, wanted)
    return finance.in_words(asha, opened.row.decision)


def test_one_that_was_decided_opens_it_and_says_so(asha: Actor) -> None:
    key = decided(asha)
    assert open_by(asha, f" {key} ") == "New radios, 20 January 2027"
    outcome = meetings.decision(asha, key).outcome
    assert (outcome.done_on, "was opened" in outcome.said) == (factories.ON, True)


def test_one_of_a_smaller_sum_does_not(asha: Actor) -> None:
    key = decided(asha, pence=LIMIT - 1)
    with pytest.raises(NotDecided, match=r"decided on £49,999\.99"):
        open_by(asha, str(key))


def test_one_that_was_not_decided_does_not(asha: Actor) -> None:
    key = decided(asha, Vote.AGAINST)
    with pytest.raises(NotDecided, match="was not decided"):
        open_by(asha, str(key))


def test_one_that_was_to_note_is_a_ground_for_nothing(asha: Actor) -> None:
    key = str(decided(asha, decision="", pence=0))
    assert "was to note" in cited.decision_fault(asha, key, REFERENCE, LATER)
    with pytest.raises(NotDecided, match="was to note"):
        open_by(asha, key)


def test_one_is_waited_for_by_its_identifier_however_it_is_named(
    asha: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, held = decided(asha), list[str]()
    monkeypatch.setattr(alone, "by_decision", held.append)
    open_by(asha, f"{key}{finance.ELSEWHERE}")
    assert held == [str(key)]


def test_one_that_nobody_keeps_does_not(asha: Actor) -> None:
    with pytest.raises(NotDecided, match="No board keeps"):
        open_by(asha, str(UUID(int=7)))


def test_one_opens_no_more_than_its_sum_in_all(asha: Actor) -> None:
    proposed(asha, 2028)
    key = decided(asha)
    open_by(asha, str(key))
    with pytest.raises(NotDecided, match="is of £50,000, beside £50,000 that it opened"):
        open_by(asha, str(key), 2028)


def test_one_opens_no_more_than_its_sum_also_by_budgets_that_nobody_here_reads(
    asha: Actor,
) -> None:
    partner = factories.secretary(factories.PARTNER)
    theirs = {"holder": factories.PARTNER, "recipient": factories.PARTNER}
    put_grants("their-money", [records.grant("finance.budget", actions=ACTIONS, **theirs)])
    factories.reading()
    new = finance.NewBudget(REFERENCE, "roads-policing", 2028, LIMIT, lead=factories.PARTNER)
    budget = finance.draft_budget(actor=partner, new=new, at=AT)
    finance.propose_budget(actor=partner, budget=budget, version=1, at=AT)
    key = str(decided(asha))
    open_by(asha, key)
    assert [each.row.pk for each in finance.budgets(partner, finance.Wanted())] == [budget]
    with pytest.raises(NotDecided, match="is of £50,000, beside what it opened already"):
        finance.open_budget(actor=partner, budget=budget, version=2, decision=key, at=LATER)


def test_one_of_another_budget_does_not(asha: Actor) -> None:
    proposed(asha, 2028)
    key = decided(asha, effect="budget", effect_of="roads-policing/2028")
    with pytest.raises(NotDecided, match="opens the budget roads-policing/2028"):
        open_by(asha, str(key))


class TestWords:
    """What is named in words was decided elsewhere: nowhere, where a board kept here has to decide."""

    def test_are_kept_where_no_board_is_kept_here(self, asha: Actor) -> None:
        assert open_by(asha, "Board 3") == "Board 3 (a decision outside this platform)"

    def test_open_nothing_that_a_board_here_governs(self, asha: Actor) -> None:
        factories.board(asha)
        with pytest.raises(NotDecided, match=r"The board of .* and .* decides .* Put a paper"):
            open_by(asha, "I say so")
        [found] = finance.budgets(asha, finance.Wanted())
        assert (found.row.state, found.row.decision) == ("proposed", "")

    def test_open_nothing_for_who_may_not_read_the_board(self, asha: Actor) -> None:
        factories.policy(factories.PARTNER)
        factories.board(factories.secretary(factories.PARTNER))
        assert boards.boards(asha) == []
        with pytest.raises(NotDecided, match="Put a paper"):
            open_by(asha, "I say so")

    def test_are_no_ground_while_the_agreement_is_suspended(self, asha: Actor) -> None:
        factories.board(asha)
        chief = "chief-constable-wiltshire"
        suspend(actor=agreed.party(chief), reference=REFERENCE, organisation=chief, reason="A breach", at=AT)  # fmt: skip
        assert "Put a paper" in cited.decision_fault(asha, "Board 3", REFERENCE, LATER)

    def test_open_a_year_that_was_over_before_the_board_was_kept(
        self, bodies: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(agreed, "BEGINS", date(2025, 4, 1))
        asha = keeper()
        factories.board(asha)
        for year in (2025, 2026):
            proposed(asha, year)
        assert open_by(asha, "Board 3", 2025).startswith("Board 3")
        with pytest.raises(NotDecided, match="Put a paper"):
            open_by(asha, "Board 3", 2026)

    def test_of_an_earlier_day_open_the_year_that_had_begun(
        self, bodies: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(agreed, "BEGINS", date(2025, 4, 1))
        asha = keeper()
        factories.board(asha)
        for year in (2026, 2027):
            proposed(asha, year, AT - timedelta(days=2))
        for day in ("12 January 2027", "3 June 2020"):
            with pytest.raises(NotDecided, match="stands as it does since 13 January 2027"):
                open_by(asha, f"I say so, {day}", 2026)
        with pytest.raises(NotDecided, match="A decision of an earlier day"):
            open_by(asha, "Board 3, 15 January 2027", 2026)
        with pytest.raises(NotDecided, match=r"that is made\.$"):
            open_by(asha, "Board 3, 14 January 2027", 2027)
        assert open_by(asha, "Board 3, 14 January 2027", 2026).startswith("Board 3")

    def test_open_nothing_before_the_first_day_of_what_is_signed_and_its_board_does(
        self, bodies: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(agreed, "BEGINS", date(2027, 4, 1))
        asha = keeper()
        proposed(asha)
        key = decided(asha, effect="budget", effect_of="roads-policing/2027")
        with pytest.raises(NotDecided, match="Put a paper"):
            open_by(asha, "Board 3")
        with guarded.acting(asha):
            row = meetings.decision_of(key)
        assert (row.is_decided, keeping_rules.judged(row.judged).clause) == (True, "20")
        carrying_out.take_effect(actor=asha, decision=key, version=1, at=LATER)
        [opened] = finance.budgets(asha, finance.Wanted(year=2027))
        assert (opened.row.state, opened.row.decision) == ("open", str(key))

    def test_are_kept_where_a_clause_leaves_it_to_a_board_elsewhere(
        self, asha: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        factories.board(asha)
        monkeypatch.setattr(deciding, "is_a_board", lambda *_: True)
        assert open_by(asha, "Board 3").startswith("Board 3")


def test_the_page_says_which_board_decides_and_where_to_ask_it(
    bodies: None, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budgets, "clock", SimpleNamespace(now=lambda: LATER))
    asha = keeper()
    proposed(asha)
    [found] = finance.budgets(asha, finance.Wanted())
    page = reverse("finance:budget-open", args=[found.row.pk])
    client = cast.asha("programme-officer").client
    assert "Write a paper" not in client.get(page).content.decode()
    factories.board(asha)
    said = client.get(page).content.decode()
    assert "and is kept on this platform" in said
    assert f"{reverse('boards:write')}?agreement={REFERENCE}" in said


def test_a_board_is_set_up_once_also_where_its_record_is_not_open(asha: Actor) -> None:
    factories.policy(factories.HERE, factories.PARTNER)
    key, partner = factories.board(asha), factories.secretary(factories.PARTNER)
    with pytest.raises(Clashes, match="is kept here already"):
        factories.board(partner)
    with guarded.acting(partner):
        mine = [each for each in kept.kept() if each.agreement == REFERENCE]
    assert mine == [kept.Known("joint-roads-board", REFERENCE, "", AT, key)]


def test_of_several_boards_of_one_organisation_the_first_counts(asha: Actor) -> None:
    body = "pcc-wiltshire"
    rows = [
        kept.Known(body, "another", "", AT, uuid4()),
        kept.Known(body, REFERENCE, "", LATER, uuid4()),
    ]
    answer = GoverningAnswer((body,), False, None, Citation("a test"))
    found = boards.board_among(rows, answer, REFERENCE, LATER.date())
    assert found == rows[0]


def test_which_boards_are_kept_is_told_to_whoever_acts_and_of_a_compartment_to_its_readers(
    asha: Actor,
) -> None:
    put_grants("inside", [records.grant(BOARD, compartment="inside", actions=ACTIONS)])
    key = factories.board(asha)
    with guarded.acting(asha):
        row = models.Board.objects.get(pk=key)
    values = {name: getattr(row, name) for name in KEPT} | {"code": "inner-board"}
    inside = NewRecord(BOARD, Place(factories.HERE, compartment="inside"), values)
    create(actor=asha, new=inside, at=LATER)
    told = {}
    for actor in (asha, factories.secretary(factories.PARTNER)):
        with guarded.acting(actor):
            told[actor] = [each.code for each in kept.kept()]
    assert list(told.values()) == [["joint-roads-board", "inner-board"], ["joint-roads-board"]]
    assert kept.kept() == []
