"""Drawing the figures of a public report from what its officer may read and disclose."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any, Final

from crossforce.benefits import api as benefits
from crossforce.boards import api as boards
from crossforce.finance import api as finance
from crossforce.finance.choices import Sort
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Missing, NotUnderstood, Refusal
from crossforce.kernel.words import Words
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor
from crossforce.programme import models
from crossforce.programme.queries import projects
from crossforce.programme.queries.report_release import Named, Release
from crossforce.programme.rules import report_contents as contents
from crossforce.programme.rules.report_lights import UNTOLD, reason_of_project, rule_of_benefit
from crossforce.programme.rules.report_release import Why, counted
from crossforce.register import api as register

MOST_COMING: Final = 12


class NothingPublic(NotUnderstood):
    """Nothing of that agreement is public but a notice, so that there is nothing to report on in public."""


class NothingInRegion(NotUnderstood):
    """The register has no agreement of that region of which more than a notice is public."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The figures, the records that they name, and the records that stay out, each with why."""

    figures: contents.Figures
    rests_on: tuple[Named, ...]
    left: tuple[tuple[str, str, Why], ...]


@dataclass(frozen=True, slots=True)
class About:
    """What a report is about: an agreement or a region, in a financial year."""

    agreement: str
    region: str
    year: int


@guarded.acts
def draw(actor: Actor, about: About, at: datetime) -> Drawn:
    """The figures as they stand now. Raises NothingPublic, NothingInRegion."""
    release, drawing = Release(actor, at), []
    decided = _decisions_by_agreement(actor)
    for entry in _entries(about, at):
        of = _Collaboration(actor, entry, about.year, at, release)
        drawing.append(of.drawn(decided.get(entry.reference, [])))
    left = tuple(release.left)
    figures = contents.Figures(
        drawn_on=civil.day_of(at),
        collaborations=tuple(drawing),
        left_out=counted((kind, why) for kind, _, why in left),
    )
    return Drawn(figures, tuple(release.rests_on), left)


def _entries(about: About, at: datetime) -> list[Any]:
    if about.region:
        found = [e for e in register.of_region(about.region, at) if not _is_notice(e)]
        if not found:
            raise NothingInRegion
        return found
    try:
        entry = register.entry(about.agreement, at)
    except Missing:
        raise NothingPublic from None
    if _is_notice(entry):
        raise NothingPublic
    return [entry]


def _is_notice(entry: Any) -> bool:
    return bool(entry.view["is_bare_notice"])


def _decisions_by_agreement(actor: Actor) -> Mapping[str, list[Any]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for board in boards.boards(actor):
        for taken in boards.decisions(actor, board.pk):
            if taken.row.is_decided:
                found[taken.row.agreement].append(taken.row)
    return found


class _Collaboration:
    """One agreement of the public register, and what may be told of how it goes."""

    def __init__(
        self, actor: Actor, entry: Any, year: int, at: datetime, release: Release
    ) -> None:
        self.actor, self.entry, self.year, self.at = actor, entry, year, at
        self.release = release
        self._told = {each["code"] for each in entry.view.get("functions", ())}
        self._withholds = any("withheld" in each for each in entry.view.get("clauses", ()))

    def drawn(self, decisions: list[Any]) -> contents.Collaboration:
        """Everything that may be told of it."""
        view = self.entry.view
        shown = list(self._projects())
        return contents.Collaboration(
            reference=self.entry.reference,
            title=Words(**view["title"]),
            objective=Words(**view["objective"]),
            origin=self.entry.origin,
            parties=tuple(
                contents.Party(name=Words(**each["name"]), capacity=each["capacity"])
                for each in view["parties"]
            ),
            forces=_names(self.entry.forces),
            money=tuple(self._money()),
            benefits=tuple(self._benefits()),
            projects=tuple(self._project(each) for each in shown),
            decisions=tuple(self._decisions(decisions)),
            coming=tuple(sorted(self._coming(shown), key=lambda c: c.on)[:MOST_COMING]),
        )

    def _names(self, row: Any, *texts: str, function: str = "") -> bool:
        is_told = not function or function in self._told or not self._withholds
        return self.release.names(row, texts, is_published_of=is_told)

    def _money(self) -> Iterator[contents.Money]:
        found = finance.true_ups(self.actor, self.year, self.entry.reference)
        told = self.release.spent([each.row for each in found])
        for each in found:
            row = each.row
            if self._names(row, row.title, function=row.function):
                spent = each.position.total(Sort.ACTUAL) if told[row.pk] else None
                yield contents.Money(
                    title=row.title, agreed=row.pence, spent=spent, shares=_shares(each)
                )

    def _benefits(self) -> Iterator[contents.Benefit]:
        wanted = benefits.Wanted(agreement=self.entry.reference)
        for each in benefits.listed(self.actor, wanted, civil.day_of(self.at)):
            row, measure = each.row, each.profile.measure
            unit = "pence" if each.profile.is_money else measure.unit if measure else ""
            if not self._names(row, row.title, unit, function=row.function):
                continue
            is_told = self.release.sums(each.readings)
            yield contents.Benefit(
                title=row.title,
                unit=unit,
                target=each.found.promised.__floor__() if unit else None,
                promised=each.planned if is_told else None,
                come=each.realised if is_told else None,
                light=str(each.signal.light) if is_told else "none",
                rule=rule_of_benefit(each.signal.rule) if is_told else UNTOLD,
            )

    def _projects(self) -> Iterator[projects.Shown]:
        rows = models.Project.objects.within_reach().filter(agreement=self.entry.reference)
        for row in rows.order_by("title", "pk"):
            if self._names(row, row.title, function=row.function):
                yield projects.shown(self.actor, row.pk, self.at)

    def _project(self, shown: projects.Shown) -> contents.Project:
        parts = [each.row for each in shown.steps]
        parts += [*shown.owned["risks"], *shown.owned["issues"]]
        is_told = self.release.lights(parts)
        return contents.Project(
            title=shown.row.title,
            state=shown.row.state,
            light=str(shown.status.light) if is_told else "none",
            reason=reason_of_project(shown.status.reason) if is_told else UNTOLD,
        )

    def _coming(self, found: list[projects.Shown]) -> Iterator[contents.Coming]:
        for shown in found:
            for step in shown.steps:
                row = step.row
                if not row.done_on and self._names(row, row.title):
                    yield contents.Coming(
                        title=row.title, project=shown.row.title, on=row.due_on
                    )

    def _decisions(self, rows: list[Any]) -> Iterator[contents.Decision]:
        for row in sorted(rows, key=lambda each: each.decided_at, reverse=True):
            if self._names(row, row.title):
                on = civil.day_of(row.decided_at)
                yield contents.Decision(
                    title=row.title, on=on, takes_effect_on=row.takes_effect_on
                )


def _shares(each: finance.Trued) -> tuple[contents.Share, ...]:
    try:
        found = finance.bearings(each.position)
    except Refusal:
        return ()
    return tuple(contents.Share(party=name_of(one.party), pence=one.gross) for one in found)


def name_of(code: str) -> Words:
    """The name of a body; a code that nothing names is read out."""
    found = organisations.directory().get(code)
    plain = code.replace("-", " ").capitalize()
    return (found.short_name or found.name) if found else Words(en=plain or "–")


def _names(codes: list[str]) -> Words | None:
    if not codes:
        return None
    return reduce(_joined, (name_of(each) for each in codes))


def _joined(one: Words, other: Words) -> Words:
    welsh = f"{one.cy or one.en}, {other.cy or other.en}"
    return Words(en=f"{one.en}, {other.en}", cy=welsh)
