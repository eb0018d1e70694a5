"""Names that say nothing, and decision records that contradict their own number."""

import re

from tests.house.floors import ROOT, SOURCE

SAYS_NOTHING = {"utils", "helpers", "common", "misc", "manager", "data", "info", "core"}


def test_no_module_is_named_for_nothing() -> None:
    named = [path for path in SOURCE.rglob("*.py") if path.stem in SAYS_NOTHING]
    assert not named


def test_every_decision_record_bears_its_number() -> None:
    wrong = [
        path.name
        for path in (ROOT / "docs" / "adr").glob("*.md")
        if not re.match(rf"# {re.escape(path.name[:4])}\. ", path.read_text())
    ]
    assert not wrong
