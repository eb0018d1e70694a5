"""Verify entries and receipts, and witness a log, with nothing but this library."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crossforce.kernel import clock
from crossforce.transparency import exported, receipt
from crossforce.transparency import witness as witnessing
from crossforce.transparency.checkpoint import LOG, WITNESS, Key, keys_of
from crossforce.transparency.entry import NotAnEntry

commands = typer.Typer(name="ledger", help="The tamper-evident log.")
LARGEST = 8_000_000
WRONG = (ValueError, KeyError, OSError, witnessing.Fraud, witnessing.Unreachable)

NOBODY = (
    "Consistent, but nobody that you named vouches for it: it is signed by the keys that the receipt itself "
    "brings. Give the log's key, and a witness's, that you have from elsewhere (--log-key, --witness), "
    "or say --trust-own."
)
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


@commands.command()
def verify(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A receipt.")],
    log_key: Annotated[
        list[str] | None, typer.Option(help="Verifier key of the log, from elsewhere.")
    ] = None,
    witness: Annotated[
        list[str] | None, typer.Option(help="Verifier key of a witness that must have signed.")
    ] = None,
    trust_own: Annotated[
        bool, typer.Option("--trust-own", help="Rely on the keys that the receipt brings.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Check a receipt: entry, place, checkpoint, signatures. Exit code 1: it fails; 3: by its own keys alone."""
    try:
        if file.stat().st_size > LARGEST:
            raise receipt.NotAReceipt("it is larger than any receipt")
        trusted = keys_of(log_key or (), LOG, "a log")
        trusted += keys_of(witness or (), WITNESS, "a witness")
        proved = receipt.verify(receipt.parse(file.read_bytes()), trusted)
    except WRONG as fault:
        typer.echo(f"{file} does not verify: {fault}", err=True)
        raise typer.Exit(1) from None
    if as_json:
        body = json.loads(_as_json(proved.found))
        body |= {"index": proved.index, "size": proved.note.checkpoint.size}
        body |= {"witnesses": proved.witnesses, "trusted": proved.is_trusted}
        typer.echo(json.dumps(body, ensure_ascii=False))
    else:
        typer.echo("\n".join([_in_words(proved.found), *_vouched(proved)]))
    if not proved.is_trusted and not trust_own:
        typer.echo(NOBODY, err=True)
        raise typer.Exit(3)


def _vouched(proved: receipt.Verified) -> list[str]:
    here = proved.note.checkpoint
    lines = [f"  place      {proved.index} of {here.size} in {here.origin}"]
    for name, at in proved.witnesses.items():
        lines.append(f"  witness    {name}, {datetime.fromtimestamp(at, UTC).isoformat()}")
    return lines


@commands.command(name="witness-key")
def witness_key(
    file: Annotated[Path, typer.Argument(help="Where to write the private key, once.")],
    name: Annotated[str, typer.Option(help="The organisation's code.")],
) -> None:
    """Make the key of a witness; prints its verifier key, which the organisation registers."""
    typer.echo(str(witnessing.write_key(file, name, Ed25519PrivateKey.generate())))


@commands.command(name="witness")
def cosign(
    key: Annotated[Path, typer.Option(exists=True, help="The witness's private key.")],
    checkpoint: Annotated[str, typer.Option(help="Address, or file, of the checkpoint.")],
    state: Annotated[Path, typer.Option(help="What the witness remembers. Keep it safe.")],
    log_key: Annotated[
        str,
        typer.Option(help="Verifier key of the log: the first time, or when it was replaced."),
    ] = "",
    proof: Annotated[Path | None, typer.Option(help="With a file: the proof.")] = None,
    accept_restore: Annotated[str, typer.Option(help="The restore's entry.")] = "",
) -> None:
    """Cosign a checkpoint that continues what was seen. Exit code 1: fraud or refusal; 3: a restore."""
    is_web = checkpoint.startswith(("http://", "https://"))
    source = witnessing.Web(checkpoint) if is_web else witnessing.Files(Path(checkpoint), proof)
    try:
        name, private = witnessing.read_key(key)
        known, now = Key.parse(log_key) if log_key else None, int(clock.now().timestamp())
        note = witnessing.cosign(
            source, state, private, name, log_key=known, accept=accept_restore, now=now
        )
    except witnessing.Restored as restored:
        typer.echo(f"Not signed. {restored}", err=True)
        typer.echo(f"Ask the host; then give --accept-restore {restored.entry}", err=True)
        raise typer.Exit(3) from None
    except WRONG as fault:
        typer.echo(f"Not signed. {fault}", err=True)
        raise typer.Exit(1) from None
    typer.echo(str(note), nl=False)


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
