"""Every state of a row, kept by trigger in a table that is only ever added to."""

from typing import TypeVar

import pghistory
import pgtrigger
from django.db.models import Model

ModelT = TypeVar("ModelT", bound=type[Model])


def with_history(model: ModelT) -> ModelT:
    """Keep every state of the row; the row itself is never deleted, so no end is told."""
    tracked = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        append_only=True,
        context_field=None,  # type: ignore[arg-type]  # None means: without one
    )
    return tracked(model)  # type: ignore[no-any-return]


def never_deleted(name: str) -> pgtrigger.Protect:
    """The trigger of a table whose rows end and are never deleted."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Delete)
