"""Files, functions and templates stay small. The exceptions are named, and may only shrink."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.floors import ROOT

MOST_IN_AN_EVENING = 1_200
READ_IN_AN_EVENING = ("access", "ledger")
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEMPLATE, LONGEST_ADR = 400, 50, 150, 112
EXCEPTIONS = Path(__file__).with_name("sizes.toml")


def python_files() -> Iterator[Path]:
    for folder in ("src", "tests", "bench", "scripts"):
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path


def length(path: Path) -> int:
    return len(path.read_text().splitlines())


def long_functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{path.relative_to(ROOT)}::{node.name}", lines


def too_long() -> dict[str, int]:
    found: dict[str, int] = {}
    for path in python_files():
        found.update(long_functions(path))
        if length(path) > LONGEST_FILE:
            found[str(path.relative_to(ROOT))] = length(path)
    for path in (ROOT / "src").rglob("templates/**/*.*"):
        if path.suffix in {".html", ".jinja"} and length(path) > LONGEST_TEMPLATE:
            found[str(path.relative_to(ROOT))] = length(path)
    for path in (ROOT / "docs" / "adr").glob("*.md"):
        if length(path) > LONGEST_ADR:
            found[str(path.relative_to(ROOT))] = length(path)
    return found


def test_nothing_is_longer_than_it_may_be() -> None:
    permitted: dict[str, int] = tomllib.loads(EXCEPTIONS.read_text())["permitted"]
    found = too_long()
    grown = {name: lines for name, lines in found.items() if lines > permitted.get(name, 0)}
    assert not grown, "Split these; an exception may only shrink."
    slack = {name: most for name, most in permitted.items() if found.get(name, 0) < most}
    assert not slack, f"These shrank: lower or remove their exception in {EXCEPTIONS.name}."


def lines_that_say_something(app: str) -> int:
    """Python and SQL without tests and migrations: what is neither empty nor a comment."""
    folder = ROOT / "src" / "crossforce" / app
    return sum(
        bool(line.strip()) and not line.strip().startswith(("#", "--"))
        for path in folder.rglob("*")
        if path.suffix in {".py", ".sql"} and not {"tests", "migrations"} & set(path.parts[-3:])
        for line in path.read_text().splitlines()
    )


@pytest.mark.parametrize("app", READ_IN_AN_EVENING)
def test_what_has_to_be_believed_is_read_in_an_evening(app: str) -> None:
    assert lines_that_say_something(app) <= MOST_IN_AN_EVENING
