"""Whether a set of organisations hangs together."""

from collections.abc import Iterable, Iterator
from datetime import date

from crossforce.organisations.choices import OrganisationKind, SuccessionRelation
from crossforce.organisations.directory import Organisation


def problems(organisations: Iterable[Organisation], *, about: str = "") -> Iterator[str]:
    """What is unsound in a set of organisations, or about one of them."""
    by_code = {each.code: each for each in organisations}
    chosen = [by_code[about]] if about else list(by_code.values())
    for each in chosen:
        yield from _unknown(each, by_code)
        yield from _out_of_order(each)
        yield from _office_problems(each)
        others = [other for other in by_code.values() if about or other.code > each.code]
        yield from _shared_places(each, others)


def _unknown(organisation: Organisation, by_code: dict[str, Organisation]) -> Iterator[str]:
    named = [organisation.force, organisation.host]
    named += [each.region for each in organisation.region_memberships]
    named += [each.code for each in organisation.succeeded_by]
    named += [code for seat in organisation.members for code in seat.of]
    for code in named:
        if code is not None and code not in by_code:
            yield f"{organisation.code} names {code}, which is not in the directory."
    if organisation.force is not None:
        force = by_code.get(organisation.force)
        if force is not None and force.kind is not OrganisationKind.FORCE:
            yield f"{organisation.code} belongs to {force.code}, which is no force."


def _out_of_order(organisation: Organisation) -> Iterator[str]:
    code, since, until = organisation.code, organisation.since, organisation.until
    if since and until and until.date <= since.date:
        yield f"{code} ends on {until}, which is not after {since}."
    changes = [each.until.date for each in organisation.former_names]
    if changes != sorted(set(changes)):
        yield f"{code} has former names out of order."
    for step in organisation.succeeded_by:
        if step.code == code:
            yield f"{code} is said to follow itself."
        if until is None and step.relation is not SuccessionRelation.FUNCTIONS_TRANSFERRED:
            yield f"{code} is {step.relation} into {step.code} and does not end."
    if organisation.collective and organisation.legal_person:
        yield f"{code} is a class of bodies and cannot be a legal person."


def _office_problems(organisation: Organisation) -> Iterator[str]:
    belongs = organisation.kind in (
        OrganisationKind.CHIEF_OFFICER,
        OrganisationKind.POLICING_BODY,
    )
    if belongs != (organisation.force is not None):
        yield f"{organisation.code} must name its force exactly if it is an office of one."
    is_body = organisation.kind is OrganisationKind.POLICING_BODY
    if is_body != (organisation.policing_body_kind is not None):
        yield f"{organisation.code} must say its kind exactly if it is a policing body."


def _shared_places(organisation: Organisation, others: Iterable[Organisation]) -> Iterator[str]:
    for other in others if organisation.force is not None else ():
        same = other.force == organisation.force and other.kind is organisation.kind
        if same and other.code != organisation.code and _overlap(organisation, other):
            yield f"{organisation.code} and {other.code} hold the same place on the same day."


def _overlap(left: Organisation, right: Organisation) -> bool:
    starts = [each.since.date if each.since else date.min for each in (left, right)]
    ends = [each.until.date if each.until else date.max for each in (left, right)]
    return max(starts) < min(ends)
