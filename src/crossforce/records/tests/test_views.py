"""Pages of records: each inherits what every page owes."""

import re
from datetime import timedelta
from html import unescape
from typing import Any, ClassVar
from uuid import uuid4

import pytest
from django.urls import reverse

from crossforce.kernel import clock
from crossforce.kernel.testing.cast import Cast
from crossforce.kernel.testing.pages import KEY, ChangeCase, ReadCase, lasting
from crossforce.kernel.web import sealed
from crossforce.records import models, operations
from crossforce.records.choices import Reference
from crossforce.records.tests import factories
from crossforce.records.tests.factories import AT, HERE, PARTNER

NOTE = "records.note"
MAY, MAY_NOT = "investigator", "analyst"


class OfNote:
    """A page about a note of this force, which investigators do everything with and analysts read."""

    office: ClassVar[str] = MAY
    no_office: ClassVar[str] = MAY_NOT
    page: ClassVar[str]
    made: Any = None

    @pytest.fixture(autouse=True)
    def policy(self, db: None) -> None:
        factories.policy(roles=(MAY,))
        factories.policy("reading", roles=(MAY_NOT,), actions=("find", "read"))

    def note(self) -> models.Note:
        self.made = self.made or factories.note(factories.asha(MAY))
        made: models.Note = self.made
        return made

    def url(self, cast: Cast) -> str:
        return reverse(f"records:{self.page}", args=[NOTE, self.note().pk])


class TestStart(OfNote, ReadCase):
    no_office, stranger_gets = "", 200

    def url(self, cast: Cast) -> str:
        return reverse("records:list") + "?q=van"

    def test_kinds_stand_by_service_and_apart_where_nothing_is_to_read(
        self, cast: Cast
    ) -> None:
        page = cast.asha(MAY).client.get(reverse("records:list")).content.decode()
        above, below = page.split("Kinds of which you may read nothing now")
        found = re.findall(r'href="/records/([a-z]+\.[a-z]+)/"', above)
        assert found == ["records.document", "records.note", "records.request"]
        titles = re.findall(r"<h3[^>]*>([^<]*)</h3>", below)
        assert titles == sorted(titles, key=str.casefold)
        assert "On duty" in titles
        assert below.index(">Duties<") < below.index(">Minimum cover<")


class TestList(OfNote, ReadCase):
    no_office, stranger_gets = "", 200

    def url(self, cast: Cast) -> str:
        return reverse("records:of-kind", args=[NOTE])

    def test_words_stand_in_no_address(self, cast: Cast) -> None:
        asha = cast.asha(MAY)
        for subject in ("Another van", "A bicycle"):
            factories.note(asha.actor, subject=subject)
        address = reverse("records:words", args=[NOTE])
        assert 'name="q"' in asha.client.get(address).content.decode()
        answer = asha.client.post(f"{address}?marking=OFFICIAL&sort=title", {"q": "Another"})
        assert "?marking=OFFICIAL&sort=title&of=" in answer["Location"]
        page = asha.client.get(answer["Location"]).content.decode()
        assert "Another van" in page
        assert "bicycle" not in page
        (file,) = (each for each in re.findall('href="([^"]*)"', page) if "csv" in each)
        assert "of=" in file
        assert not re.findall('(?:href|value)="[^"]*nother', page)
        (again,) = re.findall(f'href="({address}[^"]*)"', page)
        assert "marking=OFFICIAL&amp;sort=title&amp;of=" in again
        assert 'value="Another"' in asha.client.get(unescape(again)).content.decode()

    def test_words_of_an_old_bookmark_are_sealed(self, cast: Cast) -> None:
        asked = {"q": "Another", "sort": "title", "format": "csv"}
        answer = cast.asha(MAY).client.get(self.url(cast), asked)
        assert (answer.status_code, "nother" in answer["Location"]) == (302, False)
        assert "?sort=title&format=csv&of=" in answer["Location"]


class TestShow(OfNote, ReadCase):
    no_office, page = "", "show"


class TestHistory(OfNote, ReadCase):
    no_office, page = "", "history"


class TestProposalsPage(OfNote, ReadCase):
    no_office, stranger_gets = "", 200

    def url(self, cast: Cast) -> str:
        return reverse("records:proposals")


class TestAdd(OfNote, ChangeCase):
    operation, stranger_gets = "record.collected", 403

    def url(self, cast: Cast) -> str:
        return reverse("records:add", args=[NOTE])

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {
            "subject": "A red van",
            "body": "Seen.",
            "purposes": ["prevent-offences"],
            "marking": "OFFICIAL",
        }

    def _entries(self) -> int:
        return len(factories.entries(self.operation))


