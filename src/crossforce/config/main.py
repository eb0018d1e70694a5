"""The command line. Each app brings its commands in one or both of two rooms:

- `bare_commands.py` needs neither Django nor a database: the bare installation has it;
- `commands.py` runs on the platform, with the database started around it.

Each holds `commands`, a Typer with the name of its group, or without one for commands of the root.
"""

import copy
import gc
import importlib
import importlib.metadata
import importlib.util
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from types import ModuleType
from typing import Annotated, Any

import typer

from crossforce.config.floors import FLOORS

WITHOUT_DATABASE = {"doctor", "keys", "restore"}
HELP = {"--help", "--install-completion", "--show-completion"}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and end the process with its exit code."""
    gc.disable()  # of what is imported nothing goes: to look for it took a quarter of the start
    words = list(sys.argv[1:] if arguments is None else arguments)
    bare = Tree(rooms("bare_commands"))
    if bare.knows(words) or not importlib.util.find_spec("django"):
        bare.run(words)
    else:
        run_on_the_platform(words)


def run_on_the_platform(words: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crossforce.config.settings")
    platform = importlib.import_module("crossforce.config.platform")
    with platform.reported():
        platform.set_up()
        tree = Tree.for_words(words)
        if not words or HELP & set(words) or words[0] in WITHOUT_DATABASE:
            tree.run(words)
        with platform.database_running():
            tree.run(words)


def rooms(name: str) -> Iterator[ModuleType]:
    """That room of every app that has it."""
    for app in FLOORS:
        full = f"crossforce.{app}.{name}"
        if importlib.util.find_spec(full):
            yield importlib.import_module(full)


def crossforce(
    version: Annotated[
        bool, typer.Option("--version", help="Say the version and end.")
    ] = False,
) -> None:
    """The agreement is the program: draft, check, preview, sign, and serve."""
    if version:
        typer.echo(f"crossforce {importlib.metadata.version('crossforce')}")
        raise typer.Exit


class Tree:
    """The commands of several rooms; groups of the same name are one group."""

    def __init__(self, found: Iterable[ModuleType]) -> None:
        self.root = typer.Typer(
            name="crossforce",
            no_args_is_help=True,
            invoke_without_command=True,
            pretty_exceptions_enable=False,
        )
        self.root.callback()(crossforce)
        self.groups: dict[str, typer.Typer] = {}
        for room in found:
            self._add(room.commands)

    @classmethod
    def for_words(cls, words: list[str]) -> "Tree":
        """The rooms of all apps, up to the one that has the command: those above it need not be imported."""
        tree = cls(rooms("bare_commands"))
        for room in rooms("commands"):
            tree._add(room.commands)
            if words and words[0] in tree.names() and tree.knows(words):
                break
        return tree

    def _add(self, commands: typer.Typer) -> None:
        name = commands.info.name
        if not isinstance(name, str):
            self.root.registered_commands.extend(commands.registered_commands)
            for part in commands.registered_groups:
                if part.typer_instance is not None:
                    self._add(part.typer_instance)
        elif (group := self.groups.get(name)) is not None:
            group.registered_commands.extend(commands.registered_commands)
            group.registered_groups.extend(commands.registered_groups)
        else:
            group = self.groups[name] = copy.copy(
                commands
            )  # another tree may be made of the room
            group.registered_commands = [*commands.registered_commands]
            group.registered_groups = [*commands.registered_groups]
            self.root.add_typer(group)

    def names(self) -> set[str]:
        """Its groups, and the commands of its root."""
        named = [
            row.name or getattr(row.callback, "__name__", "")
            for row in self.root.registered_commands
        ]
        return {*self.groups, *map(typer.main.get_command_name, named)}

    def knows(self, words: list[str]) -> bool:
        """Whether the words begin with a command of this tree, so that no other room is needed."""
        click_tree: Any = typer.main.get_command(self.root)
        for word in words:
            if word.startswith("-") or not hasattr(click_tree, "commands"):
                break
            if word not in click_tree.commands:
                return False
            click_tree = click_tree.commands[word]
        return not hasattr(click_tree, "commands")

    def run(self, words: list[str]) -> None:
        """From here on there is something to clear away, and what was imported is not looked at."""
        gc.freeze()
        gc.enable()
        self.root(args=words, prog_name="crossforce")


if __name__ == "__main__":
    main()
