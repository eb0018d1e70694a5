"""Who disappears from which board when a party leaves: the preview says it, and so it comes about."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from crossforce.agreements.queries import preview
from crossforce.agreements.tests import factories as agreed
from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.agreements.tests.factories import AVON, GLOS, THREE, WILTS
from crossforce.duty import queries
from crossforce.duty.queries import Filter
from crossforce.duty.queries.cover import shortfalls
from crossforce.duty.tests import factories
from crossforce.duty.tests.exports import NESTED, described
from crossforce.kernel.periods import Period
from crossforce.kernel.testing import ground
from crossforce.oversight.tests import test_preview as previewed
from crossforce.oversight.tests.test_preview import THEN, speaks_of
from crossforce.people.choices import Actor
from crossforce.people.models import Account
from crossforce.people.queries import acting_in
from crossforce.people.tests import factories as people

__all__ = ["bodies", "few_bodies"]

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
UNIT = previewed.UNIT
SIZES = {AVON: 3, GLOS: 2, WILTS: 4}
Found = Counter[str]


@ground.fixture
def inspectors(bodies: None) -> list[Actor]:
    """Duty inspectors of three forces in the unit, in which nine people are on a long duty."""
    unit = people.joint_unit(UNIT, agreed.REFERENCE)
    factories.policy(*THREE)
    for force in THREE:
        _on_duty(force)
    return [_in_unit(force, unit.pk) for force in THREE]


def _in_unit(force: str, unit: UUID) -> Actor:
    posting = people.posting(people.staff(force), "duty-inspector", unit_id=unit)
    return acting_in(Account(), posting, "operational-response", THEN)


def _on_duty(force: str) -> None:
    """A file of the force, with a duty of ten weeks for each of its people."""
    for number in range(SIZES[force]):
        factories.person(f"{number}", force)
    times = {"from": THEN - timedelta(days=10), "to": THEN + timedelta(days=60)}
    duty = {name: at.isoformat() for name, at in times.items()}
    rows = [
        {"number": f"{n}", "rota": {"duties": [{"id": f"{n}", **duty, "kind": "duty", "unit": UNIT, "at": {}}]}}
        for n in range(SIZES[force])
    ]  # fmt: skip
    changes = (
        ("gloucestershire", force),
        ('between = "T"', 'between = "T"\nlongest_days = 90'),
    )
    of = described(
        NESTED.replace(b'latitude = "duty.at.lat"\nlongitude = "duty.at.lon"\n', b""), *changes
    )
    content = json.dumps({"data": {"people": rows}}).encode()
    planner = people.actor("duty-inspector", force)
    assert factories.brought_in(planner, content, of).counts["new"] == SIZES[force]


def board(actor: Actor, later: timedelta = timedelta()) -> Found:
    """How many of each force are on somebody's board now, or so much later."""
    found = queries.on_duty(actor, datetime.now(UTC) + later, Filter())
    return Counter(row.force for row in found.rows)


def foreseen(actor: Actor, leave: str = "") -> dict[str, Found]:
    """How many of each force the preview says come onto somebody's board, and disappear from it."""
    asha = people.actor("programme-officer", AVON)
    if leave:
        found = preview.of_version(asha, agreed.REFERENCE, 1, THEN, leave=leave)
    else:
        found = preview.of_document(asha, previewed.document(), THEN)
    seen: dict[str, Found] = {"added": Counter(), "removed": Counter()}
    for row in found.section("service.boards").rows:
        if speaks_of(row, actor):
            about = dict(row.about)
            seen[row.kind][about["holder"]] += int(about["on-duty"])
            assert about["records"] == about["on-duty"]
    return seen


def test_a_leaver_disappears_and_sees_nobody(inspectors: list[Actor]) -> None:
    previewed.signed()
    said = [foreseen(each, WILTS) for each in inspectors]
    before = [board(each) for each in inspectors]
    assert all(each == SIZES for each in before)
    previewed.notice(WILTS)
    for who, told, was in zip(inspectors, said, before, strict=True):
        now = board(who)
        assert told["removed"] == was - now, who
        assert not told["added"]
    assert board(inspectors[0]) == {AVON: 3, GLOS: 2}
    assert board(inspectors[2]) == {WILTS: 4}


def test_a_planned_board_is_without_who_has_left_by_then(inspectors: list[Actor]) -> None:
    ends = Period(THEN - timedelta(days=20), datetime.now(UTC) + timedelta(days=1))
    factories.sharing((WILTS, AVON), collection=f"unit:{UNIT}", holds=ends)
    planner, day = inspectors[0], timedelta(days=1)
    assert board(planner) == board(planner, 0.9 * day) == {AVON: 3, WILTS: 4}
    assert board(planner, 1.1 * day) == {AVON: 3}
    then = queries.timeline(planner, datetime.now(UTC) + 1.1 * day, Filter())
    assert then.forces == [AVON]


def test_nobody_is_counted_on_ahead_who_has_left_by_then(inspectors: list[Actor]) -> None:
    now = datetime.now(UTC)
    leaves = now + timedelta(hours=10)
    factories.sharing(
        (WILTS, AVON), collection=f"unit:{UNIT}", holds=Period(now - timedelta(days=20), leaves)
    )
    planner = inspectors[0]
    factories.cover(planner, unit=UNIT, minimum=5, holder=AVON)
    (gap,) = queries.on_duty(planner, now, Filter()).gaps
    assert (gap.starts_at, gap.has, gap.minimum, gap.is_open) == (leaves, 3, 5, True)
    assert shortfalls(planner, now, 3, Filter()).gaps[0].starts_at == leaves
    assert not queries.on_duty(planner, now - timedelta(days=2), Filter()).gaps


def test_a_draft_brings_people_onto_boards(inspectors: list[Actor]) -> None:
    said = [foreseen(each) for each in inspectors]
    before = [board(each) for each in inspectors]
    previewed.signed()
    for who, told, was in zip(inspectors, said, before, strict=True):
        assert told["added"] == board(who) - was, who


def test_who_may_not_count_is_told_so(inspectors: list[Actor]) -> None:
    previewed.signed()
    stranger = people.actor("investigator", AVON)
    found = preview.of_version(stranger, agreed.REFERENCE, 1, THEN, leave=WILTS)
    assert not found.section("service.boards").rows
