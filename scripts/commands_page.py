"""Write docs/commands.md from the commands themselves: `python scripts/commands_page.py`."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import typer

from crossforce.config.main import Tree, rooms

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"
HEAD = """# Commands

Each answers `--help`. Exit code 0 is success, 1 a refusal with its reason, 2 a command that was not understood. Those
marked *pure* need neither the server extra nor a database. Written by `scripts/commands_page.py`.

| command | what it does | |
|---|---|---|
"""


def leaves(command: Any, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every command below this one: its words and the first sentence of its help."""
    for name, below in sorted(getattr(command, "commands", {}).items()):
        if hasattr(below, "commands"):
            yield from leaves(below, (*path, name))
        else:
            sentence = " ".join((below.help or "").split("\n\n")[0].split())
            yield " ".join((*path, name)), sentence


def page() -> str:
    django.setup()
    bare = dict(
        leaves(typer.main.get_command(Tree(rooms("bare_commands")).root), ("crossforce",))
    )
    tree = Tree([*rooms("bare_commands"), *rooms("commands")])
    found = dict(leaves(typer.main.get_command(tree.root), ("crossforce",)))
    rows = [
        f"| `{words}` | {help_} | {'pure' if words in bare else ''} |\n"
        for words, help_ in sorted(found.items())
    ]
    return HEAD + "".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page())
    sys.stdout.write(f"Wrote {PAGE.name}.\n")
