"""What a public performance report says, as plain values: they are frozen when it is published."""

from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel, ConfigDict

from crossforce.kernel.words import Words


class Part(BaseModel):
    """A part of a report, which never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Party(Part):
    """Who takes part, in which capacity."""

    name: Words
    capacity: str


class Share(Part):
    """What one party bears of a cost."""

    party: Words
    pence: int


class Money(Part):
    """A cost of the year: what was agreed, and what was spent where that may be told."""

    title: str
    agreed: int
    spent: int | None = None
    shares: tuple[Share, ...]


class Benefit(Part):
    """A benefit with its target, its light and the rule of that; figures in pence, or in `unit`.

    `target` is what is promised by the end, `promised` what was up to the last period that is reported.
    """

    title: str
    unit: str
    target: int | None = None
    promised: int | None = None
    come: int | None = None
    light: str
    rule: Words


class Project(Part):
    """A project with where it stands; without a light where that would tell of what is not public."""

    title: str
    state: str
    light: str
    reason: Words


class Decision(Part):
    """What a board decided."""

    title: str
    on: date
    takes_effect_on: date | None = None


class Coming(Part):
    """What is to be reached next."""

    title: str
    project: str
    on: date


class Collaboration(Part):
    """One agreement: what it is for, who takes part, and how it goes."""

    reference: str
    title: Words
    objective: Words
    origin: str
    parties: tuple[Party, ...]
    forces: Words | None = None
    money: tuple[Money, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    projects: tuple[Project, ...] = ()
    decisions: tuple[Decision, ...] = ()
    coming: tuple[Coming, ...] = ()

    def texts(self) -> Iterator[str]:
        """Every text that somebody wrote in a record."""
        yield from (each.title for each in self.money)
        yield from (each.title for each in self.benefits)
        yield from (each.title for each in self.projects)
        yield from (each.title for each in self.decisions)
        yield from (each.title for each in self.coming)


class LeftOut(Part):
    """How many records of a kind are left out for one reason."""

    kind: str
    why: str
    number: int


class Figures(Part):
    """What was drawn from records: the collaborations, and what was left out of them."""

    drawn_on: date
    collaborations: tuple[Collaboration, ...]
    left_out: tuple[LeftOut, ...] = ()


class Content(Part):
    """The whole report: what the office wrote, and what was drawn. `about` is a reference or a region."""

    title: Words
    about: str
    region: Words | None = None
    year: int
    keeper: Words
    introduction: Words | None = None
    ahead: Words | None = None
    caveat: Words | None = None
    figures: Figures
