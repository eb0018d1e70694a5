"""Reading records on the command line."""

from collections.abc import Iterator
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table

from crossforce.kernel.web.lists import Asked
from crossforce.records import queries
from crossforce.records.choices import NOT_KNOWN
from crossforce.records.commands.options import For, Json, User, acting, printed
from crossforce.records.rules import marking

commands = typer.Typer()
Kind = Annotated[str, typer.Argument(help="Such as records.note; `kinds` lists them.")]


@commands.command()
def kinds() -> None:
    """List the kinds of record and the fields of each."""
    table = Table()
    for name in ("Kind", "Title", "Fields"):
        table.add_column(name, overflow="fold")
    for kind in queries.kinds_of():
        table.add_row(kind.name, kind.title, ", ".join(kind.fields))
    Console().print(table)


@commands.command(name="list")
def list_records(
    kind: Kind,
    user: User,
    purpose: For = "",
    words: Annotated[str, typer.Option(help="Words in them.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=5_000)] = 50,
    as_json: Json = False,
) -> None:
    """List the newest records of a kind that you may read."""
    filters = {"q": words} if words else {}
    actor = acting(user, purpose)
    found = queries.listed(actor, kind, Asked(filters, "created_at", True, 0, limit))
    if as_json:
        return printed(
            [
                {
                    "id": each.row.pk,
                    "title": each.row.title,
                    "marking": each.place.marking,
                    "holder": each.place.holder,
                }
                for each in found.rows
            ]
        )
    table = Table()
    for name in ("Title", "Marking", "Held by"):
        table.add_column(name, overflow="fold")
    table.add_column("Identifier", no_wrap=True, min_width=36)
    for each in found.rows:
        place = each.place
        table.add_row(each.row.title, place.marking, place.holder, str(each.row.pk))
    Console().print(queries.marking_of(found.rows))
    return Console().print(table)


@commands.command()
def show(kind: Kind, record: UUID, user: User, purpose: For = "") -> None:
    """Show a record; or, where you may only find it, that it exists and whom to ask."""
    actor = acting(user, purpose)
    say = Console(highlight=False, soft_wrap=True).print
    try:
        shown = queries.shown(actor, kind, record)
    except queries.FoundOnly:
        found = queries.found(actor, kind, record)
        say(f"[bold]{found.pointer.title}[/bold] {found.place.marking}")
        return say(f"You may know that it exists. {found.holder} decides who may read it.")
    line = marking.line([shown.place.marking], [shown.place.compartment])
    say(f"[bold]{shown.row.title}[/bold] {line}, {shown.holder}")
    for name, value in shown.row.values().items():
        say(f"{name}: {'' if value is None else value}", markup=False)
    group = shown.row.review_group or "none"
    say(f"review group {group}, due {_due(shown)}, {shown.row.disposal}")
    say(f"you may: {', '.join(sorted(shown.may))}")
    for line in _beside(shown):
        say(line, markup=False)
    return None


def _due(shown: queries.Shown) -> str:
    due = shown.row.review_due
    return "on a day not known yet" if due == NOT_KNOWN else str(due)


def _beside(shown: queries.Shown) -> Iterator[str]:
    """What stands beside a record, each with the identifier that other commands ask for."""
    for link in shown.links:
        which = "" if link.is_from_here else " of this one"
        yield f"link {link.link.pk}: {link.link.relation}{which} {link.kind} {link.id}"
    for hold in shown.holds:
        yield f"{'lifted hold' if hold.lifted_at else 'hold'} {hold.pk}: {hold.reason}"
    for each in shown.proposals:
        yield f"correction {each.pk}: {each.state}"


@commands.command()
def history(kind: Kind, record: UUID, user: User, purpose: For = "") -> None:
    """Say how a record changed, newest first."""
    say = Console(highlight=False, soft_wrap=True).print
    _, changes = queries.history(acting(user, purpose), kind, record)
    for change in changes:
        for name, before, after in change.fields:
            say(f"{change.at:%Y-%m-%d %H:%M} {name}: {before} -> {after}", markup=False)


@commands.command()
def search(
    words: str,
    user: User,
    purpose: For = "",
    kind: Annotated[str, typer.Option()] = "",
    as_json: Json = False,
) -> None:
    """Search every kind of record by its words, near spellings too."""
    hits = queries.search(acting(user, purpose), words, [kind] if kind else [])
    if as_json:
        return printed(
            [
                {
                    "kind": hit.kind,
                    "id": hit.id,
                    "title": hit.title,
                    "holder": hit.place.holder,
                    "marking": hit.place.marking,
                    "may_read": hit.is_readable,
                }
                for hit in hits.rows
            ]
        )
    say = Console(highlight=False, soft_wrap=True).print
    if hits.rows:
        say(hits.marking)
    for hit in hits.rows:
        where = f"{hit.kind}, {hit.holder}, {hit.place.marking}"
        more = "" if hit.is_readable else f"; only to be found: ask {hit.holder} for it"
        say(f"{hit.id}  {hit.title} ({where}){more}", markup=False)
    return None
