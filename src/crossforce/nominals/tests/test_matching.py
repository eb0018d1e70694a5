"""Two records are matched by people who read both; who does not know of both ends learns nothing of it."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from crossforce.acting import api as acting
from crossforce.kernel import guarded, registry, statements
from crossforce.kernel.refusals import Missing, Refused
from crossforce.kernel.registry import Fact
from crossforce.kernel.testing import ground
from crossforce.nominals import models
from crossforce.nominals.choices import MATCH, PERSON, Act
from crossforce.nominals.operations import matching
from crossforce.nominals.queries import feeding, reviewing
from crossforce.nominals.queries import matching as reads
from crossforce.nominals.queries.around import around
from crossforce.nominals.tests import holding
from crossforce.people.choices import Actor
from crossforce.records import api as records
from crossforce.records import models as frame
from crossforce.records import telling
from crossforce.records.tests import factories
from crossforce.records.tests.factories import AT, HERE, PARTNER

Pair = tuple[UUID, UUID]
STEP = {"field": "surname", "level": "the same", "bits": 9.5, "words": "surname: the same."}


def policies() -> None:
    """Two forces that read each other's people, and each others' matches."""
    holding.own_policies()
    for reference, holder, recipient in (
        ("own-matches", HERE, HERE),
        ("their-matches", PARTNER, PARTNER),
        ("shown-there", HERE, PARTNER),
        ("shown-here", PARTNER, HERE),
    ):
        holding.policy(reference, kinds=(MATCH,), holder=holder, recipient=recipient)
    holding.shared("find", "read")
    holding.policy("back", holder=PARTNER, actions=("find", "read"))


def alike(
    one: UUID,
    other: UUID,
    weight: float = 12.0,
    lean: str = "propose",
    step: dict[str, Any] = STEP,
    **told: Any,
) -> Pair:
    """Two records as the engine files them."""
    pair = reads.ordered(one, other)
    found = {"one": str(pair[0]), "other": str(pair[1]), "weight": weight, "lean": lean}
    filed = {"model": "m", "records": [], "is_all": False}
    feeding.likened({**filed, "found": [found | {"evidence": [step]}], **told})
    return pair


@ground.fixture
def pair(db: None) -> Pair:
    policies()
    here = holding.person(factories.asha(), "John", "Smith", "1980-05-12")
    there = holding.person(factories.bryn(), "Jon", "Smith", "1980-05-12")
    return alike(here.pk, there.pk)


def decide(
    actor: Actor, pair: Pair, act: Act, reason: str = "", version: int = 0
) -> models.Match:
    return matching.decide(
        actor=actor, one=pair[1], other=pair[0], act=act, reason=reason, version=version, at=AT
    )


def confirmed(pair: Pair) -> models.Match:
    decide(factories.asha(), pair, Act.CONFIRM)
    return decide(factories.bryn(), pair, Act.CONFIRM, version=1)


def mates(actor: Actor, key: UUID) -> set[UUID]:
    """Who is confirmed to be one person with a record."""
    return {each.id for each in around(actor, key).confirmed}


def seen(actor: Actor) -> list[int]:
    """What is there of matches, whichever way somebody looks: rows, states, pointers, ends, counts."""
    with guarded.acting(actor), connection.cursor() as cursor:
        found = []
        for table in (
            "nominals_match",
            "nominals_matchevent",
            "nominals_likeness",
            "records_ends",
        ):
            cursor.execute(f"SELECT count(*) FROM {table}")
            found.append(cursor.fetchone()[0])
        cursor.execute("SELECT count(*) FROM records_pointer WHERE kind = %s", [MATCH])
        found.append(cursor.fetchone()[0])
        cursor.execute(
            "SELECT coalesce(max(seen), 0) FROM records_listed(%s, 9, '{}')", [MATCH]
        )
        found.append(cursor.fetchone()[0])
        for table in ("records_hold", "nominals_weighed"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            found.append(cursor.fetchone()[0])
        return found


class TestDeciding:
    def test_two_people_confirm_across_forces(self, pair: Pair) -> None:
        asha, bryn = factories.asha(), factories.bryn()
        first = decide(asha, pair, Act.CONFIRM)
        assert (first.state, first.first_by, first.weight) == ("proposed", asha.reference, 12.0)
        with pytest.raises(matching.CannotDecide, match="Somebody else"):
            decide(asha, pair, Act.CONFIRM, version=1)
        assert reviewing.following(asha) is None
        found = reviewing.following(bryn)
        assert found
        assert (found.one, found.other) == pair
        second = decide(bryn, pair, Act.CONFIRM, version=1)
        assert (second.state, second.decided_by) == ("confirmed", bryn.reference)
        assert reviewing.following(bryn) is None

    def test_one_is_enough_within_a_force_where_the_weight_proposes_it(
        self, pair: Pair
    ) -> None:
        asha = factories.asha()
        two = [holding.person(asha, "Ann", "Lee"), holding.person(asha, "Anne", "Lee")]
        assert decide(asha, alike(two[0].pk, two[1].pk), Act.CONFIRM).state == "confirmed"
        looked = [holding.person(asha, "Bo", "Lee"), holding.person(asha, "Bob", "Lee")]
        doubtful = alike(looked[0].pk, looked[1].pk, 0.5, "review")
        assert decide(asha, doubtful, Act.CONFIRM).state == "proposed"

    def test_what_was_decided_is_withdrawn_and_decided_again(self, pair: Pair) -> None:
        asha = factories.asha()
        match = confirmed(pair)
        assert mates(asha, pair[0]) == {pair[1]}
        with pytest.raises(matching.CannotDecide, match="Withdraw that first"):
            decide(asha, pair, Act.REFUSE, "No.", match.version)
        for wrong in ((Act.WITHDRAW, ""), (Act.REFUSE, " ")):
            with pytest.raises(matching.CannotDecide):
                decide(asha, pair, *wrong, match.version)
        match = decide(asha, pair, Act.WITHDRAW, "His brother.", match.version)
        assert mates(asha, pair[0]) == set()
        match = decide(asha, pair, Act.CONFIRM, version=match.version)
        match = decide(factories.bryn(), pair, Act.CONFIRM, version=match.version)
        assert mates(asha, pair[0]) == {pair[1]}
        _, changes = records.history(asha, MATCH, match.pk)
        assert len(changes) == 5

    def test_refuses_what_is_old_or_not_ones_own(self, pair: Pair) -> None:
        decide(factories.asha(), pair, Act.LEAVE, "Ask the desk.")
        with pytest.raises(Exception, match="changed this"):
            decide(factories.bryn(), pair, Act.CONFIRM)
        with pytest.raises(Missing):
            decide(factories.cole(), pair, Act.CONFIRM)
        with pytest.raises(Missing):
            decide(factories.asha(), (pair[0], uuid4()), Act.CONFIRM)
        holding.policy("their-matches", kinds=(), holder=PARTNER, recipient=PARTNER)
        other = [holding.person(factories.bryn(), "Ann", "Lee") for _ in range(2)]
        with pytest.raises(Refused):
            decide(factories.bryn(), alike(other[0].pk, other[1].pk), Act.CONFIRM)

    def test_a_combination_is_told_of_each_end_and_of_no_other(self, pair: Pair) -> None:
        decide(factories.asha(), pair, Act.CONFIRM)
        told = holding._named("record.combined")
        assert sorted(map(sorted, told)) == sorted([[key] for key in pair])


class TestWhatTheyWeighed:
    def test_is_kept_of_each_decision_whatever_is_learnt_or_goes(self, pair: Pair) -> None:
        asha, bryn = factories.asha(), factories.bryn()
        alike(*pair, proposed_above=4.2, reviewed_above=0.0)
        decide(asha, pair, Act.CONFIRM)
        later = STEP | {"words": "surname: near."}
        alike(*pair, 3.0, "review", later, model="n")
        decide(bryn, pair, Act.CONFIRM, version=1)
        feeding.likened({"model": "o", "records": [], "is_all": True, "found": []})
        shown = reads.pair(asha, *pair)
        assert shown.likeness is None
        second, first = shown.weighed
        assert (first.state, first.weight, first.lean, first.model) == (
            "proposed",
            12.0,
            "propose",
            "m",
        )
        assert (first.evidence, first.proposed_above, first.reviewed_above) == (
            [STEP],
            4.2,
            0.0,
        )
        assert (second.state, second.weight, second.model, second.evidence) == (
            "confirmed",
            3.0,
            "n",
            [later],
        )
        assert (second.acted_by, second.proposed_above) == (bryn.reference, None)
        (listed,) = reads.listed(asha, state="confirmed").pairs
        assert list(listed.weighed) == [second, first]

    def test_says_so_where_the_engine_held_nothing(self, pair: Pair) -> None:
        asha = factories.asha()
        two = [holding.person(asha, given, "Lee") for given in ("Ann", "Bo")]
        other = reads.ordered(two[0].pk, two[1].pk)
        decide(asha, other, Act.LEAVE)
        assert not reads.pair(asha, *other).weighed
        decide(asha, other, Act.REFUSE, "Sisters.", 1)
        (kept,) = reads.pair(asha, *other).weighed
        assert (kept.weight, kept.evidence, kept.version) == (None, [], 2)


class TestWhoKnowsOneEndAlone:
    @pytest.fixture
    def held(self, pair: Pair) -> models.Match:
        match = confirmed(pair)
        records.hold(actor=factories.asha(), kind=MATCH, record=match.pk, reason="x", at=AT)
        return match

    def test_learns_nothing(self, pair: Pair, held: models.Match) -> None:
        bryn = factories.bryn()
        assert seen(bryn) == [1, 2, 1, 1, 1, 1, 1, 2]
        holding.shared(reference="shared")
        assert seen(bryn) == [0, 0, 0, 0, 0, 0, 0, 0]
        assert mates(bryn, pair[0]) == set()
        totals = [reads.listed(bryn, state="confirmed", page=each).total for each in (1, 2)]
        assert totals == [0, 0]
        for ask in (
            lambda: records.shown(bryn, MATCH, held.pk),
            lambda: records.history(bryn, MATCH, held.pk),
            lambda: records.edit(
                actor=bryn, kind=MATCH, record=held.pk, version=3, given={"reason": "x"}, at=AT
            ),
            lambda: reads.pair(bryn, *pair),
        ):
            with pytest.raises(Missing):
                ask()
        with guarded.acting(bryn):
            assert statements.answer("SELECT access_place(%s, %s)", MATCH, held.pk) is None
            assert (
                statements.answers("SELECT * FROM access_glass(%s, %s)", MATCH, held.pk) == []
            )

    def test_who_may_find_both_knows_of_it_and_not_why(
        self, pair: Pair, held: models.Match
    ) -> None:
        bryn = factories.bryn()
        holding.shared("find")
        assert seen(bryn) == [1, 2, 0, 1, 1, 1, 1, 0]
        with guarded.acting(bryn):
            own = models.Person.objects.get(given_names="Jon")
        (known,) = around(bryn, own.pk).confirmed
        assert ({own.pk, known.id}, known.is_readable) == (set(pair), False)

    def test_nobody_makes_one_between_records_that_they_do_not_read(self, pair: Pair) -> None:
        bryn = factories.bryn()
        with guarded.acting(bryn):
            read = models.Person.objects.get(pk=max(pair, key=lambda key: key))
        holding.shared("find")
        for values in ({"one": pair[0], "other": pair[1]}, {"one": read.pk, "other": uuid4()}):
            new = records.NewRecord(
                MATCH,
                records.Place(PARTNER),
                values
                | {
                    "state": "refused",
                    "decided_by": "x",
                    "decided_at": AT,
                    "purposes": ["prevent-offences"],
                },
            )
            with pytest.raises(Missing):
                records.create(actor=bryn, new=new, at=AT)
        sent = """INSERT INTO nominals_match (id, one, other, state, reason, lean, model, first_by, decided_by, version,
            scope_id, source_system, source_reference, purposes, review_group, disposal, proposed_by, created_at, created_by,
            changed_at, changed_by)
            SELECT gen_random_uuid(), %s, %s, 'proposed', '', '', '', '', '', 1, %s, '', '', '{prevent-offences}', '', 'kept',
            '', now(), by, now(), by FROM (SELECT 'staff:' || (access_acting()).staff AS by) b"""
        with guarded.acting(bryn):
            scope = guarded.scope(guarded.ScopeOf(PARTNER, MATCH))
            with pytest.raises(DatabaseError, match="both its ends"), transaction.atomic():
                statements.answers(sent, *pair, scope)

    def test_its_ends_stay(self, pair: Pair, held: models.Match) -> None:
        with (
            guarded.acting(factories.asha()),
            pytest.raises(DatabaseError, match="its ends stay"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("UPDATE nominals_match SET one = gen_random_uuid()")


class TestWhatGoes:
    def test_a_match_goes_with_either_record_and_follows_both(self, pair: Pair) -> None:
        match = confirmed(pair)
        asha, bryn = factories.asha(), factories.bryn()
        with guarded.acting(asha):
            mine = models.Person.objects.get(given_names="John")
        holding.policy("secret", kinds=(PERSON,), compartment="special-branch")
        records.move(
            actor=asha,
            kind=PERSON,
            record=mine.pk,
            version=mine.version,
            to=records.Place(HERE, compartment="special-branch"),
            reason="x",
            at=AT,
        )
        assert seen(bryn)[:5] == [0, 0, 0, 0, 0]
        assert seen(asha)[:5] == [1, 2, 1, 1, 1]
        with guarded.acting(asha):
            models.Person.objects.filter(pk=mine.pk).delete()
        assert seen(asha) == [0, 0, 0, 0, 0, 0, 0, 0]
        assert not frame.Ends.objects.filter(record=match.pk).exists()

    def test_one_that_is_held_keeps_both(self, pair: Pair) -> None:
        match = confirmed(pair)
        asha = factories.asha()
        records.hold(actor=asha, kind=MATCH, record=match.pk, reason="x", at=AT)
        with (
            guarded.acting(asha),
            pytest.raises(DatabaseError, match="held"),
            transaction.atomic(),
        ):
            models.Person.objects.filter(given_names="John").delete()


class TestSeal:
    def test_nobody_files_a_likeness_without_it(self, pair: Pair) -> None:
        for message, mac in (("1|1|1|likened|{}", "00"), acting.sealed("window", {})):
            with pytest.raises(DatabaseError, match="not sealed"), transaction.atomic():
                statements.answers("SELECT nominals_likened(%s, %s)", message, mac)
        for verb in ("DELETE FROM nominals_likeness", "UPDATE nominals_likeness SET weight = 1",
                     "DELETE FROM nominals_weighed", "UPDATE nominals_weighed SET weight = 1", "DELETE FROM records_ends", "UPDATE records_ends SET one_scope = 1"):  # fmt: skip
            with (
                guarded.acting(factories.asha()),
                pytest.raises(DatabaseError, match="permission denied"),
                transaction.atomic(),
            ):
                statements.answers(verb)


def test_no_fact_is_told_of_a_match_to_who_does_not_know_both(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, owner_connection: psycopg.Connection[Any]
) -> None:
    confirmed(pair)
    kind = registry.record_kinds.get(MATCH)
    assert kind
    kinds = [replace(kind, facts=(Fact("standing", ("state",)),))]
    monkeypatch.setattr(telling, "registry", SimpleNamespace(record_kinds=kinds))
    monkeypatch.setattr(telling, "STANDING", "SELECT '', '', '' WHERE false")
    telling.tell(owner_connection.cursor())
    told = []
    try:
        for actor in (factories.asha(), factories.cole()):
            with guarded.acting(actor):
                told.append(statements.answers(f"SELECT * FROM {telling.signatures()[0]}"))
    finally:
        owner_connection.execute(f"DROP FUNCTION {telling.signatures()[0]}")
    assert told == [[("confirmed",)], []]
