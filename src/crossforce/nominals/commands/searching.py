"""Search on the command line."""

import json
from typing import Annotated, Final

import typer

from crossforce.kernel import civil, clock
from crossforce.kernel.options import User
from crossforce.nominals.forms import searching as questions
from crossforce.nominals.queries import searching
from crossforce.nominals.searching import written
from crossforce.people.api import acting_as

commands = typer.Typer()
WORDS: Final = "As in the box: john smith 12/5/1980, AB12CDE, 12 station road bath."
Json = Annotated[bool, typer.Option("--json", help="For programs.")]


@commands.command()
def find(
    user: User,
    words: Annotated[str, typer.Argument(help=WORDS)] = "",
    family: Annotated[str, typer.Option(help="Surname.")] = "",
    given: Annotated[str, typer.Option(help="Forenames.")] = "",
    born: Annotated[str, typer.Option(help="A date, a part of one, or an age.")] = "",
    number: Annotated[
        str, typer.Option(help="PNC number, registration, telephone or another.")
    ] = "",
    address: Annotated[str, typer.Option(help="An address.")] = "",
    kind: Annotated[str, typer.Option(help="person, object or location.")] = "",
    page: Annotated[int, typer.Option(min=1, max=searching.PAGES)] = 1,
    as_json: Json = False,
) -> None:
    """Find people, things and places across forces, as far as clauses reach you."""
    given_ = {"q": words, "family": family, "given": given, "born": born}
    given_ |= {"number": number, "address": address, "kind": kind, "page": str(page)}
    asked = questions.read(given_, at=civil.day_of(clock.now()))
    if asked.error or (kind and kind not in questions.KINDS):
        raise typer.BadParameter(asked.error or f"there is no kind {kind!r}")
    if not asked.is_any:
        raise typer.BadParameter(questions.NOTHING)
    found = searching.find(acting_as(user), asked.wanted, page=asked.page, kinds=asked.kinds)
    if not found.is_ready:
        typer.echo("The search is not made ready yet: see “crossforce doctor”.", err=True)
    if as_json:
        typer.echo(
            json.dumps([_plain(each) for each in found.seen], indent=1, ensure_ascii=False)
        )
        return
    typer.echo(found.marking)
    for each in found.seen:
        typer.echo(line(each))
    typer.echo(f"{found.readable} to be read, {found.pointers} to be known of", err=True)


def line(seen: searching.Seen) -> str:
    """What is found, in a line."""
    warned = f"[{', '.join(seen.warnings)}] " if seen.warnings else ""
    born = getattr(seen.row, "born", "")
    told = f", born {written.text(born)}" if born else ""
    why = (
        "; ".join(seen.reasons)
        if seen.is_readable
        else f"only to be known of: ask {seen.holder}"
    )
    return f"{seen.id}  {warned}{seen.title}{told} ({seen.holder}, {seen.place.marking})  {why}"


def _plain(seen: searching.Seen) -> dict[str, object]:
    return {
        "id": str(seen.id),
        "kind": seen.kind,
        "title": seen.title,
        "holder": seen.place.holder,
        "marking": seen.place.marking,
        "may_read": seen.is_readable,
        "warnings": list(seen.warnings),
        "reasons": list(seen.reasons),
    }
