"""One function is one change, with five beats: it names its actor, asks permission, and is recorded.

Read from the source: an operation is a public function of the room `operations` that takes an
actor, and opens a transaction or stands in the front door. What it calls is followed by name within
its own app.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.house.floors import SOURCE, apps

PERMISSION = {"require", "require_deciding", "permit"}
RECORDING = {"ledger.append", "ledger.append_many", "ledger_api.append"}
BY_RECORDS = {
    f"records.{each}" for each in ("create", "edit", "move", "dispose", "disclose", "link")
}
"""What of another app changes a record: it asks for permission and writes the entry itself."""
DECIDED = {
    "records/operations/beats.py::record": "the beat by which another operation enters what it has decided itself",
    "records/operations/comparing.py::compared": "enters what the database tells of one's own rows",
    "records/operations/comparing.py::met": "enters what the platform's own work is told under seal",
    "sharing/operations/asking.py::ask": "whom the database tells of a record may ask for it",
    "sharing/operations/asking.py::break_glass": "the database names the clause, or there is none",
    "sharing/operations/sharing.py::end_share": "the database shows a share to whom it concerns",
    "sharing/operations/sharing.py::give_share": "part of an operation that has decided",
}
"""Operations whose permission is no standing power, and who gives it."""
TOLD = {
    "duty/operations/importing.py::bring_in": "records write an entry for every batch",
    "finance/operations/posting.py::post_lines": "records write an entry for every batch",
}
"""Operations whose entries in the ledger another app writes."""


@dataclass
class Function:
    """What matters of one function: what it takes by keyword only, and what it calls."""

    where: str
    node: ast.FunctionDef
    calls: set[str] = field(default_factory=set)

    @property
    def keywords(self) -> set[str]:
        return {argument.arg for argument in self.node.args.kwonlyargs}

    @property
    def is_atomic(self) -> bool:
        return any("atomic" in ast.unparse(mark) for mark in self.node.decorator_list)

    @property
    def positional(self) -> list[str]:
        return [
            argument.arg for argument in (*self.node.args.posonlyargs, *self.node.args.args)
        ]


def called(node: ast.AST) -> Iterator[str]:
    for found in ast.walk(node):
        if not isinstance(found, ast.Call):
            continue
        if isinstance(found.func, ast.Name):
            yield found.func.id
        elif isinstance(found.func, ast.Attribute):
            owner = found.func.value
            yield found.func.attr
            if isinstance(owner, ast.Name):
                yield f"{owner.id}.{found.func.attr}"


def functions(paths: list[Path]) -> dict[str, Function]:
    found: dict[str, Function] = {}
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                where = f"{path.relative_to(SOURCE)}::{node.name}"
                function = found.setdefault(node.name, Function(where, node))
                function.calls |= set(called(node))
    return found


def room(app: str) -> list[Path]:
    folder = SOURCE / app
    return [*folder.glob("operations.py"), *folder.glob("operations/**/*.py")]


def front_door(app: str) -> set[str]:
    path = SOURCE / app / "api.py"
    tree = ast.parse(path.read_text() if path.exists() else "")
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return {alias.name for node in imports for alias in node.names}


def reach(name: str, known: dict[str, Function], seen: set[str]) -> set[str]:
    """Every name that is called from here, directly or through functions of the same app."""
    if name in seen or name not in known:
        return set()
    seen.add(name)
    below = (reach(call.split(".")[-1], known, seen) for call in known[name].calls)
    return known[name].calls.union(*below)


def operations() -> list[tuple[Function, set[str]]]:
    found = []
    for app in apps():
        if app != "ledger":  # its operation is the recording itself
            known, door = functions(room(app)), front_door(app)
            found += [
                (function, reach(name, known, set()))
                for name, function in known.items()
                if not name.startswith("_")
                and "actor" in function.keywords
                and (function.is_atomic or name in door)
            ]
    return found


OPERATIONS = operations()
NAMED = pytest.mark.parametrize(
    ("operation", "calls"), OPERATIONS, ids=[operation.where for operation, _ in OPERATIONS]
)


def test_there_are_operations() -> None:
    assert len(OPERATIONS) > 10


@NAMED
def test_takes_everything_by_keyword_and_the_instant_too(
    operation: Function, calls: set[str]
) -> None:
    assert not operation.positional
    assert "at" in operation.keywords


@NAMED
def test_asks_permission(operation: Function, calls: set[str]) -> None:
    asks = PERMISSION & {call.split(".")[-1] for call in calls} or BY_RECORDS & calls
    assert bool(asks) is (operation.where not in DECIDED)


@NAMED
def test_is_recorded_in_the_ledger(operation: Function, calls: set[str]) -> None:
    assert operation.where in TOLD or (RECORDING | BY_RECORDS) & calls
