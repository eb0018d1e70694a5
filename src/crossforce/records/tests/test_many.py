"""Many records written at once: as one after the other, all or none, each with its own entry in the ledger."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest

from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing, Refused, StaleVersion
from crossforce.kernel.testing import ground
from crossforce.people.choices import Actor
from crossforce.records import models, operations, queries
from crossforce.records.operations import Edit, changing, creating
from crossforce.records.operations.values import Unsound
from crossforce.records.tests import factories
from crossforce.records.tests.factories import AT, PARTNER

pytestmark = pytest.mark.django_db
NOTE = "records.note"


@pytest.fixture(autouse=True)
def own_policy() -> None:
    factories.policy()


@ground.fixture
def asha() -> Actor:
    return factories.asha()


def added(actor: Actor, *subjects: str) -> list[UUID]:
    new = [factories.new(subject=each) for each in subjects]
    return [row.pk for row in operations.create_many(actor=actor, new=new, at=AT)]


def edited(actor: Actor, *edits: tuple[UUID, int, dict[str, Any]]) -> None:
    wanted = [Edit(*each) for each in edits]
    operations.edit_many(actor=actor, kind=NOTE, edits=wanted, at=AT)


def states(actor: Actor, keys: Sequence[UUID]) -> list[dict[str, Any]]:
    """Everything that the rows hold, but which they are."""
    with guarded.acting(actor):
        rows = models.Note.objects.in_bulk(keys)
    kept = [field.attname for field in models.Note._meta.concrete_fields if field.name != "id"]
    return [{name: getattr(rows[key], name) for name in kept} for key in keys]


def told(operation: str) -> dict[str, tuple[Any, ...]]:
    """Entries by their subject, without what no two have alike."""
    return {
        each.subject.removeprefix(f"{NOTE}:"): (
            {name: each.detail[name] for name in each.detail if name != "rows"},
            each.agreements,
            each.scopes,
            each.concerns,
            each.private_commitment is None,
        )
        for each in factories.entries(operation)
    }


def test_are_added_as_one_is(asha: Actor) -> None:
    one = factories.created(asha, subject="A “blue” van\n\tand Zoë")
    keys = added(asha, *[one.subject] * 2)
    first, *others = states(asha, [one.pk, *keys])
    assert others == [first] * 2
    entries = told("record.collected")
    assert entries == dict.fromkeys(map(str, (one.pk, *keys)), entries[str(one.pk)])


def test_are_changed_as_one_is(asha: Actor) -> None:
    one, two, three = added(asha, "A", "A", "C")
    given = {"subject": "B", "body": "Thrice."}
    operations.edit(actor=asha, kind=NOTE, record=one, version=1, given=given, at=AT)
    edited(asha, (three, 1, {"body": "Never."}), (two, 1, given))
    assert not factories.entries("record.consulted")
    first, second, third = states(asha, [one, two, three])
    assert first == second
    assert (third["subject"], third["body"], third["version"]) == ("C", "Never.", 2)
    entries = told("record.altered")
    assert entries[str(one)] == entries[str(two)]
    assert entries[str(three)][0]["fields"] == ["body"]


def test_have_their_history_and_are_found(asha: Actor) -> None:
    _, two = added(asha, "A", "A")
    edited(asha, (two, 1, {"subject": "A green lorry"}))
    _, (changed, _) = queries.history(asha, NOTE, two)
    assert changed.fields == (("subject", "A", "A green lorry"),)
    assert [each.id for each in queries.search(asha, "green lorry").rows] == [two]


def test_none_is_added_where_one_cannot_be(asha: Actor) -> None:
    sound, place = factories.new(), factories.new(marking="SECRET")
    for wrong, why in ((place, creating.MayNotAdd), (factories.new(subject=""), Unsound)):
        with pytest.raises(why):
            operations.create_many(actor=asha, new=[sound, wrong], at=AT)
    there = factories.created(asha)
    taken = operations.NewRecord(sound.kind, sound.place, sound.values, id=there.pk)
    with pytest.raises(creating.Taken):
        operations.create_many(actor=asha, new=[sound, taken], at=AT)
    assert len(factories.entries("record.collected")) == 1


@pytest.mark.parametrize(
    ("version", "given", "why"),
    [
        (2, {"body": "x"}, StaleVersion),
        (1, {"body": "Seen twice."}, changing.NothingChanges),
        (1, {"subject": "x" * 201}, Unsound),
    ],
)
def test_none_is_changed_where_one_cannot_be(
    asha: Actor, version: int, given: dict[str, Any], why: type[Exception]
) -> None:
    one, two = added(asha, "A", "B")
    with pytest.raises(why):
        edited(asha, (one, 1, {"body": "x"}), (two, version, given))
    assert states(asha, [one])[0]["version"] == 1
    assert not factories.entries("record.altered")


def test_the_same_twice_is_one_on_an_old_version(asha: Actor) -> None:
    (one,) = added(asha, "A")
    with pytest.raises(StaleVersion):
        edited(asha, (one, 1, {"body": "x"}), (one, 1, {"body": "y"}))


def test_whoever_may_read_only_changes_none(asha: Actor) -> None:
    (one,) = added(asha, "A")
    factories.policy("joint", recipient=PARTNER, actions=("find", "read"))
    with pytest.raises(Refused):
        edited(factories.bryn(), (one, 1, {"body": "x"}))
    for who, key in ((factories.cole(), one), (asha, uuid4())):
        with pytest.raises(Missing):
            edited(who, (key, 1, {"body": "x"}))


def test_what_no_clause_allows_says_on_what_it_rests(asha: Actor) -> None:
    (one,) = added(asha, "A")
    bryn = factories.bryn()
    with guarded.acting(asha):
        row = models.Note.objects.get(pk=one)
    factories.opened(row, bryn, actions=("find", "read", "edit"))
    edited(bryn, (one, 1, {"body": "x"}))
    (entry,) = factories.entries("record.altered")
    assert [each.split(":")[0] for each in entry.detail["without_clause"]] == ["share"]


def test_of_none_nothing_is_written(asha: Actor) -> None:
    assert operations.create_many(actor=asha, new=[], at=AT) == ()
    assert operations.edit_many(actor=asha, kind=NOTE, edits=[], at=AT) == ()
