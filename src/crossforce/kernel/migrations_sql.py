"""Pieces of SQL for migrations, which run as the owner."""

from functools import partial
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython

from crossforce.kernel import database


def revoke(table: str, rights: str) -> RunPython:
    """Take rights from the role that the web connects as: `revoke("ledger_entry", "UPDATE, DELETE")`."""
    return RunPython(
        partial(_run, f"REVOKE {rights} ON {table} FROM"),
        partial(_run, f"GRANT {rights} ON {table} TO"),
    )


def _run(statement: str, apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    role = editor.quote_name(database.plan().application.user)
    editor.execute(f"{statement} {role}")
