"""Acts in the log as the rows of a list: on the page in words, in a file with the codes beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.urls import reverse

from crossforce.kernel import civil, clock, registry, rulepacks, subjects
from crossforce.kernel.web import dates, jinja, lists
from crossforce.kernel.words import Words
from crossforce.organisations import api as organisations
from crossforce.oversight import choices, operations, queries
from crossforce.oversight.choices import LOGGED, Look, Question
from crossforce.oversight.choices import SHOWN as SHOWN_WORDS
from crossforce.oversight.queries.ledger import day_in
from crossforce.people import api as people

NO_CLAUSE: Final = "No clause: by standing access or an opening of the holder"
"""What entries of old versions of the platform do not tell apart."""
SYSTEM: Final = "system:"
OTHERWISE: Final = {
    "standing": "Standing access of the office: %s",
    "request": "Opened by its holder on request (opening %s)",
    "share": "Opened by its holder (opening %s)",
    "break-glass": "Opened by breaking the glass (opening %s)",
}


@dataclass(frozen=True, slots=True)
class Line:
    """An act, with the names of what it is about and of who did it."""

    look: Look
    what: str
    who: str
    organisation: str
    purpose: str
    basis: str


def lines(looks: Sequence[Look]) -> list[Line]:
    """Acts in words, each app asked once for its names."""
    bodies = [f"organisation:{look.organisation}" for look in looks]
    agreements = {_agreement(each.reference) for look in looks for each in look.basis}
    records = (s for look in looks if ":" in (s := look.subject))
    named = subjects.names_of([*bodies, *agreements, *records])
    known, words = people.roles(civil.day_of(clock.now())), purposes()
    return [
        Line(
            look=look,
            what=named.get(look.subject) or f"{kind_title(look.subject)}: a list",
            who=_who(look, known),
            organisation=named[body],
            purpose=words.get(look.who.purpose) or in_words(look.who.purpose) or "Not told",
            basis=_basis(look, named),
        )
        for look, body in zip(looks, bodies, strict=True)
    ]


def purposes() -> dict[str, str]:
    """The purposes that somebody can act for, in the page's language."""
    rows = rulepacks.load("purposes").under("purpose", civil.day_of(clock.now()))
    return {
        code: jinja.in_language(Words(en=row["en"], cy=row.get("cy")))
        for code, row in rows.items()
    }


def in_words(code: str) -> str:
    """A code that no rule pack names, read out."""
    return code.replace("-", " ").capitalize()


def kind_title(code: str) -> str:
    """The name of a record kind; one that no app declares is read out."""
    kind = registry.record_kinds.get(code)
    return kind.title if kind else code.replace("-", " ").replace(".", ": ")


def question(given: dict[str, str], **more: Any) -> Question:
    """What a list's filters ask, which `asking.require` has let through."""
    return Question(
        operation=given.get("operation", ""),
        since=day_in(given.get("since", "")),
        until=day_in(given.get("until", "")),
        organisation=given.get("organisation", ""),
        kind=given.get("kind", ""),
        purpose=given.get("purpose", ""),
        recipient=given.get("recipient", ""),
        shown=given.get("shown", ""),
        **{name: uuid_in(given.get(name, "")) for name in ("record", "staff", "about")} | more,
    )


def uuid_in(text: str) -> UUID | None:
    """The identifier that somebody typed or pasted, if it is one."""
    try:
        return UUID(text.strip())
    except ValueError:
        return None


def page_of(asked: lists.Asked) -> operations.Page:
    """The part of the answer that a list shows."""
    return operations.Page(asked.offset, asked.limit, asked.descending)


def found(answer: operations.Answer) -> lists.Found:
    """An answer as the rows of a list."""
    return lists.Found(lines(answer.looks), answer.total)


def _who(look: Look, known: Any) -> str:
    """The person, where the reader may know; else the office."""
    office = known[look.who.office].title.en if look.who.office in known else look.who.office
    if office.startswith(SYSTEM):
        return f"The platform's own work: {office.removeprefix(SYSTEM).replace('-', ' ')}"
    if look.who.name:
        return f"{look.who.name} ({office})"
    return office or "Erased, or not told"


