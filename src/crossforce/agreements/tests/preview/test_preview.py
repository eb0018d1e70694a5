"""Preview of what is stored: the query, the page, the API, the command; and that nothing changes."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from ninja.testing import TestClient
from typer.testing import CliRunner

from crossforce.agreements import commands
from crossforce.agreements import preview as pure
from crossforce.agreements.api import PreviewContext, PreviewRow
from crossforce.agreements.endpoints import router
from crossforce.agreements.preview import phrases
from crossforce.agreements.queries import preview
from crossforce.agreements.tests import factories
from crossforce.agreements.tests.factories import (
    AVON,
    DORSET,
    GLOS,
    NOW,
    REFERENCE,
    THREE,
    WILTS,
)
from crossforce.agreements.views import preview as views
from crossforce.kernel import clock, registry
from crossforce.kernel.refusals import Missing, Refused
from crossforce.people import api as people

pytestmark = pytest.mark.usefixtures("bodies")

ASHA, COLE = factories.programme(AVON), factories.programme(DORSET)
CLIENT = TestClient(router)


def state() -> list[tuple[Any, ...]]:
    """Every row of these tables: which, and by which transaction it was written.

    Private parts may not be read here; none is written without its entry, which is.
    """
    found: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        names = set(connection.introspection.table_names(cursor)) - {"ledger_privatepart"}
        for name in sorted(names):
            if name.startswith(("agreements_", "ledger_", "people_", "organisations_")):
                cursor.execute(
                    f'SELECT xmin::text, count(*) FROM "{name}" GROUP BY 1 ORDER BY 1'
                )
                found += [(name, *row) for row in cursor.fetchall()]
    return found


class TestQuery:
    def test_refuses_what_the_check_would_not_go_through_before_it_compiles(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        factories.drafted(factories.oversized())
        monkeypatch.setattr(preview, "compile_document", None)
        with pytest.raises(preview.CannotPreview, match="goes through 500 at most"):
            preview.of_document(ASHA, factories.oversized(), NOW)
        with pytest.raises(preview.CannotPreview, match="goes through 500 at most"):
            preview.of_draft(ASHA, REFERENCE, NOW)

    def test_compares_a_new_draft_with_nothing(self) -> None:
        factories.drafted()
        found = preview.of_draft(ASHA, REFERENCE, NOW)
        assert found.before.en.startswith("nothing")
        assert {row.kind for row in found.section("participation").rows} == {"added"}

    def test_compares_a_version_with_the_one_before(self) -> None:
        factories.in_force(THREE)
        found = preview.of_version(ASHA, REFERENCE, 1, NOW)
        assert found.after.en == "version 1"
        assert not found.is_empty

    def test_says_what_a_document_would_change_of_what_is_in_force(self) -> None:
        factories.in_force(THREE)
        later = NOW + 30 * factories.DAY
        found = preview.of_document(ASHA, factories.document((AVON, WILTS)), later)
        assert found.before.en == "version 1"
        gone = {row.about[0][1] for row in found.section("participation").changes}
        assert gone == {GLOS}
        assert preview.of_document(ASHA, factories.document(THREE), later).is_empty

    def test_works_out_a_leave(self) -> None:
        factories.in_force(THREE)
        found = preview.of_version(ASHA, REFERENCE, 1, NOW, leave=GLOS)
        assert found.leaving == GLOS
        assert found.before.en == "version 1"
        assert {row.kind for row in found.section("participation").changes} == {"removed"}

    @pytest.mark.parametrize("who", [DORSET, "nobody-at-all"])
    def test_refuses_a_leave_of_somebody_who_takes_no_part(self, who: str) -> None:
        factories.in_force(THREE)
        with pytest.raises(preview.CannotLeave):
            preview.of_version(ASHA, REFERENCE, 1, NOW, leave=who)

    def test_says_why_a_document_cannot_be_previewed(self) -> None:
        with pytest.raises(preview.CannotPreview, match="document:1: error"):
            preview.of_document(ASHA, "format = ", NOW)
        with pytest.raises(preview.CannotPreview):
            preview.of_document(ASHA, "\ud800", NOW)

    def test_knows_no_draft_of_a_stranger(self) -> None:
        factories.drafted()
        with pytest.raises(Missing):
            preview.of_draft(COLE, REFERENCE, NOW)
        with pytest.raises(Missing):
            preview.of_agreement(COLE, REFERENCE, NOW)

    def test_is_not_for_those_without_the_power(self) -> None:
        inspector = factories.actor(AVON, "duty-inspector")
        with pytest.raises(Refused):
            preview.of_document(inspector, factories.document(), NOW)

    def test_changes_no_table_and_is_the_same_twice(self) -> None:
        factories.in_force(THREE)
        factories.drafted(factories.document(reference="another"), reference="another")
        before = state()
        first = pure.as_plain(preview.of_draft(ASHA, "another", NOW))
        again = pure.as_plain(preview.of_draft(ASHA, "another", NOW))
        leave = preview.of_version(ASHA, REFERENCE, 1, NOW, leave=GLOS)
        assert leave.leaving == GLOS
        assert first == again
        assert state() == before

    def test_lists_the_agreement_that_shares_the_same_work(self) -> None:
        factories.in_force(THREE)
        factories.drafted(factories.document(reference="another"), reference="another")
        found = preview.of_draft(ASHA, "another", NOW + 30 * factories.DAY)
        assert {dict(row.about)["agreement"] for row in found.section("overlaps").rows} == {
            REFERENCE
        }


@pytest.fixture
def rota() -> Iterator[None]:
    """A service that says how many duties a draft would bring into sight."""

    def run(context: PreviewContext) -> list[PreviewRow]:
        many = len(context.new.terms.terms)
        return [
            PreviewRow(
                kind="added",
                what=phrases.plain("Duties"),
                before=phrases.plain("0 seen"),
                after=phrases.plain(f"{many} seen"),
                when=context.period(context.since, None),
            )
        ]

    registry.preview_effects.add("rota", registry.PreviewEffect("rota", "Rota", run))
    yield
    registry.preview_effects._items.pop("rota")


class TestServices:
    @pytest.mark.usefixtures("rota")
    def test_add_their_effects(self) -> None:
        factories.drafted()
        section = preview.of_draft(ASHA, REFERENCE, NOW).section("service.rota")
        assert section.lead.en == "Rota, effects: 1."
        assert section.rows[0].after.en.endswith("seen")


@pytest.fixture
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def page(view: Callable[..., Any], actor: people.Actor, *args: Any, asked: str = "") -> str:
    request = RequestFactory().get(f"/{asked}")
    request.actor = actor  # type: ignore[attr-defined]
    content: bytes = view(request, *args).content
    return content.decode()


@pytest.mark.usefixtures("_now")
class TestPage:
    def test_puts_the_answers_at_the_top_and_tables_below(self) -> None:
        factories.drafted()
        shown = page(views.draft, ASHA, REFERENCE)
        assert shown.index("In short") < shown.index("<table")
        assert "Avon &amp; Somerset, Gloucestershire and Wiltshire join" in shown
        assert "Nothing is changed by looking" in shown

    def test_asks_about_a_day_and_a_leave(self) -> None:
        factories.in_force(THREE)
        shown = page(
            views.version, ASHA, REFERENCE, 1, asked="?on=2027-05-01&leave=gloucestershire"
        )
        assert "Preview as of 1 May 2027" in shown
        assert "without Gloucestershire" in shown

    def test_refuses_what_is_no_day(self) -> None:
        factories.drafted()
        for asked in ("soon", "0001-01-01", "9999-12-31"):
            with pytest.raises(views.NotADay):
                page(views.draft, ASHA, REFERENCE, asked=f"?on={asked}")

    def test_looks_back_before_there_were_figures(self) -> None:
        factories.drafted()
        assert "In short" in page(views.draft, ASHA, REFERENCE, asked="?on=1964-06-10")

    def test_does_not_exist_for_a_stranger(self) -> None:
        factories.in_force(THREE)
        factories.drafted(factories.document(reference="another"), reference="another")
        with pytest.raises(Missing):
            page(views.draft, COLE, "another")
        with pytest.raises(Missing):
            page(views.version, COLE, REFERENCE, 1)

    def test_is_open_to_a_party_that_is_asked_to_sign(self) -> None:
        factories.proposed()
        assert "In short" in page(views.version, factories.party(f"pcc-{GLOS}"), REFERENCE, 1)


@pytest.mark.usefixtures("_now")
class TestApi:
    def ask(self, method: str, path: str, actor: people.Actor | None, body: Any = None) -> Any:
        return CLIENT.request(method, path, json=body, actor=actor)

    def test_answers_about_a_document_in_the_body(self) -> None:
        body = {"document": factories.document(), "on": "2026-12-24"}
        answer = self.ask("POST", "/preview", ASHA, body)
        assert answer.status_code == 200
        assert answer.json()["on"] == "2026-12-24"
        assert answer.json()["changes"] is True
        assert [each["code"] for each in answer.json()["sections"]][:2] == [
            "participation", "parties",
        ]  # fmt: skip

    def test_answers_about_an_agreement(self) -> None:
        factories.in_force(THREE)
        answer = self.ask("GET", f"/{REFERENCE}/preview?leave={GLOS}", ASHA)
        assert answer.json()["leaving"] == GLOS

    def test_answers_nobody_unknown(self) -> None:
        with pytest.raises(Refused):
            self.ask("POST", "/preview", None, {"document": "x"})


@pytest.mark.usefixtures("_now")
class TestCommand:
    def run(self, monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
        monkeypatch.setattr(registry, "actor_named", lambda name, at: ASHA)
        done = CliRunner().invoke(commands.commands, ["preview", *words, "--as", "asha"])
        assert done.exit_code == 0, done.output
        return str(done.output)

    def test_prints_the_same_rows(self, monkeypatch: pytest.MonkeyPatch) -> None:
        factories.drafted()
        said = self.run(monkeypatch, REFERENCE)
        found = preview.of_draft(ASHA, REFERENCE, NOW)
        assert all(row.words.en in said for each in found.sections for row in each.rows)

    def test_reads_a_file_and_prints_json(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        file = tmp_path / "draft.toml"
        file.write_text(factories.document(), "utf-8")
        said = json.loads(self.run(monkeypatch, str(file), "--json", "--on", "2026-12-24"))
        assert said["format"] == 1
        assert said["on"] == "2026-12-24"

    def test_speaks_welsh(self, monkeypatch: pytest.MonkeyPatch) -> None:
        factories.drafted()
        assert "Pwy sy'n cymryd rhan" in self.run(monkeypatch, REFERENCE, "--welsh")
