"""Every app says what it is, and names the events that others may listen to."""

import ast

import pytest

from tests.house.floors import SOURCE, apps

LONGEST = 112


def events(app: str) -> list[str]:
    path = SOURCE / app / "events.py"
    if not path.exists() or app == "kernel":
        return []
    tree = ast.parse(path.read_text())
    return [node.name for node in tree.body if isinstance(node, ast.ClassDef)]


@pytest.mark.parametrize("app", [app for app in apps() if app != "kernel"])
def test_an_app_has_a_readme_that_names_its_events(app: str) -> None:
    text = (SOURCE / app / "README.md").read_text()
    assert len(text.splitlines()) <= LONGEST
    assert not [name for name in events(app) if f"`{name}`" not in text]
