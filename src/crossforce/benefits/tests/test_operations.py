"""What may be done with benefits, and what the database itself refuses."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F

from crossforce.benefits import models
from crossforce.benefits.choices import (
    BENEFIT,
    CHANGE,
    Adds,
    ShareRule,
    Status,
)
from crossforce.benefits.operations import benefits as operations
from crossforce.benefits.operations.benefits import Decided, NotNow
from crossforce.benefits.operations.checks import Unknown, Unsound
from crossforce.benefits.operations.reinvesting import reinvest
from crossforce.benefits.queries import benefits
from crossforce.benefits.queries.benefits import NoSuchBenefit
from crossforce.benefits.rules import keeping
from crossforce.benefits.rules.baselines import promise
from crossforce.benefits.rules.profile import Measure
from crossforce.benefits.rules.reinvesting import Allocation
from crossforce.benefits.tests import factories
from crossforce.benefits.tests.factories import AFTER_ONE, AFTER_TWO, BEFORE_GO_LIVE
from crossforce.benefits.tests.profiles import THREE, answering, quarter, saving
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Refused, StaleVersion
from crossforce.kernel.testing import ground
from crossforce.people.choices import Actor
from crossforce.records import api as records

pytestmark = pytest.mark.django_db

DECIDED = Decided(
    "The count missed two offices", "programme-board", "SWPB-2026-14", date(2026, 3, 2)
)


@ground.fixture
def actor() -> Actor:
    factories.policy()
    factories.bodies()
    return factories.officer()


def change(actor: Actor, key: Any, after: Any, **more: Any) -> int:
    row = benefits.one(actor, key)
    values: dict[str, Any] = {
        "version": row.version,
        "decided": DECIDED,
        "at": BEFORE_GO_LIVE,
    } | more
    return operations.change_promise(actor=actor, benefit=key, after=after, **values)


class TestAdd:
    def test_stands_in_the_collection_of_its_function(self, actor: Actor) -> None:
        key = factories.added(actor, function="forensic-services")
        with guarded.acting(actor):
            place = records.place_of(benefits.row_of(key).scope_id)
        assert (place.holder, place.collection) == ("wiltshire", "function:forensic-services")

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"agreement": "gone"}, "no agreement “gone”"),
            ({"function": "gone"}, "no function “gone”"),
            ({"beneficiaries": ("gone",)}, "Nobody has the code gone"),
        ],
    )
    def test_refuses_what_is_not_there(
        self, actor: Actor, wrong: dict[str, Any], says: str
    ) -> None:
        with pytest.raises(Unknown, match=says):
            factories.added(actor, **wrong)

    def test_refuses_a_promise_that_contradicts_itself(self, actor: Actor) -> None:
        before = saving().baseline
        assert before is not None
        profile = saving(baseline=replace(before, value=Fraction(-1)))
        with pytest.raises(Unsound, match="not below nothing"):
            factories.added(actor, profile)

    def test_refuses_to_be_counted_where_it_cannot(self, actor: Actor) -> None:
        with pytest.raises(Unsound, match="which is no benefit here"):
            factories.added(actor, counted_in="gone")
        factories.added(actor)
        factories.added(actor, reference="two", counted_in="forensics-1")
        with pytest.raises(Unsound, match="cannot be one sum"):
            factories.added(actor, answering(15), counted_in="forensics-1")

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"effort": {"wiltshire": -1}}, "effort of wiltshire"),
            ({"effort": {"wiltshire": 10**30}}, "beyond all measure"),
            ({"depends_on": ("gone",)}, "depends on gone, which is no benefit here"),
            ({"depends_on": ("forensics-1",)}, "depends on itself"),
        ],
    )
    def test_refuses_effort_and_dependence_that_cannot_be(
        self, actor: Actor, wrong: dict[str, Any], says: str
    ) -> None:
        with pytest.raises(Unsound, match=says):
            factories.added(actor, **wrong)

    def test_refuses_effort_of_nobody(self, actor: Actor) -> None:
        with pytest.raises(Unknown, match="Nobody has the code gone"):
            factories.added(actor, effort={"gone": 1})

    @pytest.mark.parametrize(
        ("measure", "says"),
        [
            (Measure("hours", "hours", source="gone"), "tells no measure “gone”"),
            (Measure("h", "shifts", source="duty-hours-given"), "in hours"),
            (Measure("h", "hours", adds=Adds.LEVEL, source="duty-hours-given"), "adds up"),
        ],
    )
    def test_refuses_a_measure_that_the_platform_cannot_tell(
        self, actor: Actor, measure: Measure, says: str
    ) -> None:
        with pytest.raises(Unknown, match=says):
            factories.added(actor, answering(15, measure=measure))
        key = factories.added(actor, answering(15))
        with pytest.raises(Unknown, match=says):
            factories.edited(actor, key, promise=promise(answering(15, measure=measure)))

    def test_refuses_a_circle(self, actor: Actor) -> None:
        factories.added(actor, reference="one")
        two = factories.added(actor, reference="two", depends_on=("one",), counted_in="one")
        one = benefits.named(actor, "one").pk
        with pytest.raises(Unsound, match="one depends on two depends on one"):
            factories.edited(actor, one, depends_on="two")
        with pytest.raises(Unsound, match="one is counted in two is counted in one"):
            factories.edited(actor, one, counted_in="two")
        factories.edited(actor, two, title="Words alone")

    def test_refuses_a_second_of_that_reference(self, actor: Actor) -> None:
        factories.added(actor)
        with pytest.raises(records.Clashes, match="has that reference already"):
            factories.added(actor)

    def test_is_refused_without_a_clause(self) -> None:
        factories.bodies()
        with pytest.raises(Refused):
            factories.added(factories.officer())


class TestEdit:
    def test_changes_words_and_a_promise_that_is_not_frozen(self, actor: Actor) -> None:
        key = factories.added(actor)
        row = benefits.one(actor, key)
        after = promise(saving(300_00))
        operations.edit_benefit(
            actor=actor,
            benefit=key,
            version=row.version,
            given={"title": "Fewer still"},
            promise=after,
            at=BEFORE_GO_LIVE,
        )
        now = benefits.one(actor, key)
        assert now.title == "Fewer still"
        assert keeping.read(now.promise) == after

    def test_refuses_to_touch_a_frozen_promise(self, actor: Actor) -> None:
        key = factories.running(actor)
        row = benefits.one(actor, key)
        with pytest.raises(NotNow, match="The targets stood still at go-live"):
            operations.edit_benefit(
                actor=actor,
                benefit=key,
                version=row.version,
                given={},
                promise=promise(saving(1)),
                at=AFTER_ONE,
            )

    def test_leaves_how_it_is_divided_once_it_is_reported(self, actor: Actor) -> None:
        key = factories.running(actor)
        factories.edited(actor, key, share_rule="effort")
        factories.reported(actor, key, 1, 90_00)
        with pytest.raises(NotNow, match="reported already, by how it is divided now"):
            factories.edited(actor, key, share_rule="where-it-falls")
        factories.edited(actor, key, share_rule="effort", title="Fewer still")

    def test_keeps_who_reported_what_fell_to_it(self, actor: Actor) -> None:
        key = factories.running(actor, saving(100_00, share_rule=ShareRule.WHERE_IT_FALLS))
        factories.reported(actor, key, 1, 40_00, force=THREE[0])
        factories.edited(actor, key, beneficiaries="\n".join(THREE[:2]))
        with pytest.raises(NotNow, match=f"{THREE[0]} reported what fell to it"):
            factories.edited(actor, key, beneficiaries=THREE[1])

    def test_is_refused_how_it_is_divided_where_not_all_readings_are_seen(self) -> None:
        factories.policy(kinds=(BENEFIT, CHANGE))
        factories.bodies()
        actor = factories.officer()
        key = factories.running(actor)
        with pytest.raises(Refused, match="may not read everything"):
            factories.edited(actor, key, share_rule="effort")

    def test_refuses_what_is_no_word_of_it(self, actor: Actor) -> None:
        key = factories.added(actor)
        with pytest.raises(Unknown, match="status of a benefit"):
            operations.edit_benefit(
                actor=actor, benefit=key, version=1, given={"status": "closed"}, at=AFTER_ONE
            )

    def test_refuses_an_old_version(self, actor: Actor) -> None:
        key = factories.running(actor)
        with pytest.raises(StaleVersion):
            operations.edit_benefit(
                actor=actor, benefit=key, version=1, given={"title": "Old"}, at=AFTER_ONE
            )


class TestFreeze:
    def test_happens_at_go_live(self, actor: Actor) -> None:
        key = factories.running(actor)
        row = benefits.one(actor, key)
        assert (row.status, row.frozen_on) == ("under-way", date(2026, 3, 2))

    def test_is_refused_after_the_first_target_began(self, actor: Actor) -> None:
        key = factories.added(actor)
        factories.moved(actor, key, Status.PLANNED)
        with pytest.raises(NotNow, match="before go-live"):
            factories.moved(actor, key, Status.UNDER_WAY, at=AFTER_ONE)

    @pytest.mark.parametrize(
        "values",
        [
            {"promise": keeping.kept(promise(saving(1)))},
            {"promise": keeping.kept(promise(saving(1))), "changes": 1},
            {"frozen_on": None},
            {"frozen_on": date(2030, 1, 1)},
            {"benefit_class": "quantifiable"},
            {"changes": F("changes") + 1},
        ],
    )
    def test_the_database_keeps_it(self, actor: Actor, values: dict[str, Any]) -> None:
        key = factories.running(actor)
        with guarded.acting(actor), pytest.raises(IntegrityError), transaction.atomic():
            models.Benefit.objects.filter(pk=key).update(**values)

    def test_the_database_lets_words_be(self, actor: Actor) -> None:
        key = factories.running(actor)
        with guarded.acting(actor):
            assert models.Benefit.objects.filter(pk=key).update(title="Other") == 1


class TestChangePromise:
    def test_records_what_was_and_what_is(self, actor: Actor) -> None:
        key = factories.running(actor)
        before, after = promise(saving(100_00, 200_00)), promise(saving(80_00, 220_00))
        assert change(actor, key, after) == 1
        found = benefits.shown(actor, key, date(2026, 9, 1))
        (one,) = found.changes
        assert keeping.read(one.row.before) == before
        assert keeping.read(found.standing.row.promise) == after
        assert [e.before for e in one.effects] == [100_00, 200_00]
        assert [e.after for e in one.effects] == [80_00, 220_00]

    def test_promises_nothing_backwards(self, actor: Actor) -> None:
        key = factories.running(actor)
        wanted = promise(saving(1, 200_00))
        for day, says in ((date(2031, 11, 1), "yet to come"), (date(2026, 7, 2), "backwards")):
            decided = replace(DECIDED, decided_on=day)
            with pytest.raises(Unsound, match=says):
                change(actor, key, wanted, decided=decided, at=AFTER_ONE)
        assert benefits.one(actor, key).changes == 0

    def test_tells_what_it_dropped(self, actor: Actor) -> None:
        key = factories.running(actor)
        change(actor, key, promise(saving(100_00)))
        found = benefits.shown(actor, key, date(2026, 9, 1))
        assert [(each.span, each.value) for each in found.dropped] == [
            (quarter(2), Fraction(200_00))
        ]

    def test_counts_its_changes(self, actor: Actor) -> None:
        key = factories.running(actor)
        assert [change(actor, key, promise(saving(n))) for n in (1, 2, 3)] == [1, 2, 3]

    def test_is_refused_before_anything_is_frozen(self, actor: Actor) -> None:
        with pytest.raises(NotNow, match="Nothing is frozen yet"):
            change(actor, factories.added(actor), promise(saving(1)))

    def test_is_refused_without_a_decision(self, actor: Actor) -> None:
        key = factories.running(actor)
        with pytest.raises(Unsound, match="reference of the decision"):
            change(actor, key, promise(saving(1)), decided=replace(DECIDED, decision=" "))

    def test_stands_as_it_was_recorded(self, actor: Actor) -> None:
        key = factories.running(actor)
        change(actor, key, promise(saving(1)))
        with (
            guarded.acting(actor),
            pytest.raises(DatabaseError, match="Cannot update"),
            transaction.atomic(),
        ):
            models.PromiseChange.objects.filter(benefit=key).update(reason="Another")


class TestMove:
    def test_is_refused_off_the_way(self, actor: Actor) -> None:
        with pytest.raises(NotNow, match="From identified a benefit moves to"):
            factories.moved(actor, factories.added(actor), Status.CLOSED)

    def test_ends_a_benefit_that_was_realised(self, actor: Actor) -> None:
        key = factories.running(actor, saving(100_00))
        factories.reported(actor, key, 1, 100_00)
        factories.moved(actor, key, Status.REALISED, at=AFTER_ONE)
        assert benefits.one(actor, key).status == "realised"


def use(pence: int) -> Allocation:
    return Allocation("forensics-1", date(2026, 7, 2), pence, "Neighbourhood policing", 1)


class TestAccess:
    def test_a_partner_reads_and_changes_nothing(self, actor: Actor) -> None:
        key = factories.running(actor)
        factories.sharing(factories.HERE, factories.PARTNER)
        bryn = factories.officer(factories.PARTNER)
        assert benefits.shown(bryn, key, date(2026, 7, 2)).may_edit is False
        with pytest.raises(Refused):
            factories.moved(bryn, key, Status.LOST)
        with pytest.raises(Refused):
            factories.reported(bryn, key, 1, 1)

    def test_to_a_stranger_it_is_not_there(self, actor: Actor) -> None:
        key = factories.running(actor)
        cole = factories.officer(factories.ELSEWHERE)
        with pytest.raises(NoSuchBenefit):
            benefits.shown(cole, key, date(2026, 7, 2))
        assert benefits.listed(cole, benefits.Wanted(), date(2026, 7, 2)) == []
        with pytest.raises(LookupError):
            reinvest(actor=cole, benefit=key, new=use(1), at=AFTER_TWO)
