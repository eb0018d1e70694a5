"""The register on the command line."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from crossforce.kernel import civil, clock
from crossforce.kernel.web import downloads
from crossforce.people import api as people
from crossforce.register import catalogues, operations, queries

commands = typer.Typer(name="register", help="The public register of collaborations.")


class Format(StrEnum):
    """How the register is written."""

    JSON = "json"
    CSV = "csv"


@commands.callback()
def register() -> None:
    """The public register of collaborations."""


@commands.command()
def export(
    file: Annotated[
        Path | None, typer.Argument(help="Where to write; standard output if left out.")
    ] = None,
    format_: Annotated[
        Format, typer.Option("--format", help="json (everything) or csv (the list).")
    ] = Format.JSON,
) -> None:
    """Write the whole register, as anyone may download it."""
    text = _json() if format_ is Format.JSON else _csv()
    if file is None:
        typer.echo(text)
    else:
        file.write_text(text, encoding="utf-8")
        typer.echo(f"Wrote {file}", err=True)


@commands.command()
def refresh() -> None:
    """Compare the register with every agreement, and publish what differs."""
    at = clock.now()
    registrar = people.system_actor("registrar", on=civil.day_of(at))
    count = operations.refresh(actor=registrar, at=at, everything=True)
    typer.echo(f"Compared {count} published texts.")


@commands.command()
def sources() -> None:
    """Write what the source documents state, and what of it is in doubt, as JSON."""
    found = [each.model_dump(mode="json") for each in catalogues.sources().values()]
    typer.echo(json.dumps({"format": 1, "sources": found}, ensure_ascii=False, indent=1))


def _json() -> str:
    at = clock.now()
    agreements = [queries.plain(each, at) for each in queries.everything(at)]
    day = civil.day_of(at).isoformat()
    return json.dumps(
        {"format": 1, "day": day, "agreements": agreements}, ensure_ascii=False, indent=1
    )


def _csv() -> str:
    rows, _ = queries.entries(queries.Wanted(), clock.now())
    return "\n".join(
        [",".join(queries.Row._fields), *(",".join(map(_quoted, row)) for row in rows)]
    )


def _quoted(value: object) -> str:
    return '"' + downloads.cell(value).replace('"', '""') + '"'
