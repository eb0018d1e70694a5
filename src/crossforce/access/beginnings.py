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
BODY: Final = "access_keeps('organisations.body', {})"
UNIT: Final = """CASE WHEN organisation IS NULL THEN access_keeps('organisations.joint-unit', '')
    ELSE access_keeps('organisations.unit', organisation) END"""


def _kept(by: str) -> dict[str, tuple[str, str, str]]:
    """Read by everybody, written by whoever keeps it."""
    return {
        "begun_read": ("SELECT", "true", ""),
        "begun_add": ("INSERT", "", by),
        "begun_edit": ("UPDATE", by, by),
        "begun_drop": ("DELETE", by, ""),
    }


POLICIES: Final = {
    "people_posting": {
        "begun_read": ("SELECT", "true", ""),
        "begun_add": (
            "INSERT",
            "",
            f"{EMPLOYS} AND (state <> 'held' OR {ADMINISTERS}) AND {FOR_ANOTHER}",
        ),
        "begun_edit": (
            "UPDATE",
            f"{EMPLOYS} OR {ADMINISTERS}",
            f"{EMPLOYS} OR {ADMINISTERS}",
        ),
    },
    "organisations_organisation": _kept(BODY.format("code")),
    "organisations_succession": _kept(BODY.format("predecessor")),
    "organisations_unit": _kept(UNIT),
    "organisations_formername": _kept(BODY.format("organisation")),
    "organisations_regionmembership": _kept(BODY.format("force")),
    "organisations_seat": _kept(BODY.format("board")),
    "organisations_driver": _kept(BODY.format("''")),
    "organisations_driverfigure": _kept(BODY.format("force")),
    "people_sameperson": _kept("(access_employs(one_id) OR access_employs(other_id))"),
    "people_token": {
        "begun_read": ("SELECT", "true", ""),
        "begun_add": ("INSERT", "", OWN),
        "begun_edit": ("UPDATE", OWN, OWN),
    },
}
TRIGGERS: Final = {
    "people_posting": ("access_posting_kept", "BEFORE UPDATE"),
    "people_account": ("access_account_kept", "BEFORE INSERT OR UPDATE"),
}

HISTORIES: Final = {
    "people_posting": "people_postingevent",
    "people_sameperson": "people_samepersonevent",
    "organisations_organisation": "organisations_organisationevent",
    "organisations_unit": "organisations_unitevent",
}
UNUSED: Final = (
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
)
"""Tables of Django's, by which nothing here is decided: nobody writes them."""


OFFICES: Final = """CREATE OR REPLACE FUNCTION access_offices() RETURNS text[]
    LANGUAGE sql IMMUTABLE AS $$ SELECT {}::text[] $$"""


def install(cursor: Any) -> None:
    """Put policies and triggers on the tables, as the owner."""
    offices = people.offices(on=civil.day_of(clock.now()))
    cursor.execute(sql.SQL(OFFICES).format(sql.Literal(offices)))
    for table, wanted in POLICIES.items():
        guarded_policies.secure(cursor, table, wanted)
    for table, history in HISTORIES.items():
        guarded_policies.write_by_trigger_only(cursor, table, history)
    for table in UNUSED:
        guarded_policies.rights(cursor, table, "SELECT")
    for table, (function, when) in TRIGGERS.items():
        statement = sql.SQL(f"CREATE OR REPLACE TRIGGER {{}} {when} ON {{}} FOR EACH ROW ")
        named = statement.format(sql.Identifier(function), sql.Identifier(table))
        cursor.execute(named + sql.SQL(f"EXECUTE FUNCTION {function}()"))
