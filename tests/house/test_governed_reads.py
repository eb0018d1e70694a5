"""Guarded rows are reached by their manager and by one cursor; only the mechanism opens its own."""

import ast
from pathlib import Path

from crossforce.kernel import guarded
from crossforce.kernel.guarded_rows import GuardedQuerySet
from tests.house.floors import SOURCE

MECHANISM = ("kernel", "ledger", "assurance", "acting", "access", "insight", "replicas")
OWN_FUNCTIONS = {
    "benefits/operations/alone.py": "a lock by name, which reads nothing",
    "duty/queries/leaving.py": "duty_foreseen, which counts under seal",
    "duty/queries/measuring.py": "duty_hours, which counts under seal",
    "intake/operations/copying.py": "temporary tables of the connection; guarded ones by the cursor",
    "records/queries/places.py": "records_described",
    "records/queries/searching.py": "records_search",
    "records/queries/showing.py": "what the policies' own functions say of one row",
    "records/queries/resting.py": "records_grounds and records_listed",
    "register/queries.py": "public tables",
    "oversight/queries/deciding.py": "access's and oversight's own functions",
    "oversight/queries/looks.py": "oversight's own function",
}
"""Where an app calls a function of the database that tests scope itself, or reads what is public."""
TELLS = "written_down"
NOBODY = "records.shown_to_nobody("


def opens_a_cursor(path: Path) -> bool:
    return any(
        isinstance(node, ast.Attribute)
        and node.attr == "cursor"
        and isinstance(node.value, ast.Name)
        and node.value.id == "connection"
        for node in ast.walk(ast.parse(path.read_text()))
    )


def sources() -> list[Path]:
    return [path for path in SOURCE.rglob("*.py") if "tests" not in path.parts]


def test_nobody_opens_a_cursor_but_the_mechanism() -> None:
    found = {
        str(path.relative_to(SOURCE))
        for path in sources()
        if path.relative_to(SOURCE).parts[0] not in MECHANISM and opens_a_cursor(path)
    }
    assert found <= set(OWN_FUNCTIONS), "use kernel.guarded_rows.cursor"


def test_every_guarded_model_is_reached_by_watched_managers_only() -> None:
    for model in guarded.models_of():
        managers = (model._base_manager, *model._meta.managers)
        loose = [each for each in managers if not isinstance(each.all(), GuardedQuerySet)]
        assert not loose, model


def test_only_the_shared_beat_takes_rows_from_the_watch() -> None:
    users = {str(path.relative_to(SOURCE)) for path in sources() if TELLS in path.read_text()}
    assert users == {"kernel/guarded_watch.py", "records/operations/beats.py"}


def test_only_what_both_sides_enter_is_read_for_nobody() -> None:
    users = {str(path.relative_to(SOURCE)) for path in sources() if NOBODY in path.read_text()}
    assert users == {"evidence/operations/accepting.py"}
