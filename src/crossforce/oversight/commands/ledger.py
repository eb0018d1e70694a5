"""The ledger on the command line, read as an auditor."""

import base64
import json
import signal
import threading
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import Progress, TaskID
from rich.table import Table

from crossforce.assurance import api as assurance
from crossforce.kernel import clock, registry
from crossforce.ledger import api as mechanism
from crossforce.ledger.choices import Acts
from crossforce.oversight import operations
from crossforce.oversight.choices import EntryFilter
from crossforce.oversight.queries import ledger as queries
from crossforce.transparency.checkpoint import Key, Note, parse

commands = typer.Typer(name="ledger", help="The tamper-evident log.")

User = Annotated[str, typer.Option("--as", help="Who reads: a user name, or user:office.")]
STOPPED: Final = 130
"""The exit code of what was interrupted, as shells give it."""
MaybeDay = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


@commands.command(name="list")
def list_entries(
    user: User,
    operation: Annotated[str, typer.Option(help="How it begins, such as people.")] = "",
    subject: Annotated[str, typer.Option(help="How it begins, such as agreement:")] = "",
    since: MaybeDay = None,
    until: MaybeDay = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """List the newest entries that concern the organisation you audit."""
    wanted = EntryFilter(
        operation, subject, since.date() if since else None, until.date() if until else None
    )
    rows = queries.entries(_actor(user), wanted)[:limit]
    table = Table("When", "What", "To what", "By")
    table.add_column("Identifier", no_wrap=True, min_width=36)
    for row in rows:
        cells = (row.at.isoformat(), row.operation, row.subject, row.organisation, str(row.pk))
        if as_json:
            names = ("at", "operation", "subject", "organisation", "id")
            typer.echo(json.dumps(dict(zip(names, cells, strict=True))))
        else:
            table.add_row(*cells)
    if not as_json:
        Console().print(table)


@commands.command()
def show(entry: UUID, user: User) -> None:
    """Say what one entry holds. Whoever sees a private part leaves an entry that says so."""
    found = operations.open_entry(actor=_actor(user), entry=entry, at=clock.now())
    value = found.entry
    say = Console(highlight=False, soft_wrap=True).print
    say(f"{value.operation} on {value.subject} at {value.at.isoformat()}", markup=False)
    say(f"by {value.organisation}; concerns {', '.join(value.concerns)}", markup=False)
    say(json.dumps(dict(value.detail), ensure_ascii=False), markup=False)
    for cited in value.agreements:
        clause = cited.clause or "whole"
        say(
            f"rests on {cited.reference}, version {cited.version}, clause {clause}",
            markup=False,
        )
    for part, standing in found.standing.items():
        opened = (
            json.dumps(found.opened[part], ensure_ascii=False) if part in found.opened else ""
        )
        say(f"{part}: {standing} {opened}", markup=False)
    say(f"leaf hash {found.leaf_hash}", markup=False)


@commands.command()
def export(entry: UUID, file: Path, user: User) -> None:
    """Write one entry to a file that “ledger verify-entry” checks anywhere."""
    found = operations.open_entry(actor=_actor(user), entry=entry, at=clock.now())
    file.write_text(found.to_text(), encoding="utf-8")
    typer.echo(f"Written to {file}.")


@commands.command()
def integrate(
    watch: Annotated[bool, typer.Option(help="Go on, every second, until stopped.")] = False,
) -> None:
    """Give waiting entries their place in the tree and sign a checkpoint. “serve” does it itself."""
    taken = mechanism.Integrator().run(at=clock.now())
    typer.echo(f"{taken:,} entries integrated.")
    if watch:
        told = threading.Event()
        signal.signal(signal.SIGTERM, lambda number, frame: told.set())
        mechanism.integrate_on(lambda: not told.wait(1))


@commands.command()
def checkpoint() -> None:
    """Print the newest checkpoint with its cosignatures, as a signed note."""
    typer.echo(str(mechanism.latest()), nl=False)


@commands.command()
def keys() -> None:
    """Print the verifier keys of the log and of its witnesses."""
    for key in (*mechanism.public_keys(), *mechanism.witness_keys().values()):
        typer.echo(str(key))


@commands.command()
def consistency(first: int, second: int) -> None:
    """Print the proof that the checkpoint of the second size continues the tree of the first."""
    path = [base64.b64encode(each).decode() for each in mechanism.consistency(first, second)]
    typer.echo(json.dumps({"first": first, "second": second, "path": path}))


@commands.command()
def receipt(entry: UUID, file: Path, user: User) -> None:
    """Write the receipt of one entry, which “ledger verify” checks anywhere."""
    found = operations.take_receipt(actor=_actor(user), entry=entry, at=clock.now())
    file.write_text(found.to_text(), encoding="utf-8")
    typer.echo(f"Written to {file}.")


@commands.command(name="register-witness")
def register_witness(
    key: Annotated[
        str, typer.Argument(help="As “ledger witness-key” printed it; “” withdraws.")
    ],
    user: User,
) -> None:
    """Register the key with which your organisation cosigns checkpoints."""
    mechanism.register_witness(actor=_actor(user), key=key, at=clock.now())
    typer.echo("Registered." if key.strip() else "Withdrawn.")


@commands.command(name="cosign")
def keep_cosignature(file: Path) -> None:
    """Keep the cosignatures of a checkpoint that a witness signed elsewhere."""
    kept = mechanism.cosign(note=file.read_text(encoding="utf-8"))
    typer.echo(f"Kept: {', '.join(kept)}.")


@commands.command(name="verify-log")
def verify_log(
    against: Annotated[
        list[Path] | None, typer.Option(help="A checkpoint that was kept elsewhere.")
    ] = None,
    witness: Annotated[
        list[str] | None,
        typer.Option(help="Verifier key of a witness that must have cosigned it."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Verify every entry, private part, place and checkpoint. Exit code 1 when anything is wrong."""
    notes = [parse(path.read_text(encoding="utf-8")) for path in against or ()]
    report = _verified(notes, [Key.parse(each) for each in witness or ()], as_json)
    if as_json:
        typer.echo(json.dumps({**asdict(report), "is_sound": report.is_sound}))
        raise typer.Exit(int(not report.is_sound))
    for fault in report.faults:
        typer.echo(f"WRONG  {fault}", err=True)
    for remark in report.remarks:
        typer.echo(f"remark {remark}")
    rate = report.size / report.seconds
    typer.echo(
        f"{report.size:,} entries and {report.checkpoints:,} checkpoints verified in "
        f"{report.seconds:.1f} s ({rate:,.0f} entries/s), what is searched by and private parts in "
        f"{report.beside:.1f} s; {report.waiting:,} wait for their place."
    )
    raise typer.Exit(int(not report.is_sound))


def _verified(notes: Sequence[Note], keys: Sequence[Key], is_quiet: bool) -> assurance.Report:
    """Verify, with a line on a terminal that says how far it is; stopped, it ends with a code of its own."""
    console = Console(stderr=True)
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with Progress(
            console=console, transient=True, disable=is_quiet or not console.is_terminal
        ) as line:
            tasks: dict[str, TaskID] = {}

            def tell(part: str, done: int, whole: int) -> None:
                if part not in tasks:
                    tasks[part] = line.add_task(part.capitalize(), total=whole)
                line.update(tasks[part], completed=done)

            return assurance.verify(notes, keys, tell)
    except KeyboardInterrupt:
        typer.echo("Stopped before all was verified.", err=True)
        raise typer.Exit(STOPPED) from None
    finally:
        signal.signal(signal.SIGTERM, before)


def _actor(user: str) -> Acts:
    found: Acts = registry.actor_named(user, clock.now())
    return found
