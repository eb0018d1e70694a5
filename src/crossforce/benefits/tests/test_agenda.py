"""What benefits put before the board that governs them, and that it moves with participation."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from crossforce.access.choices import ACTIONS
from crossforce.access.operations import put_grants
from crossforce.benefits.choices import KINDS, ShareRule, Status
from crossforce.benefits.queries import agenda
from crossforce.benefits.rules.agendas import Item, items
from crossforce.benefits.rules.realising import realisation
from crossforce.benefits.tests import factories
from crossforce.benefits.tests.profiles import PRACTICE, THREE, quarter, readings, saving
from crossforce.boards import api as boards
from crossforce.boards.queries import boards as reads
from crossforce.boards.tests import factories as kept
from crossforce.boards.tests import welsh
from crossforce.boards.tests.factories import REFERENCE
from crossforce.kernel.testing import ground
from crossforce.organisations.tests.shipped import shipped_directory
from crossforce.people.choices import Actor
from crossforce.records.tests import factories as records

__all__ = ["shipped_directory"]

BEFORE, DURING, AFTER = date(2027, 1, 20), date(2027, 2, 17), date(2027, 6, 16)


def told(*values: int | None, until: date, status: Status = Status.UNDER_WAY) -> list[Item]:
    profile = saving(100_00, 100_00)
    found = realisation(profile, readings(*values), until, PRACTICE)
    return list(items(profile, status, found, {}, until, PRACTICE))


class TestItems:
    def test_a_target_is_due_when_its_period_is_over_until_it_is_reported(self) -> None:
        assert told(until=date(2026, 6, 30)) == []
        (due,) = told(until=date(2026, 7, 1))
        assert (due.due_on, due.why) == (
            date(2026, 7, 1),
            "its target is due: 1 April 2026 to 30 June 2026",
        )
        assert told(100_00, until=date(2026, 7, 1)) == []

    def test_a_reading_is_late_when_the_light_says_so(self) -> None:
        (due,) = told(until=date(2026, 8, 15))
        assert due.why.startswith("its reading is late since 15 August 2026")

    @pytest.mark.parametrize(("value", "light"), [(94_00, "amber"), (79_00, "red")])
    def test_a_target_that_is_missed_is_told_until_it_is_made_good(
        self, value: int, light: str
    ) -> None:
        (missed,) = told(value, until=date(2026, 7, 1))
        assert missed.why.startswith(f"its target is missed, {light}: ")
        assert told(value, 200_00 - value, until=date(2026, 10, 1)) == []

    def test_a_baseline_is_frozen_before_its_first_target_starts(self) -> None:
        (due,) = told(until=date(2026, 4, 1), status=Status.PLANNED)
        assert (due.what, due.due_on) == ("freeze", date(2026, 4, 1))
        assert told(until=date(2026, 3, 31), status=Status.PLANNED) == []

    @pytest.mark.parametrize("status", [Status.IDENTIFIED, Status.LOST, Status.CLOSED])
    def test_what_has_ended_or_is_not_planned_asks_for_nothing(self, status: Status) -> None:
        assert told(1, until=date(2027, 7, 1), status=status) == []

    def test_says_who_has_yet_to_report_and_what_has_no_target(self) -> None:
        profile = saving(100_00, share_rule=ShareRule.WHERE_IT_FALLS)
        stray = replace(readings(1)[0], span=quarter(3))
        found = realisation(profile, [stray], date(2026, 7, 1), PRACTICE)
        waiting = {quarter(1): THREE[1:]}
        due, other = items(
            profile, Status.UNDER_WAY, found, waiting, date(2026, 7, 1), PRACTICE
        )
        assert due.why.endswith("gloucestershire, wiltshire yet to report")
        assert "has no target" in other.why


@ground.fixture
def rhian(shipped_directory: None) -> Actor:
    """Who keeps boards and benefits, in South Wales."""
    welsh.agreement()
    kept.policy(welsh.SOUTH)
    own = {"holder": welsh.SOUTH, "recipient": welsh.SOUTH, "actions": ACTIONS}
    with transaction.atomic():
        put_grants("benefits-policy", [records.grant(kind, **own) for kind in KINDS])
    return kept.secretary(welsh.SOUTH)


def benefit(actor: Actor, **more: Any) -> UUID:
    given = {"agreement": REFERENCE, "function": "roads-policing", "beneficiaries": ("public",)}
    return factories.running(actor, saving(100_00), **(given | more))


def before(actor: Actor, board: UUID, on: date) -> list[tuple[str, str]]:
    """What stands under the heading of benefits at the meeting."""
    found = boards.shown(actor, kept.meeting(actor, board, on), on)
    return [
        (item.due.title, item.due.why)
        for section in found.agenda
        if section.kind == agenda.HEADING
        for item in section.items
    ]


@pytest.mark.django_db
class TestAgenda:
    def test_the_board_that_governs_has_the_targets_from_that_day_and_no_longer(
        self, rhian: Actor
    ) -> None:
        own, group = welsh.boards(rhian)
        benefit(rhian)
        ((title, why),) = before(rhian, own, BEFORE)
        assert title == "Fewer submissions to providers"
        assert why.startswith("its reading is late")
        assert before(rhian, group, BEFORE) == []
        assert before(rhian, own, DURING) == []
        assert len(before(rhian, group, DURING)) == 1
        assert len(before(rhian, own, AFTER)) == 1
        assert before(rhian, group, AFTER) == []

    def test_of_another_function_or_agreement_it_has_none(self, rhian: Actor) -> None:
        own, _ = welsh.boards(rhian)
        benefit(rhian, reference="one", function="firearms")
        benefit(rhian, reference="two", agreement="")
        benefit(rhian, reference="three", function="")
        assert len(before(rhian, own, BEFORE)) == 1

    def test_who_may_not_read_it_is_told_nothing(self, rhian: Actor) -> None:
        own, _ = welsh.boards(rhian)
        benefit(rhian)
        sitting = reads.sitting(rhian, reads.board(rhian, own), BEFORE)
        functions = frozenset((each.agreement, each.function) for each in sitting.governs)
        asked = boards.Asked("own", sitting.agreements, BEFORE, None, functions)
        assert len(agenda.due(rhian, asked)) == 1
        assert agenda.due(kept.secretary("north-wales"), asked) == []
