"""Access on the command line: why, who can, the explorer; requests, broken glasses, openings."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import typer

from crossforce.access import api as access
from crossforce.kernel import civil, clock, guarded
from crossforce.oversight import operations, queries
from crossforce.oversight.commands.options import (
    Json,
    MaybeDay,
    User,
    acting,
    blocks,
    condition,
    table,
)
from crossforce.sharing import api as sharing

commands = typer.Typer(name="access", help="Why somebody may see a record, and asking for it.")

Action = Annotated[str, typer.Option(help=f"One of: {', '.join(access.ACTIONS)}.")]
Actions = Annotated[list[str], typer.Option("--action", help="As often as needed.")]
Record = Annotated[UUID | None, typer.Option(help="A record's identifier.")]
Reason = Annotated[str, typer.Option(help="Why; the holder reads it.")]
LastDay = Annotated[
    datetime, typer.Option("--until", formats=["%Y-%m-%d"], help="The last day.")
]
CONDITIONS = ("role", "unit", "name", "purpose")
Where = Annotated[
    list[str] | None,
    typer.Option(help=f"name=value, as often as needed. Names: {', '.join(CONDITIONS)}."),
]


NO_CLAUSE = (
    "No clause in force speaks to your organisation about records of this kind. It takes an agreement "
    "with their holder, or an internal policy of your own organisation."
)


@commands.command()
def why(
    kind: str,
    user: User,
    record: Record = None,
    action: Action = "read",
    on: MaybeDay = None,
    as_json: Json = False,
) -> None:
    """Explain whether you may do this, by which clause, or what is missing. Exit code 1 for no."""
    found = queries.why(acting(user), kind, _known(action), _instant(on), record)
    if not as_json:
        typer.echo(_answer(found))
    if found.is_closed_now:
        typer.echo(
            "Allowed then; not now: a look back shows what is open at both.", err=as_json
        )
    blocks(_reasons([*found.because, *found.nearest]), as_json, NO_CLAUSE)
    if found.granters:
        typer.echo("\nWho could grant it:", err=as_json)
    for number, each in enumerate(found.granters, start=1):
        typer.echo(f"{number}. {_way(each)}", err=as_json)
    raise typer.Exit(int(not found.said.is_allowed))


@commands.command(name="who-can")
def who_can(
    kind: str,
    record: UUID,
    user: User,
    action: Action = "read",
    on: MaybeDay = None,
    as_json: Json = False,
) -> None:
    """List every clause and opening by which anybody can do this to a record of your organisation."""
    found = queries.who_can(acting(user), kind, record, _known(action), _instant(on))
    blocks(_reasons(found), as_json, "Nobody, by any clause or opening.")


@commands.command()
def explore(
    user: User,
    kind: str = "",
    action: Action = "read",
    where: Where = None,
    on: MaybeDay = None,
    as_json: Json = False,
) -> None:
    """List your people by kinds of record, with the clause behind each cell."""
    kinds = queries.kinds_asked(kind)
    narrowed = dict(condition(text, CONDITIONS) for text in where or ())
    asked = queries.Asked(kinds, _known(action), _instant(on), **narrowed)
    lines, _ = queries.matrix(acting(user), asked, 0, None)
    table([_line(line, kinds) for line in lines], as_json)


@commands.command(name="explore-days")
def explore_days(
    posting: UUID,
    user: User,
    kind: str = "",
    action: Action = "read",
    purpose: str = "",
    on: MaybeDay = None,
    as_json: Json = False,
) -> None:
    """List what one of your people may do by the days on which it changes: the clause behind each cell."""
    kinds = queries.kinds_asked(kind)
    asked = queries.Asked(kinds, _known(action), _instant(on), purpose)
    found = queries.through_time(acting(user), posting, asked)
    table([{"kind": kind, **_days(found.days, cells)} for kind, cells in found.rows], as_json)


@commands.command()
def ask(
    kind: str, record: UUID, user: User, actions: Actions, reason: Reason, until: LastDay
) -> None:
    """Ask the holder of a record for access; prints the request's identifier."""
    asked = sharing.Asked(kind, record, tuple(actions), reason, _end_of(until))
    typer.echo(str(sharing.ask(actor=acting(user), asked=asked, at=clock.now()).pk))


@commands.command()
def requests(user: User, as_json: Json = False) -> None:
    """List the requests that you made or may decide."""
    actor = acting(user)
    names = (
        "id",
        "asked_at",
        "holder",
        "organisation",
        "kind",
        "record",
        "until",
        "is_granted",
    )
    with guarded.acting(actor):
        rows = [{name: getattr(row, name) for name in names} for row in sharing.requests(actor)]
    table(rows, as_json)


@commands.command()
def decide(
    request: UUID,
    user: User,
    grant: Annotated[bool, typer.Option("--grant/--refuse")],
    answer: Annotated[str, typer.Option(help="Needed when you refuse.")] = "",
) -> None:
    """Grant or refuse a request, for the organisation that holds the record."""
    sharing.decide(
        actor=acting(user), request=request, is_granted=grant, answer=answer, at=clock.now()
    )
    typer.echo("Granted." if grant else "Refused.")


@commands.command(name="break-glass")
def break_glass(kind: str, record: UUID, user: User, reason: Reason) -> None:
    """Open a record at once, where a clause allows it; its holder is told in that moment."""
    opened = sharing.break_glass(
        actor=acting(user), kind=kind, record=record, reason=reason, at=clock.now()
    )
    typer.echo(str(opened))


