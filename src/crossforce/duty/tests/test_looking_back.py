"""Who looks back sees whom everybody saw then; what was changed since is marked, with what it said."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from typer.testing import CliRunner

from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.duty import commands, queries
from crossforce.duty.operations import entries as operations
from crossforce.duty.operations.entries import cancel_entry
from crossforce.duty.queries import Filter
from crossforce.duty.tests import factories
from crossforce.duty.tests.exports import DAYS, described
from crossforce.duty.tests.factories import AT, HERE, PARTNER, brought_in
from crossforce.duty.tests.test_board import asha, names
from crossforce.kernel import civil
from crossforce.kernel.testing.cast import Player
from crossforce.people.api import Actor

__all__ = ["asha", "bodies", "few_bodies"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
ALL = Filter()
BEFORE = AT - timedelta(minutes=5)


def test_an_absence_that_was_cancelled_since_counts_for_everybody(asha: Actor) -> None:
    factories.sharing((HERE, PARTNER))
    bryn = factories.planner(PARTNER)
    of = described(DAYS, ('"avon-and-somerset"', f'"{HERE}"'))
    brought_in(asha, b"Person,Day,Duty\n1234,2026-11-21,AL\n", of)
    (away,) = [each for each in factories.entries(asha) if each.what == "absence"]
    cancel_entry(actor=asha, entry=away.pk, version=1, at=AT + timedelta(minutes=1))
    for actor in (asha, bryn):
        assert "Robin Hill" in names(queries.on_duty(actor, AT, ALL))
        assert "Robin Hill" not in names(queries.on_duty(actor, BEFORE, ALL))


class TestChangedSince:
    """Somebody looks at an instant five minutes ago; a minute after it, a duty was changed."""

    THEN, LATER = AT + timedelta(minutes=1), AT + timedelta(minutes=6)

    @pytest.fixture
    def player(self, inspector: Player, monkeypatch: pytest.MonkeyPatch) -> Player:
        (row,) = factories.entries(inspector.actor)
        given = {"ends_at": row.ends_at + timedelta(hours=2), "status": "6", "location": ""}
        operations.change_entry(
            actor=inspector.actor, entry=row.pk, version=1, given=given,
            at=AT + timedelta(minutes=2),
        )  # fmt: skip
        monkeypatch.setattr("crossforce.kernel.clock.now", lambda: self.LATER)
        return inspector

    def asked(self, at: datetime) -> dict[str, str]:
        local = at.astimezone(civil.LONDON)
        return {"on": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}"}

    def test_says_what_a_duty_said_then(self, player: Player) -> None:
        (row,) = queries.on_duty(player.actor, self.THEN, ALL).rows
        assert row.then is not None
        assert (row.then.status, row.then.location) == ("2", "Devizes")
        assert row.then.ends_at == row.entry.ends_at - timedelta(hours=2)
        assert set(row.differs) == {"ends_at", "status", "location"}

    def test_says_nothing_of_one_that_was_not_changed(self, player: Player) -> None:
        (row,) = queries.on_duty(player.actor, AT + timedelta(minutes=3), ALL).rows
        assert (row.then, row.differs) == (None, ())
        (now,) = queries.on_duty(player.actor, self.LATER, ALL).rows
        assert now.then is None

    def test_page_file_api_and_command_say_it(
        self, player: Player, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        since = "Changed since, 21 November 2026, 09:02"
        told = "Until: 21 November 2026, 15:00"
        said = player.client.get("/duty/", self.asked(self.THEN)).content.decode()
        assert since in said
        assert f"<li>{told}</li>" in said
        asked = {"format": "csv", **self.asked(self.THEN)}
        (line,) = self._lines(player.client.get("/duty/", asked))
        assert line["Since"] == since
        assert line["Then"].startswith(f"{told}; Where: Devizes; Status: ")
        asked = {"at": self.THEN.isoformat()}
        (row,) = player.client.get("/api/v1/duty/board", asked).json()["rows"]
        assert (row["then"]["status"], row["then"]["name"]) == ("2", None)
        assert row["changed_since"]
        assert not row["recorded_since"]
        monkeypatch.setattr("crossforce.kernel.registry.actor_named", lambda *_: player.actor)
        given = ["board", "--as", "x", "--at", self.THEN.isoformat()]
        assert told in CliRunner().invoke(commands.commands, given).output
        listed = CliRunner().invoke(commands.commands, [*given, "--json"]).output
        assert json.loads(listed)[0]["then"]["status"] == "2"

    def test_one_that_was_brought_in_later_says_so(self, player: Player) -> None:
        before = self.asked(AT - timedelta(minutes=5))
        said = player.client.get("/duty/", before).content.decode()
        assert "All of these duties were recorded after that instant" in said
        assert "What it said then" not in said
        (line,) = self._lines(player.client.get("/duty/", {"format": "csv", **before}))
        assert line["Since"] == "Recorded since, 21 November 2026, 09:00"
        assert (
            "All of these"
            not in player.client.get("/duty/", self.asked(self.THEN)).content.decode()
        )

    def _lines(self, answer: Any) -> Iterator[dict[str, str]]:
        return csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig")))
