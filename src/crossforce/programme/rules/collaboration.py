"""Whether forces should do something together: the test of three limbs, each with its evidence.

A collaboration goes ahead where there is a benefit to the public in one of three ways: better
capability or capacity against a threat or risk; action that may reduce a threat or risk; or greater
efficiency that releases measurable money and leaves people no less protected. One limb with its
evidence is enough. A limb that is claimed and lacks something is told with what it lacks.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from crossforce.programme.choices import Limb
from crossforce.programme.rules.figures import Figures

WORD: Final = re.compile(r"\w\w+")
TITLES = {
    Limb.CAPABILITY: "better capability or capacity against a threat or risk",
    Limb.THREAT: "action that may reduce a threat or risk",
    Limb.EFFICIENCY: "greater efficiency with no less protection",
}


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said for one limb. Indices of protection are in thousandths, so that they are exact.

    `saving` is the cashable saving of a year in pence, as measured or estimated; `method` is how. It
    is of the `baseline`, what the same costs in a year, where that is known.
    """

    limb: Limb
    threat: str = ""
    evidence: str = ""
    saving: int | None = None
    method: str = ""
    protection_before: int | None = None
    protection_after: int | None = None
    baseline: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the test is passed; by which limbs; and what the other claimed limbs lack."""

    passed: tuple[Limb, ...]
    lacks: tuple[tuple[Limb, tuple[str, ...]], ...]

    @property
    def is_passed(self) -> bool:
        """One limb is enough."""
        return bool(self.passed)

    @property
    def reason(self) -> str:
        """The verdict in a sentence."""
        if self.passed:
            return "Passed: " + "; ".join(TITLES[limb] for limb in self.passed) + "."
        if not self.lacks:
            return "Not passed: no limb of the test is claimed."
        said = (f"{TITLES[limb]} lacks {' and '.join(lacks)}" for limb, lacks in self.lacks)
        return "Not passed: " + "; ".join(said) + "."


def verdict(claims: Sequence[Claim], figures: Figures) -> Verdict:
    """The test of the claims; a limb claimed twice is passed if one of its claims is sound."""
    judged = [(claim.limb, tuple(_lacks(claim, figures))) for claim in claims]
    passed = tuple(limb for limb in Limb if (limb, ()) in judged)
    lacking = tuple((limb, lacks) for limb, lacks in judged if limb not in passed)
    return Verdict(passed, lacking)


def _lacks(claim: Claim, figures: Figures) -> list[str]:
    lacks = _lacks_evidence(claim, figures)
    if claim.limb is not Limb.EFFICIENCY:
        return (
            lacks
            if WORD.search(claim.threat)
            else ["the threat or risk that it is about", *lacks]
        )
    return [*_lacks_money(claim), *_lacks_protection(claim, figures), *lacks]


def _lacks_evidence(claim: Claim, figures: Figures) -> list[str]:
    number = len(WORD.findall(claim.evidence))
    if not number:
        return ["evidence"]
    least = figures.evidence_words
    return (
        []
        if number >= least
        else [f"evidence of at least {least} words, such as where it stands"]
    )


def _lacks_money(claim: Claim) -> list[str]:
    if claim.saving is None:
        return ["a measured cashable saving"]
    if claim.saving <= 0:
        return ["a cashable saving above nothing"]
    if claim.baseline is not None and claim.saving > claim.baseline:
        return ["a cashable saving that is no more than its baseline"]
    return [] if WORD.search(claim.method) else ["how the saving was measured"]


def _lacks_protection(claim: Claim, figures: Figures) -> list[str]:
    before, after = claim.protection_before, claim.protection_after
    if before is None or after is None:
        return ["the protection index before and after"]
    if after < before - figures.protection_margin:
        return [f"a level of protection that does not drop (it drops by {before - after})"]
    return []
