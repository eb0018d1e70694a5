"""Fields that several models of benefits have alike."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.db import models

from crossforce.benefits.choices import LONGEST_KEPT
from crossforce.kernel import fields
from crossforce.kernel.fields import code as code
from crossforce.kernel.fields import year as year


def one_of(label: str, kind: Iterable[StrEnum], **more: Any) -> "models.CharField[str, str]":
    """One of the words of an enumeration."""
    words = [(each.value, each.value) for each in kind]
    return models.CharField(label, max_length=24, choices=words, **more)


def kept(label: str) -> "models.TextField[str, str]":
    """What is kept as JSON and read by `rules.keeping`."""
    return fields.kept(label, LONGEST_KEPT)


def indexes(name: str, *more: models.Index) -> list[models.Index]:
    """The two that every record has, under the name of the kind, and more."""
    return [
        models.Index(fields=["scope_id", "-created_at"], name=f"{name}_in_scope"),
        models.Index(fields=["-created_at", "scope_id"], name=f"{name}_newest"),
        *more,
    ]
