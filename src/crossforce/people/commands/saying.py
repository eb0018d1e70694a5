"""What somebody holds, as the command line says it: each with the identifier that other commands ask for."""

from typing import Any

from crossforce.people import models
from crossforce.people.queries import HeldAuthority, Record


def held(found: Record) -> list[dict[str, Any]]:
    """Postings, skills, authorities and clearances, in this order, newest first."""
    return [
        *(_plain("posting", each, _posting(each)) for each in found.postings),
        *(_plain("skill", each, {"code": each.code}) for each in found.skills),
        *(authority(each) for each in found.authorities),
        *(_plain("vetting", each, {"code": each.code}) for each in found.vettings or ()),
    ]


def authority(held: HeldAuthority) -> dict[str, Any]:
    """One authority, and where it stands."""
    until = held.standing.until
    more = {
        "code": held.row.code,
        "state": held.standing.state.value,
        "until": until.isoformat() if until else None,
    }
    return _plain("authority", held.row, more)


def line(held: dict[str, Any]) -> str:
    """The same for reading."""
    what = held.get("code") or f"{held['role']} for {held['organisation']}"
    said = f"{held['first_day']} to {held['last_day'] or 'no end'}"
    state = f", {held['state']}" if "state" in held else ""
    return f"{held['what']:<9}  {held['id']}  {what}: {said}{state}"


def _posting(row: models.Posting) -> dict[str, Any]:
    return {"role": row.role, "organisation": row.organisation_id}


def _plain(
    what: str,
    row: models.Posting | models.Skill | models.Authority | models.Vetting,
    more: dict[str, Any],
) -> dict[str, Any]:
    last = row.last_day
    days = {"first_day": str(row.first_day), "last_day": str(last) if last else None}
    return {"what": what, "id": str(row.pk), **more, **days}
