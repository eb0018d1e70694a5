"""Pages of the programme: what a programme officer does, and what others are refused."""

import io
from dataclasses import replace

import pytest
from django.db import transaction
from django.urls import reverse
from openpyxl import load_workbook

from crossforce.access.operations import put_grants
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.programme.operations.places import place_of
from crossforce.programme.queries import entries, portfolio, projects
from crossforce.programme.queries.entries import Wanted
from crossforce.programme.tests import factories
from crossforce.programme.tests.factories import AT, day
from crossforce.programme.tests.pages import asha, back, page, sent
from crossforce.records import api as records
from crossforce.records.tests.factories import grant

__all__ = ["asha"]
pytestmark = pytest.mark.django_db


class TestRegister:
    def test_shows_entries_their_numbers_and_leads_to_one(self, asha: Player) -> None:
        key = factories.entry(asha.actor, entered_on=day(-400))
        said = page(asha, "register")
        assert reverse("programme:entry", args=[key]) in said
        assert "1, of which 1 in support of protective services (100" in said
        assert "Too long ago" in said
        assert "Half are 400 days old or older" in said
        assert "No entries that you may see" in page(asha, "register", stage="live")
        told = page(asha, "dashboard")
        assert ("?stage=idea" in told, "?stage=live" in told) == (True, False)

    def test_what_is_empty_says_so_in_a_word(self, asha: Player) -> None:
        told = page(asha, "dashboard")
        assert "There is no budget of this year that you may see" in told
        assert "There is no idea or collaboration entered here" in told
        assert ("£0" in told, "Dropped" in told) == (False, False)

    def test_a_long_register_has_pages(
        self, asha: Player, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("crossforce.programme.views.register.PAGE", 1)
        for code, title in (("W-1", "Falconry"), ("W-2", "Stables")):
            factories.entry(asha.actor, code, title=title)
        first, second = page(asha, "register"), page(asha, "register", page="2")
        assert "Page 1 of 2" in first
        assert ("Falconry" in first, "Stables" in first) == (True, False)
        assert ("Falconry" in second, "Stables" in second) == (False, True)
        assert asha.client.get(reverse("programme:register"), {"page": "3"}).status_code == 404

    @pytest.mark.parametrize(
        ("name", "asked", "told"),
        [
            ("register", {"stag": "live"}, "Did you mean “stage”"),
            ("register", {"holder": "wiltshir"}, "Did you mean “wiltshire”"),
            ("projects", {"state": "liev"}, "Did you mean “live”"),
            ("reviews", {"state": "decided"}, "has no filter “state”"),
        ],
    )
    def test_a_mistyped_filter_is_refused_with_words(
        self, asha: Player, name: str, asked: dict[str, str], told: str
    ) -> None:
        answer = asha.client.get(reverse(f"programme:{name}"), asked)
        assert answer.status_code == 400
        assert told in answer.content.decode()

    def test_leaves_as_a_spreadsheet_that_changes_nothing_when_it_comes_back(
        self, asha: Player
    ) -> None:
        factories.entry(asha.actor, saving=1234_50)
        for form in ("csv", "xlsx"):
            answer = asha.client.get(reverse("programme:register"), {"format": form})
            assert answer.status_code == 200
            said = back(asha, answer.content, f"register.{form}")
            assert "nothing changed" in said
        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None
        assert sheet["B2"].value == "Joint dog section"

    def test_the_register_is_searched_by_words_and_region(self, asha: Player) -> None:
        factories.entry(asha.actor)
        factories.entry(asha.actor, "W-2", title="Shared range", forces="cumbria")
        factories.region("south-west", "wiltshire")
        for asked in ({"words": "section DOG"}, {"region": "south-west"}):
            said = page(asha, "register", **asked)
            assert "Joint dog section" in said
            assert "Shared range" not in said
        assert "are as asked" in page(asha, "register", words="dog range")

    def test_an_idea_is_entered_changed_and_taken_on(self, asha: Player) -> None:
        given = {
            "code": "W-9", "title": "Shared range", "forces": "wiltshire; gloucestershire",
            "owner": "Head of operations", "saving": "£1,200.50",
        }  # fmt: skip
        answer = sent(asha, "entry-add", **given)
        assert answer.status_code == 302, answer.content.decode()[-2000:]
        (listed,) = entries.entries(asha.actor, Wanted(), AT).entries
        assert listed.row.saving == 1200_50
        said = page(asha, "entry", listed.row.pk)
        assert "Take it to scoping" in said
        answer = sent(asha, "entry-move", listed.row.pk, "scoping", version="1")
        assert answer.status_code == 302
        answer = sent(asha, "entry-move", listed.row.pk, "business-case", version="2")
        assert answer.status_code == 422
        assert "a cashable saving" not in answer.content.decode()
        assert "efficiency with no less protection lacks" in answer.content.decode()
        sent(asha, "entry-look", listed.row.pk, version="2")

    def test_a_wrong_code_or_sum_is_told_at_the_form(self, asha: Player) -> None:
        answer = sent(asha, "entry-add", code="W-9", title="x", saving="much")
        assert answer.status_code == 422
        assert "Enter a sum in pounds" in answer.content.decode()
        answer = sent(asha, "entry-add", code="W-9", title="x", forces="narnia")
        assert answer.status_code == 422
        said = answer.content.decode()
        assert "There is a problem" in said
        for typed in ('value="W-9"', 'value="x"', 'value="narnia"'):
            assert typed in said
        assert not entries.entries(asha.actor, Wanted(), AT).entries

    def test_whom_to_ask_and_what_is_alike(self, asha: Player) -> None:
        one = factories.entry(asha.actor, entered_on=day(-400))
        other = factories.entry(asha.actor, "W-2", title="The joint dog section")
        said = page(asha, "chase")
        assert "Head of operations" in said
        assert f"/entries/{one}/" in said
        said = page(asha, "alike")
        assert f"/entries/{other}/" in said
        assert "both are of Dogs" in said
        assert "both name Gloucestershire" in said

    def test_whom_to_ask_goes_page_by_page(
        self, asha: Player, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("crossforce.programme.views.register.CHASED", 1)
        for code, title in (("W-1", "Falconry"), ("W-2", "Stables")):
            factories.entry(asha.actor, code, title=title, entered_on=day(-400))
        first, second = page(asha, "chase"), page(asha, "chase", page="2")
        assert ("Falconry" in first, "Stables" in first) == (True, False)
        assert ("Falconry" in second, "Stables" in second) == (False, True)
        assert asha.client.get(reverse("programme:chase"), {"page": "3"}).status_code == 404

    @pytest.mark.parametrize(
        "name", ["entry-add", "project-add", "review-add", "report-add", "import-send"]
    )
    def test_whoever_may_add_nowhere_is_shown_no_form(
        self, asha: Player, cast: Cast, name: str
    ) -> None:
        factories.sharing()
        assert page(asha, name)
        answer = cast.bryn("programme-officer").client.get(reverse(f"programme:{name}"))
        assert answer.status_code == 403
        assert "lets you add such a record anywhere" in answer.content.decode()

    def test_whoever_may_only_read_is_shown_no_form_and_whom_to_ask(
        self, asha: Player, cast: Cast
    ) -> None:
        factories.sharing()
        entry, project = factories.entry(asha.actor), factories.project(asha.actor)
        bryn = cast.bryn("programme-officer")
        for name, *args in (
            ("entry-change", entry),
            ("entry-move", entry, "scoping"),
            ("project-change", project),
            ("project-move", project, "bid"),
        ):
            answer = bryn.client.get(reverse(f"programme:{name}", args=args))
            assert answer.status_code == 403, name
            assert "ask its holder, Wiltshire" in answer.content.decode()


class TestProjects:
    def test_the_portfolio_tells_lights_and_why(self, asha: Player) -> None:
        key = factories.project(asha.actor)
        factories.milestone(asha.actor, "M1", -60)
        said = page(asha, "projects")
        assert reverse("programme:project", args=[key]) in said
        assert "1 milestone is red." in said
        assert asha.client.get(reverse("programme:projects"), {"page": "9"}).status_code == 404

    def test_one_project_with_all_that_is_its(self, asha: Player) -> None:
        key = factories.project(asha.actor, cost=100_00, trial_from=day(-9), trial_to=day(9))
        factories.milestone(asha.actor, "M1", -60)
        factories.milestone(asha.actor, "M2", 5, begins_on=day(-2), after="M1")
        entry = factories.entry(asha.actor)
        own = factories.own
        own(asha.actor, "programme.risk", category="safety", likelihood=5, impact=4)
        own(asha.actor, "programme.issue", due_on=day(-1))
        own(
            asha.actor,
            "programme.phase",
            number=1,
            function="dogs",
            force="wiltshire",
            planned_on=day(30),
        )
        own(
            asha.actor,
            "programme.lesson",
            theme="purpose",
            happened="x",
            advice="Say why first",
        )
        own(
            asha.actor, "programme.finding", sort="noteworthy-practice", inspectorate="HMIC",
            report="Major crime", reported_on=day(-90),
        )  # fmt: skip
        own(
            asha.actor,
            "programme.bid",
            fund="Innovation",
            asked=100_00,
            outcome="pending",
            awarded=0,
        )
        said = page(asha, "project", key)
        for words in (
            "Because of M1.", "Critical", "More than may be borne", "Say why first", "shared",
            "The plan does not hold yet", "A trial from", "Timeline", "cf-lane__now",
            "the strategic case is absent", "it has no owner", f"/entries/{entry}/",
        ):  # fmt: skip
            assert words in said, words

    def test_what_is_added_to_a_project_begins_with_its_code(self, asha: Player) -> None:
        key = factories.project(asha.actor)
        factories.milestone(asha.actor, "M1", 5)
        link = reverse("records:add", args=["programme.milestone"]) + "?project=dogs"
        assert f'href="{link}"' in page(asha, "project", key)
        form = asha.client.get(link).content.decode()
        assert 'value="dogs"' in form

    def test_a_lesson_of_its_own_is_what_was_learned(self, asha: Player) -> None:
        key = factories.project(asha.actor)
        assert "add a lesson to it" in page(asha, "project", key)
        told = {"theme": "purpose", "happened": "x", "advice": "Say why first"}
        factories.own(asha.actor, "programme.lesson", **told)
        assert "Close it" in page(asha, "project", key)
        sent(asha, "project-move", key, "closed", version="1", reason="Done elsewhere")
        assert projects.one(asha.actor, key).state == "closed"

    def test_a_page_is_marked_as_high_as_what_is_on_it(self, asha: Player) -> None:
        key = factories.project(asha.actor)
        with transaction.atomic():
            put_grants("secret", [grant("programme.risk", marking="SECRET")])
        place = replace(place_of(asha.actor, ""), marking="SECRET")
        values = {
            "project": "dogs", "title": "X", "category": "safety", "likelihood": 1, "impact": 1,
            "purposes": ["duty-from-law"],
        }  # fmt: skip
        assert "OFFICIAL-SENSITIVE" in page(asha, "project", key)
        new = records.NewRecord("programme.risk", place, values)
        records.create(actor=asha.actor, new=new, at=AT)
        assert "OFFICIAL-SENSITIVE" not in (said := page(asha, "project", key))
        assert "SECRET" in said

    def test_a_project_is_added_from_an_entry_and_passes_a_gate(self, asha: Player) -> None:
        form = page(asha, "project-add", entry="W-1", function="dogs")
        assert 'value="W-1"' in form
        given = {
            "code": "dogs", "title": "Dogs", "entry": "W-1", "purpose": "One section",
            "benefit": "Sooner", "strategic": 2, "economic": 1, "commercial": 1, "financial": 1,
            "management": 1,
        }  # fmt: skip
        answer = sent(asha, "project-add", **given)
        assert answer.status_code == 302, answer.content.decode()[-2000:]
        (row,) = portfolio.portfolio(asha.actor, portfolio.Wanted(), AT).rows
        answer = sent(
            asha, "project-move", row.row.pk, "business-case", version="1", decision="Board 1"
        )
        assert answer.status_code == 302
        assert (
            asha.client.get(
                reverse("programme:project-move", args=[row.row.pk, "nowhere"])
            ).status_code
            == 404
        )

    def test_a_trial_is_decided(self, asha: Player) -> None:
        key = factories.project(asha.actor, trial_from=day(-9), trial_to=day(9))
        later = {"to-day": "1", "to-month": "3", "to-year": "2027"}
        answer = sent(asha, "project-trial", key, version="1", decision="Board 2", **later)
        assert answer.status_code == 302, answer.content.decode()[-2000:]
        sent(asha, "project-trial", key, version="2", decision="Board 3")
        assert "adopted" in page(asha, "project", key)


class TestSight:
    def test_others_find_no_page(self, asha: Player, cast: Cast) -> None:
        entry, project = factories.entry(asha.actor), factories.project(asha.actor)
        cole = cast.cole("programme-officer")
        assert "No entries that you may see" in page(cole, "register")
        for name, key in (("entry", entry), ("project", project)):
            answer = cole.client.get(reverse(f"programme:{name}", args=[key]))
            assert answer.status_code == 404

    def test_a_reader_is_offered_no_change(self, asha: Player, cast: Cast) -> None:
        key = factories.entry(asha.actor)
        factories.sharing()
        said = page(cast.bryn("programme-officer"), "entry", key)
        assert "Take it to" not in said
        assert "It is still right" not in said
