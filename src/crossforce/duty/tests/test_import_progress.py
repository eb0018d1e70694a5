"""How far imports are, as pages, lists and the API tell it, and who is at work on them."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from crossforce.duty import jobs
from crossforce.duty.choices import State
from crossforce.duty.operations import arriving
from crossforce.duty.operations.arriving import WAITING
from crossforce.duty.queries import importing as reads
from crossforce.duty.tests import factories
from crossforce.duty.tests.exports import SHIFTS
from crossforce.duty.tests.factories import rows
from crossforce.duty.tests.test_import_pages import ONE, export, kept_mapping
from crossforce.duty.tests.uploads import asha, bodies, few_bodies, place, sent, settled
from crossforce.intake import api as intake
from crossforce.intake.choices import Step
from crossforce.intake.rules import looks_again_after
from crossforce.kernel.testing.cast import Player

__all__ = ["asha", "bodies", "few_bodies", "place"]

pytestmark = pytest.mark.django_db(transaction=True)


class TestProgress:
    @pytest.fixture
    def page(self, asha: Player) -> Iterator[str]:
        """An import that was received, and that somebody else is at work on."""
        key, _ = arriving.receive(
            actor=asha.actor,
            file=intake.Arrived(SHIFTS.decode(), "duties.csv", [rows(ONE)]),
            at=factories.AT,
        )
        with WAITING.begun(key):
            yield reverse("duty:import", args=[key])

    def told(self, page: str, step: Step) -> None:
        WAITING.tell(UUID(page.rstrip("/").rpartition("/")[2]), step)

    def test_says_how_far_it_is_and_looks_again_by_itself(
        self, asha: Player, page: str
    ) -> None:
        self.told(page, Step("read", 120_000, 45))
        answer = asha.client.get(page)
        assert "Reading the file: 120,000 rows so far, 45% of it" in answer.content.decode()
        assert answer.headers["Refresh"] == "5"
        self.told(page, Step("write", 20_000, 80))
        assert "20,000 rows so far, 80%" in asha.client.get(page).content.decode()

    @pytest.mark.parametrize(("seconds", "after"), [(-1, 1), (4, 1), (5, 2), (30, 5), (999, 5)])
    def test_is_looked_at_soon_and_then_seldom(self, seconds: int, after: int) -> None:
        assert looks_again_after(timedelta(seconds=seconds)) == after

    def test_can_be_kept_from_looking_again(self, asha: Player, page: str) -> None:
        answer = asha.client.get(page)
        assert 'href="?refresh=no"' in answer.content.decode()
        still = asha.client.get(page, {"refresh": "no"})
        assert "Refresh" not in still.headers
        assert "let it look again by itself" in still.content.decode()

    def test_is_at_work_however_long_nothing_was_said(self, asha: Player, page: str) -> None:
        assert "Go on with it" not in asha.client.get(page).content.decode()
        assert sent(asha, f"{page}run/").status_code == 409

    def test_ends_with_the_process_that_was_at_work(self, asha: Player) -> None:
        key, _ = arriving.receive(
            actor=asha.actor,
            file=intake.Arrived(SHIFTS.decode(), "duties.csv", [rows(ONE)]),
            at=factories.AT,
        )
        WAITING.begun(key).close()
        answer = asha.client.get(reverse("duty:import", args=[key]))
        assert "Go on with it" in answer.content.decode()
        assert "Refresh" not in answer.headers

    @pytest.mark.parametrize(
        ("state", "words"),
        [
            (State.CHECKING, "Stopped while it was being checked"),
            (State.RUNNING, "Stopped while it was being brought in"),
        ],
    )
    def test_that_stopped_says_so_wherever_it_is_told_and_goes_on(
        self, asha: Player, state: State, words: str
    ) -> None:
        arrived = intake.Arrived(SHIFTS.decode(), "duties.csv", [rows(ONE)])
        key, _ = arriving.receive(actor=asha.actor, file=arrived, at=factories.AT, state=state)
        page = reverse("duty:import", args=[key])
        listed = asha.client.get(reverse("duty:imports")).content.decode()
        assert f'{words}: <a class="govuk-link" href="{page}">go on with it' in listed
        assert words in asha.client.get(page).content.decode()
        told = asha.client.get(f"/api/v1/duty/imports/{key}").json()
        assert (told["state"], told["is_at_work"]) == (state, False)
        assert sent(asha, f"{page}run/").status_code == 302
        settled(asha, page, wanted="Brought in" if state is State.RUNNING else "Bring it in")

    def test_never_says_that_nobody_is_at_work_on_what_was_just_sent(
        self, asha: Player, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        mapping, held, one = kept_mapping(asha), threading.Event(), reads.one_import
        jobs.LINE.at_work.submit(held.wait)
        answer = sent(asha, reverse("duty:import-send"), mapping=mapping.pk, file=export(ONE))

        def ends_meanwhile(*given: Any) -> Any:
            found = one(*given)
            held.set()
            jobs.LINE.at_work.submit(lambda: None).result(30)
            return found

        monkeypatch.setattr(reads, "one_import", ends_meanwhile)
        shown = asha.client.get(answer.headers["Location"])
        assert "Nobody is at work" not in shown.content.decode()
        assert "Stopped while" not in shown.content.decode()
        assert shown.headers["Refresh"] == "1"

    @pytest.mark.parametrize("ends", [True, False])
    def test_never_says_so_in_a_list_either(
        self, asha: Player, monkeypatch: pytest.MonkeyPatch, ends: bool
    ) -> None:
        mapping, held, read = kept_mapping(asha), threading.Event(), reads.imports
        jobs.LINE.at_work.submit(held.wait)
        if not ends:  # what was just sent is looked at between its commit and its turn
            monkeypatch.setattr(WAITING, "lined_up", lambda key: None)
        sent(asha, reverse("duty:import-send"), mapping=mapping.pk, file=export(ONE))

        def ends_meanwhile(*given: Any) -> Any:
            found = read(*given)
            if ends:
                held.set()
                jobs.LINE.at_work.submit(lambda: None).result(30)
            return found

        monkeypatch.setattr(reads, "imports", ends_meanwhile)
        try:
            listed = asha.client.get(reverse("duty:imports")).content.decode()
            assert "Stopped while" not in listed
            assert ("Checked, nothing brought in yet" if ends else "Being checked") in listed
            (told,) = asha.client.get("/api/v1/duty/imports").json()
            assert (told["state"], told["is_at_work"]) == (
                ("rehearsed", False) if ends else ("checking", True)
            )
        finally:
            held.set()

    def test_comes_to_its_turn_while_somebody_looks(self, asha: Player) -> None:
        arrived = intake.Arrived(SHIFTS.decode(), "duties.csv", [rows(ONE)])
        key, _ = arriving.receive(actor=asha.actor, file=arrived, at=factories.AT)
        looks = threading.Event()

        def look() -> None:
            while not looks.wait(0):
                WAITING.progress(key)

        with ThreadPoolExecutor(4) as pool:
            lookers = [pool.submit(look) for _ in range(4)]
            try:
                for _ in range(200):
                    turn, file = WAITING.lined_up(key), WAITING.begun(key)
                    assert turn
                    turn.close()
                    file.close()
            finally:
                looks.set()
        assert [each.result() for each in lookers] == [None] * 4

    def test_waits_for_its_turn(self, asha: Player) -> None:
        arrived = intake.Arrived(SHIFTS.decode(), "duties.csv", [rows(ONE)])
        key, _ = arriving.receive(actor=asha.actor, file=arrived, at=factories.AT)
        page = reverse("duty:import", args=[key])
        held = threading.Event()
        jobs.LINE.at_work.submit(held.wait)
        try:
            assert sent(asha, f"{page}run/").status_code == 302
            answer = asha.client.get(page)
            assert "It waits for its turn" in answer.content.decode()
            assert answer.headers["Refresh"]
            assert sent(asha, f"{page}run/").status_code == 409
        finally:
            held.set()
        settled(asha, page, wanted="Bring it in")
