"""Changes to records: who may, what is refused, what is written down."""

from typing import Any
from uuid import uuid4

import pytest

from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing, NotUnderstood, Refused, StaleVersion
from crossforce.records import models, operations, queries
from crossforce.records.choices import Place, Reference
from crossforce.records.operations import (
    changing,
    creating,
    disclosing,
    linking,
    proposing,
)
from crossforce.records.operations.values import Unsound
from crossforce.records.tests import factories
from crossforce.records.tests.factories import AT, HERE, PARTNER

pytestmark = pytest.mark.django_db
NOTE = "records.note"


@pytest.fixture(autouse=True)
def own_policy() -> None:
    factories.policy()


class TestCreate:
    def test_adds_a_record_in_its_place_with_one_entry(self) -> None:
        asha = factories.asha()
        row = factories.created(asha, marking="OFFICIAL-SENSITIVE", collection="case:op-1")
        with guarded.acting(asha):
            place = queries.place_of(row.scope_id)
        assert place == Place(HERE, "case:op-1", "", "OFFICIAL-SENSITIVE")
        (entry,) = factories.entries("record.collected")
        assert entry.subject == f"records.note:{row.pk}"
        assert entry.detail["rows"] == [str(row.pk)]
        assert [each.reference for each in entry.agreements] == ["policy"]

    def test_says_when_the_review_is_due(self) -> None:
        row = factories.created(factories.asha(), group="2")
        assert row.review_due is not None
        assert row.review_due.year == AT.year + 10

    @pytest.mark.parametrize(
        "given",
        [
            {"purposes": []},
            {"purposes": ["because"]},
            {"subject": ""},
            {"subject": "x" * 201},
            {"colour": "blue"},
        ],
    )
    def test_refuses_what_cannot_be_kept(self, given: dict[str, object]) -> None:
        with pytest.raises(Unsound):
            factories.created(factories.asha(), **given)

    @pytest.mark.parametrize(
        "place",
        [{"marking": "HIGH"}, {"collection": "anything"}, {"compartment": "a b"}],
    )
    def test_refuses_a_place_that_is_none(self, place: dict[str, str]) -> None:
        with pytest.raises(creating.NoSuchPlace):
            factories.created(factories.asha(), **place)

    @pytest.mark.parametrize(
        "place", [{"marking": "SECRET"}, {"compartment": "covert"}, {"holder": PARTNER}]
    )
    def test_refuses_a_place_that_no_clause_gives(self, place: dict[str, str]) -> None:
        with pytest.raises(creating.MayNotAdd):
            factories.created(factories.asha(), **place)

    def test_refuses_whom_no_clause_names(self) -> None:
        with pytest.raises(Refused):
            factories.created(factories.cole())
        assert not factories.entries("record.collected")


class TestEdit:
    def test_changes_a_field_and_says_which(self) -> None:
        asha = factories.asha()
        row = factories.created(asha)
        operations.edit(
            actor=asha, kind=NOTE, record=row.pk, version=1, given={"body": "Thrice."}, at=AT
        )
        (entry,) = factories.entries("record.altered")
        assert entry.detail["fields"] == ["body"]
        assert not factories.entries("record.consulted")

    def test_refuses_an_old_version(self) -> None:
        asha = factories.asha()
        row = factories.created(asha)
        with pytest.raises(StaleVersion):
            operations.edit(
                actor=asha, kind=NOTE, record=row.pk, version=2, given={"body": "x"}, at=AT
            )

    def test_refuses_to_change_nothing(self) -> None:
        asha = factories.asha()
        row = factories.created(asha)
        with pytest.raises(changing.NothingChanges):
            operations.edit(
                actor=asha, kind=NOTE, record=row.pk, version=1, given={"body": row.body}, at=AT
            )

    def test_tells_a_reader_apart_from_a_stranger(self) -> None:
        row = factories.created(factories.asha())
        factories.policy("shared", recipient=PARTNER, actions=("find", "read"))
        for actor, refusal in ((factories.bryn(), Refused), (factories.cole(), Missing)):
            with pytest.raises(refusal):
                operations.edit(
                    actor=actor, kind=NOTE, record=row.pk, version=1, given={"body": "x"}, at=AT
                )


