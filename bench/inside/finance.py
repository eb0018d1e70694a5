"""Inside the installation of bench_finance: the world is made, and what pages ask of it is timed."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bench import finance as world
from bench.measure import Measure, seconds
from crossforce.finance.queries import budgets, journals, years
from crossforce.kernel import database

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
SUMMED = "SELECT budget, sort, party, sum(pence) FROM finance_line GROUP BY 1, 2, 3"
YEAR = world.FIRST + world.YEARS - 1


def measures() -> Iterator[Measure]:
    world.build()
    actor = world.actor()
    found = years.true_ups(actor)
    assert len(found) == world.COLLABORATIONS * world.YEARS
    assert all(sum(each.answer.balances().values()) == 0 for each in found)
    with database.plan().owner_login().connect() as owner:
        plain = seconds(lambda: owner.execute(SUMMED).fetchall(), times=3)
    yield Measure(
        what="true-up of 7,500 budgets with 60,000 lines",
        ours=seconds(lambda: years.true_ups(actor), times=3),
        unit="s",
        gate=5,
    )
    yield Measure(
        what="sums of all lines, by hand-written SQL as the owner", ours=plain, unit="s"
    )
    yield Measure(
        what="true-up of one year of 500 collaborations",
        ours=seconds(lambda: years.true_ups(actor, YEAR), times=3),
        unit="s",
        gate=5,
        goal=1,
    )
    one = found[-1].row
    yield Measure(
        what="one budget's page, its query",
        ours=1000 * seconds(lambda: budgets.shown(actor, one.pk, AT)),
        unit="ms",
        gate=100,
    )
    yield Measure(
        what="journal of a collaboration's year",
        ours=1000 * seconds(lambda: journals.journal(actor, one.agreement, one.year)),
        unit="ms",
        gate=100,
    )
