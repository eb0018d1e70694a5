"""Commands that look after what is kept: read it all again, replace a holder's key."""

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from crossforce.kernel import clock, database, events
from crossforce.kernel.files import fixity, keyring
from crossforce.kernel.files.events import FilesExamined
from crossforce.kernel.keys_rotation import KeyRotated

files = typer.Typer(name="files", help="The files of this installation: check, rotate.")


@files.command()
def check(
    holder: Annotated[str, typer.Option(help="Only what this organisation keeps.")] = "",
    mend: Annotated[bool, typer.Option(help="Mend a copy from the other one.")] = True,
) -> None:
    """Read every stored file again and name each that is not as it was kept. Exit code 1 when one stays so."""
    console = Console()
    with database.plan().running():
        found = list(track(fixity.examine(holder=holder, mends=mend), "Reading", total=None))
        told = FilesExamined(
            files=len(found),
            size=sum(each.size for each in found),
            faults=tuple(fault for each in found for fault in each.faults),
            mended=sum(each.is_mended for each in found),
            at=clock.now(),
        )
        events.publish(told)
    for fault in told.faults:
        console.print(f"✗ {fault}", highlight=False)
    console.print(
        f"{told.files} files, {told.size:,} bytes: {len(told.faults)} faults, {told.mended} mended.",
        highlight=False,
    )
    raise typer.Exit(code=int(not all(each.is_sound for each in found)))


@files.command()
def rotate(
    holder: Annotated[str, typer.Argument(help="The organisation, by its code.")],
) -> None:
    """Replace the key of all that an organisation keeps. No file is written anew."""
    with database.plan().running():
        number, resealed = keyring.rotate(holder)
        events.publish(KeyRotated(f"holder:{holder}", number, resealed, clock.now()))
    Console().print(f"{holder}: {resealed} keys of files sealed again.", highlight=False)
