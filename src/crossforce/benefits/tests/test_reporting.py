"""What came of a benefit: reported, corrected, and put to use."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from crossforce.access.operations import put_grants
from crossforce.benefits import models
from crossforce.benefits.choices import (
    KINDS,
    READING,
    REINVESTMENT,
    BenefitClass,
    Light,
    ShareRule,
    Status,
)
from crossforce.benefits.operations.benefits import NotNow
from crossforce.benefits.operations.checks import Unknown, Unsound
from crossforce.benefits.operations.readings import NewReading, NoSuchPeriod, correct, report
from crossforce.benefits.operations.reinvesting import reinvest
from crossforce.benefits.queries import benefits
from crossforce.benefits.rules.reinvesting import Allocation
from crossforce.benefits.tests import factories
from crossforce.benefits.tests.factories import AFTER_ONE, AFTER_TWO
from crossforce.benefits.tests.profiles import THREE, answering, quarter, saving
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Refused, StaleVersion
from crossforce.kernel.testing import ground
from crossforce.people.choices import Actor
from crossforce.records import api as records

pytestmark = pytest.mark.django_db


@ground.fixture
def actor() -> Actor:
    factories.policy()
    factories.bodies()
    return factories.officer()


class TestReport:
    def test_lets_the_light_of_the_day_say_how_it_goes(self, actor: Actor) -> None:
        key = factories.running(actor)
        factories.reported(actor, key, 1, 79_00)
        row, shown = benefits.one(actor, key), benefits.shown(actor, key, date(2026, 7, 2))
        assert (row.status, shown.standing.status) == ("under-way", Status.LATE)
        factories.corrected(actor, key, 1, 99_00)
        assert benefits.shown(actor, key, date(2026, 7, 2)).standing.status is Status.ON_TRACK
        later = benefits.shown(actor, key, date(2026, 12, 2))
        assert later.standing.status is Status.AT_RISK
        assert benefits.one(actor, key).version == row.version
        with guarded.acting(actor):
            assert models.Reading.objects.count() == 1

    @pytest.mark.parametrize(
        ("new", "refusal", "says"),
        [
            (NewReading(quarter(5), Decimal(1), "Seen"), NoSuchPeriod, "The periods are"),
            (
                NewReading(quarter(2), Decimal(1), "Seen"),
                NotNow,
                "goes on until 30 September 2026",
            ),
            (NewReading(quarter(1), Decimal(1), " "), Unknown, "what shows the figure"),
            (NewReading(quarter(1), Decimal(1), "Seen", "wiltshire"), Unknown, "the whole"),
        ],
    )
    def test_is_refused(
        self, actor: Actor, new: NewReading, refusal: type[Exception], says: str
    ) -> None:
        key = factories.running(actor)
        with pytest.raises(refusal, match=says):
            report(actor=actor, benefit=key, new=new, at=AFTER_ONE)

    def test_is_refused_a_second_time(self, actor: Actor) -> None:
        key = factories.running(actor)
        factories.reported(actor, key, 1, 79_00)
        with pytest.raises(records.Clashes, match="reported already"):
            factories.reported(actor, key, 1, 99_00)

    def test_a_correction_of_what_somebody_corrected_meanwhile_is_refused(
        self, actor: Actor
    ) -> None:
        key = factories.running(actor)
        reading = factories.reported(actor, key, 1, 79_00)
        factories.corrected(actor, key, 1, 80_00)
        given: dict[str, Any] = {"reading": reading, "value": Decimal(1), "at": AFTER_TWO}
        with pytest.raises(StaleVersion):
            correct(actor=actor, version=1, evidence="Seen", **given)
        with pytest.raises(Unknown, match="what shows the figure"):
            correct(actor=actor, version=2, evidence=" ", **given)
        factories.sharing(factories.HERE, factories.PARTNER)
        bryn = factories.officer(factories.PARTNER)
        with pytest.raises(Refused):
            correct(actor=bryn, version=2, evidence="Seen", **given)

    def test_is_not_below_nothing_unless_it_is_the_gain_itself(self, actor: Actor) -> None:
        key = factories.running(actor, answering(15))
        with pytest.raises(Unsound, match="is -3, and minutes to answer is not below nothing"):
            factories.reported(actor, key, 1, -3)
        factories.reported(actor, key, 1, 3)
        with pytest.raises(Unsound, match="is not below nothing"):
            factories.corrected(actor, key, 1, -3)
        saved = factories.running(actor, reference="saved")
        factories.reported(actor, saved, 1, -3)
        assert benefits.shown(actor, saved, date(2026, 7, 2)).standing.realised == -3

    def test_is_refused_before_the_baseline_is_frozen(self, actor: Actor) -> None:
        with pytest.raises(NotNow, match="Freeze the baseline first"):
            factories.reported(actor, factories.added(actor), 1, 1)

    def test_of_what_stays_where_it_falls_is_each_forces_own(self, actor: Actor) -> None:
        profile = saving(100_00, share_rule=ShareRule.WHERE_IT_FALLS)
        key = factories.running(actor, profile)
        with pytest.raises(Unknown, match="for which force"):
            factories.reported(actor, key, 1, 1)
        for force in THREE[:2]:
            factories.reported(actor, key, 1, 40_00, force=force)
        partly = benefits.shown(actor, key, date(2026, 7, 2)).standing
        assert (partly.realised, partly.signal.light) == (0, Light.NONE)
        assert partly.waiting == {quarter(1): THREE[2:]}
        late = benefits.shown(actor, key, date(2026, 12, 2)).standing
        assert late.found.unreported == (quarter(1),)
        factories.reported(actor, key, 1, 15_00, force=THREE[2])
        whole = benefits.shown(actor, key, date(2026, 7, 2)).standing
        assert (whole.realised, whole.waiting) == (95_00, {})

    def test_of_what_stays_where_it_falls_asks_no_force_for_the_public(
        self, actor: Actor
    ) -> None:
        profile = saving(
            100_00,
            share_rule=ShareRule.WHERE_IT_FALLS,
            beneficiaries=("wiltshire", "public"),
        )
        key = factories.running(actor, profile)
        with pytest.raises(Unknown, match="of wiltshire"):
            factories.reported(actor, key, 1, 1, force="public")
        factories.reported(actor, key, 1, 95_00, force="wiltshire")
        assert benefits.shown(actor, key, date(2026, 7, 2)).standing.realised == 95_00


def use(pence: int) -> Allocation:
    return Allocation("forensics-1", date(2026, 7, 2), pence, "Neighbourhood policing", 1)


class TestReinvest:
    def test_takes_what_came_and_no_more(self, actor: Actor) -> None:
        key = factories.running(actor)
        factories.reported(actor, key, 1, 90_00)
        reinvest(actor=actor, benefit=key, new=use(60_00), at=AFTER_ONE)
        with pytest.raises(NotNow, match="£30 of £90"):
            reinvest(actor=actor, benefit=key, new=use(30_01), at=AFTER_ONE)
        reinvest(actor=actor, benefit=key, new=use(30_00), at=AFTER_ONE)
        found = benefits.shown(actor, key, date(2026, 7, 2))
        assert (found.reinvested, found.overdrawn) == (90_00, 0)

    @pytest.mark.parametrize("unread", [READING, REINVESTMENT])
    def test_is_refused_where_not_everything_is_seen(self, actor: Actor, unread: str) -> None:
        key = factories.running(actor)
        factories.reported(actor, key, 1, 90_00)
        reinvest(actor=actor, benefit=key, new=use(60_00), at=AFTER_ONE)
        with transaction.atomic():
            put_grants("policy", [])
        factories.policy(kinds=tuple(kind for kind in KINDS if kind != unread))
        found = benefits.shown(actor, key, date(2026, 7, 2))
        assert (found.reinvested, found.overdrawn, found.may_reinvest) == (None, 0, False)
        with pytest.raises(Refused, match="may not read everything"):
            reinvest(actor=actor, benefit=key, new=use(60_00), at=AFTER_ONE)

    def test_says_what_a_correction_leaves_uncovered(self, actor: Actor) -> None:
        key = factories.running(actor)
        factories.reported(actor, key, 1, 90_00)
        reinvest(actor=actor, benefit=key, new=use(90_00), at=AFTER_ONE)
        factories.corrected(actor, key, 1, 50_00)
        assert benefits.shown(actor, key, date(2026, 7, 2)).overdrawn == 40_00

    def test_is_refused_where_no_cash_is_freed(self, actor: Actor) -> None:
        key = factories.running(actor, saving(1, benefit_class=BenefitClass.NON_CASH))
        with pytest.raises(NotNow, match="only what frees cash"):
            reinvest(actor=actor, benefit=key, new=use(1), at=AFTER_ONE)
