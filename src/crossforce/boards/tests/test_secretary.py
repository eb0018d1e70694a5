"""What a board secretary gets for nothing: agenda, actions, minutes, reporting line, the measure of the way."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.agreements.tests.strategies import DIRECTORY
from crossforce.boards.choices import ActionStanding, ActionState, Presence, Vote
from crossforce.boards.rules import keeping
from crossforce.boards.rules.actions import (
    Action,
    arising,
    overdue_by,
    refusal_to_end,
    refusal_to_set,
    standing,
)
from crossforce.boards.rules.agendas import Due, agenda
from crossforce.boards.rules.charters import Required, charter
from crossforce.boards.rules.days import WorkingDays
from crossforce.boards.rules.decisions import Judgement, judge
from crossforce.boards.rules.minutes import Decided, Held, minutes
from crossforce.boards.rules.paths import NotAPath, Step, path, together
from crossforce.boards.rules.quorums import quorum
from crossforce.boards.rules.reporting import ReportsInACircle, circle_made_by, line
from crossforce.boards.rules.rolls import Attendance, Roll
from crossforce.boards.rules.seats import title
from crossforce.boards.rules.votes import counting
from crossforce.boards.tests.agreed import (
    AT,
    GROUP,
    MEETS_ON,
    OFFICES,
    PRACTICE,
    PROCUREMENT,
    WELSH,
    agreement,
    all_for,
    always,
    law,
    motion,
    seats_of,
    taken,
)

DAYS = WorkingDays()
NEXT = date(2015, 7, 8)
KINDS = [heading.kind for heading in PRACTICE.template] + ["nobody-s-kind"]
offsets = st.integers(-90, 90)
dues = st.lists(
    st.builds(
        lambda reference, kind, offset, before: Due(
            reference,
            kind,
            reference,
            MEETS_ON + timedelta(days=offset),
            "a test",
            put_before=(MEETS_ON - timedelta(days=28),) if before else (),
        ),
        st.sampled_from([f"r{n}" for n in range(12)]),
        st.sampled_from(KINDS),
        offsets,
        st.booleans(),
    )
)


class TestAgenda:
    @given(dues)
    def test_holds_everything_due_before_the_next_meeting_once(self, due: list[Due]) -> None:
        found = agenda(due, PRACTICE.template, MEETS_ON, NEXT)
        listed = [item.due.reference for section in found for item in section.items]
        expected = {each.reference for each in due if each.due_on < NEXT or each.is_returning}
        assert sorted(listed) == sorted(expected)

    @given(dues)
    def test_keeps_the_order_of_the_template_then_what_was_put_off_then_the_day(
        self, due: list[Due]
    ) -> None:
        found = agenda(due, PRACTICE.template, MEETS_ON, NEXT)
        order = [KINDS.index(section.kind) for section in found]
        assert order == sorted(order)
        assert [section.number for section in found] == list(range(1, len(found) + 1))
        for section in found:
            keys = [(not item.due.is_returning, item.due.due_on) for item in section.items]
            assert keys == sorted(keys)

    def test_has_its_standing_headings_when_nothing_is_due(self) -> None:
        found = agenda([], PRACTICE.template, MEETS_ON, None)
        assert [section.title.en for section in found] == [
            "Apologies",
            "Declarations of interest",
            "Minutes of the last meeting",
            "Actions",
            "Any other business",
            "Next meeting",
        ]

    def test_brings_back_what_was_put_off_however_late_it_is_due(self) -> None:
        later = Due("b1", "finance", "Budget", date(2016, 3, 1), "year", put_before=(MEETS_ON,))
        found = agenda([later], PRACTICE.template, NEXT, None)
        [section] = [each for each in found if each.items]
        assert (section.kind, section.items[0].due.put_before) == ("finance", (MEETS_ON,))

    def test_says_how_late_an_item_is(self) -> None:
        due = Due("b1", "finance", "Budget", MEETS_ON - timedelta(days=3), "year")
        found = agenda([due], PRACTICE.template, MEETS_ON, None)
        [item] = [item for section in found for item in section.items]
        assert item.days_late == 3


class TestActions:
    SET, DUE = date(2015, 6, 10), date(2015, 7, 3)

    @pytest.mark.parametrize(
        ("on", "state", "expected"),
        [
            (date(2015, 6, 25), ActionState.OPEN, ActionStanding.OPEN),
            (date(2015, 6, 26), ActionState.OPEN, ActionStanding.DUE_SOON),
            (date(2015, 7, 3), ActionState.OPEN, ActionStanding.DUE_SOON),
            (date(2015, 7, 4), ActionState.OPEN, ActionStanding.OVERDUE),
            (date(2015, 9, 4), ActionState.DONE, ActionStanding.DONE),
            (date(2015, 9, 4), ActionState.DROPPED, ActionStanding.DROPPED),
        ],
    )
    def test_stand_by_the_day(
        self, on: date, state: ActionState, expected: ActionStanding
    ) -> None:
        action = self._action(state)
        assert standing(action, on, DAYS, PRACTICE.soon_working_days) is expected

    def test_are_overdue_in_working_days(self) -> None:
        assert overdue_by(self._action(), date(2015, 7, 8), DAYS) == 3
        assert overdue_by(self._action(ActionState.DONE), date(2015, 7, 8), DAYS) == 0

    def test_that_are_open_come_to_the_meeting(self) -> None:
        actions = [self._action(), self._action(ActionState.DONE)]
        [due] = arising(actions, date(2015, 7, 8), DAYS)
        assert (due.kind, due.why) == ("action", "overdue by 3 working days")
        assert arising(actions, self.SET, DAYS)[0].why == "open"

    @pytest.mark.parametrize(
        ("owner", "due_on", "says"),
        [
            ("chief-officer:gwent", DUE, ""),
            ("", DUE, "Nobody has no seat"),
            ("chief-officer:gwent", SET - timedelta(days=1), "due before it was set"),
        ],
    )
    def test_belong_to_a_seat(self, owner: str, due_on: date, says: str) -> None:
        action = Action("a1", "Write", owner, self.SET, due_on)
        refusal = refusal_to_set(action, ["chief-officer:gwent"], owner)
        assert (says in refusal.words) if refusal else not says

    @pytest.mark.parametrize(
        ("state", "to", "on", "said", "says"),
        [
            (ActionState.OPEN, ActionState.DONE, DUE, "Written", ""),
            (ActionState.DONE, ActionState.DROPPED, DUE, "x", "done already"),
            (ActionState.OPEN, ActionState.OPEN, DUE, "x", "done or dropped"),
            (ActionState.OPEN, ActionState.DONE, SET - timedelta(days=1), "x", "not set yet"),
            (ActionState.OPEN, ActionState.DROPPED, DUE, " ", "Nothing says"),
        ],
    )
    def test_end_once_with_what_was_done(
        self, state: ActionState, to: ActionState, on: date, said: str, says: str
    ) -> None:
        refusal = refusal_to_end(self._action(state), to, on, said)
        assert (says in refusal.words) if refusal else not says

    def _action(self, state: ActionState = ActionState.OPEN) -> Action:
        return Action("a1", "Write", "chief-officer:gwent", self.SET, self.DUE, state)


class TestReportingLine:
    def test_goes_up_to_who_reports_to_nobody(self) -> None:
        assert line("unit", {"unit": "programme", "programme": "top"}) == (
            "unit",
            "programme",
            "top",
        )

    def test_names_the_circle(self) -> None:
        with pytest.raises(ReportsInACircle, match="b → c → b"):
            line("a", {"a": "b", "b": "c", "c": "b"})

    @given(
        st.dictionaries(st.sampled_from("abcde"), st.sampled_from("abcde")),
        st.sampled_from("abcde"),
        st.sampled_from("abcde"),
    )
    def test_is_never_made_a_circle(self, above: dict[str, str], board: str, new: str) -> None:
        if circle_made_by(board, new, above) is None:
            found = line(board, {**above, board: new})
            assert len(found) == len(set(found))
        else:
            with pytest.raises(ReportsInACircle):
                line(board, {**above, board: new})


class TestPath:
    STEPS = (
        Step("paper", date(2015, 6, 1)),
        Step("programme board", date(2015, 6, 10)),
        Step("commissioning board", date(2015, 9, 9)),
        Step("effect", date(2015, 10, 1)),
    )

    def test_says_how_long_and_what_it_waited_for(self) -> None:
        found = path(self.STEPS, DAYS, PRACTICE.slow_working_days)
        assert (found.days, found.waited_for) == (122, "commissioning board")
        assert found.working_days == DAYS.between(date(2015, 6, 1), date(2015, 10, 1))
        assert found.is_slow

    def test_refuses_steps_that_go_back_in_time(self) -> None:
        with pytest.raises(NotAPath, match="is dated before “effect”"):
            path(self.STEPS[::-1], DAYS, 60)
        with pytest.raises(NotAPath, match="at least one"):
            path((), DAYS, 60)

    def test_of_one_step_took_no_time(self) -> None:
        found = path(self.STEPS[:1], DAYS, 60)
        assert (found.working_days, found.waited, found.is_slow) == (0, 0, False)

    def test_of_several_decisions_is_their_middle(self) -> None:
        paths = [path(self.STEPS[:n], DAYS, 60) for n in (1, 2, 4)]
        found = together(paths)
        assert found is not None
        assert (found.decisions, found.slow, found.median_steps) == (3, 1, 2)
        assert found.median_working_days == 7
        assert together([]) is None


class TestCharter:
    def test_is_what_the_governance_clause_says(self) -> None:
        governance = {
            "rule": "named-body",
            "body": "sw-police-collaboration-programme-board",
            "meets": "monthly",
            "quorum": {"chief-officer": 3},
            "reports_to": "sw-police-collaboration-commissioning-board",
        }
        found = charter(agreement(always(*WELSH), governance), PROCUREMENT, AT)
        assert (found.cycle, found.quorum) == ("monthly", {"chief-officer": 3})
        assert found.reports_to == "sw-police-collaboration-commissioning-board"
        assert found.why is not None
        assert found.why.clause == "2"

    def test_of_a_function_no_clause_names_is_empty(self) -> None:
        found = charter(agreement(always(*WELSH)), "dogs", AT)
        assert (found.cycle, found.why) == ("as-needed", None)


class TestMinutes:
    TERMS = agreement(
        always(*WELSH), approvals=[{"decision": "spending", "by": "body", "body": GROUP}]
    )

    def test_say_who_sat_what_was_decided_and_by_which_clause(self) -> None:
        said = self._said(dissent=False)
        assert "All Wales Policing Group, 10 June 2015 at 00:00" in said
        assert "In the place of others: Deputy chief officer for Chief Constable of" in said
        assert "Apologies or absent: " in said
        assert "The meeting was quorate." in said
        assert "Declared an interest and took no part: " in said
        assert "It was asked what it costs." in said
        assert "Decided under clause 3, with effect from 10 June 2015." in said
        assert (
            "Action for Chief Constable of Gwent Police: Write to bidders, by 3 July 2015."
            in said
        )

    def test_say_why_nothing_was_decided(self) -> None:
        said = self._said(dissent=True)
        assert "Not decided. " in said
        assert "it is not carried" in said
        assert "Put off to the next meeting." in said

    def _said(self, *, dissent: bool) -> str:
        seats, bodies = seats_of(self.TERMS)
        rows = {seat.code: Attendance(Presence.PRESENT) for seat in seats[:6]}
        rows[seats[4].code] = Attendance(Presence.ALTERNATE, "deputy-chief-officer")
        rows[seats[0].code] = Attendance(Presence.PRESENT, interests=frozenset({"m1"}))
        roll = Roll(seats, rows, OFFICES)
        cast = all_for(seats)
        if dissent:
            cast = dict.fromkeys(cast, Vote.AGAINST)
        judged = judge(motion(), taken(roll, cast, bodies), law(self.TERMS))
        due = Due("m1", "decision", "To buy", MEETS_ON, "a paper")
        held = Held(
            board="All Wales Policing Group",
            at=AT,
            roll=roll,
            quorum=quorum(roll, "", Required(), PRACTICE.quorum_more_than),
            agenda=agenda([due], PRACTICE.template, MEETS_ON, NEXT),
            decisions=(_decided(judged),),
            actions=(
                Action(
                    "a1",
                    "Write to bidders",
                    "chief-officer:gwent",
                    MEETS_ON,
                    date(2015, 7, 3),
                    item="m1",
                ),
            ),
            put_off=("m1",) if dissent else (),
            notes=(("m1", "It was asked what it costs."),),
        )
        paragraphs = minutes(held, lambda seat: title(seat, DIRECTORY, MEETS_ON).en)
        return "\n".join("\n".join((each.heading, *each.lines)) for each in paragraphs)


def _decided(judged: Judgement) -> Decided:
    kept = keeping.judged(keeping.judged_text(judged))
    cast = counting(judged.taken.roll, judged.motion.reference, judged.taken.votes)
    return Decided(
        judged.motion.reference,
        cast,
        kept.agreeing,
        kept.reasons,
        kept.clause,
        judged.takes_effect_on,
    )
