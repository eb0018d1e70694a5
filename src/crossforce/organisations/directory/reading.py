"""Reads reference files into a directory."""

import tomllib
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from crossforce.organisations.choices import DriverCode, OrganisationKind
from crossforce.organisations.directory.bodies import Driver, DriverFigure, Organisation
from crossforce.organisations.directory.value import Directory, build

REFERENCE = Path(__file__).resolve().parent.parent / "reference"
NEVER_A_PARTY = {
    OrganisationKind.FORCE,
    OrganisationKind.REGION,
    OrganisationKind.PARTNERSHIP,
    OrganisationKind.JOINT_COMMITTEE,
    OrganisationKind.BOARD,
    OrganisationKind.GROUP,
    OrganisationKind.PLATFORM,
}


class DirectoryUnreadable(ValueError):
    """A reference file is not what it should be; the message names the file and the row."""


@cache
def shipped() -> Directory:
    """The directory of the shipped reference files. Raises DirectoryUnreadable."""
    return read(REFERENCE)


def read(folder: Path) -> Directory:
    """The directory of a folder of reference files. Raises DirectoryUnreadable."""
    organisations: dict[str, Organisation] = {}
    drivers: list[Driver] = []
    figures: list[DriverFigure] = []
    for path in sorted(folder.glob("*.toml")):
        document = _document(path)
        for row in document.get("organisation", []):
            organisation = _organisation(path, row)
            if organisation.code in organisations:
                raise DirectoryUnreadable(f"{path.name}: {organisation.code} appears twice")
            organisations[organisation.code] = organisation
        for row in document.get("driver", []):
            drivers.append(_driver(path, row))
            figures.extend(_figures(path, row))
    return build(organisations.values(), drivers, figures)


def _document(path: Path) -> dict[str, Any]:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DirectoryUnreadable(f"{path.name}: {error}") from error
    if document.get("format") != 1:
        raise DirectoryUnreadable(f"{path.name}: this version reads format = 1 only")
    return document


def _organisation(path: Path, row: dict[str, Any]) -> Organisation:
    kind = row.get("kind")
    defaults = {"legal_person": not (row.get("collective") or kind in NEVER_A_PARTY)}
    try:
        return Organisation.model_validate(defaults | row)
    except ValidationError as error:
        raise DirectoryUnreadable(f"{path.name}: {row.get('code', row)}: {error}") from error


def _driver(path: Path, row: dict[str, Any]) -> Driver:
    try:
        return Driver.model_validate(
            {k: v for k, v in row.items() if k not in {"on", "figures"}}
        )
    except ValidationError as error:
        raise DirectoryUnreadable(f"{path.name}: {row.get('code', row)}: {error}") from error


def _figures(path: Path, row: dict[str, Any]) -> Iterable[DriverFigure]:
    code, days = DriverCode(row["code"]), row["on"]
    for force, values in row["figures"].items():
        if len(values) != len(days):
            raise DirectoryUnreadable(
                f"{path.name}: {code}: {force} has {len(values)} figures for {len(days)} days"
            )
        for day, value in zip(days, values, strict=True):
            yield DriverFigure(code, force, day, Decimal(str(value)))
