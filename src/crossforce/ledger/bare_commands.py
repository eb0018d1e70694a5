"""`crossforce ledger verify-entry`: checks an exported entry with nothing but this library."""

import json
from pathlib import Path
from typing import Annotated

import typer

from crossforce.ledger import exported
from crossforce.ledger.entry import NotAnEntry

commands = typer.Typer(name="ledger", help="The tamper-evident log.")
LARGEST = 8_000_000

File = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, help="As “ledger export” wrote it.")
]


@commands.command(name="verify-entry")
def verify_entry(
    file: File, as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False
) -> None:
    """Check an exported entry: bytes, leaf hash and opened parts. Exit code 1 when it fails."""
    try:
        if file.stat().st_size > LARGEST:
            raise exported.NotAnExport("it is larger than any export")
        found = exported.verify(file.read_bytes())
    except (exported.NotAnExport, exported.DoesNotVerify, NotAnEntry) as fault:
        typer.echo(f"{file} does not verify: {fault}", err=True)
        raise typer.Exit(1) from None
    typer.echo(_as_json(found) if as_json else _in_words(found))


def _in_words(found: exported.Verified) -> str:
    entry = found.entry
    lines = [
        f"{entry.operation} verifies.",
        f"  what       {entry.subject}",
        f"  when       {entry.at.isoformat()}",
        f"  by         {entry.organisation}",
        f"  concerns   {', '.join(entry.concerns)}",
        f"  detail     {json.dumps(dict(entry.detail), ensure_ascii=False)}",
        f"  leaf hash  {found.leaf_hash}",
    ]
    lines += [
        f"  rests on   {each.reference}, version {each.version}, clause {each.clause or 'whole'}"
        for each in entry.agreements
    ]
    lines += [
        f"  {name:<10} {json.dumps(part, ensure_ascii=False)}"
        for name, part in found.opened.items()
    ]
    lines += [f"  {name:<10} committed to, not opened" for name in found.closed]
    return "\n".join(lines)


def _as_json(found: exported.Verified) -> str:
    return json.dumps(
        {
            "verifies": True,
            "id": str(found.entry.id),
            "operation": found.entry.operation,
            "at": found.entry.at.isoformat(),
            "leaf_hash": found.leaf_hash,
            "opened": found.opened,
            "closed": found.closed,
        },
        ensure_ascii=False,
    )
