"""Where a person acts, the instant and the person stand together: `_at` with `_by`."""

import tomllib
from pathlib import Path

from django.db.models import CheckConstraint, Model

from tests.house.test_keeping import ours

ALONE: dict[str, str] = tomllib.loads(Path(__file__).with_name("times.toml").read_text())[
    "alone"
]


# The bounds of a period and an appointed instant are not acts.
APPOINTED = {"starts_at", "ends_at", "expires_at", "effective_at"}


def fields(model: type[Model]) -> set[str]:
    return {field.name for field in model._meta.get_fields() if field.concrete}


def instants(model: type[Model]) -> list[str]:
    return sorted(name for name in fields(model) - APPOINTED if name.endswith("_at"))


def test_every_instant_has_its_person_or_a_reason() -> None:
    lonely = {
        f"{label}.{name}"
        for label, model in ours().items()
        for name in instants(model)
        if f"{name.removesuffix('_at')}_by" not in fields(model)
    }
    assert lonely == set(ALONE), "tests/house/times.toml"


def test_an_optional_pair_is_held_together_by_a_constraint() -> None:
    loose = [
        f"{label}.{name}"
        for label, model in ours().items()
        for name in instants(model)
        if (by := f"{name.removesuffix('_at')}_by") in fields(model)
        and getattr(model._meta.get_field(name), "null", False)
        and not any(
            isinstance(row, CheckConstraint)
            and name in str(row.condition)
            and by in str(row.condition)
            for row in model._meta.constraints
        )
    ]
    assert not loose
