"""What the demonstration's agreements on people say of deconfliction comes about between two of their forces."""

from datetime import UTC, datetime, timedelta

import pytest

from crossforce.agreements import operations
from crossforce.kernel import civil
from crossforce.nominals.operations import deconflicting
from crossforce.nominals.operations.deconflicting import NewInterest
from crossforce.people.choices import Actor
from crossforce.people.models import Account
from crossforce.people.queries import acting_in
from crossforce.people.tests import factories
from tests.documents.register import HOME

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LOADED = datetime.now(UTC) - timedelta(days=2)
FORCES = ("avon-and-somerset", "dorset")


def investigator(force: str) -> Actor:
    posting = factories.posting(factories.staff(force), "investigator")
    return acting_in(Account(), posting, "crime-investigation", LOADED)


def test_two_forces_learn_that_both_are_interested(shipped_directory: None) -> None:
    for name in ("sw-nominals", *(f"{force}-nominals-policy" for force in FORCES)):
        text = (HOME / "internal" / f"{name}.toml").read_text("utf-8")
        operations.record_document(actor=factories.loader(), document=text, at=LOADED)
    at = datetime.now(UTC)
    until = civil.day_of(at) + timedelta(days=9)
    new = NewInterest("Heron", "Burglaries of shops", "Room 3", until, "vrm", "AB12 CDE")
    actors = [investigator(force) for force in FORCES]
    for actor in actors:
        deconflicting.register(actor=actor, new=new, at=at)
    for actor in actors:
        (looked,) = deconflicting.look(actor=actor, at=at)
        assert looked.met is not None