def in_other_words(said: str) -> str:
    """Standing access by its rule, an opening by how it came about and its identifier."""
    how, _, which = said.partition(":")
    named = which.replace("-", " ") if how == "standing" else which
    return OTHERWISE.get(how, "%s") % named


def _agreement(reference: str) -> str:
    return f"agreement:{reference}"


def _basis(look: Look, named: Mapping[str, str]) -> str:
    cited = (
        f"{named[_agreement(each.reference)]}, version {each.version}"
        + (f", clause {each.clause}" if each.clause else "")
        for each in look.basis
    )
    others = (in_other_words(each) for each in look.otherwise)
    return "; ".join(cited) or "; ".join(others) or NO_CLAUSE


def _entry(line: Line) -> str:
    return reverse("ledger:entry", args=[line.look.entry])


COLUMNS: Final = [
    lists.Column("marking", "Marking", lambda r: choices.MARKING, export_only=True),
    lists.Column("at", "When", lambda r: dates.instant(r.look.at), _entry, sortable=True),
    lists.Column("who", "Who", lambda r: r.who),
    lists.Column("for", "Acting for", lambda r: r.organisation),
    lists.Column(
        "words", "Did what", lambda r: did_what(LOGGED[r.look.operation], r.look.shown)
    ),
    lists.Column("what", "To what", lambda r: r.what),
    lists.Column("records", "Records", lambda r: r.look.records, numeric=True),
    lists.Column("purpose", "Purpose", lambda r: r.purpose),
    lists.Column("basis", "Resting on", lambda r: r.basis),
    lists.Column("recipient", "Recipient", lambda r: r.look.recipient, export_only=True),
    lists.Column("instant", "Instant", lambda r: r.look.at, export_only=True),
    lists.Column("operation", "Operation", lambda r: r.look.operation, export_only=True),
    lists.Column("shown", "Shown", lambda r: r.look.shown, export_only=True),
    lists.Column("subject", "Subject", lambda r: r.look.subject, export_only=True),
    lists.Column(
        "organisation", "Organisation", lambda r: r.look.organisation, export_only=True
    ),
    lists.Column("office", "Office", lambda r: r.look.who.office, export_only=True),
    lists.Column("entry", "Entry", lambda r: r.look.entry, export_only=True),
]


def operations_offered() -> list[tuple[str, str]]:
    """The logged operations, to choose one from."""
    return list(LOGGED.items())


def shown_offered() -> list[tuple[str, str]]:
    """How much may have been shown of what was consulted, to choose one from."""
    return [(code, SHOWN_WORDS[code]) for code in choices.SEEN]


def did_what(said: str, shown: str) -> str:
    """An operation in words, and how much of records it showed."""
    return f"{said}: {SHOWN_WORDS[shown].lower()}" if shown else said


def kinds_offered() -> list[tuple[str, str]]:
    """The record kinds that apps declare."""
    return sorted(
        ((kind.name, kind.title) for kind in registry.record_kinds), key=lambda p: p[1]
    )


def organisations_offered() -> list[tuple[str, str]]:
    """Every body, by its name."""
    rows = organisations.Organisation.objects.order_by("name_en", "code")
    return list(rows.values_list("code", "name_en"))


def purposes_offered() -> list[tuple[str, str]]:
    """The purposes of today."""
    return sorted(purposes().items(), key=lambda pair: pair[1])


SHOWN: Final = lists.Filter("shown", "What was shown", choices=shown_offered)
OPERATION: Final = lists.Filter("operation", "Did what", choices=operations_offered)
SINCE: Final = lists.Filter("since", "From", hint="For example 2026-03-27")
UNTIL: Final = lists.Filter("until", "To", hint="For example 2026-03-31")
COUNTED: Final = queries.COUNTED
