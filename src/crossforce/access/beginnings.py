"""The guard on what decisions begin from: read by everybody, written only by who may (sql/5_beginnings.sql).

Passwords are not covered: they are set while nobody acts, and sealed instead (people/models/account.py).
"""

from typing import Any, Final

from psycopg import sql

from crossforce.kernel import civil, clock, guarded_policies
from crossforce.people import api as people

EMPLOYS: Final = "access_employs(staff_id)"
ADMINISTERS: Final = "access_administers(organisation)"
OWN: Final = "access_signs_in(account_id)"
FOR_ANOTHER: Final = "NOT access_gives_own_office(staff_id, role)"
POSTED: Final = f"{EMPLOYS} AND (state <> 'held' OR {ADMINISTERS}) AND {FOR_ANOTHER}"
BODY: Final = "access_keeps('organisations.body', {})"
UNIT: Final = """CASE WHEN organisation IS NULL THEN access_keeps('organisations.joint-unit', '')
    ELSE access_keeps('organisations.unit', organisation) END"""

DIRECTORY: Final = (("formername", "organisation"), ("regionmembership", "force"), ("seat", "board"),
                    ("driver", "''"), ("driverfigure", "force"))  # fmt: skip


def _written(add: str, edit: str) -> dict[str, tuple[str, str, str]]:
    """Read by everybody, and deleted by nobody."""
    return {
        "begun_read": ("SELECT", "true", ""),
        "begun_add": ("INSERT", "", add),
        "begun_edit": ("UPDATE", edit, edit),
    }


def _kept(by: str) -> dict[str, tuple[str, str, str]]:
    """Read by everybody, written by whoever keeps it."""
    return {**_written(by, by), "begun_drop": ("DELETE", by, "")}


POLICIES: Final = {
    "people_posting": _written(POSTED, f"{EMPLOYS} OR {ADMINISTERS}"),
    "organisations_organisation": _kept(BODY.format("code")),
    "organisations_succession": _kept(BODY.format("predecessor")),
    "organisations_unit": _kept(UNIT),
    **{f"organisations_{table}": _kept(BODY.format(of)) for table, of in DIRECTORY},
    "people_sameperson": _kept("(access_employs(one_id) OR access_employs(other_id))"),
    "people_token": _written(OWN, OWN),
}
TRIGGERS: Final = {
    "people_posting": ("access_posting_kept", "BEFORE UPDATE"),
    "people_account": ("access_account_kept", "BEFORE INSERT OR UPDATE"),
}

HISTORIES: Final = (
    "people_posting",
    "people_sameperson",
    "organisations_organisation",
    "organisations_unit",
)
"""Tables whose states are kept beside them, by their triggers alone."""


OFFICES: Final = """CREATE OR REPLACE FUNCTION access_offices() RETURNS text[]
    LANGUAGE sql IMMUTABLE AS $$ SELECT {}::text[] $$"""


def install(cursor: Any) -> None:
    """Put policies and triggers on the tables, as the owner."""
    offices = people.offices(on=civil.day_of(clock.now()))
    cursor.execute(sql.SQL(OFFICES).format(sql.Literal(offices)))
    for table, wanted in POLICIES.items():
        guarded_policies.secure(cursor, table, wanted)
    for table in HISTORIES:
        guarded_policies.write_by_trigger_only(cursor, table, f"{table}event")
    for table, (function, when) in TRIGGERS.items():
        statement = sql.SQL(f"CREATE OR REPLACE TRIGGER {{}} {when} ON {{}} FOR EACH ROW ")
        named = statement.format(sql.Identifier(function), sql.Identifier(table))
        cursor.execute(named + sql.SQL(f"EXECUTE FUNCTION {function}()"))
