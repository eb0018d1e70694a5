"""Changing records on the command line."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from crossforce.kernel import clock
from crossforce.records import operations, queries
from crossforce.records.choices import Place, Purpose, Reference, Relation
from crossforce.records.commands.options import Fields, For, User, acting, fields_of, printed
from crossforce.records.views import files

commands = typer.Typer()
Reason = Annotated[str, typer.Option(help="Why. The ledger commits to it without showing it.")]


@commands.command()
def add(
    kind: str,
    user: User,
    field: Fields,
    policing: Annotated[list[Purpose], typer.Option(help="A policing purpose. Repeat it.")],
    purpose: For = "",
    marking: Annotated[str, typer.Option()] = "OFFICIAL",
    collection: Annotated[str, typer.Option(help="Such as case:op-heron.")] = "",
    compartment: Annotated[str, typer.Option()] = "",
) -> None:
    """Add a record; prints its identifier."""
    queries.by_hand(kind)
    actor = acting(user, purpose)
    values = {**fields_of(field), "purposes": [each.value for each in policing]}
    place = Place(actor.organisation, collection, compartment, marking)
    new = operations.NewRecord(kind, place, values)
    typer.echo(operations.create(actor=actor, new=new, at=clock.now()).pk)


@commands.command()
def edit(kind: str, record: UUID, user: User, field: Fields, purpose: For = "") -> None:
    """Change fields of a record."""
    queries.by_hand(kind)
    actor = acting(user, purpose)
    seen = queries.changeable(actor, kind, record, "edit")
    row = operations.edit(
        actor=actor,
        kind=kind,
        record=record,
        version=seen.row.version,
        given=fields_of(field),
        at=clock.now(),
    )
    typer.echo(f"Changed: version {row.version}.")


@commands.command()
def link(
    kind: str,
    record: UUID,
    other_kind: str,
    other: UUID,
    user: User,
    relation: Annotated[Relation, typer.Option()] = Relation.CONCERNS,
    purpose: For = "",
) -> None:
    """Tie a record to another."""
    operations.link(
        actor=acting(user, purpose),
        one=Reference(kind, record),
        other=Reference(other_kind, other),
        relation=relation.value,
        at=clock.now(),
    )
    typer.echo("Linked.")


@commands.command()
def disclose(
    kind: str,
    record: list[UUID],
    user: User,
    to: Annotated[str, typer.Option(help="Who receives them.")],
    file: Annotated[Path, typer.Option(help="Where the JSON goes.")],
    reason: Reason = "",
    purpose: For = "",
) -> None:
    """Write records to a file for a recipient: marked, and written down by name."""
    done = operations.disclose(
        actor=acting(user, purpose),
        kind=kind,
        records=record,
        recipient=to,
        reason=reason,
        at=clock.now(),
    )
    with file.open("w", encoding="utf-8") as opened:
        opened.write(files.text(kind, done))
    typer.echo(f"{done.marking}: {len(done.rows)} disclosed to {done.recipient}.")


@commands.command()
def dispose(kind: str, record: UUID, user: User, reason: Reason, purpose: For = "") -> None:
    """Destroy a record that may go. It cannot be brought back."""
    actor = acting(user, purpose)
    seen = queries.changeable(actor, kind, record, "dispose")
    operations.dispose(
        actor=actor,
        kind=kind,
        record=record,
        version=seen.row.version,
        reason=reason,
        at=clock.now(),
    )
    typer.echo("Disposed of.")


@commands.command()
def proposals(user: User, purpose: For = "") -> None:
    """List corrections to answer, and your own."""
    to_answer, mine = queries.proposals(acting(user, purpose))
    names = ("pk", "kind", "record", "state", "reason", "answer")
    printed([{name: getattr(row, name) for name in names} for row in (*to_answer, *mine)])
