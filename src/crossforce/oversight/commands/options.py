"""Options that the commands of oversight share."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from crossforce.kernel.options import User as User
from crossforce.people.api import acting_as

acting = acting_as
Json = Annotated[bool, typer.Option("--json", help="For programs, one line for each.")]
MaybeDay = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


def condition(text: str, names: Sequence[str]) -> tuple[str, str]:
    """One condition, `name=value`. Raises BadParameter for another name."""
    name, equals, value = text.partition("=")
    if not equals or name not in names:
        raise typer.BadParameter(f"“{text}”: write name=value, one of {', '.join(names)}")
    return name, value


def table(rows: Iterable[Mapping[str, Any]], as_json: bool) -> None:
    """Print the rows as a table, or each as a line of JSON."""
    plain = [{name: _text(value) for name, value in row.items()} for row in rows]
    if as_json:
        for row in plain:
            typer.echo(json.dumps(row, ensure_ascii=False))
    elif not plain:
        typer.echo("Nothing.")
    else:
        drawn = Table()
        for name in plain[0]:
            drawn.add_column(name, overflow="fold")
        for row in plain:
            drawn.add_row(*row.values())
        Console().print(drawn)


def blocks(rows: Iterable[Mapping[str, Any]], as_json: bool, none: str) -> None:
    """Print the rows one below the other, a line for each thing said, so that nothing is cut."""
    given = list(rows)
    if as_json:
        table(given, as_json)
        return
    for row in given:
        said = {name: _text(value) for name, value in row.items()}
        typer.echo("")
        for name, value in said.items():
            if value:
                typer.echo(f"{name:<10} {value}")
    if not given:
        typer.echo(none)


def _text(value: Any) -> str:
    return "" if value is None else str(value)