@commands.command()
def openings(user: User, as_json: Json = False) -> None:
    """List single records opened to you, or by your organisation."""
    actor = acting(user)
    names = ("id", "given_at", "origin", "holder", "kind", "record", "posting", "holds")
    with guarded.acting(actor):
        rows = [{name: getattr(row, name) for name in names} for row in sharing.shares(actor)]
    table(rows, as_json)


@commands.command(name="open")
def open_record(
    kind: str,
    record: UUID,
    posting: UUID,
    user: User,
    actions: Actions,
    reason: Reason,
    until: LastDay,
) -> None:
    """Open a record of your organisation to one posting; prints the opening's identifier."""
    opening = operations.Opening(kind, record, posting, tuple(actions), reason, _end_of(until))
    typer.echo(str(operations.open_record(actor=acting(user), opening=opening, at=clock.now())))


@commands.command()
def close(opening: UUID, user: User) -> None:
    """End an opening before its time."""
    sharing.end_share(actor=acting(user), share=opening, at=clock.now())
    typer.echo("Ended.")


@commands.command()
def review(
    opening: UUID,
    user: User,
    justified: Annotated[bool, typer.Option("--justified/--not-justified")],
    words: Annotated[str, typer.Option(help="What you found.")],
) -> None:
    """Say for the holder whether breaking the glass was justified."""
    operations.review_glass(
        actor=acting(user), share=opening, is_justified=justified, words=words, at=clock.now()
    )
    typer.echo("Recorded.")


@commands.command()
def notices(user: User, as_json: Json = False) -> None:
    """List what your organisation is told of its records, what waits first."""
    names = ("at", "what", "subject", "waits", "reason", "identifier")
    found = queries.notices(acting(user), clock.now())
    table([{name: getattr(each, name) for name in names} for each in found], as_json)


def _known(action: str) -> str:
    if action not in access.ACTIONS:
        raise typer.BadParameter(f"the actions are: {', '.join(access.ACTIONS)}")
    return action


def _instant(on: datetime | None) -> datetime:
    return queries.instant_on(on.date() if on else None)


def _end_of(last_day: datetime) -> datetime:
    day: date = last_day.date()
    return civil.instant(civil.next_day(day))


def _answer(found: queries.Why) -> str:
    """Yes or no; where nothing but an opening allows it, how the record came to be open, and until when."""
    opened = [each.reason for each in found.because if each.reason.origin]
    if not opened or len(opened) < len(found.because):
        return "Yes." if found.said.is_allowed else "No."
    last = max(
        opened, key=lambda each: (each.holds.ends_at is None, each.holds.ends_at or clock.now())
    )
    until = last.holds.ends_at
    ends = f", until {until.astimezone(civil.LONDON):%H:%M on %-d %B %Y}" if until else ""
    return f"Yes. {queries.OPENED[last.origin]}{ends}."


def _reasons(found: list[queries.Ground]) -> list[dict[str, Any]]:
    """Each clause once, with all whose records it opens."""
    holders: dict[tuple[tuple[str, Any], ...], list[str]] = {}
    for each in found:
        holders.setdefault(tuple(_reason(each).items()), []).append(each.reason.holder)
    return [
        {**dict(said), "holders": ", ".join(sorted(set(filter(None, of))))}
        for said, of in holders.items()
    ]


def _reason(ground: queries.Ground) -> dict[str, Any]:
    reason = ground.reason
    return {
        "agreement": reason.agreement or ground.title,
        "version": reason.version or "",
        "clause": reason.clause,
        "opened": reason.origin,
        "until": reason.holds.ends_at.isoformat() if reason.holds.ends_at else "",
        "text": ground.text,
        "recipient": reason.recipient,
        "roles": ", ".join(reason.roles),
        "purposes": ", ".join(reason.purposes),
        "missing": ", ".join(reason.missing),
        "on_paper": "yes" if ground.is_on_paper else "",
    }


def _way(granter: queries.Granter) -> str:
    """One way to what is missing, by codes."""
    if granter.how == queries.ACTING:
        return f"You, by acting for: {', '.join(granter.purposes)}"
    bodies = ", ".join(granter.bodies)
    if granter.how == queries.OPENING:
        return f"The holder, {bodies} ({', '.join(granter.offices)}), on a request"
    if len(granter.bodies) == 1:
        return f"{bodies}, by changing its {granter.agreement}"
    return f"The parties of {granter.agreement}, by a variation of clause {granter.clause}: {bodies}"


def _line(line: queries.Line, kinds: tuple[str, ...]) -> dict[str, Any]:
    who = line.holder.name or str(line.posting)
    said = {"who": who, "role": line.holder.role, "unit": line.holder.unit}
    return said | {kind: _cited(cell) for kind, cell in zip(kinds, line.cells, strict=True)}


def _days(days: list[date], cells: list[queries.Cell]) -> dict[str, str]:
    return {day.isoformat(): _cited(cell) for day, cell in zip(days, cells, strict=True)}


def _cited(cell: queries.Cell) -> str:
    """The clauses behind a cell, and the purposes that it is limited to; nothing where it is not allowed."""
    cited = (f"{each.agreement} {each.clause}".strip() or "standing" for each in cell.reasons)
    limited = f" (only: {', '.join(cell.purposes)})" if cell.purposes else ""
    return "; ".join(dict.fromkeys(cited)) + limited
