"""The invented people of the demonstration, one for each office that the tour needs."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from rich.progress import Progress

from crossforce.agreements import api as agreements
from crossforce.kernel import civil
from crossforce.kernel.periods import Period
from crossforce.organisations import api as organisations
from crossforce.people import api as people

FILE = Path(__file__).resolve().parents[1] / "data" / "accounts.toml"
FAMILY_NAME = "(synthetic)"
SERVED = timedelta(days=365)


def rows() -> list[dict[str, Any]]:
    """The accounts of the demonstration, as written in the file."""
    found: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["account"]
    return found


def load_accounts(progress: Progress, *, at: datetime) -> None:
    """Enter, post and give an account to everyone in the file who has none yet."""
    wanted = rows()
    task = progress.add_task("Demonstration accounts", total=len(wanted))
    known = {account.username for account, _ in people.accounts(at)}
    for number, row in enumerate(wanted, start=1):
        if row["username"] not in known and _is_ready(row):
            _load(row, number, at)
        progress.advance(task)


def _is_ready(row: dict[str, Any]) -> bool:
    """Whether the unit that the row names exists; the agreements make the joint ones."""
    return "unit" not in row or _unit(row) is not None


def _unit(row: dict[str, Any]) -> UUID | None:
    found = organisations.Unit.objects.filter(code=row.get("unit", "")).first()
    return found.pk if found else None


@transaction.atomic
def _load(row: dict[str, Any], number: int, at: datetime) -> None:
    loader = people.system_actor("world-loader", on=civil.day_of(at))
    period = Period(at - SERVED)
    particulars = people.Particulars(
        number=f"D{number:04d}",
        given_name=row["given_name"],
        family_name=FAMILY_NAME,
        kind=row["kind"],
    )
    staff = people.add_staff(
        actor=loader, organisation=row["at"], particulars=particulars, period=period, at=at
    )
    wanted = people.Wanted(row["at"], row["role"], period, _unit(row))
    people.post(actor=loader, staff=staff.pk, wanted=wanted, at=at)
    people.open_account(
        actor=loader, staff=staff.pk, credentials=people.Credentials(row["username"]), at=at
    )
    if row.get("signs"):
        holder = people.actor_named(row["username"], at)
        key = agreements.NewKey(label="Demonstration key")
        agreements.issue_key(actor=holder, organisation=row["at"], key=key, at=at)
