"""The figures of a public report as plain rows, for whoever counts on: money in pence."""

from collections.abc import Iterator
from typing import NamedTuple

from crossforce.programme.rules.report_contents import Collaboration, Content


class Row(NamedTuple):
    """One figure: of which collaboration, of what, whose, in which unit."""

    collaboration: str
    sort: str
    title: str
    party: str
    unit: str
    figure: int | str


def rows(content: Content) -> Iterator[Row]:
    """Every figure that the report tells; what it does not tell has no row."""
    for each in content.figures.collaborations:
        yield from _money(each)
        yield from _benefits(each)
        for project in each.projects:
            yield Row(each.reference, "project", project.title, "", "state", project.state)
            yield Row(each.reference, "project", project.title, "", "light", project.light)
        for decision in each.decisions:
            yield Row(each.reference, "decision", decision.title, "", "day", str(decision.on))
        for step in each.coming:
            yield Row(each.reference, "coming", step.title, "", "day", str(step.on))


def _money(each: Collaboration) -> Iterator[Row]:
    for money in each.money:
        yield Row(each.reference, "agreed", money.title, "", "pence", money.agreed)
        if money.spent is not None:
            yield Row(each.reference, "spent", money.title, "", "pence", money.spent)
        for share in money.shares:
            yield Row(
                each.reference, "share", money.title, share.party.en, "pence", share.pence
            )


def _benefits(each: Collaboration) -> Iterator[Row]:
    for benefit in each.benefits:
        told = (
            ("target", benefit.target),
            ("promised", benefit.promised),
            ("come", benefit.come),
        )
        for sort, figure in told:
            if figure is not None and benefit.unit:
                yield Row(each.reference, sort, benefit.title, "", benefit.unit, figure)
        yield Row(each.reference, "benefit", benefit.title, "", "light", benefit.light)
