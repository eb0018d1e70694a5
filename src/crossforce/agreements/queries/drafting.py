"""What a drafter has on the desk: the findings beside the lines, and whom the draft would bind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from crossforce.agreements import models, starters
from crossforce.agreements.findings import Finding
from crossforce.agreements.queries import documents
from crossforce.agreements.queries.calling import name_of
from crossforce.kernel import rulepacks
from crossforce.kernel.refusals import NotUnderstood
from crossforce.organisations import api as organisations
from crossforce.people import api as people


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding with the line of the document that it is about."""

    finding: Finding
    line: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What is said of the draft as it is now."""

    remarks: tuple[Remark, ...]
    lines: tuple[str, ...]
    is_sound: bool
    parties: tuple[str, ...]
    may_write: bool
    may_propose: bool

    @property
    def marked(self) -> dict[int, str]:
        """The lines that a finding is about, each with the gravest severity."""
        found: dict[int, str] = {}
        for severity in ("note", "warning", "error"):
            about = (each.finding for each in self.remarks)
            found |= {f.line: severity for f in about if f.line and f.severity == severity}
        return found

    @property
    def errors(self) -> int:
        return sum(1 for each in self.remarks if each.finding.severity == "error")


def desk(actor: people.Actor, draft: models.Draft, at: datetime) -> Desk:
    """Judge the draft as a version that parties are to sign."""
    judged = documents.judge_draft(draft, at)
    lines = draft.document.split("\n")
    parties = judged.document.party if judged.document else ()
    name = name_of()
    return Desk(
        remarks=tuple(Remark(each, _line(lines, each.line)) for each in judged.findings),
        lines=tuple(lines),
        is_sound=judged.is_sound,
        parties=tuple(dict.fromkeys(name(each.organisation) for each in parties)),
        may_write=actor.may("agreement.draft", draft.owner),
        may_propose=actor.may("agreement.propose", draft.owner),
    )


def _line(lines: Sequence[str], number: int | None) -> str:
    return lines[number - 1].strip()[:200] if number and number <= len(lines) else ""


def forces(on: date) -> list[tuple[str, str]]:
    """Every force of the day, by name."""
    found = [each for each in organisations.directory().forces() if each.exists(on)]
    return sorted(((each.code, each.name.en) for each in found), key=lambda pair: pair[1])


def longest_title(on: date) -> int:
    """How many characters a title may have."""
    return int(rulepacks.load("agreement-practice").value("limits.title", on))


def own_forces(actor: people.Actor) -> list[str]:
    """The drafter's own force, if its organisation belongs to one."""
    directory = organisations.directory()
    known = directory.get(actor.organisation)
    force = directory.force_of(actor.organisation) if known else None
    return [force] if force else []


def started(starter: str, wanted: starters.Wanted) -> str:
    """The document of a starter, filled in. Raises NotUnderstood for one that there is not."""
    chosen = next((each for each in starters.STARTERS if each.name == starter), None)
    if chosen is None:
        raise NotUnderstood
    return starters.written(chosen, wanted, organisations.directory())
