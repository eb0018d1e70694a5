"""Files, functions and templates stay small. The exceptions are named, and may only shrink."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.house.floors import ROOT

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
