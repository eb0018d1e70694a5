"""Columns and rules that several tables of agreements share."""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q


def code(**options: Any) -> "models.CharField[str, str]":
    """The lasting code of an organisation, function or unit; the directory vouches for it."""
    return models.CharField(max_length=100, **options)


def by(**options: Any) -> "models.CharField[str, str]":
    """Who acted: the actor's lasting reference, never a name."""
    return models.CharField(max_length=100, **options)


def digest() -> "models.CharField[str, str]":
    """A SHA-256 in hexadecimal."""
    return models.CharField(max_length=64)


def paired(table: str, stem: str) -> models.CheckConstraint:
    """An instant is recorded exactly when it is recorded who acted."""
    at, who = f"{stem}_at", f"{stem}_by"
    unset = Q(**{f"{at}__isnull": True, who: ""})
    both = Q(**{f"{at}__isnull": False}) & ~Q(**{who: ""})
    return models.CheckConstraint(condition=unset | both, name=f"{table}_{stem}_at_with_by")


def append_only(table: str) -> list[pgtrigger.Trigger]:
    """Rows are written once: the database refuses to change or delete them."""
    return [
        pgtrigger.Protect(
            name=f"{table}_append_only", operation=pgtrigger.Update | pgtrigger.Delete
        )
    ]


def written_once(table: str, fields: list[str]) -> list[pgtrigger.Trigger]:
    """The named columns never change and the row is never deleted."""
    return [
        pgtrigger.ReadOnly(name=f"{table}_written_once", fields=fields),
        pgtrigger.Protect(name=f"{table}_kept", operation=pgtrigger.Delete),
    ]
