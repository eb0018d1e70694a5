"""Pieces of SQL for migrations, which run as the owner."""

from django.db.migrations.operations import RunSQL

from crossforce.kernel.postgres_roles import APPLICATION

_IF_KNOWN = """
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') THEN
    EXECUTE '{statement}';
  END IF;
END $$;
"""


def revoke(table: str, rights: str) -> RunSQL:
    """Take rights on a table from the application role: `revoke("ledger_entry", "UPDATE, DELETE")`."""
    return RunSQL(
        _statement(f"REVOKE {rights} ON {table} FROM {APPLICATION}"),
        _statement(f"GRANT {rights} ON {table} TO {APPLICATION}"),
    )


def _statement(text: str) -> str:
    return _IF_KNOWN.format(role=APPLICATION, statement=text)
