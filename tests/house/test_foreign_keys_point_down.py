"""Foreign keys obey the same floors as imports (a foreign key by name hides from the linter)."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model

from tests.house.floors import heights


def relations(model: type[Model]) -> Iterator[tuple[str, type[Model]]]:
    for field in model._meta.get_fields():
        related = field.related_model
        if field.is_relation and field.concrete and isinstance(related, type):
            yield field.name, related


def test_foreign_keys_point_down() -> None:
    height = heights()
    upward = [
        f"{model._meta.label}.{name} -> {related._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in height
        for name, related in relations(model)
        if related._meta.app_label in height
        and related._meta.app_label != model._meta.app_label
        and height[related._meta.app_label] >= height[model._meta.app_label]
    ]
    assert not upward, upward
