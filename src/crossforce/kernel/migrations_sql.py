"""Pieces of SQL for migrations, which run as the owner."""

from functools import partial
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython, RunSQL
from django.db.migrations.state import ProjectState

from crossforce.kernel import database

NO_MODELS: Any = None


class Rights(RunPython):
    """Given and taken by name: no model is asked for, of which Django would draw all anew for each such operation."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self.code(NO_MODELS, schema_editor)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        assert self.reverse_code
        self.reverse_code(NO_MODELS, schema_editor)


def revoke(table: str, rights: str) -> Rights:
    """Take rights from the role that the web connects as: `revoke("ledger_entry", "UPDATE, DELETE")`."""
    return Rights(
        partial(_run, f"REVOKE {rights} ON {table} FROM"),
        partial(_run, f"GRANT {rights} ON {table} TO"),
    )


def grant(table: str, rights: str) -> Rights:
    """Give that role rights: `grant("ledger_commitment", "SELECT")`."""
    return Rights(
        partial(_run, f"GRANT {rights} ON {table} TO"),
        partial(_run, f"REVOKE {rights} ON {table} FROM"),
    )


def execute_rights(function: str) -> Rights:
    """Let the role that the web connects as call the function: `execute_rights("f(uuid)")`."""
    return Rights(
        partial(_run, f"GRANT EXECUTE ON FUNCTION {function} TO"),
        partial(_run, f"REVOKE EXECUTE ON FUNCTION {function} FROM"),
    )


def _run(statement: str, apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    role = editor.quote_name(database.plan().application.user)
    editor.execute(f"{statement} {role}")


REFUSE_CHANGE = """
CREATE OR REPLACE FUNCTION crossforce_refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'insufficient_privilege';
END $$
"""
REFUSES = "FOR EACH STATEMENT EXECUTE FUNCTION crossforce_refuse_change()"


def append_only(table: str, *, events: str = "UPDATE OR DELETE OR TRUNCATE") -> RunSQL:
    """Refuse the events on the table to every role, its owner too; `revoke` takes the rights as well.

    A plain trigger, fired even for no rows, which no session setting turns off.
    """
    trigger = f"{table}_append_only"
    return RunSQL(
        [
            REFUSE_CHANGE,
            f"CREATE TRIGGER {trigger} BEFORE {events} ON {table} {REFUSES}",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}",
        ],
        [f"DROP TRIGGER {trigger} ON {table}"],
    )
