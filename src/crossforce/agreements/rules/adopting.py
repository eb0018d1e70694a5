"""Agreements that were in force on paper before they came here: what that makes of their facts."""

from dataclasses import replace
from datetime import UTC, datetime

from crossforce.agreements.choices import Origin
from crossforce.agreements.rules.facts import Facts, VersionFacts
from crossforce.agreements.rules.states import in_force_from

_AT_LAST = datetime.max.replace(tzinfo=UTC)


def as_adopted(facts: Facts) -> Facts:
    """The facts, with each adopted version as settled on the day since which its paper counts.

    It is adopted once every party has signed here that it is so. What began here before it is no
    matter of paper: of two versions only the first can be adopted.
    """
    found: list[VersionFacts] = []
    for version in facts.versions:
        found.append(_settled(version) if _is_adopted(version, found) else version)
    return replace(facts, versions=tuple(found))


def refusal_to_adopt(facts: Facts) -> str | None:
    """Nothing more is adopted once a version counts here; `[adopted]` in a later one would declare what is not so."""
    for each in facts.versions:
        if _counts_here(each):
            return (
                f"The document says [adopted], but version {each.number} of this agreement counts here already. "
                "Take [adopted] out: what is signed here counts from the last signature."
            )
    return None


def _counts_here(version: VersionFacts) -> bool:
    return (
        version.origin is not Origin.RECORDED and in_force_from(version, _AT_LAST) is not None
    )


def _is_adopted(version: VersionFacts, earlier: list[VersionFacts]) -> bool:
    begins = in_force_from(version, _AT_LAST)
    if version.adopted_since is None or begins is None or version.origin is Origin.RECORDED:
        return False
    acted_on = (each for each in earlier if each.origin is not Origin.RECORDED)
    before = [in_force_from(each, _AT_LAST) for each in acted_on]
    return not any(each is not None and each < begins for each in before)


def _settled(version: VersionFacts) -> VersionFacts:
    since = version.adopted_since
    assert since is not None
    proposed = min(version.proposed_at, since)
    parties = tuple(
        replace(party, signed_at=min(party.signed_at, since)) if party.signed_at else party
        for party in version.parties
    )
    return replace(version, proposed_at=proposed, parties=parties)
