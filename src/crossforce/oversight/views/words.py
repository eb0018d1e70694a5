"""Decisions in words: what a clause opens, what is missing, on which day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from crossforce.access.choices import MARKINGS
from crossforce.insight import api as insight
from crossforce.kernel import civil, clock, subjects
from crossforce.kernel.refusals import NotUnderstood
from crossforce.kernel.web import dates
from crossforce.oversight import queries
from crossforce.oversight.queries.ledger import day_in
from crossforce.oversight.views import lines
from crossforce.people import api as people
from crossforce.records import api as records

ACTIONS: Final = {
    "find": "Find",
    "read": "Read",
    "add": "Add",
    "edit": "Change",
    "task": "Task",
    "disclose": "Disclose",
    "dispose": "Dispose of",
    "deconflict": "Have compared, without seeing it",
}
SYSTEM: Final = "system:"
OF: Final = defaultdict(
    str,
    {
        "": "of the organisation that holds it",
        "*": "of any organisation",
        "+": "of an organisation that the person is posted to",
    },
)
"""Whom standing access speaks to, by its holder."""
FIRST_YEAR: Final = 1900
"""Before it, a period has no beginning."""


def instant_of(text: str) -> datetime:
    """Now, or noon of the day that is asked for. Raises NotUnderstood for what is no day."""
    day = day_in(text.strip())
    if day is None and text.strip():
        raise NotUnderstood("On: this is not a day. Write a day such as 2026-03-27.")
    return queries.instant_on(day)


def action_of(text: str) -> str:
    """The action asked for; to read when none is. Raises NotUnderstood for what is no action."""
    if text and text not in ACTIONS:
        raise NotUnderstood(f"To do what: choose one of {', '.join(ACTIONS)}.")
    return text or "read"


def organisation(code: str) -> str:
    """The name of an organisation."""
    return organisations([code])[code]


def organisations(codes: Iterable[str]) -> dict[str, str]:
    """The names of organisations, by code."""
    listed = list(codes)
    named = subjects.names_of(f"organisation:{code}" for code in listed)
    return {code: named[f"organisation:{code}"] for code in listed}


def agreement(reference: str) -> str:
    """The title of an agreement."""
    subject_of = f"agreement:{reference}"
    return subjects.names_of([subject_of])[subject_of] if reference else ""


def role(code: str) -> str:
    """The title of a role, or of system work."""
    if code.startswith(SYSTEM):
        return f"the platform's own work “{code.removeprefix(SYSTEM).replace('-', ' ')}”"
    known = people.roles(civil.day_of(clock.now()))
    return known[code].title.en if code in known else code.replace("-", " ")


def roles(codes: Iterable[str]) -> str:
    """The titles of roles, joined."""
    return ", ".join(role(code) for code in codes)


def purposes(codes: Iterable[str]) -> str:
    """The names of purposes, joined."""
    known = lines.purposes()
    return ", ".join(known.get(code, code) for code in codes)


def whose(grounds: Sequence[queries.Ground]) -> list[tuple[queries.Ground, str]]:
    """Each clause once, with the names of all those whose records it opens."""
    holders: dict[queries.Ground, list[str]] = {}
    for each in grounds:
        of_any = replace(each, reason=replace(each.reason, holder=""))
        holders.setdefault(of_any, []).append(each.reason.holder)
    named = organisations(
        {code for codes in holders.values() for code in codes if len(code) > 1}
    )
    return [
        (
            replace(ground, reason=replace(ground.reason, holder=codes[0])),
            ", ".join(sorted(named[code] for code in codes if code in named)),
        )
        for ground, codes in holders.items()
    ]


def called(kind: str, record: UUID, named: Mapping[UUID, records.Named]) -> str:
    """A record by its title and marking, where the reader may know them."""
    known = named.get(record)
    return f"{known.title} ({known.marking})" if known else subject(kind, record)


def period(reason: insight.Reason) -> str:
    """From when until when a reason holds."""
    starts = reason.holds.starts_at
    begins = "" if starts.year < FIRST_YEAR else f"from {dates.instant(starts)} "
    ends = reason.holds.ends_at
    return (begins + (f"until {until(ends)}" if ends else "without an end")).strip()


def for_whom(ground: queries.Ground) -> str:
    """To whom a reason speaks."""
    reason = ground.reason
    if reason.origin and not reason.recipient:
        return "This posting alone"
    said = [roles(reason.roles) or "Anybody"]
    said += [f"in {ground.units}"] if reason.units else []
    said += (
        [f"of {organisation(reason.recipient)}"] if reason.recipient else [OF[reason.holder]]
    )
    text = " ".join(said)
    return text[:1].upper() + text[1:]


def how_opened(ground: queries.Ground) -> str:
    """By what a single record that rests on an agreement was opened; nothing of others, whose title says so."""
    reason = ground.reason
    return f"{queries.OPENED[reason.origin]}. " if reason.origin and reason.agreement else ""


def until(ends_at: datetime | None) -> str:
    """An end as people say it: midnight is the end of the day before."""
    if ends_at is None:
        return ""
    local = ends_at.astimezone(civil.LONDON)
    if local.time() == time.min:
        return f"the end of {dates.day(local.date() - timedelta(days=1))}"
    return dates.instant(ends_at)


def asked(action: str, *, is_record: bool) -> str:
    """What somebody asks to do."""
    return f"{ACTIONS[action].lower()} {'this record' if is_record else 'records of this kind'}"


def question(who: str, action: str, asked: str, said: insight.Explanation, today: date) -> str:
    """The heading of an explanation: as one asks it oneself, of today; in full of another day or person."""
    day = civil.day_of(said.at)
    if day == today and who == "You" and action in ("read", "find"):
        return "Why can I see this?" if said.is_allowed else "Why can I not see this?"
    whom = who.replace("You", "you").replace("Whoever", "whoever")
    on = "" if day == today else f" on {dates.day(day)}"
    return f"May {whom} {asked}{on}?"


def as_of(said: insight.Explanation, today: date) -> str:
    """By what an explanation answers: as things stand, or as they stood, or will, on the day asked about."""
    day = civil.day_of(said.at)
    if day == today:
        return "" if said.is_allowed else " as things stand"
    told = "by what held" if day < today else "by what is signed today and will hold"
    return f", {told} at noon on {dates.day(day)}"


def missing(ground: queries.Ground, place: insight.Where | None = None) -> list[str]:
    """What would have to be so, for the reason to allow it."""
    reason = ground.reason
    said = {
        "period": f"It holds {period(reason)}.",
        "posting": "It takes a posting that is held at that time.",
        "agreement": f"It rests on “{ground.title if reason.agreement else ''}”, by which the holder no longer opens anything to this organisation.",
        "newest": "Only the newest thousand records opened to a posting count.",
        "unit": f"It is for people acting in {ground.units}.",
        "role": f"It is for: {roles(reason.roles)}.",
        "purpose": f"It is for the purpose: {purposes(reason.purposes)}.",
        "action": f"It allows only: {', '.join(ACTIONS.get(a, a) for a in reason.actions).lower()}.",
        "record": "" if reason.origin else _not_covered(reason, place),
    }
    return [said[name] for name in reason.missing]


def _not_covered(reason: insight.Reason, place: insight.Where | None) -> str:
    """In what the record is another than those that the reason covers."""
    said = []
    if place and MARKINGS.index(place.marking) > MARKINGS.index(reason.marking):
        said.append(
            f"it covers records up to {reason.marking}, and this one is {place.marking}"
        )
    if place and reason.collection not in ("", place.collection):
        said.append(f"it covers records of {collection(reason.collection)} only")
    if place and reason.compartment != place.compartment:
        said.append("it does not cover what is kept in a compartment")
    text = "; ".join(said) or "it does not cover this record"
    return f"{text[:1].upper()}{text[1:]}."


def collection(code: str) -> str:
    """A collection in words: a unit by its name, a function or a case by its code."""
    what, _, which = code.partition(":")
    if what == "unit":
        return records.names_of_places([records.Place("", code)]).get(code, which)
    return f"the {what} {which.replace('-', ' ')}" if which else code


def way(granter: queries.Granter) -> str:
    """One way to what is missing, and who has it in hand."""
    named = organisations(granter.bodies)
    bodies = [named[code] for code in granter.bodies]
    if granter.how == queries.ACTING:
        return f"Nobody needs to: act for the purpose {purposes(granter.purposes)}, if that is why you need it."
    if granter.how == queries.OPENING:
        offices = _either([role(code) for code in granter.offices])
        who = offices or "whoever of it decides and reads in that compartment"
        return f"{bodies[0]}, which holds the record: on a request, for this record alone and for a time. There decides: {who}."
    clause = f" of clause {granter.clause}" if granter.clause else ""
    if len(bodies) == 1:
        return f"{bodies[0]}, by changing its “{granter.title}”."
    return f"The parties of “{granter.title}”, by a variation{clause} that each signs for itself: {'; '.join(bodies)}."


def _either(said: Sequence[str]) -> str:
    """One, or any of several."""
    return " or ".join(filter(None, (", ".join(said[:-1]), *said[-1:])))


def subject(kind: str, record: UUID | str) -> str:
    """A record by its kind and the end of its identifier, where its title may not be told."""
    return f"{lines.kind_title(kind)} …{str(record)[-6:]}"


def actions_offered() -> list[tuple[str, str]]:
    """The actions, to choose from."""
    return list(ACTIONS.items())


def roles_offered() -> list[tuple[str, str]]:
    """The roles of today, to choose from."""
    known = people.roles(civil.day_of(clock.now()))
    return sorted(((code, item.title.en) for code, item in known.items()), key=lambda p: p[1])
