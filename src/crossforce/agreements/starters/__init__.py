"""Documents to start a draft from: one for each usual basis, filled in for the forces chosen."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources

from crossforce.kernel import civil
from crossforce.organisations.directory import Directory


@dataclass(frozen=True, slots=True)
class Starter:
    """A document to start from: its name, what it is for, and whether policing bodies are party."""

    name: str
    title: str
    what: str
    with_policing_bodies: bool


STARTERS = (
    Starter(
        "joint-unit",
        "A joint unit (section 22A)",
        "Several forces run one unit. Chief officers and policing bodies are the parties.",
        True,
    ),
    Starter(
        "memorandum",
        "A memorandum of understanding",
        "Forces or partners help each other in a stated matter.",
        False,
    ),
    Starter(
        "internal-policy",
        "A force's own policy",
        "One force decides for itself, by the same mechanism.",
        False,
    ),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a draft is to begin with; `forces` in the order that their parties are listed."""

    reference: str
    title: str
    forces: Sequence[str]
    begins_on: date


def written(starter: Starter, wanted: Wanted, directory: Directory) -> str:
    """The document of a starter for those forces, as TOML ready to be edited."""
    chiefs = [directory.chief_officer(force) for force in wanted.forces]
    values = {
        "reference": wanted.reference,
        "title": json.dumps(wanted.title, ensure_ascii=False),
        "begins": wanted.begins_on.isoformat(),
        "review": civil.add_months(wanted.begins_on, 12).isoformat(),
        "year": str(civil.financial_year(wanted.begins_on)),
        "forces": _listed(wanted.forces),
        "chiefs": _listed(chiefs),
        "first_chief": _listed(chiefs[:1]) or '""',
        "parties": "\n\n".join(_parties(starter, wanted, directory)),
    }
    text = resources.files(__package__).joinpath(f"{starter.name}.toml").read_text("utf-8")
    for key, value in values.items():
        text = text.replace(f"@{key}@", value)
    return text


def _parties(starter: Starter, wanted: Wanted, directory: Directory) -> list[str]:
    rows = []
    for force in wanted.forces:
        rows.append(_party(directory.chief_officer(force), "chief-officer"))
        if starter.with_policing_bodies:
            rows.append(
                _party(directory.policing_body(force, wanted.begins_on), "policing-body")
            )
    return rows


def _party(organisation: str, capacity: str) -> str:
    return f'[[party]]\norganisation = "{organisation}"\ncapacity = "{capacity}"'


def _listed(codes: Sequence[str]) -> str:
    return ", ".join(f'"{code}"' for code in codes)
