"""What an import costs follows its file, not what is held: counted in rows that the database looks at."""

import json
from datetime import date, timedelta
from typing import Any, Final

import pytest
from django.db import connection, transaction

from crossforce.duty.operations import arriving
from crossforce.duty.tests import factories
from crossforce.duty.tests.exports import SHIFTS
from crossforce.duty.tests.factories import brought_in, rows
from crossforce.intake import api as intake
from crossforce.kernel.guarded_rows import Cursor
from crossforce.kernel.testing import ground

pytestmark = pytest.mark.django_db
DAYS: Final = 400
PEOPLE: Final = ("1234", "1235", "1236", "1237", "1238")
STAGED: Final = DAYS * len(PEOPLE)


def lines(*, team: str = "SOU", cancelled: str = "") -> list[str]:
    """Everybody's early duty, day by day."""
    days = [date(2026, 11, 21) + timedelta(days=number) for number in range(DAYS)]
    return [
        f"{number}-{day:%y%j};{number};{day:%d/%m/%Y};07:00;15:00;{team};;;AV;;{cancelled}"
        for day in days
        for number in PEOPLE
    ]


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """By what is done: how many rows its statements look at."""
    found: dict[str, float] = {}
    written = Cursor.written

    def counted(self: Cursor, how: str, statement: str, given: Any = ()) -> int:
        word = statement.split()[0]
        with connection.cursor() as cursor:
            point = transaction.savepoint()
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", given)
            (plan,) = json.loads(json.dumps(cursor.fetchone()[0]))
            transaction.savepoint_rollback(point)
        found[word] = found.get(word, 0) + examined(plan["Plan"])
        return written(self, how, statement, given)

    monkeypatch.setattr(Cursor, "written", counted)
    return found


def examined(node: dict[str, Any]) -> float:
    """The rows that a plan and what is below it give out and throw away, every time they run."""
    removed = sum(number for name, number in node.items() if name.startswith("Rows Removed by"))
    own = (node["Actual Rows"] + removed) * node["Actual Loops"]
    return float(own) + sum(examined(each) for each in node.get("Plans", ()))


@ground.fixture
def asha() -> Any:
    factories.policy()
    factories.unit()
    factories.unit("roads")
    for number in PEOPLE:
        factories.person(number)
    asha = factories.planner()
    brought_in(asha, rows(*lines()))
    return asha


class TestCost:
    def test_of_corrections_follows_the_file(
        self, asha: Any, looked_at: dict[str, float]
    ) -> None:
        assert brought_in(asha, rows(*lines(team="RPU"))).counts["changed"] == STAGED
        assert looked_at["UPDATE"] < 12 * STAGED

    def test_of_a_few_corrections_does_not_follow_what_is_held(
        self, asha: Any, looked_at: dict[str, float]
    ) -> None:
        few = [each.replace("07:00", "08:00") for each in lines()[:5]]
        assert brought_in(asha, rows(*few)).counts["changed"] == 5
        assert looked_at["UPDATE"] < 100

    def test_of_a_few_cancellations_does_not_follow_what_is_held(
        self, asha: Any, looked_at: dict[str, float]
    ) -> None:
        few = lines(cancelled="y")[:5]
        assert brought_in(asha, rows(*few)).counts["cancelled"] == 5
        assert looked_at["UPDATE"] < 100

    def test_of_asking_what_was_changed_since_does_not_follow_what_is_held(
        self, asha: Any, settings: Any, tmp_path: Any
    ) -> None:
        settings.VAR = tmp_path
        file = intake.Arrived(SHIFTS.decode(), "duties.csv", [rows(*lines())])
        key, _ = arriving.receive(actor=asha, file=file, at=factories.AT)
        arriving.DESK.run(actor=asha, key=key, at=factories.AT)
        looked: list[float] = []

        def explained(execute: Any, statement: str, given: Any, many: bool, more: Any) -> Any:
            if 'FROM "duty_entry"' in statement:
                with connection.connection.cursor() as cursor:
                    cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", given)
                    looked.append(examined(cursor.fetchone()[0][0]["Plan"]))
            return execute(statement, given, many, more)

        with connection.execute_wrapper(explained):
            assert arriving.receive(actor=asha, file=file, at=factories.AT) == (key, False)
        assert looked
        assert sum(looked) < STAGED / 10
