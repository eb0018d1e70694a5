"""Who looked, and questions to the log, on the command line. Every question is an entry of the ledger."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import typer

from crossforce.kernel import civil, clock
from crossforce.oversight import operations
from crossforce.oversight.choices import LOGGED, SEEN, Question
from crossforce.oversight.commands.options import (
    Json,
    MaybeDay,
    User,
    acting,
    condition,
    table,
)

commands = typer.Typer(name="oversight", help="Who looked at what, and why they could.")

CONDITIONS = (
    "operation",
    "shown",
    "organisation",
    "kind",
    "record",
    "about",
    "staff",
    "purpose",
    "recipient",
)
IDENTIFIERS = ("record", "about", "staff")
Where = Annotated[
    list[str] | None,
    typer.Option(help=f"name=value, as often as needed. Names: {', '.join(CONDITIONS)}."),
]
Limit = Annotated[int, typer.Option(min=1, max=100_000)]
CODES = (
    "at",
    "operation",
    "shown",
    "subject",
    "organisation",
    "office",
    "name",
    "purpose",
    "entry",
)


class Of(StrEnum):
    """What a report is about."""

    RECORD = "record"
    STAFF = "by"
    ABOUT = "about"


@commands.command(name="who-looked")
def who_looked(
    of: Annotated[
        Of,
        typer.Argument(help="At a record; by one of your people; at records about somebody."),
    ],
    identifier: UUID,
    user: User,
    since: MaybeDay = None,
    until: MaybeDay = None,
    limit: Limit = 200,
    as_json: Json = False,
) -> None:
    """List who touched a record, what somebody touched, or who touched records about somebody."""
    given: dict[str, Any] = {of.name.lower(): identifier}
    question = Question(since=_day(since), until=_day(until), **given)
    page = operations.Page(0, limit)
    _print(
        operations.who_looked(actor=acting(user), question=question, page=page, at=clock.now()),
        as_json,
    )


@commands.command()
def query(
    user: User,
    where: Where = None,
    since: MaybeDay = None,
    until: MaybeDay = None,
    limit: Limit = 200,
    as_json: Json = False,
) -> None:
    """List the logged acts that answer every condition, as a data protection officer."""
    question, page = _question(where, since, until), operations.Page(0, limit)
    _print(
        operations.query_log(actor=acting(user), question=question, page=page, at=clock.now()),
        as_json,
    )


@commands.command()
def counts(
    user: User,
    where: Where = None,
    since: MaybeDay = None,
    until: MaybeDay = None,
    as_json: Json = False,
) -> None:
    """Count logged acts by month, organisation and operation."""
    question = _question(where, since, until)
    rows = operations.count_log(actor=acting(user), question=question, at=clock.now())
    table([asdict(row) for row in rows], as_json)


@commands.command()
def alerts(
    user: User, since: MaybeDay = None, until: MaybeDay = None, as_json: Json = False
) -> None:
    """List what your own people's looking gives to ask about; the last seven days by default."""
    last = until.date() if until else civil.day_of(clock.now())
    rows = operations.look_for_alerts(
        actor=acting(user),
        since=since.date() if since else last - timedelta(days=6),
        until=last,
        at=clock.now(),
    )
    table([asdict(row) for row in rows], as_json)


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


def _question(
    where: list[str] | None, since: datetime | None, until: datetime | None
) -> Question:
    given = dict(_condition(text) for text in where or ())
    return Question(since=_day(since), until=_day(until), **given)


def _condition(text: str) -> tuple[str, Any]:
    name, value = condition(text, CONDITIONS)
    if name == "operation" and value not in LOGGED:
        raise typer.BadParameter(f"the logged operations are: {', '.join(LOGGED)}")
    if name == "shown" and value not in SEEN:
        raise typer.BadParameter(f"what was shown is one of: {', '.join(SEEN)}")
    try:
        return name, UUID(value) if name in IDENTIFIERS else value
    except ValueError:
        raise typer.BadParameter(f"“{value}” is no identifier") from None


def _print(answer: operations.Answer, as_json: bool) -> None:
    rows = []
    for look in answer.looks:
        values = {**asdict(look), "office": look.who.office, "name": look.who.name}
        values |= {"purpose": look.who.purpose}
        basis = [
            f"{each.reference} {each.version} {each.clause}".strip() for each in look.basis
        ]
        rows.append({name: values[name] for name in CODES} | {"basis": "; ".join(basis)})
    table(rows, as_json)
