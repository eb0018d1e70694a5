"""Every power that an operation asks for belongs to an office or to named system work."""

import ast
import re
import tomllib
from collections.abc import Iterator

from tests.house.floors import SOURCE

PACK = SOURCE / "people" / "rulepacks" / "standing-powers.toml"
ASKS = {"require", "permit", "may", "permitted_staff", "permitted_row"}
POWER = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*")


def given() -> set[str]:
    found: set[str] = set()
    for rule in tomllib.loads(PACK.read_text())["rule"]:
        value = rule["value"]
        if isinstance(value, dict):
            found.update(value.get("powers", ()), value.get("everywhere", ()))
    return found


def name_of(call: ast.Call) -> str:
    return (
        call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    )


def asked() -> Iterator[tuple[str, str]]:
    for path in SOURCE.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and name_of(node) in ASKS:
                for argument in node.args:
                    if isinstance(argument, ast.Constant) and POWER.fullmatch(
                        str(argument.value)
                    ):
                        yield str(argument.value), f"{path.relative_to(SOURCE)}:{node.lineno}"


def test_every_power_that_is_asked_for_is_given_to_somebody() -> None:
    known = given()
    unknown = [f"{power} at {where}" for power, where in asked() if power not in known]
    assert not unknown


def test_powers_are_asked_for() -> None:
    assert len({power for power, _ in asked()}) > 8
