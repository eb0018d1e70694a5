"""Changing records on the command line."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from crossforce.kernel import clock
from crossforce.records import operations, queries
from crossforce.records.choices import (
    MARKINGS,
    Group,
    Place,
    Purpose,
    Reference,
    Relation,
)
from crossforce.records.commands.options import Fields, For, User, acting, fields_of, printed
from crossforce.records.queries import corrections
from crossforce.records.views import files

commands = typer.Typer()
Policing = Annotated[list[Purpose], typer.Option(help="A policing purpose. Repeat it.")]
Marking = Annotated[str, typer.Option(help=f"One of {', '.join(MARKINGS)}.")]
Collection = Annotated[str, typer.Option(help="Such as case:op-heron.")]
Compartment = Annotated[str, typer.Option(help="For work that others may not know of.")]
InGroup = Annotated[Group, typer.Option(help="The review group, 1 to 4; empty for none.")]
Reason = Annotated[str, typer.Option(help="Why. The ledger commits to it without showing it.")]


@commands.command()
def add(
    kind: str,
    user: User,
    field: Fields,
    policing: Policing,
    purpose: For = "",
    marking: Marking = MARKINGS[0],
    collection: Collection = "",
    compartment: Compartment = "",
    group: InGroup = Group.NONE,
) -> None:
    """Add a record, in its place from the first instant; prints its identifier."""
    queries.by_hand(kind)
    actor = acting(user, purpose)
    place = Place(actor.organisation, collection, compartment, marking)
    new = _new(kind, place, field, policing, group)
    typer.echo(operations.create(actor=actor, new=new, at=clock.now()).pk)


@commands.command()
def combine(
    kind: str,
    parts: Annotated[list[str], typer.Argument(help="Two or more: records.note:identifier.")],
    user: User,
    field: Fields,
    policing: Policing,
    purpose: For = "",
    marking: Marking = MARKINGS[0],
    collection: Collection = "",
    compartment: Compartment = "",
    group: InGroup = Group.NONE,
) -> None:
    """Make a record out of others, no lower marked than any of them; prints its identifier."""
    actor = acting(user, purpose)
    place = Place(actor.organisation, collection, compartment, marking)
    made = operations.combine(
        actor=actor,
        parts=[_reference(each) for each in parts],
        into=_new(kind, place, field, policing, group),
        at=clock.now(),
    )
    typer.echo(made.pk)


def _new(
    kind: str, place: Place, field: list[str], policing: list[Purpose], group: Group
) -> operations.NewRecord:
    values = {**fields_of(field), "purposes": [each.value for each in policing]}
    return operations.NewRecord(kind, place, values, group.value)


def _reference(text: str) -> Reference:
    kind, _, key = text.partition(":")
    try:
        return Reference(kind, UUID(key))
    except ValueError:
        raise typer.BadParameter("write a part as kind:identifier") from None


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


@commands.command(name="corrections")
def told(user: User, purpose: For = "") -> None:
    """Records that your organisation received, and that were corrected since."""
    for each in corrections.corrections(acting(user, purpose)):
        typer.echo(
            f"{each.at:%Y-%m-%d %H:%M}  {each.kind} {each.record}  {each.title}  corrected by {each.by}"
        )
