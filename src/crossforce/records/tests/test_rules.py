"""Rules of records, without a database."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.records.choices import MARKINGS, Place
from crossforce.records.rules import changes, marking, retention

MARKS = st.sampled_from(MARKINGS)
BEFORE, AFTER = date(2026, 1, 1), date(2030, 1, 1)
TODAY = date(2026, 11, 22)


class TestMarking:
    @given(st.lists(MARKS, min_size=1))
    def test_the_highest_is_one_of_them_and_above_none(self, marks: list[str]) -> None:
        top = marking.highest(marks)
        assert top in marks
        assert not any(marking.is_lowered(each, top) for each in marks)

    @given(st.lists(MARKS), st.lists(MARKS))
    def test_a_list_is_marked_as_its_parts_together(
        self, one: list[str], two: list[str]
    ) -> None:
        both = marking.highest([marking.highest(one), marking.highest(two)])
        assert marking.highest(one + two) == both

    def test_a_line_names_compartments_once(self) -> None:
        line = marking.line(["OFFICIAL", "SECRET"], ["covert", "", "covert"])
        assert line == "SECRET [COVERT]"
        assert marking.line([]) == "OFFICIAL"

    @pytest.mark.parametrize(
        ("parts", "into", "says"),
        [
            ([("", "SECRET"), ("", "OFFICIAL")], ("", "OFFICIAL"), "SECRET or higher"),
            (
                [("a", "OFFICIAL"), ("b", "OFFICIAL")],
                ("a", "OFFICIAL"),
                "different compartments",
            ),
            ([("a", "OFFICIAL"), ("", "OFFICIAL")], ("", "OFFICIAL"), "compartment a"),
            ([("a", "OFFICIAL"), ("", "SECRET")], ("a", "SECRET"), None),
        ],
    )
    def test_a_combination(self, parts: Any, into: Any, says: str | None) -> None:
        places = [Place("x", "", *part) for part in parts]
        refusal = marking.refusal_to_combine(places, Place("x", "", *into))
        assert refusal is None if says is None else says in (refusal or "")


class TestRetention:
    @pytest.mark.parametrize(
        ("rule", "created", "notice", "due"),
        [
            ({"floor_years": 6}, date(2020, 2, 29), None, date(2026, 2, 28)),
            ({"floor_years": 6, "clear_years": 10}, TODAY, None, date(2036, 11, 22)),
            ({"floor_years": 6, "clear_years": 6}, TODAY, date(2030, 1, 1), date(2036, 1, 1)),
            ({"floor_years": 6, "clear_years": 6}, TODAY, date(2010, 1, 1), date(2032, 11, 22)),
            ({"floor_months": 6}, TODAY, None, date(2027, 5, 22)),
        ],
    )
    def test_is_due(self, rule: Any, created: date, notice: date | None, due: date) -> None:
        assert retention.review_due(rule, created, notice) == due

    @given(
        created=st.dates(date(1990, 1, 1), TODAY),
        notices=st.lists(st.dates(date(1990, 1, 1), TODAY), min_size=2, max_size=2),
        clear=st.integers(0, 30),
    )
    def test_a_later_notice_is_never_due_earlier_nor_before_the_floor(
        self, created: date, notices: list[date], clear: int
    ) -> None:
        rule = {"floor_years": 6, "clear_years": clear}
        first, second = (
            retention.review_due(rule, created, notice) for notice in sorted(notices)
        )
        floor = retention.review_due({"floor_years": 6}, created, None)
        assert floor <= first <= second

    @pytest.mark.parametrize(
        ("group", "due", "disposal", "by", "holds", "says"),
        [
            ("3", date(2026, 11, 21), "kept", "", (), None),
            ("3", TODAY, "kept", "", (), None),
            ("3", date(2026, 11, 23), "kept", "", (), "kept until 23 November 2026"),
            ("", None, "kept", "", (), None),
            ("3", date(2026, 1, 1), "kept", "", ("inquest",), "held: inquest"),
            ("1", date(2026, 1, 1), "kept", "", (), "propose"),
            ("2", date(2026, 1, 1), "proposed", "me", (), "somebody else"),
            ("2", date(2026, 1, 1), "proposed", "another", (), None),
        ],
    )
    def test_disposal(
        self, group: str, due: date | None, disposal: str, by: str, holds: Any, says: str | None
    ) -> None:
        standing = retention.Standing(group, due, disposal, by, holds, ())
        refusal = retention.refusal_to_dispose(standing, by=["me"], on=TODAY)
        assert refusal is None if says is None else says in (refusal or "")

    @pytest.mark.parametrize(
        ("reviews", "disposal", "by", "says"),
        [
            ([("me", "", BEFORE)], "kept", "", None),
            ([("me", "", AFTER), ("me", "4", BEFORE)], "kept", "", "which you changed"),
            ([("another", "", AFTER), ("me", "4", None)], "kept", "", "which you changed"),
            ([("me", "", AFTER), ("another", "4", BEFORE)], "kept", "", None),
            (
                [("a", "", AFTER), ("me", "4", BEFORE), ("b", "4", BEFORE)],
                "kept",
                "",
                "which you",
            ),
            ([("a", "1", BEFORE), ("me", "4", BEFORE)], "kept", "", "You took it out"),
            ([("a", "1", BEFORE), ("me", "4", BEFORE)], "proposed", "me", "You proposed"),
            ([("a", "1", BEFORE), ("me", "4", BEFORE)], "proposed", "a", None),
            ([("a", "1", BEFORE), ("b", "4", BEFORE)], "kept", "", None),
        ],
    )
    def test_what_one_set_oneself_counts_for_nothing(
        self,
        reviews: list[tuple[str, str, date | None]],
        disposal: str,
        by: str,
        says: str | None,
    ) -> None:
        states = [retention.Review(*each) for each in reviews]
        *_, (_, group, due) = reviews
        standing = retention.Standing(group, due, disposal, by, (), states)
        refusal = retention.refusal_to_dispose(standing, by=["me"], on=TODAY)
        assert refusal is None if says is None else says in (refusal or "")


class TestChanges:
    def test_the_first_state_is_a_change_from_nothing(self) -> None:
        at = datetime(2026, 1, 1, tzinfo=UTC)
        states = [
            {"changed_at": at, "changed_by": "a", "body": "one", "note": ""},
            {"changed_at": at, "changed_by": "b", "body": "one", "note": ""},
            {"changed_at": at, "changed_by": "c", "body": "two", "note": "x"},
        ]
        found = list(changes.changes(states, ("body", "note")))
        assert [(each.by, each.fields) for each in found] == [
            ("a", (("body", None, "one"),)),
            ("c", (("body", "one", "two"), ("note", "", "x"))),
        ]

    def test_only_what_differs(self) -> None:
        assert changes.differing({"a": 1, "b": 2}, {"a": 1, "b": 3}) == {"b": (2, 3)}
