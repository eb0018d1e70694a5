"""The files that came, on the command line."""

import typer

from crossforce.finance.commands.options import ToFile, User, acting
from crossforce.finance.queries import imports as past
from crossforce.finance.views import files

commands = typer.Typer()


@commands.command()
def imports(user: User, to: ToFile = None) -> None:
    """The files of budgets, lines and figures that were sent before, the latest first: who, when, what became of them."""
    if to:
        actor = acting(user)
        files.write(actor, to, files.IMPORTS, lambda: past.taken_out(actor))
        return
    for each in past.imports(acting(user)):
        row = each.row
        typer.echo(
            f"{each.at:%Y-%m-%d %H:%M}  {row.state:<8}  {row.layout} {row.budget}".rstrip()
            + f"  {row.file_name}  ({each.by or '-'}, {each.holder}; {row.counts})  {row.pk}"
        )
