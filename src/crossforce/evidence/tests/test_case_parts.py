"""A case moves and goes with its unused material and the exhibits that name it, all or none, whoever may know of them."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from crossforce.evidence import choices
from crossforce.evidence.choices import CASE, EXHIBIT, SENSITIVE
from crossforce.evidence.models import Case, Certified, Sensitive
from crossforce.evidence.operations import case_parts, disposing, scheduling
from crossforce.evidence.operations.scheduling import Described
from crossforce.evidence.tests import factories
from crossforce.records import api as front
from crossforce.records import operations as records
from crossforce.records.choices import Place
from crossforce.records.tests.factories import AT, HERE, LONG_AGO, as_asha, asha
from crossforce.records.tests.factories import policy as opening

pytestmark = pytest.mark.django_db
OVER: dict[str, Any] = {"outcome": "acquitted", "outcome_on": date(2021, 5, 4)}
BY: dict[str, Any] = {"reason": "Its time is over", "at": AT}


@pytest.fixture
def case(db: None) -> Case:
    """Over for long, with one item that is tested and certified."""
    factories.policy()
    case = factories.case(at=LONG_AGO, **OVER)
    row = scheduling.schedule(
        actor=asha(),
        case=case.pk,
        new=Described("Log", "Store", why_sensitive="At risk"),
        at=LONG_AGO,
    )
    found: dict[str, Any] = {"officer": "DC 7", "reason": "No use", "at": LONG_AGO}
    test = choices.Test.CLEARLY_NOT
    scheduling.record_test(actor=asha(), item=row.pk, version=row.version, test=test, **found)
    scheduling.certify(actor=asha(), case=case.pk, officer="DC 7", at=LONG_AGO)
    return case


def move(case: Case) -> None:
    to = Place(HERE, "case:op-heron")
    records.move(actor=asha(), kind=CASE, record=case.pk, version=case.version, to=to, **BY)


def dispose(row: Any, kind: str = CASE) -> None:
    records.dispose(actor=asha(), kind=kind, record=row.pk, version=row.version, **BY)


def cut_off(row: Sensitive) -> None:
    """As whoever has the tables of the application, and not its operations."""
    with transaction.atomic():
        Sensitive.objects.filter(pk=row.pk).delete()
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_its_schedules_move_along(case: Case) -> None:
    move(case)
    with as_asha():
        for part in (Sensitive.objects.get(), Certified.objects.get()):
            assert front.place_of(part.scope_id).collection == "case:op-heron"


def test_schedules_beyond_reach_keep_it_where_it_is(case: Case) -> None:
    opening(kinds=(CASE, EXHIBIT))
    for act in (move, dispose):
        with pytest.raises(case_parts.SchedulesStay):
            act(case)


def test_an_exhibit_beyond_reach_keeps_it(case: Case) -> None:
    factories.exhibit(at=LONG_AGO, seized_at=LONG_AGO)
    opening(kinds=tuple(each for each in factories.KINDS if each != EXHIBIT))
    with pytest.raises(case_parts.ExhibitNotOpen):
        disposing.propose(actor=asha(), case=case.pk, at=AT)
    with pytest.raises(case_parts.ExhibitNotOpen):
        dispose(case)


def test_a_schedule_goes_with_it_and_never_alone(case: Case) -> None:
    with as_asha():
        row = Sensitive.objects.get()
    opening(kinds=(SENSITIVE,))
    with pytest.raises(case_parts.GoesWithItsCase):
        dispose(row, SENSITIVE)
    with as_asha(), pytest.raises(DatabaseError, match="goes with its case"):
        cut_off(row)
