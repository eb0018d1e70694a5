"""The guard on public reports: everybody reads them, the keeper of the register alone writes them."""

from typing import Any, Final

from crossforce.kernel import guarded_policies

KEPT: Final = "access_keeps('register.entry', '')"
TABLE: Final = "programme_publicreport"
POLICIES: Final = {
    TABLE: {
        "kept_read": ("SELECT", "true", ""),
        "kept_add": ("INSERT", "", KEPT),
        "kept_edit": ("UPDATE", KEPT, KEPT),
    }
}


def install(cursor: Any) -> None:
    """Put the policies on the table, as the owner."""
    for table, policies in POLICIES.items():
        guarded_policies.secure(cursor, table, policies)
