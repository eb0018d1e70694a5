"""Who asks for what is held about them is answered in a month, by two people, and is given nothing of others."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F
from typer.testing import CliRunner

from crossforce.evidence.choices import ITEM, SUBJECT_ANSWER, SUBJECT_REQUEST, Answer
from crossforce.evidence.commands import commands
from crossforce.evidence.models import Item, SubjectAnswer, SubjectRequest
from crossforce.evidence.operations import extracting, subjects
from crossforce.evidence.operations.extracting import CannotHandOver
from crossforce.evidence.operations.subjects import (
    CannotAnswer,
    GoesWithItsRequest,
    NewAnswer,
    SamePerson,
)
from crossforce.evidence.queries import subjects as queries
from crossforce.evidence.tests import factories
from crossforce.evidence.tests.test_redacting import copied, decided
from crossforce.kernel.testing.cast import Cast
from crossforce.ledger.models import Entry
from crossforce.people.choices import Actor
from crossforce.records import api as front
from crossforce.records import operations as records
from crossforce.records.choices import Place
from crossforce.records.tests.factories import AT, HERE, LONG_AGO, as_asha, asha

pytestmark = pytest.mark.django_db
WHY = "It would warn who is sought"


@pytest.fixture
def asked(db: None) -> SubjectRequest:
    """Somebody asks; of one exhibit three originals are held, and of another one that is not about them."""
    factories.policy()
    theirs = factories.exhibit(description="Interview of Alys Example")
    for name in ("interview.txt", "beside others.txt", "surveillance.txt"):
        factories.kept(theirs, f"Lock 31\nIt was {name}.\n".encode(), name)
    factories.kept(factories.exhibit(exhibit_reference="JAS/2"), b"Other", "other.txt")
    return request()


def request(at: Any = AT, **more: Any) -> SubjectRequest:
    values = {
        "request_reference": "SAR/7",
        "subject": "Alys Example",
        "received_on": date(2026, 10, 31),
        "purposes": ["duty-from-law"],
    }
    new = records.NewRecord(SUBJECT_REQUEST, Place(HERE), values | more)
    made = records.create(actor=asha(), new=new, at=at)
    assert isinstance(made, SubjectRequest)
    return made


def item(name: str) -> Item:
    with as_asha():
        found: Item = Item.objects.get(name=name)
        return found


def settled(asked: SubjectRequest, name: str, by: Actor, answer: Answer, **more: Any) -> None:
    new = NewAnswer(frozenset({item(name).pk}), answer, **more)
    subjects.settle(actor=by, request=asked.pk, new=new, at=AT)


def all_settled(asked: SubjectRequest, by: Actor) -> None:
    """One given as it is, one redacted, one withheld."""
    decided(copied(item("beside others.txt"), by), asha())
    settled(asked, "interview.txt", by, Answer.GIVE, is_alone=True)
    settled(asked, "beside others.txt", by, Answer.GIVE)
    withheld: dict[str, Any] = {"ground": "offences", "why": WHY, "is_told": True}
    settled(asked, "surveillance.txt", by, Answer.WITHHOLD, **withheld)


def handed_over(asked: SubjectRequest) -> dict[str, bytes]:
    made = extracting.make(actor=asha(), request=asked.pk, at=AT)
    with zipfile.ZipFile(io.BytesIO(b"".join(made.parts()))) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


class TestTheDay:
    def test_is_not_known_while_it_is_awaited_who_asks(self, asked: SubjectRequest) -> None:
        assert queries.due_of(asked) == date(2026, 11, 30)
        waits = request(request_reference="SAR/8", asked_on=date(2026, 11, 2))
        assert queries.due_of(waits) is None
        longer = request(request_reference="SAR/9", extended_why="It is complex")
        assert queries.due_of(longer) == date(2027, 1, 31)
        told = [row.request_reference for row, _ in queries.requests(asha())]
        assert told == ["SAR/7", "SAR/9", "SAR/8"]


class TestAnswering:
    def test_nothing_of_others_goes_and_nothing_goes_by_one_person(
        self, asked: SubjectRequest
    ) -> None:
        one = asha()
        with pytest.raises(CannotAnswer, match="nobody but who asks"):
            settled(asked, "interview.txt", one, Answer.GIVE)
        with pytest.raises(CannotAnswer, match="Give the ground"):
            settled(asked, "interview.txt", one, Answer.WITHHOLD, ground="offences")
        copy = copied(item("interview.txt"), one)
        with pytest.raises(CannotAnswer, match="none of them is approved"):
            settled(asked, "interview.txt", one, Answer.GIVE, is_alone=True)
        decided(copy, asha())
        settled(asked, "interview.txt", one, Answer.GIVE, is_alone=True)
        with as_asha():
            assert SubjectAnswer.objects.get().given == copy.pk
        with pytest.raises(CannotHandOver, match="Not answered of yet: 2"):
            handed_over(asked)
        with pytest.raises(SamePerson):
            subjects.approve(actor=one, request=asked.pk, at=AT)
        mine = {"approved_at": AT, "approved_by": F("settled_by")}
        with as_asha(), pytest.raises(DatabaseError, match="by_another"), transaction.atomic():
            SubjectAnswer.objects.filter(request=asked.pk).update(**mine)

    def test_an_approval_falls_away_with_another_answer(self, asked: SubjectRequest) -> None:
        one = asha()
        all_settled(asked, one)
        with pytest.raises(CannotHandOver, match="Not approved yet: 3 of 3"):
            handed_over(asked)
        assert subjects.approve(actor=asha(), request=asked.pk, at=AT) == 3
        settled(asked, "interview.txt", one, Answer.NOT_THEIRS, why="A namesake")
        with pytest.raises(CannotHandOver, match="Not approved yet: 1 of 3"):
            handed_over(asked)

    def test_the_extract_has_what_is_given_and_says_how_much_is_not(
        self, asked: SubjectRequest
    ) -> None:
        all_settled(asked, asha())
        subjects.approve(actor=asha(), request=asked.pk, at=AT)
        found = handed_over(asked)
        assert len(found) == 4
        whole = b"".join(found.values())
        assert b"It was interview.txt" in whole
        assert b"beside others" not in whole
        assert b"surveillance" not in whole
        assert found["index.pdf"].startswith(b"%PDF")
        with as_asha():
            assert SubjectRequest.objects.get().answered_on == AT.date()
        (entry,) = Entry.objects.filter(operation=extracting.ANSWERED)
        assert b'"give":2' in bytes(entry.body)
        assert b'"in_time":true' in bytes(entry.body)
        assert b"Alys" not in bytes(entry.body)


class TestItsPlace:
    def test_its_answers_move_and_go_with_it(self) -> None:
        factories.policy()
        kept = factories.kept(factories.exhibit(), b"Alys Example", "Alys Example.txt")
        row, one = request(at=LONG_AGO, received_on=date(2016, 1, 1)), asha()
        new = NewAnswer(frozenset({kept.pk}), Answer.GIVE, is_alone=True)
        subjects.settle(actor=one, request=row.pk, new=new, at=LONG_AGO)
        to, said = Place(HERE, "case:op-heron"), {"reason": "Its time is over", "at": AT}
        of: dict[str, Any] = {"kind": SUBJECT_REQUEST, "record": row.pk, **said}
        records.move(actor=one, version=row.version, to=to, **of)
        with as_asha():
            answer = SubjectAnswer.objects.get()
            assert front.place_of(answer.scope_id).collection == "case:op-heron"
        alone: dict[str, Any] = {"kind": SUBJECT_ANSWER, "record": answer.pk, **said}
        with pytest.raises(GoesWithItsRequest):
            records.dispose(actor=one, version=answer.version, **alone)
        records.dispose(actor=one, version=row.version + 1, **of)
        with as_asha():
            assert not SubjectAnswer.objects.exists()


def test_pages_interface_and_commands_do_the_same(
    cast: Cast, asked: SubjectRequest, tmp_path: Path
) -> None:
    one, other = cast.asha("investigator"), cast.asha("information-manager")
    home = f"/evidence/subjects/{asked.pk}/"
    page = one.client.get(home).content.decode()
    assert "surveillance.txt" in page
    assert "other.txt" not in page
    assert "other.txt" in one.client.get(f"{home}?also=JAS/2").content.decode()
    assert "By 30 November 2026" in one.client.get("/evidence/subjects/").content.decode()
    said = {
        "items": [str(item(name).pk) for name in ("interview.txt", "surveillance.txt")],
        "answer": "give",
        "is_alone": "on",
        "idempotency_key": str(uuid4()),
    }
    assert one.client.post(home, said).status_code == 302
    sent = {
        "items": [str(item("beside others.txt").pk)],
        "answer": "not-theirs",
        "why": "A namesake",
    }
    api = f"/api/v1/evidence/subjects/{asked.pk}"
    told = one.client.post(
        f"{api}/answers",
        json.dumps(sent),
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid4())},
    )
    assert told.json() == {"answers": 1}
    assert "Approve what is answered" not in one.client.get(home).content.decode()
    assert "Approve what is answered" in other.client.get(home).content.decode()
    by = ["--as", other.account.username]
    run = CliRunner().invoke(commands, ["subject", str(asked.pk), *by])
    assert "Not approved yet: 3 of 3" in json.loads(run.output)["refusal"]
    assert run.exit_code == 1
    assert CliRunner().invoke(commands, ["approve-subject", str(asked.pk), *by]).exit_code == 0
    sent_out: Any = other.client.post(f"{home}extract/")
    pack = zipfile.ZipFile(io.BytesIO(b"".join(sent_out.streaming_content)))
    assert len(pack.namelist()) == 4
    to = tmp_path / "extract.zip"
    run = CliRunner().invoke(commands, ["extract", str(asked.pk), "--to", str(to), *by])
    assert "2 files, OFFICIAL" in run.output
    assert other.client.get(api).json()["answered_on"] is not None
    stranger = cast.cole("investigator").client
    assert stranger.get(home).status_code == 404
    assert ITEM not in stranger.get("/evidence/subjects/").content.decode()
