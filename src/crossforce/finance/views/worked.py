"""What shares are worked out from, as a table: whose figure, of which day, from which source."""

from fractions import Fraction

from crossforce.finance import models
from crossforce.finance.queries.worked import worked
from crossforce.finance.rules.snapshots import Figure, Snapshot
from crossforce.finance.views import tables
from crossforce.kernel import clock
from crossforce.kernel.web import jinja
from crossforce.kernel.web.tables import Table, heads
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor


def shown(actor: Actor, row: models.Budget) -> dict[str, object]:
    """What the page of a budget says of it: the clauses in words, and the figures."""
    found = worked(actor, row, clock.now())
    return {"said": found.said, "figures": figures(found.figures)}


def figures(used: Snapshot) -> Table:
    """Every figure that the shares were worked out from; empty where none is needed."""
    named, known = (
        tables.names(),
        {str(each.code): each for each in organisations.directory().drivers},
    )
    rows = []
    for asked, value in used.figures.items():
        driver = known.get(asked.driver)
        title = jinja.in_language(driver.title) if driver else tables.read_out(asked.driver)
        source = driver.source if driver else "–"
        rows.append([title, named(asked.force), tables.day(asked.on), source, _number(value)])
    return Table(
        "Figures that the shares come from",
        heads("What is counted|Force|As known on|Source", "Figure"),
        rows,
    )


def _number(value: Figure) -> str:
    exact = Fraction(value)
    return f"{exact.numerator:,}" if exact.denominator == 1 else f"{float(exact):,.2f}"
