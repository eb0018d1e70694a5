"""The guard on the public register: everybody reads it, its keeper alone writes it."""

from typing import Any, Final

from crossforce.kernel import guarded_policies

KEPT: Final = "access_keeps('register.entry', '')"
TABLES: Final = ("register_entry", "register_facet", "register_participationrow")
POLICIES: Final = {
    table: {
        "kept_read": ("SELECT", "true", ""),
        "kept_add": ("INSERT", "", KEPT),
        "kept_edit": ("UPDATE", KEPT, KEPT),
        "kept_drop": ("DELETE", KEPT, ""),
    }
    for table in TABLES
}


def install(cursor: Any) -> None:
    """Put the policies on the tables, as the owner."""
    for table, policies in POLICIES.items():
        guarded_policies.secure(cursor, table, policies)
