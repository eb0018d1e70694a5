"""Performance reports as offices keep them: the list, one of them, and what it would say in public."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from crossforce.access import api as access
from crossforce.agreements import api as agreements
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Missing
from crossforce.kernel.words import Words
from crossforce.people import api as people
from crossforce.people.api import Actor
from crossforce.programme import models
from crossforce.programme.choices import REPORT, ReportState
from crossforce.programme.queries import known
from crossforce.programme.queries.report_drawing import name_of
from crossforce.programme.queries.report_release import Persons, vocabulary
from crossforce.programme.rules.report_contents import Content, Figures
from crossforce.programme.rules.report_persons import to_be_looked_at
from crossforce.programme.rules.report_release import OPEN, Why
from crossforce.records import api as records
from crossforce.register import api as register

TEXTS = ("title", "title_cy", "introduction", "introduction_cy", "ahead", "ahead_cy", "caveat",
         "caveat_cy")  # fmt: skip


class NoSuchReport(Missing):
    """There is no such report, or none that you may know of."""


@dataclass(frozen=True, slots=True)
class Left:
    """A record that stays out, where its reader may see it still."""

    kind: str
    key: UUID
    scope: int
    title: str
    why: Why


@dataclass(frozen=True, slots=True)
class Shown:
    """One version with what it would say, what stays out, and what whoever reads it may do.

    `markable` is what of it stays out for its marking and is theirs to mark anew.
    """

    row: models.PerformanceReport
    holder: str
    content: Content | None
    marking: str
    left: Sequence[Left]
    markable: frozenset[UUID]
    versions: Sequence[models.PerformanceReport]
    lacks: Sequence[str]
    to_be_looked_at: Sequence[str]
    may_edit: bool
    may_publish: bool

    @property
    def may_correct(self) -> bool:
        """Whether another version may be begun: this is the newest, and not a draft."""
        newest = max(self.versions, key=lambda each: each.number)
        return self.may_edit and newest.pk == self.row.pk and self.row.state != "draft"

    @property
    def counts(self) -> list[tuple[str, Why, int]]:
        """How many of each kind stay out for which reason, most of them first."""
        found = Counter((each.kind, each.why) for each in self.left)
        return [(kind, why, number) for (kind, why), number in found.most_common()]

    @property
    def names(self) -> int:
        """How many records the figures name."""
        return sum(map(len, rests_on(self.row).values()))


@guarded.acts
def reports(actor: Actor) -> list[models.PerformanceReport]:
    """The reports that the actor may read, the newest version of each first."""
    return list(
        models.PerformanceReport.objects.within_reach().order_by("code", "-number", "pk")
    )


@guarded.acts
def may_add(actor: Actor) -> bool:
    """Whether the actor may draft reports for their own organisation."""
    place = guarded.ScopeOf(actor.organisation, REPORT)
    return bool(guarded.open_scopes("add", [place]))


@guarded.acts
def shown(actor: Actor, key: UUID, at: datetime) -> Shown:
    """One version. Raises NoSuchReport."""
    row = row_of(key)
    holder = records.place_of(row.scope_id).holder
    versions = models.PerformanceReport.objects.filter(code=row.code, scope_id=row.scope_id)
    content, left = content_of(row, holder), left_of(row)
    seen = [records.place_of(each.scope) for each in left]
    return Shown(
        row=row,
        holder=holder,
        content=content,
        marking=records.marking_line(
            [OPEN, *(each.marking for each in seen)], ["", *(each.compartment for each in seen)]
        ),
        left=left,
        markable=_markable(actor, left),
        versions=list(versions.order_by("-number")),
        lacks=list(lacking(actor, row, at)),
        to_be_looked_at=looked_at(row, content, at),
        may_edit=access.may(REPORT, row.pk, "edit"),
        may_publish=access.may(REPORT, row.pk, "edit")
        and access.may(REPORT, row.pk, "disclose"),
    )


def looked_at(
    row: models.PerformanceReport, content: Content | None, at: datetime
) -> list[str]:
    """What in a draft could be the name of somebody of whom the platform does not know."""
    if row.state != ReportState.DRAFT:
        return []
    drawn = content.figures.collaborations if content else ()
    texts = [getattr(row, name) for name in TEXTS]
    texts += [text for each in drawn for text in each.texts()]
    return to_be_looked_at(texts, vocabulary([each.title for each in drawn], at))


@guarded.acts
def one(actor: Actor, key: UUID) -> models.PerformanceReport:
    """The row, for whoever changes it. Raises NoSuchReport."""
    return row_of(key)


@guarded.acts
def named(actor: Actor, code: str, number: int) -> models.PerformanceReport:
    """The version of that code and number. Raises NoSuchReport."""
    found = models.PerformanceReport.objects.within_reach().filter(code=code, number=number)
    row: models.PerformanceReport | None = found.first()
    if row is None:
        raise NoSuchReport
    return row


def row_of(key: UUID) -> models.PerformanceReport:
    """The row itself. Raises NoSuchReport."""
    row: models.PerformanceReport | None = models.PerformanceReport.objects.filter(
        pk=key
    ).first()
    if row is None:
        raise NoSuchReport
    return row


def content_of(row: models.PerformanceReport, holder: str) -> Content | None:
    """What the version says in public; None before its figures are drawn."""
    if not row.figures:
        return None
    return Content(
        title=_both(row.title, row.title_cy),
        about=row.agreement or row.region,
        region=name_of(row.region) if row.region else None,
        year=row.year,
        keeper=name_of(holder),
        introduction=_both_or_none(row.introduction, row.introduction_cy),
        ahead=_both_or_none(row.ahead, row.ahead_cy),
        caveat=_both_or_none(row.caveat, row.caveat_cy),
        figures=Figures.model_validate_json(row.figures),
    )


def rests_on(row: models.PerformanceReport) -> dict[str, list[UUID]]:
    """The records that the figures name, by kind."""
    found: dict[str, list[UUID]] = {}
    for kind, key in json.loads(row.rests_on or "[]"):
        found.setdefault(kind, []).append(UUID(key))
    return found


def left_of(row: models.PerformanceReport) -> list[Left]:
    """The records that were left out, as far as whoever acts may read them now."""
    wanted: dict[str, dict[UUID, Why]] = {}
    for kind, key, why in json.loads(row.left or "[]"):
        wanted.setdefault(kind, {})[UUID(key)] = Why(why)
    known_models = records.models_by_kind()
    return [
        Left(kind, found.pk, found.scope_id, str(found.title), keys[found.pk])
        for kind, keys in wanted.items()
        for found in known_models[kind].objects.filter(pk__in=list(keys)).order_by("pk")
    ]


def _markable(actor: Actor, left: Iterable[Left]) -> frozenset[UUID]:
    """The holder lowers a marking, and nobody else."""
    marked = [each for each in left if each.why is Why.MARKING]
    reach = {kind: access.reach(kind, "edit") for kind in {each.kind for each in marked}}
    return frozenset(
        each.key
        for each in marked
        if records.place_of(each.scope).holder == actor.organisation
        and (each.scope in reach[each.kind][0] or each.key in reach[each.kind][1])
    )


def lacking(actor: Actor, row: models.PerformanceReport, at: datetime) -> list[str]:
    """What stands in the way of publishing a draft."""
    if row.state != ReportState.DRAFT:
        return []
    wants = [] if row.figures else ["its figures are not drawn yet"]
    persons = Persons(actor, at)
    for name in TEXTS:
        if sign := persons.sign(getattr(row, name)):
            field: Any = row._meta.get_field(name)
            label = str(field.verbose_name).lower()
            wants.append(f"“{label}” may name a person: {sign}")
    return wants


def office_of(actor: Actor, at: datetime) -> Words:
    """The office in which somebody acts, with its organisation; never a name."""
    known_roles = people.roles(civil.day_of(at))
    title = (
        known_roles[actor.office].title
        if actor.office in known_roles
        else Words(en=actor.office)
    )
    body = name_of(actor.organisation)
    welsh = f"{title.cy}, {body.cy or body.en}" if title.cy else None
    return Words(en=f"{title.en}, {body.en}", cy=welsh)


def _both(english: str, welsh: str) -> Words:
    return Words(en=english, cy=welsh or None)


def _both_or_none(english: str, welsh: str) -> Words | None:
    if not english.strip():
        return Words(en=welsh, cy=welsh) if welsh.strip() else None
    return _both(english, welsh.strip())


@guarded.acts
def subjects(actor: Actor, at: datetime) -> dict[str, list[tuple[str, str]]]:
    """What a report may be about: agreements of the register that the actor knows of, and its regions."""
    mine = known.known(actor)["agreement"]
    found = agreements.visible(actor).filter(reference__in=mine).order_by("title_en")
    return {
        "agreement": list(found.values_list("reference", "title_en")),
        "region": list(register.facets("en").regions.items()),
    }