def moved(actor: Any, row: models.Note, **place: str) -> models.Note:
    to = Place(**({"holder": HERE} | place))
    done = operations.move(
        actor=actor,
        kind=NOTE,
        record=row.pk,
        version=row.version,
        to=to,
        reason="It was marked too high.",
        at=AT,
    )
    assert isinstance(done, models.Note)
    return done


class TestMove:
    def test_raising_is_free_to_whoever_may_edit(self) -> None:
        row = factories.created(factories.asha())
        factories.policy("shared", recipient=PARTNER)
        bryn = factories.bryn()
        assert moved(bryn, row, marking="OFFICIAL-SENSITIVE").version == 2

    def test_lowering_is_the_holders(self) -> None:
        asha = factories.asha()
        row = factories.created(asha, marking="OFFICIAL-SENSITIVE")
        factories.policy("shared", recipient=PARTNER)
        with pytest.raises(changing.HolderLowers):
            moved(factories.bryn(), row)
        assert moved(asha, row).version == 2

    def test_does_not_change_hands(self) -> None:
        asha = factories.asha()
        with pytest.raises(changing.HolderStays):
            moved(asha, factories.created(asha), holder=PARTNER)

    def test_refuses_a_place_beyond_reach(self) -> None:
        asha = factories.asha()
        with pytest.raises(changing.BeyondReach):
            moved(asha, factories.created(asha), marking="SECRET")

    def test_takes_pointer_and_links_along(self) -> None:
        asha = factories.asha()
        one, other = factories.created(asha), factories.created(asha)
        refs = [Reference(NOTE, row.pk) for row in (one, other)]
        operations.link(actor=asha, one=refs[0], other=refs[1], relation="concerns", at=AT)
        row = moved(asha, one, collection="case:op-1")
        with guarded.acting(asha):
            assert models.Pointer.objects.get(pk=one.pk).scope_id == row.scope_id
            assert models.Link.objects.get().one_scope == row.scope_id


class TestLink:
    def test_is_seen_only_by_who_knows_both_ends(self) -> None:
        asha = factories.asha()
        one = factories.created(asha)
        other = factories.created(asha, marking="OFFICIAL-SENSITIVE")
        refs = [Reference(NOTE, row.pk) for row in (one, other)]
        operations.link(actor=asha, one=refs[0], other=refs[1], relation="supports", at=AT)
        factories.policy("low", recipient=PARTNER, actions=("find", "read"), marking="OFFICIAL")
        assert len(queries.shown(asha, NOTE, one.pk).links) == 1
        assert queries.shown(factories.bryn(), NOTE, one.pk).links == []
        (entry,) = factories.entries("record.combined")
        assert entry.detail["count"] == 2

    def test_is_made_once_and_cut(self) -> None:
        asha = factories.asha()
        refs = [Reference(NOTE, factories.created(asha).pk) for _ in range(2)]
        made = operations.link(
            actor=asha, one=refs[0], other=refs[1], relation="follows", at=AT
        )
        with pytest.raises(linking.AlreadyLinked):
            operations.link(actor=asha, one=refs[0], other=refs[1], relation="follows", at=AT)
        operations.unlink(actor=asha, link=made.pk, at=AT)
        with pytest.raises(linking.NoSuchLink):
            operations.unlink(actor=asha, link=made.pk, at=AT)

    def test_refuses_an_end_that_is_not_there(self) -> None:
        asha = factories.asha()
        here = Reference(NOTE, factories.created(asha).pk)
        with pytest.raises(Missing):
            operations.link(
                actor=asha, one=here, other=Reference(NOTE, uuid4()), relation="follows", at=AT
            )

    def test_that_one_is_made_of_another_is_not_told_by_a_link(self) -> None:
        asha = factories.asha()
        refs = [Reference(NOTE, factories.created(asha).pk) for _ in range(2)]
        with pytest.raises(NotUnderstood, match="concerns, supports, follows, duplicates"):
            operations.link(actor=asha, one=refs[0], other=refs[1], relation="combines", at=AT)

    def test_a_combination_bears_the_highest_marking_of_its_parts(self) -> None:
        asha = factories.asha()
        rows = [factories.created(asha), factories.created(asha, marking="OFFICIAL-SENSITIVE")]
        parts = [Reference(NOTE, row.pk) for row in rows]
        with pytest.raises(linking.CannotCombine, match="OFFICIAL-SENSITIVE or higher"):
            operations.combine(actor=asha, parts=parts, into=factories.new(), at=AT)
        into = factories.new(marking="OFFICIAL-SENSITIVE")
        made = operations.combine(actor=asha, parts=parts, into=into, at=AT)
        assert len(queries.shown(asha, NOTE, made.pk).links) == 2


