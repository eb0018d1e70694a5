"""What a decision rests on, in words: the clause with its text and signatures, or the standing rule."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from crossforce.access import api as access
from crossforce.agreements import api as agreements
from crossforce.insight import api as insight
from crossforce.kernel import civil, rulepacks
from crossforce.organisations import api as organisations

Clause = tuple[str, int, str]
OPENED: Final = {
    access.Origin.REQUEST.value: "Opened by its holder on request",
    access.Origin.SHARE.value: "Opened by its holder",
    access.Origin.BREAK_GLASS.value: "Opened by breaking the glass",
}
"""How a single record came to be open."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason, and where it is written: `title` of the agreement, the clause's heading and text.

    Standing access has no agreement: its text is the source of its rule, with how sure that is.
    `units` are the names of the units that it speaks to. `is_on_paper`: on the day asked about its agreement
    was in force on paper only, and nobody could look by it here (an adopted one, before its last signature).
    """

    reason: insight.Reason
    title: str
    heading: str
    text: str
    origin: str = ""
    signatures: int = 0
    signed_at: datetime | None = None
    units: str = ""
    is_on_paper: bool = False


def grounds(reasons: Iterable[insight.Reason], at: datetime) -> list[Ground]:
    """The reasons with their words; every version is read once."""
    listed = list(reasons)
    versions = _versions(listed)
    known = _unit_names({code for each in listed for code in each.units})
    return [
        replace(
            _ground(each, versions, at),
            units=", ".join(known.get(code, code) for code in each.units),
        )
        for each in listed
    ]


def _unit_names(codes: Collection[str]) -> dict[str, str]:
    """Names of joint units by code: clauses speak to no others."""
    if not codes:
        return {}
    rows = organisations.Unit.objects.filter(code__in=codes, organisation__isnull=True)
    return {row.code: row.name_en for row in rows}


def _versions(reasons: Iterable[insight.Reason]) -> dict[tuple[str, int], agreements.Version]:
    references = {each.agreement for each in reasons if each.agreement}
    if not references:
        return {}
    rows = agreements.Version.objects.filter(agreement__reference__in=references)
    rows = rows.select_related("agreement").prefetch_related("signatures").order_by("number")
    return {(row.agreement.reference, row.number): row for row in rows}


def _ground(
    reason: insight.Reason,
    versions: Mapping[tuple[str, int], agreements.Version],
    at: datetime,
) -> Ground:
    if not reason.agreement:
        return _standing(reason, at) if not reason.origin else _opened(reason)
    row = versions.get((reason.agreement, reason.version)) or _newest(reason, versions)
    if row is None:
        return Ground(reason, reason.agreement, "", "")
    clauses = agreements.document_of(row).clause
    clause = next((each for each in clauses if each.number == reason.clause), None)
    signed = [each.signed_at for each in row.signatures.all()]
    begun_here = max(signed, default=row.proposed_at)
    return Ground(
        reason,
        row.agreement.title_en,
        clause.heading.en if clause else "",
        clause.text.en if clause else "",
        origin=row.origin,
        signatures=len(signed),
        signed_at=max(signed, default=None),
        is_on_paper=bool(reason.version and row.adopted_since and at < begun_here),
    )


def _newest(
    reason: insight.Reason, versions: Mapping[tuple[str, int], agreements.Version]
) -> agreements.Version | None:
    """A single record that was opened names its agreement, and no version."""
    found = [row for (reference, _), row in versions.items() if reference == reason.agreement]
    return found[-1] if found else None


def _opened(reason: insight.Reason) -> Ground:
    return Ground(reason, OPENED[reason.origin], "", "")


def _standing(reason: insight.Reason, at: datetime) -> Ground:
    on = civil.day_of(at)
    try:
        rule = rulepacks.load("standing-access").rule_for(f"access.{reason.term}", on)
    except rulepacks.NoSuchRule:
        return Ground(reason, "Standing access", "", reason.term)
    text = f"{rule.source[:1].upper()}{rule.source[1:]} (confidence {rule.confidence})."
    return Ground(reason, "Standing access of the office", reason.term.replace("-", " "), text)
