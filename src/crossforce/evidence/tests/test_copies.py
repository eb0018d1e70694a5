"""A copy is given to another force by a clause, taken, asked back, and its end is told to who gave it."""

from datetime import timedelta
from typing import Any

import pytest

from crossforce.access.choices import ACTIONS
from crossforce.evidence.choices import (
    CASE,
    EXHIBIT,
    RECEIVED,
    SUBJECT_REQUEST,
    Answer,
    KeptAs,
    Lasts,
    OnRecall,
)
from crossforce.evidence.models import Copy, Exhibit, Item
from crossforce.evidence.operations import (
    accepting,
    copying,
    extracting,
    passing,
    recalling,
    sharing,
    showing,
    subjects,
)
from crossforce.evidence.operations.copies_going import StillOut, given_ended
from crossforce.evidence.operations.copying import NewCopy
from crossforce.evidence.operations.recalling import Reply
from crossforce.evidence.operations.sharing import NewShare
from crossforce.evidence.operations.subjects import NewAnswer
from crossforce.evidence.queries import continuity_of, copies, kept_of
from crossforce.evidence.queries.packages import Wanted
from crossforce.evidence.queries.subjects import request_of
from crossforce.evidence.rules.continuity import Act
from crossforce.evidence.tests import factories
from crossforce.kernel import guarded
from crossforce.kernel.files.models import StoredFile
from crossforce.kernel.files.reading import Reading
from crossforce.kernel.periods import Period
from crossforce.kernel.testing.cast import Cast
from crossforce.ledger.models import Entry as StoredEntry
from crossforce.people.choices import Actor
from crossforce.people.operations import close_account
from crossforce.people.tests import factories as people
from crossforce.records import operations as records
from crossforce.records.choices import Place
from crossforce.records.operations.keeping import MayNotGo, StillNeeded
from crossforce.records.tests.factories import (
    AT,
    ELSEWHERE,
    HERE,
    LONG_AGO,
    PARTNER,
    bryn,
    policy,
)
from crossforce.transparency.entry import from_bytes

pytestmark = pytest.mark.django_db
TEXT = b"Lock 31: gwelwyd fan las.\n"
LETS_GO = Reply(OnRecall.LETS_GO)


def clauses(**more: Any) -> None:
    """Each force's own policy, and the agreement by which copies go from one to the other."""
    factories.policy()
    factories.policy(reference="theirs", holder=PARTNER, recipient=PARTNER)
    shared(**more)


def shared(**more: Any) -> None:
    given = {"holder": PARTNER, "recipient": HERE, "actions": ("add",)} | more
    policy("copies", kinds=(RECEIVED,), **given)


def give(by: Actor, exhibit: Exhibit, **more: Any) -> Copy:
    said: dict[str, Any] = {"lasts": Lasts.AGREEMENT} | more
    new = NewCopy(Wanted(exhibit.pk), PARTNER, "Joint inquiry", **said)
    (made,) = copying.give(actor=by, new=new, at=AT)
    return made


def entered(operation: str) -> list[Any]:
    rows = StoredEntry.objects.filter(operation=operation).order_by("at", "id")
    return [from_bytes(bytes(row.body)) for row in rows]


def looks_at(item: Item) -> int:
    """How often somebody is said to have looked at an original."""
    return sum(str(item.pk) in each.rows for each in entered("record.consulted"))


class Two:
    """Asha gave a copy of an exhibit with one file; Bryn may take it."""

    def __init__(self, cast: Cast, **more: Any) -> None:
        clauses(**more)
        self.asha, self.bryn = cast.asha("investigator").actor, cast.bryn("investigator").actor
        self.exhibit = factories.exhibit()
        self.item = factories.kept(self.exhibit, TEXT)
        self.copy = give(self.asha, self.exhibit)

    @property
    def received(self) -> Any:
        assert self.copy.received
        return self.copy.received

    def taken(self) -> Exhibit:
        return accepting.accept(actor=self.bryn, received=self.received, at=AT)

    def made(self, made: Exhibit) -> Exhibit:
        with guarded.acting(self.bryn):
            row: Exhibit = Exhibit.objects.get(pk=made.pk)
            return row

    def given(self, days: int = 0) -> copies.Given:
        return copies.given_one(self.asha, self.copy.pk, AT + timedelta(days=days))

    def came(self, days: int = 0) -> copies.Came:
        return copies.received_one(self.bryn, self.received, AT + timedelta(days=days))


