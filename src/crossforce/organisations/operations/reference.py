"""Brings the shipped directory into the database."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.db.models import Model

from crossforce.kernel import events, guarded
from crossforce.ledger import api as ledger
from crossforce.organisations import directory
from crossforce.organisations.events import ReferenceLoaded
from crossforce.organisations.models import (
    DirectoryStamp,
    Driver,
    DriverFigure,
    FormerName,
    Organisation,
    RegionMembership,
    Seat,
    Succession,
    rows,
)
from crossforce.organisations.operations.permission import permit
from crossforce.organisations.queries import directory as held_directory

Progress = Callable[[int, int], None]
CHUNK = 100


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did. `kept` are rows an administrator has changed, which a load leaves alone."""

    added: int
    changed: int
    unchanged: int
    kept: tuple[str, ...]
    figures: int

    @property
    def did_something(self) -> bool:
        """Whether anything in the database is different now."""
        return bool(self.added or self.changed or self.figures)


@guarded.acts
def load_reference(
    *,
    actor: ledger.Acts,
    at: datetime,
    progress: Progress | None = None,
    folder: Path | None = None,
) -> Loaded:
    """Make the database say what the shipped reference files say. Loading again changes nothing.

    A body that an administrator has renamed or ended since is left as it is, and named in the
    answer; a body that is no longer shipped stays, because a body is never deleted.
    """
    permit(actor, "organisation.create")
    wanted = directory.read(folder) if folder else directory.shipped()
    before = held_directory()
    held = {each.code: each for each in before.organisations}
    administered = set(
        Organisation.objects.filter(administered_at__isnull=False).values_list(
            "code", flat=True
        )
    )
    different = [each for each in wanted.organisations if held.get(each.code) != each]
    kept = tuple(each.code for each in different if each.code in administered)
    to_write = [each for each in different if each.code not in administered]
    _write(to_write, progress)
    loaded = Loaded(
        added=sum(each.code not in held for each in to_write),
        changed=sum(each.code in held for each in to_write),
        unchanged=len(wanted.organisations) - len(different),
        kept=kept,
        figures=_write_drivers(wanted, before),
    )
    if loaded.did_something:
        connection.check_constraints()
        _record(actor, wanted, loaded, at)
    return loaded


def _write(values: Sequence[directory.Organisation], progress: Progress | None) -> None:
    if not values:
        return
    codes = [each.code for each in values]
    versions = dict(Organisation.objects.filter(code__in=codes).values_list("code", "version"))
    columns = list(rows.columns_of(values[0]))
    organisations = [
        Organisation(
            code=each.code, version=versions.get(each.code, 0) + 1, **rows.columns_of(each)
        )
        for each in values
    ]
    _forget_ties(list(versions))
    Organisation.objects.bulk_create(
        organisations,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[*(name.removesuffix("_id") for name in columns), "version"],
    )
    for start in range(0, len(values), CHUNK):
        chunk = values[start : start + CHUNK]
        _create(tie for value in chunk for tie in rows.ties_of(value))
        if progress:
            progress(start + len(chunk), len(values))


def _forget_ties(codes: Sequence[str]) -> None:
    if not codes:
        return
    FormerName.objects.filter(organisation__in=codes).delete()
    Succession.objects.filter(predecessor__in=codes).delete()
    RegionMembership.objects.filter(force__in=codes).delete()
    Seat.objects.filter(board__in=codes).delete()


def _create(ties: Iterable[rows.Tie]) -> None:
    by_model: dict[type[Model], list[rows.Tie]] = {}
    for tie in ties:
        by_model.setdefault(type(tie), []).append(tie)
    for model, made in by_model.items():
        model._default_manager.bulk_create(made)


def _write_drivers(wanted: directory.Directory, held: directory.Directory) -> int:
    """Write the figures that differ; the number written."""
    if held.drivers == wanted.drivers and held.figures == wanted.figures:
        return 0
    for each in wanted.drivers:
        Driver.objects.update_or_create(
            code=each.code.value,
            defaults={
                "title_en": each.title.en,
                "title_cy": each.title.cy or "",
                "unit": each.unit,
                "source": each.source,
                "licence": each.licence,
                "confidence": each.confidence,
                "note": each.note,
            },
        )
    known = set(held.figures)
    new = [each for each in wanted.figures if each not in known]
    DriverFigure.objects.bulk_create(
        [
            DriverFigure(
                driver_id=each.driver.value, force_id=each.force, on=each.on, value=each.value
            )
            for each in new
        ],
        update_conflicts=True,
        unique_fields=["driver", "force", "on"],
        update_fields=["value"],
    )
    return len(new) or len(wanted.drivers)


def _record(
    actor: ledger.Acts, wanted: directory.Directory, loaded: Loaded, at: datetime
) -> None:
    DirectoryStamp.renew()
    said = hashlib.sha256(repr(wanted.organisations + wanted.figures).encode()).hexdigest()
    ledger.append(
        actor=actor,
        operation="organisation.reference-loaded",
        subject="organisation.directory:shipped",
        detail={
            "added": loaded.added,
            "changed": loaded.changed,
            "figures": loaded.figures,
            "kept": list(loaded.kept),
            "sha256": said,
        },
        at=at,
    )
    changed = loaded.added + loaded.changed + loaded.figures
    events.publish(ReferenceLoaded(changed=changed, at=at))
