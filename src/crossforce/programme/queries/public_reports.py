"""Reading public reports. They are public: these queries take no actor, and read one public table."""

from collections.abc import Sequence
from dataclasses import dataclass

from crossforce.kernel.refusals import Missing
from crossforce.kernel.words import Words
from crossforce.programme import models
from crossforce.programme.rules.report_contents import Content


class NoSuchReport(Missing):
    """There is no such report."""


@dataclass(frozen=True, slots=True)
class Public:
    """One published version: its content, unless it was withdrawn, and whether a later one stands."""

    row: models.PublicReport
    title: Words
    office: Words
    content: Content | None
    why_withdrawn: Words | None
    newest: int
    versions: Sequence[models.PublicReport]

    @property
    def is_replaced(self) -> bool:
        """Whether a later version stands in its place."""
        return self.row.number < self.newest


def reports(agreement: str = "", region: str = "") -> list[models.PublicReport]:
    """The newest version of every report, or of those that speak of an agreement or a region; newest first."""
    rows = models.PublicReport.objects.defer("content")
    rows = rows.order_by("code", "-number").distinct("code")
    if agreement:
        rows = rows.filter(agreements__contains=[agreement])
    if region:
        rows = rows.filter(region=region)
    return sorted(rows, key=lambda each: (each.published_on, each.code), reverse=True)


def report(code: str, number: int | None = None) -> Public:
    """One version, or the newest. Raises NoSuchReport."""
    rows = models.PublicReport.objects.filter(code=code).order_by("-number")
    versions = list(rows.defer("content"))
    wanted = number or (versions[0].number if versions else 0)
    row = rows.filter(number=wanted).first()
    if row is None:
        raise NoSuchReport
    return Public(
        row=row,
        title=title_of(row),
        office=Words(**row.published_by),
        content=Content.model_validate_json(row.content) if row.content else None,
        why_withdrawn=Words(**row.withdrawn_why) if row.withdrawn_why else None,
        newest=versions[0].number,
        versions=versions,
    )


def title_of(row: models.PublicReport) -> Words:
    """What a version is called."""
    return Words(en=row.title_en, cy=row.title_cy or None)


def beside(reference: str) -> list[tuple[Words, str, int]]:
    """The reports that speak of an agreement: title and code, for whoever lists them beside it."""
    return [(title_of(each), each.code, each.number) for each in reports(agreement=reference)]
