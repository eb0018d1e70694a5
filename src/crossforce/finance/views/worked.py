"""What shares are worked out from, as a table: whose figure, of which day, from which source."""

from crossforce.finance import models
from crossforce.finance.choices import Driver
from crossforce.finance.queries.worked import Worked, worked
from crossforce.finance.rules.figures import TITLES
from crossforce.finance.views import tables
from crossforce.kernel import clock
from crossforce.kernel.web import jinja
from crossforce.kernel.web.tables import Table, heads
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor


def shown(actor: Actor, row: models.Budget) -> dict[str, object]:
    """What the page of a budget says of it: the clauses in words, and the figures."""
    found = worked(actor, row, clock.now())
    return {
        "said": found.said,
        "figures": figures(found),
        "are_unread": bool(found.unread),
    }


def figures(found: Worked) -> Table:
    """Every figure that the shares were worked out from; empty where none is needed.

    Beside one that a force states itself stands what the reference files say; of one that the reader does not
    read, only whose it is.
    """
    used = found.figures
    named, directory = tables.names(), organisations.directory()
    known = {str(each.code): each for each in directory.drivers}
    rows = []
    for asked, value, source in found.told():
        driver = known.get(asked.driver)
        title = jinja.in_language(driver.title) if driver else _title(asked.driver)
        if value is None:
            unread = f"A figure of {named(asked.force)} that you do not read, or that is kept no more"
            rows.append([title, named(asked.force), tables.day(asked.on), unread, "–"])
            continue
        beside = directory.latest(asked.driver, asked.force, asked.on)
        if asked in used.sources and beside:
            source += (
                f". Reference files: {tables.number(beside.value)}, {tables.day(beside.on)}"
            )
        rows.append(
            [
                title,
                named(asked.force),
                tables.day(asked.on),
                source or "–",
                tables.number(value),
            ]
        )
    return Table(
        "Figures that the shares come from",
        heads("What is counted|Force|As known on|Source", "Figure"),
        rows,
    )


def _title(driver: str) -> str:
    return TITLES[Driver(driver)] if driver in set(Driver) else tables.read_out(driver)