class OfRecord(OfNote, ChangeCase):
    operation = "record.altered"

    def _entries(self) -> int:
        return len(factories.entries(self.operation))


class TestEdit(OfRecord):
    page = "edit"

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {
            "version": 1,
            "subject": "A blue van",
            "body": "Thrice.",
            "purposes": ["prevent-offences"],
        }


class TestMove(OfRecord):
    page = "move"

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {"version": 1, "marking": "OFFICIAL-SENSITIVE"}


class TestReview(OfRecord):
    page = "review"

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {"version": 1, "group": "2"}


class TestHold(OfRecord):
    page = "hold"

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {"reason": "A live inquest"}


class TestLift(OfRecord):
    page = "lift"
    hold: Any = None

    def url(self, cast: Cast) -> str:
        note = self.note()
        self.hold = self.hold or operations.hold(
            actor=factories.asha(MAY), kind=NOTE, record=note.pk, reason="x", at=AT
        )
        return reverse("records:lift", args=[NOTE, note.pk, self.hold.pk])

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {"reason": "It closed"}

    def test_is_refused_to_an_office_without_the_power(self, cast: Cast) -> None:
        assert self._post(cast.asha(MAY_NOT), cast).status_code == 403


class TestProposeDisposal(OfRecord):
    page = "propose-disposal"

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {"version": 1}


class TestDispose(OfRecord):
    page, operation = "dispose", "record.erased"

    def note(self) -> models.Note:
        due = AT.date() - timedelta(days=1)
        self.made = self.made or factories.note(factories.asha(MAY), review_due=due)
        made: models.Note = self.made
        return made

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {"version": 1, "reason": "No longer necessary"}


class TestLink(OfRecord):
    page, operation = "link", "record.combined"
    other: Any = None

    def url(self, cast: Cast) -> str:
        whose = f"link|{cast.asha(MAY).actor.posting}"
        return f"{super().url(cast)}?of={sealed.sealed(whose, {'q': 'van'}, clock.now())}"

    def test_what_is_looked_for_stands_in_no_address(self, cast: Cast) -> None:
        asha, found = cast.asha(MAY), factories.note(factories.asha(MAY), subject="Another van")
        address = reverse("records:find-other", args=[NOTE, self.note().pk])
        answer = asha.client.post(address, {"q": "Another"})
        assert (answer.status_code, "nother" in answer["Location"]) == (302, False)
        assert str(found.pk) in asha.client.get(answer["Location"]).content.decode()

    def sent(self, cast: Cast) -> dict[str, Any]:
        self.other = self.other or factories.note(factories.asha(MAY), subject="Another van")
        return {"relation": "concerns", "other": f"{NOTE}:{self.other.pk}"}


class TestUnlink(OfRecord):
    button_only = True
    link: Any = None

    def url(self, cast: Cast) -> str:
        asha = factories.asha(MAY)
        refs = [Reference(NOTE, factories.note(asha).pk) for _ in range(2)]
        self.link = self.link or operations.link(
            actor=asha, one=refs[0], other=refs[1], relation="concerns", at=AT
        )
        return reverse("records:unlink", args=[self.link.pk])

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {}


