"""The figures by which boards work where no clause says otherwise."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from crossforce.kernel.rulepacks import RulePack
from crossforce.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the agenda, for items of one kind; a standing one is on every agenda."""

    kind: str
    title: Words
    is_standing: bool = False


@dataclass(frozen=True, slots=True)
class Practice:
    """What a board does where its agreement is silent."""

    papers_working_days: int
    quorum_more_than: Fraction
    written_working_days: int
    urgent_limit_pence: int
    soon_working_days: int
    slow_working_days: int
    template: tuple[Heading, ...]


def practice(pack: RulePack, on: date) -> Practice:
    """The practice that the rule pack holds on the day. Raises NoSuchRule where one is missing."""
    return Practice(
        papers_working_days=int(pack.value("papers.working-days", on)),
        quorum_more_than=Fraction(pack.value("quorum.more-than", on)),
        written_working_days=int(pack.value("written.working-days", on)),
        urgent_limit_pence=int(pack.value("urgent.limit-pence", on)),
        soon_working_days=int(pack.value("actions.soon-working-days", on)),
        slow_working_days=int(pack.value("path.slow-working-days", on)),
        template=tuple(
            Heading(row["kind"], Words(en=row["en"], cy=row["cy"]), row.get("standing", False))
            for row in pack.value("agenda.template", on)
        ),
    )
