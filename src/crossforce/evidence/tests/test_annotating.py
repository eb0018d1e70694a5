"""A note stands at a place of an original, beside it, and goes where the original goes."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from crossforce.evidence.choices import ANNOTATION, EXHIBIT, ITEM
from crossforce.evidence.commands import commands
from crossforce.evidence.models import Annotation, Exhibit, Item
from crossforce.evidence.operations import annotating
from crossforce.evidence.operations.annotating import NewAnnotation, NotSaid, NotThere
from crossforce.evidence.operations.going import StandsByItsExhibit
from crossforce.evidence.queries.annotations import annotations_of
from crossforce.evidence.rules.annotating import Form, NotAPlace, Spot, spot
from crossforce.evidence.tests import factories
from crossforce.evidence.tests.test_sharing import FILM
from crossforce.kernel.refusals import Missing
from crossforce.kernel.testing.cast import Cast
from crossforce.people.choices import Actor
from crossforce.records import operations as records
from crossforce.records.choices import Place
from crossforce.records.queries import place_of
from crossforce.records.tests.factories import AT, HERE, LONG_AGO, as_asha, asha

BOXES = st.tuples(*[st.integers(1, 50)] * 4)
PLACES = st.one_of(
    st.tuples(st.just(Form.IMAGE), st.builds(Spot, box=BOXES)),
    st.tuples(st.just(Form.PAPER), st.builds(Spot, page=st.integers(1, 9999), box=st.none() | BOXES)),
    st.tuples(
        st.just(Form.FILM),
        st.builds(
            Spot,
            start=st.integers(0, 9_000_000).map(lambda each: each / 1000),
            end=st.none() | st.integers(9_000_001, 36_000_000).map(lambda each: each / 1000),
            box=st.none() | BOXES,
        ),
    ),
)  # fmt: skip


class TestPlaces:
    @given(PLACES)
    def test_what_is_kept_is_read_back(self, made: tuple[Form, Spot]) -> None:
        form, place = made
        assert spot(form, place.numbers) == place

    @pytest.mark.parametrize(
        ("form", "text", "words"),
        [
            (Form.FILM, "1:12.5, 1:01:12.5", "01:12.500 to 1:01:12.500"),
            (Form.FILM, "3 10 10 20 20", "00:03.000, an area"),
            (Form.PAPER, "3", "page 3"),
            (Form.SOUND, "", "all of it"),
        ],
    )
    def test_people_write_moments_as_they_read_them(
        self, form: Form, text: str, words: str
    ) -> None:
        assert spot(form, text).words == words

    @pytest.mark.parametrize(
        ("form", "text"),
        [
            (Form.IMAGE, "1 2 3"),
            (Form.IMAGE, "90 0 20 5"),
            (Form.IMAGE, "1 1 0 5"),
            (Form.PAPER, "0"),
            (Form.PAPER, "10 10 5 5"),
            (Form.FILM, "10 10 5 5"),
            (Form.FILM, "5 5"),
            (Form.FILM, "1:75"),
            (Form.SOUND, "1 2 3"),
            (Form.OTHER, "1"),
        ],
    )
    def test_what_is_no_place_is_refused(self, form: Form, text: str) -> None:
        with pytest.raises(NotAPlace):
            spot(form, text)


def film(at: Any = AT) -> Item:
    factories.policy()
    return factories.kept(factories.exhibit(at=at), FILM, "lock-31.mp4", at=at)


def noted(
    item: Item, place: str = "1:12.5", by: Actor | None = None, at: Any = AT
) -> Annotation:
    new = NewAnnotation(item.pk, place, "A van stops ")
    return annotating.annotate(actor=by or asha(), new=new, at=at)


@pytest.mark.django_db
class TestNoting:
    def test_a_note_stands_where_the_original_does_and_its_words_alone_change(self) -> None:
        item = film()
        made = noted(item)
        noted(item, "2")
        assert (made.place, made.text, made.spot.start) == ("72.5", "A van stops", 72.5)
        changed = annotating.reword(
            actor=asha(), annotation=made.pk, version=made.version, text="A lorry", at=AT
        )
        found = annotations_of(asha(), item.pk)
        assert [(each.place, each.text) for each in found.rows] == [
            ("2", "A van stops"),
            ("72.5", "A lorry"),
        ]
        assert found.may_reword == {each.pk for each in found.rows}
        with as_asha(), pytest.raises(DatabaseError), transaction.atomic():
            Annotation.objects.filter(pk=changed.pk).update(place="1")

    def test_what_cannot_be_is_refused(self) -> None:
        item = film()
        with pytest.raises(NotThere):
            noted(item, "1:75")
        with pytest.raises(NotSaid):
            annotating.annotate(actor=asha(), new=NewAnnotation(item.pk, "", " "), at=AT)

    def test_who_may_not_read_the_original_notes_nothing_and_reads_no_note(
        self, cast: Cast
    ) -> None:
        item = film()
        noted(item)
        stranger = cast.cole("investigator").actor
        with pytest.raises(Missing):
            noted(item, by=stranger)
        with pytest.raises(Missing):
            annotations_of(stranger, item.pk)

    def test_it_moves_with_its_exhibit_and_never_alone(self) -> None:
        item = film()
        note = noted(item)
        to = Place(HERE, "case:op-heron")
        by: dict[str, Any] = {"actor": asha(), "to": to, "reason": "", "at": AT}
        with pytest.raises(StandsByItsExhibit):
            records.move(kind=ANNOTATION, record=note.pk, version=note.version, **by)
        records.move(kind=EXHIBIT, record=item.exhibit, version=1, **by)
        with as_asha():
            assert place_of(Annotation.objects.get().scope_id) == to

    @pytest.mark.parametrize("kind", [EXHIBIT, ITEM])
    def test_it_goes_with_its_original(self, kind: str) -> None:
        item = film(LONG_AGO)
        noted(item, at=LONG_AGO)
        goes = {EXHIBIT: item.exhibit, ITEM: item.pk}[kind]
        with as_asha():
            version = {EXHIBIT: Exhibit, ITEM: Item}[kind].objects.get(pk=goes).version
        records.dispose(
            actor=asha(), kind=kind, record=goes, version=version, reason="Returned", at=AT
        )
        with as_asha():
            assert not Annotation.objects.exists()


def keyed() -> dict[str, str]:
    return {"idempotency_key": str(uuid4())}


@pytest.mark.django_db
def test_page_api_and_command_say_the_same(cast: Cast) -> None:
    item, account = film(), cast.asha("investigator")
    client, page = account.client, f"/evidence/items/{item.pk}/"
    bad = client.post(f"{page}annotate/", {"place": "1:75", "text": "x"} | keyed())
    assert "is no moment" in bad.content.decode()
    client.post(f"{page}annotate/", {"place": "1:12.5", "text": "A van stops"} | keyed())
    (row,) = client.get(f"/api/v1/evidence/items/{item.pk}/notes").json()
    assert (row["where"], row["text"]) == ("01:12.500", "A van stops")
    assert 'data-start="72.5"' in client.get(page).content.decode()
    asked = ["annotations", str(item.pk), "--as", account.account.username]
    told = json.loads(CliRunner().invoke(commands, asked).output)
    assert [each["text"] for each in told] == ["A van stops"]
    client.post(
        f"/evidence/annotations/{row['id']}/", {"version": 1, "text": "A lorry"} | keyed()
    )
    assert "A lorry" in client.get(page).content.decode()
    of_case = client.get("/evidence/cases/?reference=op-heron").content.decode()
    assert "Noted on a file" in of_case
