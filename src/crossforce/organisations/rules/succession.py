"""Whether a body may be established, renamed, followed or ended."""

from crossforce.organisations.choices import OrganisationKind, PreciseDate
from crossforce.organisations.directory import Directory, Organisation
from crossforce.organisations.rules.soundness import problems

_SAME_KIND_ONLY = {
    OrganisationKind.FORCE,
    OrganisationKind.CHIEF_OFFICER,
    OrganisationKind.POLICING_BODY,
    OrganisationKind.REGION,
}


def refusal_to_rename(organisation: Organisation, *, name: str, on: PreciseDate) -> str | None:
    """A body keeps its code under a new name, from a day on which it exists, in order of time."""
    if organisation.name.en == name:
        return f"It is called “{name}” already."
    if not organisation.exists(on.date):
        return f"{organisation.name.en} does not exist on {on}; choose a day on which it does."
    later = [each for each in organisation.former_names if each.until.date >= on.date]
    if later:
        return (
            f"It had another name until {later[-1].until}; the new name must begin after that."
        )
    return None


def refusal_to_succeed(
    before: Organisation, after: Organisation, *, on: PreciseDate, directory: Directory
) -> str | None:
    """A body is followed by another of its sort that exists on the day, and never by its past."""
    if before.code == after.code:
        return "A body cannot follow itself. To change its name, rename it."
    if reason := refusal_to_end(before, on=on):
        return reason
    if not after.exists(on.date):
        return f"{after.name.en} does not exist on {on}; establish it from that day."
    if before.kind in _SAME_KIND_ONLY and before.kind is not after.kind:
        return f"A {before.kind} is followed by a {before.kind}, not by a {after.kind}."
    if any(step.code == after.code for step in before.succeeded_by):
        return f"{after.name.en} already follows {before.name.en}."
    if before.code in _descent(after, directory):
        return f"{before.name.en} already follows {after.name.en}: the two would follow each other."
    return None


def refusal_to_end(organisation: Organisation, *, on: PreciseDate) -> str | None:
    """A body ends once, after it began."""
    if organisation.until is not None and organisation.until.date != on.date:
        return f"{organisation.name.en} ended on {organisation.until}; it cannot end on {on} as well."
    if organisation.since is not None and on.date <= organisation.since.date:
        return f"{organisation.name.en} began on {organisation.since}; it cannot end on {on}."
    return None


def refusal_to_abolish(organisation: Organisation, *, on: PreciseDate) -> str | None:
    """A body that has ended, or that somebody follows, is not abolished as well."""
    if organisation.until is not None:
        return f"{organisation.name.en} ended on {organisation.until} already."
    return refusal_to_end(organisation, on=on)


def refusal_to_establish(organisation: Organisation, directory: Directory) -> str | None:
    """A new body has a new code, known ties, and a day of its force that nobody else holds."""
    if directory.get(organisation.code) is not None:
        return f"The code {organisation.code} is taken. Codes last for ever: choose another."
    with_it = [*directory.organisations, organisation]
    return next(iter(problems(with_it, about=organisation.code)), None)


def _descent(organisation: Organisation, directory: Directory) -> set[str]:
    found: set[str] = set()
    waiting = [step.code for step in organisation.succeeded_by]
    while waiting:
        code = waiting.pop()
        heir = directory.get(code)
        if code not in found and heir is not None:
            found.add(code)
            waiting.extend(step.code for step in heir.succeeded_by)
    return found
