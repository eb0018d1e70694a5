"""What the database itself keeps true about people."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from crossforce.people import models
from crossforce.people.models import effective

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["staff", "posting", "skill", "authority", "vetting"])
def test_history_is_not_rewritten_by_the_application(table: str) -> None:
    for statement in ("UPDATE {} SET pgh_label = 'x'", "DELETE FROM {}", "TRUNCATE {}"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement.format(f"people_{table}event"))


def test_every_effective_table_has_history() -> None:
    effectives = [
        model
        for model in apps.get_app_config("people").get_models()
        if issubclass(model, effective.Effective)
    ]
    assert models.Staff in effectives
    assert all(apps.get_model("people", f"{model.__name__}Event") for model in effectives)
