"""Whether the guard still stands as it was put up: asked by `doctor`, before serving, and by the house tests."""

from collections.abc import Iterator

from django.db import connection

from crossforce.access import guarding
from crossforce.kernel import guarded_policies
from crossforce.kernel.guarded import models_of


def expected() -> dict[str, guarded_policies.Policies]:
    """By table: what stands on every guarded one, on its history, and on what is declared besides."""
    found: dict[str, guarded_policies.Policies] = dict(guarded_policies.declared)
    for model in models_of():
        found[model._meta.db_table] = guarding.policies(model)
        for history in guarded_policies.histories(model):
            found[history._meta.db_table] = guarding.policies_of_history(model)
    return found


def faults() -> Iterator[str]:
    """One line for each table that is not under exactly its policies."""
    with connection.cursor() as cursor:
        for table, wanted in sorted(expected().items()):
            if not guarded_policies.is_secured(cursor, table, wanted):
                yield f"the table {table} is not under row security with its policies"
