"""Who commands somebody on duty at an instant, and who answers for what, each with its clause."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from crossforce.agreements import api as agreements
from crossforce.agreements import resolve
from crossforce.duty import models
from crossforce.kernel import civil, guarded, rulepacks
from crossforce.kernel.refusals import Missing
from crossforce.organisations import api as organisations
from crossforce.people import api as people
from crossforce.people.api import Able, Actor
from crossforce.records import api as records

PACK: Final = "duty-accountability"


class NoSuchDuty(Missing):
    """There is no such duty, or none that you may know of."""


@dataclass(frozen=True, slots=True)
class Line:
    """One question answered: who, and the clause or the law that says so."""

    question: str
    code: str
    name: str
    ground: str


@dataclass(frozen=True, slots=True)
class Card:
    """Who answers for one person on duty at an instant."""

    entry: models.Entry
    force: str
    at: datetime
    lines: Sequence[Line]
    able: Able

    @property
    def commander(self) -> str:
        """The one chief officer with direction and control."""
        return self.lines[0].code

    @property
    def sentence(self) -> str:
        """The card as it can be read out."""
        who, body, complaint = self.lines[0], self.lines[1], self.lines[2]
        local = self.at.astimezone(civil.LONDON)
        return (
            f"At {local:%H:%M} on {local.day} {local:%B %Y} {self.entry.name},"
            f" {self.entry.number}, is under the direction and control of {who.name}"
            f" ({who.ground}); {body.name} holds to account, and {complaint.name} handles a complaint."
        )


@guarded.acts
def card(actor: Actor, entry: UUID, at: datetime, area: str = "") -> Card:
    """The card of a duty at an instant; `area` is the force in whose area the person is deployed.

    Without an area the person is taken to be in their own. Raises NoSuchDuty.
    """
    row: models.Entry | None = models.Entry.objects.filter(pk=entry).first()
    if row is None:
        raise NoSuchDuty
    force = records.place_of(row.scope_id).holder
    held = organisations.directory()
    chief, ground = _commander(row, force, at, area or force)
    commanding = held.force_of(chief) or force
    on = civil.day_of(at)
    codes = {
        "commanding-chief": chief,
        "policing-body": held.policing_body(commanding, on),
        "home-chief": held.chief_officer(force, on),
    }
    names = {code: held.organisation(code).name.en for code in codes.values()}
    lines = [Line("Directs and controls", chief, names[chief], ground)]
    for rule in rulepacks.load(PACK).under("answers", on).values():
        code = codes[rule["of"]]
        lines.append(Line(rule["en"], code, names[code], rule["law"]))
    able = people.able(actor, [row.staff], at).get(row.staff, Able())
    return Card(row, force, at, lines, able)


def _commander(row: models.Entry, force: str, at: datetime, area: str) -> tuple[str, str]:
    """The one chief officer: by the agreement whose unit it is, else the home force's own."""
    held = organisations.directory()
    deployment = resolve.Deployment(
        home_force=force,
        unit=row.unit or None,
        function=row.function or None,
        role=row.role or None,
        area=area,
        on_joint_duty=row.starts_at <= at < row.ends_at,
    )
    for each in agreements.in_force(at):
        terms: Any = each.terms
        if not (each.is_acted_on and row.unit and terms.unit(row.unit)):
            continue
        answer = resolve.direction_and_control(terms, deployment, at, held)
        if answer.why.clause:
            return answer.chief_officer, f"{each.reference}, clause {answer.why.clause}"
    home = held.chief_officer(force, civil.day_of(at))
    return home, "no clause says otherwise: the home chief officer"
