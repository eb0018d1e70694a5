"""Every model is declared mutable, append-only or retained-until, and append-only is enforced."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model
from pghistory.models import Event

from tests.house.floors import heights

DECLARED: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("keeping.toml").read_text()
)
GUARDS = """
SELECT bool_or((t.tgtype & 8) <> 0), bool_or((t.tgtype & 16) <> 0)
FROM pg_trigger t WHERE t.tgrelid = %s::regclass AND NOT t.tgisinternal AND t.tgenabled <> 'D'
  AND (t.tgtype & 2) <> 0
"""
RIGHTS = """
SELECT right_name FROM unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) right_name
WHERE has_table_privilege(%s, right_name)
"""


def ours() -> dict[str, type[Model]]:
    known = heights()
    return {
        model._meta.label: model
        for model in apps.get_models()
        if model._meta.app_label in known
        and not issubclass(model, Event)
        and ".tests." not in model.__module__
    }


def test_every_model_is_declared_once() -> None:
    declared = [label for labels in DECLARED.values() for label in labels]
    assert sorted(declared) == sorted(ours()), "tests/house/keeping.toml"


@pytest.mark.django_db
@pytest.mark.parametrize("label", DECLARED["kept"])
def test_kept_rows_cannot_be_deleted(label: str) -> None:
    table = ours()[label]._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(GUARDS, [f'"{table}"'])
        row = cursor.fetchone()
    assert row, table
    assert row[0] is True, f"{table}: no trigger before DELETE"


@pytest.mark.django_db
@pytest.mark.parametrize("label", DECLARED["append_only"])
def test_append_only_is_enforced_in_the_database(label: str) -> None:
    table = ours()[label]._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(RIGHTS, [table])
        assert not cursor.fetchall(), f"{table}: revoke these from the application role"
        cursor.execute(GUARDS, [f'"{table}"'])
        assert cursor.fetchone() == (True, True), (
            f"{table}: no trigger before DELETE and UPDATE"
        )