class TestDisclose:
    def test_names_recipient_and_rows_and_bears_the_marking(self) -> None:
        asha = factories.asha()
        rows = [factories.created(asha), factories.created(asha, marking="OFFICIAL-SENSITIVE")]
        done = operations.disclose(
            actor=asha,
            kind=NOTE,
            records=[row.pk for row in rows],
            recipient="Crown Prosecution Service",
            reason="case file",
            at=AT,
        )
        assert done.marking == "OFFICIAL-SENSITIVE"
        (entry,) = factories.entries("record.disclosed")
        assert (
            "recipient" not in entry.detail
        )  # no organisation of the directory: perhaps a person
        assert entry.detail["count"] == 2

    def test_is_not_given_with_reading(self) -> None:
        row = factories.created(factories.asha())
        factories.policy("shared", recipient=PARTNER, actions=("find", "read"))
        with pytest.raises(disclosing.MayNotDisclose):
            operations.disclose(
                actor=factories.bryn(),
                kind=NOTE,
                records=[row.pk],
                recipient="anyone",
                reason="",
                at=AT,
            )


class TestProposals:
    def proposed(self) -> tuple[Any, Any, models.Note, models.Proposal]:
        asha = factories.asha()
        row = factories.created(asha)
        factories.policy("shared", recipient=PARTNER, actions=("find", "read"))
        bryn = factories.bryn()
        made = operations.propose(
            actor=bryn,
            kind=NOTE,
            record=row.pk,
            given={"body": "Seen three times."},
            reason="A third sighting.",
            at=AT,
        )
        return asha, bryn, row, made

    def test_accepted_it_is_an_edit_by_the_holder(self) -> None:
        asha, bryn, _, made = self.proposed()
        done = operations.accept(actor=asha, proposal=made.pk, at=AT)
        assert done.values()["body"] == "Seen three times."
        assert done.changed_by == f"staff:{asha.staff}"
        (_, mine) = queries.proposals(bryn)
        assert [each.state for each in mine] == ["accepted"]
        with pytest.raises(proposing.Answered):
            operations.refuse(actor=asha, proposal=made.pk, answer="no", at=AT)

    def test_refused_the_proposer_reads_why(self) -> None:
        asha, bryn, _, made = self.proposed()
        operations.refuse(actor=asha, proposal=made.pk, answer="Another van.", at=AT)
        (_, mine) = queries.proposals(bryn)
        assert [each.answer for each in mine] == ["Another van."]

    def test_is_not_accepted_once_the_record_has_changed(self) -> None:
        asha, _, row, made = self.proposed()
        operations.edit(
            actor=asha,
            kind=NOTE,
            record=row.pk,
            version=1,
            given={"body": "Other."},
            at=AT,
        )
        with pytest.raises(proposing.OutOfDate):
            operations.accept(actor=asha, proposal=made.pk, at=AT)

    def test_is_not_answered_by_the_proposer_nor_known_to_a_stranger(self) -> None:
        _, bryn, _, made = self.proposed()
        with pytest.raises(Refused):
            operations.accept(actor=bryn, proposal=made.pk, at=AT)
        with pytest.raises(Missing):
            operations.accept(actor=factories.cole(), proposal=made.pk, at=AT)

    def test_needs_a_reason_and_a_change(self) -> None:
        _, bryn, row, _ = self.proposed()
        for given, reason in (({"body": "x"}, " "), ({"body": row.body}, "y")):
            with pytest.raises((NotUnderstood, changing.NothingChanges)):
                operations.propose(
                    actor=bryn,
                    kind=NOTE,
                    record=row.pk,
                    given=given,
                    reason=reason,
                    at=AT,
                )
