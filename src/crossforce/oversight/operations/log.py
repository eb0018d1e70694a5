"""Questions to the log. Asking is permitted, and recorded in the log itself, before it is answered."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Final

from crossforce.kernel import guarded, registry, rulepacks
from crossforce.kernel.refusals import NotUnderstood
from crossforce.ledger import api as ledger
from crossforce.oversight import queries
from crossforce.oversight.choices import Alert, Count, Look, Question
from crossforce.people import api as people
from crossforce.transparency.canonical import JSON

AUDIT: Final = "ledger.audit"
QUERY: Final = "ledger.query"
QUERIED: Final = "ledger.queried"
MOST_AT_ONCE: Final = 100_000
SUBJECT: Final = "ledger.entry"
PERSONAL: Final = frozenset({"recipient"})
"""What may name a person; the entry of the question only commits to it."""


class TooMany(NotUnderstood):
    """That is more acts than one file holds. Ask for a shorter time, and for the rest after it."""


class TooLong(NotUnderstood):
    """That is more days than can be asked for at once. Ask for a shorter time."""


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of an answer; without a `limit` all of it, oldest first unless `newest_first`."""

    offset: int = 0
    limit: int | None = None
    newest_first: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of the acts that answer a question, and how many there are."""

    looks: list[Look]
    total: int


@guarded.acts
def who_looked(*, actor: people.Actor, question: Question, page: Page, at: datetime) -> Answer:
    """Who touched a record, what somebody touched, who touched what is about somebody.

    For the organisation that holds the records: its auditors and information managers ask.
    """
    people.require(actor, AUDIT)
    if not (question.record or question.staff or question.about):
        raise NotUnderstood("Say which record or person the question is about.")
    _record(actor, "who-looked", question, at)
    return _answer(actor, question, page)


@guarded.acts
def query_log(*, actor: people.Actor, question: Question, page: Page, at: datetime) -> Answer:
    """Any question to the log of logged operations: for the data protection officer."""
    people.require(actor, QUERY)
    _record(actor, "acts", question, at)
    return _answer(actor, question, page)


@guarded.acts
def count_log(*, actor: people.Actor, question: Question, at: datetime) -> list[Count]:
    """How many acts answer the question, by month, organisation and operation."""
    people.require(actor, QUERY)
    _record(actor, "counts", question, at)
    return queries.counts(queries.answering(actor, question))


@guarded.acts
def look_for_alerts(
    *, actor: people.Actor, since: date, until: date, at: datetime
) -> list[Alert]:
    """What the own people's looking in these days gives to ask about. Raises TooLong."""
    people.require(actor, QUERY)
    if until - since > timedelta(
        days=rulepacks.load("log-alerts").value("period.longest", until)
    ):
        raise TooLong
    _record(actor, "alerts", Question(since=since, until=until), at)
    return queries.alerts(actor, since, until)


def _understood(question: Question) -> None:
    known = registry.record_kinds.names()
    if question.kind and question.kind not in known:
        raise NotUnderstood(
            f"Record kind: “{question.kind}” is none. Write one of: {', '.join(known)}."
        )


def _answer(actor: people.Actor, question: Question, page: Page) -> Answer:
    found = queries.answering(actor, question)
    if not page.newest_first:
        found = found.reverse()
    if page.limit is None:
        taken = list(found[: MOST_AT_ONCE + 1])
        if len(taken) > MOST_AT_ONCE:
            raise TooMany
        return Answer(queries.looks(actor, taken), len(taken))
    rows = found[page.offset : page.offset + page.limit]
    return Answer(queries.looks(actor, rows), found.order_by()[: queries.COUNTED].count())


def _record(actor: people.Actor, report: str, question: Question, at: datetime) -> None:
    """The question, never what it found. Raises NotUnderstood for a kind that is none."""
    _understood(question)
    asked = {name: _plain(value) for name, value in asdict(question).items() if value}
    personal = {name: value for name, value in asked.items() if name in PERSONAL}
    detail: Mapping[str, JSON] = {
        "report": report,
        "question": {name: asked[name] for name in asked if name not in PERSONAL},
    }
    ledger.append(
        actor=actor,
        operation=QUERIED,
        subject=SUBJECT,
        detail=detail,
        at=at,
        private=personal or None,
    )


def _plain(value: object) -> JSON:
    return value.isoformat() if isinstance(value, date) else str(value)
