"""The figures of the rule pack `programme-practice`, as they stand on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from crossforce.kernel.rulepacks import RulePack
from crossforce.programme.choices import Case, Completeness, Gate

PACK: Final = "programme-practice"


@dataclass(frozen=True, slots=True)
class Figures:
    """What the rules below measure against. `Fraction`s are exact."""

    look_through_months: int
    not_chased: frozenset[str]
    protective: frozenset[str]
    protection_margin: Fraction
    evidence_words: int
    duplicate_from: int
    overlap_from: int
    title_weight: int
    late_percent: int
    late_working_days: int
    soon_days: int
    bands: tuple[tuple[int, str], ...]
    appetite: Mapping[str, int]
    appetite_else: int
    gates: Mapping[Gate, Mapping[Case, Completeness]]
    trial_months: int
    comment_days: int
    fair_from: Fraction
    poor_below: Fraction


def figures(pack: RulePack, on: date) -> Figures:
    """The pack's figures of the day. Raises NoSuchRule where one is missing."""
    bands = pack.value("risks.bands", on)
    return Figures(
        look_through_months=pack.value("register.look-through-months", on),
        not_chased=frozenset(pack.value("register.stages-not-chased", on)),
        protective=frozenset(pack.value("register.protective-categories", on)),
        protection_margin=Fraction(pack.value("test.protection-margin", on)),
        evidence_words=pack.value("test.evidence-words", on),
        duplicate_from=pack.value("likeness.duplicate-from", on),
        overlap_from=pack.value("likeness.overlap-from", on),
        title_weight=pack.value("likeness.weights", on)["title"],
        late_percent=pack.value("lights.late-percent", on),
        late_working_days=pack.value("lights.late-working-days", on),
        soon_days=pack.value("lights.soon-days", on),
        bands=tuple(sorted((least, name) for name, least in bands.items())),
        appetite=pack.value("risks.appetite", on),
        appetite_else=pack.value("risks.appetite-else", on),
        gates=_gates(pack, on),
        trial_months=pack.value("trials.longest-months", on),
        comment_days=pack.value("findings.comment-days", on),
        fair_from=Fraction(pack.value("reviews.fair-from", on)),
        poor_below=Fraction(pack.value("reviews.poor-below", on)),
    )


def _gates(pack: RulePack, on: date) -> dict[Gate, dict[Case, Completeness]]:
    return {
        gate: {
            Case(case): Completeness[level.upper()]
            for case, level in pack.value(f"gates.{gate}", on).items()
        }
        for gate in Gate
    }
