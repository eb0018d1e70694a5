"""Verify a proof pack with nothing but this library: no server, no database, no account."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from crossforce.evidence.rules import proof
from crossforce.evidence.rules.proof import Proved
from crossforce.transparency.checkpoint import LOG, WITNESS, keys_of

HELP = "Evidence: exhibits, their digital originals, and continuity."
commands = typer.Typer(name="evidence", help=HELP)
NOBODY = (
    "Consistent, but nobody that you named vouches for it: it is signed by the keys that the pack itself brings. "
    "Give the log's key, and a witness's, that you have from elsewhere (--log-key, --witness), or say --trust-own."
)


@commands.command()
def verify(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A proof pack.")],
    log_key: Annotated[
        list[str] | None, typer.Option(help="Verifier key of the log, from elsewhere.")
    ] = None,
    witness: Annotated[
        list[str] | None,
        typer.Option(
            help="Verifier key of a witness that must have signed: it did where it came by while the pack was made."
        ),
    ] = None,
    trust_own: Annotated[
        bool, typer.Option("--trust-own", help="Rely on the keys that the pack brings.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Check a proof pack: files, continuity, receipts, signatures. Exit code 1: it fails; 3: by its own keys alone."""
    try:
        trusted = keys_of(log_key or (), LOG, "a log")
        trusted += keys_of(witness or (), WITNESS, "a witness")
        with file.open("rb") as opened:
            proved = proof.verify(opened, trusted)
    except (ValueError, OSError) as fault:
        typer.echo(f"{file} does not verify: {fault}", err=True)
        raise typer.Exit(1) from None
    for line in [_as_json(proved)] if as_json else _in_words(proved):
        typer.echo("".join(each if each.isprintable() else "?" for each in line))
    if not proved.sealed.is_trusted and not trust_own:
        typer.echo(NOBODY, err=True)
        raise typer.Exit(3)


def _in_words(proved: Proved) -> Iterator[str]:
    manifest, here = proved.manifest, proved.sealed.note.checkpoint
    files, acts = (numbered(len(manifest.files), "file"), numbered(len(manifest.acts), "act"))
    yield f"The pack verifies: {files}, {acts} of continuity."
    for name, value in manifest.exhibit.items():
        yield f"  {name.replace('_', ' '):<18} {value}"
    yield f"  {'seized at':<18} {manifest.seized_at.isoformat()}"
    yield f"  {'held by':<18} {manifest.names.get(manifest.holder, manifest.holder)}"
    yield f"  {'pack made at':<18} {proved.sealed.found.entry.at.isoformat()}"
    yield f"  {'place in the log':<18} {proved.sealed.index} of {here.size} in {here.origin}"
    for kept in manifest.files:
        yield f"  {kept.path}  {kept.size:,} bytes  sha-256 {kept.sha256}"
    for act in manifest.acts:
        step = act.step
        written = proved.written_at[step.number].isoformat()
        yield f"  {step.number}  {step.act}  {step.happened_at.isoformat()}  {step.office}, {step.organisation}; written down {written}"
    breaks = manifest.breaks()
    yield "Continuity is broken:" if breaks else "Continuity is without a gap."
    for each in breaks:
        yield f"  act {each.number}: {each.why}"


def numbered(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _as_json(proved: Proved) -> str:
    manifest = proved.manifest
    told = {
        "verifies": True,
        "trusted": proved.sealed.is_trusted,
        "exhibit": manifest.record,
        "made_at": proved.sealed.found.entry.at.isoformat(),
        "index": proved.sealed.index,
        "size": proved.sealed.note.checkpoint.size,
        "files": {kept.path: kept.sha256 for kept in manifest.files},
        "written_at": {number: at.isoformat() for number, at in proved.written_at.items()},
        "breaks": [{"number": each.number, "why": each.why} for each in manifest.breaks()],
    }
    return json.dumps(told, ensure_ascii=False)
