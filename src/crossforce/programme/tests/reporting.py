"""An agreement in the public register with projects, money and benefits, and reports about it, for tests."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from crossforce.access.choices import ACTIONS
from crossforce.access.operations import put_grants
from crossforce.benefits.choices import KINDS as BENEFITS
from crossforce.benefits.tests import factories as benefits
from crossforce.boards.tests import factories as boards
from crossforce.finance.tests import factories as finance
from crossforce.people.choices import Actor
from crossforce.people.tests import factories as people
from crossforce.programme.kinds import KINDS
from crossforce.programme.operations import projects, reports
from crossforce.programme.operations.places import place_of
from crossforce.programme.queries import reports as reads
from crossforce.records import api as records
from crossforce.records.tests import factories as records_made
from crossforce.register import jobs

AT, YEAR, REFERENCE = finance.NOW, finance.YEAR, finance.REFERENCE
WILTS = finance.WILTS
CODE = "joint-roads-2027"
EVERY = (*(each.name for each in KINDS), *BENEFITS, *boards.KINDS, *finance.KINDS)


def policy(
    force: str = WILTS,
    *,
    actions: Sequence[str] = ACTIONS,
    reference: str = "reporting-policy",
    **more: Any,
) -> None:
    """The force's own policy: its programme officers keep everything, and may disclose it."""
    grants = [
        records_made.grant(kind, holder=force, recipient=force, actions=tuple(actions), **more)
        for kind in EVERY
    ]
    with transaction.atomic():
        put_grants(reference, grants)


def agreement() -> None:
    """Three forces share roads policing, and the register says so."""
    finance.agreement()
    jobs.publish_missing(AT)


def officer(force: str = WILTS) -> Actor:
    """Who reports."""
    return people.actor("programme-officer", force)


def project(actor: Actor, code: str = "radios", **more: Any) -> UUID:
    """A project of the agreement."""
    values: dict[str, Any] = {
        "code": code,
        "title": "New radios",
        "agreement": REFERENCE,
        "purpose": "One radio for three forces",
        "benefit": "Help comes sooner",
    } | more
    return projects.add_project(actor=actor, given=values, at=AT)


def milestone(actor: Actor, title: str = "Radios bought", *, days: int = 30) -> UUID:
    """A milestone of that project."""
    values = {
        "project": "radios",
        "title": title,
        "code": "M1",
        "due_on": date(AT.year, AT.month, AT.day) + timedelta(days=days),
        "purposes": ["duty-from-law"],
    }
    new = records.NewRecord("programme.milestone", place_of(actor, ""), values)
    key: UUID = records.create(actor=actor, new=new, at=AT).pk
    return key


def benefit(actor: Actor, **more: Any) -> UUID:
    """A saving of the agreement that is promised."""
    return benefits.added(actor, agreement=REFERENCE, **more)


def opened_up(actor: Actor, kind: str, key: UUID) -> None:
    """Its holder marks a record OFFICIAL."""
    model = records.models_by_kind()[kind]
    row = finance.row(actor, key, model)
    place = records.Place(actor.organisation, "", "", "OFFICIAL")
    records.move(
        actor=actor, kind=kind, record=key, version=row.version, to=place, reason="Public", at=AT
    )  # fmt: skip


def report(actor: Actor, **more: Any) -> UUID:
    """A draft about the agreement."""
    values: dict[str, Any] = {
        "code": CODE,
        "title": "How joint roads policing goes",
        "agreement": REFERENCE,
        "year": YEAR,
        "introduction": "What three forces do together.",
    } | more
    return reports.add_report(actor=actor, given=values, at=AT)


def drawn(actor: Actor, **more: Any) -> UUID:
    """The same with its figures."""
    key = report(actor, **more)
    reports.draw_report(actor=actor, report=key, version=1, at=AT)
    return key


def published(actor: Actor, key: UUID | None = None, **more: Any) -> UUID:
    """The same, before everybody."""
    key = key or drawn(actor, **more)
    version = reads.one(actor, key).version
    reports.publish_report(
        actor=actor, report=key, version=version, reason="So that everybody knows", at=AT
    )
    return key