class TestGivingAndTaking:
    def test_a_copy_becomes_the_receivers_own_with_both_halves(self, cast: Cast) -> None:
        two = Two(cast)
        assert (two.given().state, two.came().waits) == ("Offered, not taken yet", True)
        with guarded.acting(two.bryn):
            assert not Exhibit.objects.exists()
        before = looks_at(two.item)
        made = two.taken()
        assert looks_at(two.item) == before
        known = continuity_of(two.bryn, made.pk)
        assert (known.place.holder, known.breaks) == (PARTNER, [])
        assert [(each.act, each.organisation) for each in known.touches] == [
            (Act.RELEASED, HERE),
            (Act.RECEIVED, PARTNER),
        ]
        items = kept_of(two.bryn, made.pk)
        assert sorted(each.name for each in items) == [accepting.DOCUMENT, two.item.name]
        (file,) = [each for each in items if each.sha256 == two.item.sha256]
        stored = StoredFile.objects.get(pk=file.file)
        assert (stored.holder, b"".join(Reading(stored).parts())) == (PARTNER, TEXT)
        assert file.file != two.item.file
        assert (two.given().state, two.came().state) == ("With the receiver", "Here")
        assert [each.act for each in continuity_of(two.asha, two.exhibit.pk).touches] == [
            "copied"
        ]
        for operation in ("evidence.copy-given", "evidence.copy-accepted"):
            (entry,) = entered(operation)
            assert set(entry.concerns) == {HERE, PARTNER}

    def test_without_a_clause_or_the_right_to_disclose_nothing_is_given(
        self, cast: Cast
    ) -> None:
        clauses(actions=("read",))
        by, exhibit = cast.asha("investigator").actor, factories.exhibit()
        cast.bryn("investigator")
        with pytest.raises(copying.MayNotTake):
            give(by, exhibit)
        shared()
        with pytest.raises(copying.NotSoLong, match="yet to come"):
            give(by, exhibit, lasts=Lasts.DAY, until_on=AT.date())
        with pytest.raises(copying.NotSoLong, match="no open case"):
            give(by, exhibit, lasts=Lasts.CASE)
        factories.policy(actions=tuple(each for each in ACTIONS if each != "disclose"))
        with pytest.raises(copying.MayNotCopy):
            give(by, exhibit)
        assert not entered(copying.GIVEN)

    def test_broken_off_nothing_is_seen_and_it_goes_on_where_it_was(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        two = Two(cast)
        with monkeypatch.context() as broken:
            broken.setattr(accepting, "_taken", _killed)
            with pytest.raises(OSError, match="killed"):
                two.taken()
        with guarded.acting(two.bryn):
            assert not Exhibit.objects.exists()
            assert not Item.objects.exists()
        begun = set(StoredFile.objects.filter(holder=PARTNER).values_list("pk", flat=True))
        assert len(begun) == 2
        two.taken()
        assert (
            set(StoredFile.objects.filter(holder=PARTNER).values_list("pk", flat=True)) == begun
        )

    def test_what_the_giver_may_give_no_more_is_not_taken(self, cast: Cast) -> None:
        two = Two(cast)
        factories.policy(actions=tuple(each for each in ACTIONS if each != "disclose"))
        with pytest.raises(accepting.NotOffered):
            two.taken()
        factories.policy()
        recalling.recall(actor=two.asha, copy=two.copy.pk, why="Wrong exhibit", at=AT)
        assert (two.came().state, two.came().waits) == ("Withdrawn by the giver", False)
        with pytest.raises(accepting.NotOffered):
            two.taken()

    def test_one_that_is_declined_says_why(self, cast: Cast) -> None:
        two = Two(cast)
        accepting.decline(actor=two.bryn, received=two.received, why="Not our case", at=AT)
        assert two.given().state == two.came().state == "Declined: Not our case"
        with pytest.raises(accepting.NotOffered):
            two.taken()


def _killed(*given: object) -> None:
    raise OSError("killed")


class TestAskingBack:
    def test_it_is_let_go_by_two_and_the_giver_has_the_receipt(self, cast: Cast) -> None:
        two = Two(cast)
        made = two.taken()
        with pytest.raises(recalling.NotAsked):
            recalling.answer(actor=two.bryn, received=two.received, reply=LETS_GO, at=AT)
        recalling.recall(actor=two.asha, copy=two.copy.pk, why="Case withdrawn", at=AT)
        assert (two.came().asked, two.came().waits) == ("Case withdrawn", True)
        recalling.answer(actor=two.bryn, received=two.received, reply=LETS_GO, at=AT)
        assert two.given().state == "Asked back; let go, not gone yet"
        row = two.made(made)
        gone: dict[str, Any] = {
            "kind": EXHIBIT,
            "record": made.pk,
            "reason": "Asked back",
            "at": AT,
        }
        with pytest.raises(MayNotGo):
            records.dispose(actor=two.bryn, version=row.version, **gone)
        records.dispose(
            actor=cast.bryn("information-manager").actor, version=row.version, **gone
        )
        assert two.given().state == two.came().state == "Destroyed with all that was of it"
        assert not StoredFile.objects.filter(holder=PARTNER, destroyed_at=None).exists()
        (entry,) = entered("evidence.copy-ended")
        assert set(entry.concerns) == {HERE, PARTNER}
        assert not two.given().is_out

    def test_its_own_case_keeps_it_and_the_giver_hears_why(self, cast: Cast) -> None:
        two = Two(cast)
        made = two.taken()
        recalling.recall(actor=two.asha, copy=two.copy.pk, why="Case withdrawn", at=AT)
        factories.case(two.bryn)
        recalling.answer(actor=two.bryn, received=two.received, reply=LETS_GO, at=AT)
        gone: dict[str, Any] = {
            "kind": EXHIBIT,
            "record": made.pk,
            "reason": "Asked back",
            "at": AT,
        }
        with pytest.raises(StillNeeded):
            records.dispose(
                actor=cast.bryn("information-manager").actor,
                version=two.made(made).version,
                **gone,
            )
        with pytest.raises(recalling.NoReason):
            recalling.answer(
                actor=two.bryn, received=two.received, reply=Reply(OnRecall.KEEPS), at=AT
            )
        keeps = Reply(OnRecall.KEEPS, "op-heron needs it")
        recalling.answer(actor=two.bryn, received=two.received, reply=keeps, at=AT)
        assert two.given().state == "Asked back; kept, because: op-heron needs it"
        assert two.made(made).kept_as == KeptAs.MATERIAL

    def test_it_is_asked_back_by_itself_when_its_time_is_over(self, cast: Cast) -> None:
        two = Two(cast)
        two.taken()
        assert not two.came().asked
        shared(holds=Period(LONG_AGO, AT))
        assert two.came().asked == two.given().asked != ""
        shared()
        case = factories.case()
        by_case = give(two.asha, factories.exhibit(exhibit_reference="JAS/2"), lasts=Lasts.CASE)
        day = AT.date() + timedelta(days=2)
        by_day = give(
            two.asha,
            factories.exhibit(exhibit_reference="JAS/3"),
            lasts=Lasts.DAY,
            until_on=day,
        )
        rows = {each.row.what: each.asked for each in copies.received(two.bryn, AT)}
        assert rows == {"JAS/1": "", "JAS/2": "", "JAS/3": ""}
        records.edit(
            actor=two.asha,
            kind=CASE,
            record=case.pk,
            version=1,
            given={"state": "closed"},
            at=AT,
        )
        later = copies.received(two.bryn, AT + timedelta(days=2))
        rows = {each.row.what: each.asked for each in later}
        assert rows["JAS/1"] == ""
        assert "case" in rows["JAS/2"]
        assert "day" in rows["JAS/3"]
        for row in (by_case, by_day):
            at = AT + timedelta(days=2)
            assert copies.given_one(two.asha, row.pk, at).asked == rows[row.what]

    def test_who_hears_nothing_is_named_with_what_was_tried(self, cast: Cast) -> None:
        two = Two(cast)
        two.taken()
        recalling.recall(actor=two.asha, copy=two.copy.pk, why="Case withdrawn", at=AT)
        assert not two.given().unreached
        with pytest.raises(recalling.AnswersItself):
            recalling.receipt(actor=two.asha, copy=two.copy.pk, paper="R 1", at=AT)
        assert "14 days" in two.given(15).unreached
        close_account(
            actor=people.actor("force-administrator", PARTNER),
            account=cast.bryn("investigator").account.pk,
            at=AT,
        )
        assert two.given().unreached == copies.NOBODY
        for how in ("Telephoned, no answer", "Letter 12 by post"):
            recalling.tried(actor=two.asha, copy=two.copy.pk, how=how, at=AT)
        assert [each.partition(": ")[2] for each in two.given().row.tried.splitlines()] == [
            "Telephoned, no answer",
            "Letter 12 by post",
        ]
        recalling.receipt(actor=two.asha, copy=two.copy.pk, paper="R 1: wiped", at=AT)
        assert two.given().state == "Receipt on paper: R 1: wiped"

    def test_a_receiver_outside_has_it_on_paper_and_is_never_dropped(self, cast: Cast) -> None:
        clauses(actions=("read",))
        by, day = cast.asha("investigator").actor, AT.date() + timedelta(days=1)
        cast.bryn("investigator")
        made = give(by, factories.exhibit(), lasts=Lasts.DAY, until_on=day, paper="P 7")
        found = copies.given_one(by, made.pk, AT + timedelta(days=1))
        assert (found.unreached, found.is_out) == (copies.OUTSIDE, True)
        with pytest.raises(StillOut), guarded.acting(by):
            given_ended(row=made, actor=by, reason="Tidy", at=AT)
        recalling.receipt(actor=by, copy=made.pk, paper="R 7", at=AT + timedelta(days=1))
        assert not copies.given_one(by, made.pk, AT + timedelta(days=1)).is_out


class TestGivingOn:
    def test_it_goes_to_nobody_else_unless_a_clause_says_so(self, cast: Cast) -> None:
        two = Two(cast)
        made = two.taken()
        item = kept_of(two.bryn, made.pk)[0]
        new = NewShare(item.pk, "J. Doe", "CPS", "Advice", 3)
        with pytest.raises(passing.MayNotPassOn, match="No clause"):
            sharing.share(actor=two.bryn, new=new, at=AT)
        cast.cole("investigator")
        policy("on", kinds=(RECEIVED,), holder=ELSEWHERE, recipient=PARTNER, actions=("add",))
        with pytest.raises(passing.MayNotPassOn):
            copying.give(actor=two.bryn, new=_onward(made), at=AT)
        shared(onward=True)
        link = sharing.share(actor=two.bryn, new=new, at=AT).link
        assert showing.show(link=link, at=AT).item.pk == item.pk
        assert copying.give(actor=two.bryn, new=_onward(made), at=AT)
        recalling.recall(actor=two.asha, copy=two.copy.pk, why="Case withdrawn", at=AT)
        with pytest.raises(showing.NotOpen):
            showing.show(link=link, at=AT)
        with pytest.raises(passing.MayNotPassOn, match="asked back"):
            copying.give(actor=two.bryn, new=_onward(made), at=AT)


def test_whom_it_is_about_is_answered_whatever_was_agreed(cast: Cast) -> None:
    two = Two(cast)
    made = two.taken()
    asked = {
        "request_reference": "SAR/7",
        "subject": made.description,
        "received_on": AT.date(),
        "purposes": ["duty-from-law"],
    }
    new = records.NewRecord(SUBJECT_REQUEST, Place(PARTNER), asked)
    request = records.create(actor=two.bryn, new=new, at=AT).pk
    (item,) = [each for each in kept_of(two.bryn, made.pk) if each.name == two.item.name]
    found = request_of(two.bryn, request).held
    others = frozenset(each.item.pk for each in found) - {item.pk}
    about = NewAnswer(frozenset({item.pk}), Answer.GIVE, is_alone=True)
    subjects.settle(actor=two.bryn, request=request, new=about, at=AT)
    if others:
        beside = NewAnswer(others, Answer.NOT_THEIRS, why="It is of the forces")
        subjects.settle(actor=two.bryn, request=request, new=beside, at=AT)
    subjects.approve(actor=bryn(), request=request, at=AT)
    extract = extracting.make(actor=two.bryn, request=request, at=AT)
    assert [b"".join(each.parts()) for each in extract.files.values()] == [TEXT]
    with pytest.raises(passing.MayNotPassOn):
        sharing.share(actor=two.bryn, new=NewShare(item.pk, "A", "B", "C", 3), at=AT)


def _onward(made: Exhibit) -> NewCopy:
    return NewCopy(Wanted(made.pk), ELSEWHERE, "Joint inquiry", Lasts.AGREEMENT)