@pytest.mark.django_db
class TestWhatIsSeen:
    def test_hidden_and_missing_are_the_same_byte_for_byte(self, cast: Cast) -> None:
        factories.policy()
        factories.policy("low", recipient=PARTNER, marking="OFFICIAL", actions=("find", "read"))
        hidden = factories.note(marking="OFFICIAL-SENSITIVE")
        bryn = cast.bryn(MAY).client
        for page in ("show", "history", "edit", "disclose", "dispose", "propose"):
            urls = [
                reverse(f"records:{page}", args=[NOTE, key]) for key in (hidden.pk, uuid4())
            ]
            answers = [bryn.get(url) for url in urls]
            assert [answer.status_code for answer in answers] == [404, 404]
            one, other = (lasting(answer.content.decode()) for answer in answers)
            assert one == other

    def test_find_gives_the_pointer_and_no_word_more(self, cast: Cast) -> None:
        factories.policy()
        factories.policy("find", recipient=PARTNER, actions=("find",))
        note = factories.note(body="The secret of the van.")
        bryn = cast.bryn(MAY).client
        page = bryn.get(reverse("records:show", args=[NOTE, note.pk])).content.decode()
        assert "A blue van" in page
        assert "not read it" in page
        assert "secret of the van" not in page
        assert bryn.get(reverse("records:edit", args=[NOTE, note.pk])).status_code == 404
        searched = bryn.get(reverse("records:list"), {"q": "secret"}).content.decode()
        assert "A blue van" not in searched
        found = bryn.get(reverse("records:list"), {"q": "blue van"}).content.decode()
        assert "That it exists" in found

    def test_one_page_is_one_entry_that_names_every_row(self, cast: Cast) -> None:
        factories.policy()
        rows = [factories.note() for _ in range(3)]
        asha = cast.asha(MAY).client
        asha.get(reverse("records:of-kind", args=[NOTE]))
        (entry,) = factories.entries("record.consulted")
        assert entry.subject == NOTE
        assert set(entry.detail["rows"]) == {str(row.pk) for row in rows}
        assert entry.concerns == (HERE,)

    def test_the_file_bears_the_marking_and_is_a_disclosure(self, cast: Cast) -> None:
        factories.policy()
        factories.note()
        factories.note(marking="OFFICIAL-SENSITIVE")
        url = reverse("records:of-kind", args=[NOTE])
        answer = cast.asha(MAY).client.get(url, {"format": "csv"})
        assert answer.content.decode().lstrip("\ufeff").startswith("OFFICIAL-SENSITIVE,")
        (entry,) = factories.entries("record.disclosed")
        assert entry.detail["recipient"] == HERE

    def test_a_disclosure_is_a_file_for_somebody_named(self, cast: Cast) -> None:
        factories.policy()
        note = factories.note()
        url = reverse("records:disclose", args=[NOTE, note.pk])
        sent = {"recipient": "The coroner", "form_of": "json", KEY: str(uuid4())}
        answer = cast.asha(MAY).client.post(url, sent)
        assert answer.json()["recipient"] == "The coroner"
        assert "attachment" in answer["Content-Disposition"]

    def test_a_correction_is_proposed_answered_and_told(self, cast: Cast) -> None:
        factories.policy()
        factories.policy("shared", recipient=PARTNER, actions=("find", "read"))
        note = factories.note()
        asha, bryn = cast.asha(MAY).client, cast.bryn(MAY).client
        sent = {"subject": "A blue lorry", "body": note.body, "reason": "It was a lorry."}
        url = reverse("records:propose", args=[NOTE, note.pk])
        assert bryn.post(url, sent | {KEY: str(uuid4())}).status_code == 302
        found = models.Proposal.objects
        with factories.as_asha():
            proposal = found.get()
        page = asha.get(reverse("records:proposals")).content.decode()
        assert str(proposal.pk) in page
        url = reverse("records:refuse", args=[proposal.pk])
        assert asha.post(url, {"answer": "A van.", KEY: str(uuid4())}).status_code == 302
        assert "A van." in bryn.get(reverse("records:proposals")).content.decode()

    def test_who_may_only_add_adds_and_is_led_to_the_list(self, cast: Cast) -> None:
        factories.policy(actions=("add",))
        sent = {
            "subject": "A tip",
            "body": "x",
            "purposes": ["prevent-offences"],
            "marking": "OFFICIAL",
            KEY: str(uuid4()),
        }
        url = reverse("records:add", args=[NOTE])
        answer = cast.asha(MAY).client.post(url, sent)
        assert answer["Location"] == reverse("records:of-kind", args=[NOTE])
        assert len(factories.entries("record.collected")) == 1

    def test_who_may_add_nowhere_is_shown_no_form(self, cast: Cast) -> None:
        factories.policy()
        factories.policy("read", recipient=PARTNER, actions=("find", "read"))
        one = factories.note()
        for page, args in (("add", [NOTE]), ("combine", [NOTE, one.pk])):
            url = reverse(f"records:{page}", args=args)
            refused = cast.bryn(MAY).client.get(url)
            assert refused.status_code == 403
            assert "lets you add such a record anywhere" in refused.content.decode()
            assert cast.asha(MAY).client.get(url).status_code == 200

    def test_a_link_is_named_for_who_may_read_and_not_find(self, cast: Cast) -> None:
        factories.policy()
        asha = factories.asha()
        refs = [Reference(NOTE, factories.note(asha, name).pk) for name in ("one", "two")]
        operations.link(actor=asha, one=refs[0], other=refs[1], relation="concerns", at=AT)
        factories.policy("read", recipient=PARTNER, actions=("read",))
        url = reverse("records:show", args=[NOTE, refs[0].id])
        assert ">two</a>" in cast.bryn(MAY).client.get(url).content.decode()

    def test_lists_and_pages_take_few_queries(
        self, cast: Cast, django_assert_max_num_queries: Any
    ) -> None:
        factories.policy()
        notes = [factories.note() for _ in range(30)]
        asha = cast.asha(MAY).client
        with django_assert_max_num_queries(24):
            assert asha.get(reverse("records:of-kind", args=[NOTE])).status_code == 200
        with django_assert_max_num_queries(32):
            asha.get(reverse("records:show", args=[NOTE, notes[0].pk]))
