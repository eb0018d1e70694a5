"""Why, who can, ask, break the glass: a hidden record is one that never was, by page, API and command alike."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from typer.testing import CliRunner

from crossforce.access.choices import ACTIONS
from crossforce.access.operations import put_grants
from crossforce.kernel import clock, guarded
from crossforce.kernel.ids import new_id
from crossforce.kernel.periods import Period
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.kernel.testing.pages import KEY, lasting
from crossforce.oversight.commands.access import commands
from crossforce.people.tests import factories as people
from crossforce.records import models
from crossforce.records.tests import factories
from crossforce.sharing import api as sharing
from tests.adversarial.conftest import CLEAR_WORDS, SECRET, SECRET_WORDS
from tests.adversarial.test_pages import bytes_of

pytestmark = pytest.mark.django_db
NOTE, MAY, POLICY = "records.note", "investigator", "secret-policy"
REASON: Final = "A threat to life is being assessed tonight."
Way = Callable[[Player, UUID], Any]


def day(days: int) -> str:
    return (clock.now() + timedelta(days=days)).date().isoformat()


DAYS: Final = (day(-30), day(30))
UNTIL: Final = day(3)


@pytest.fixture
def hidden(cast: Cast) -> models.Note:
    """A note in a compartment, beside one that a partner without an agreement finds."""
    factories.policy(roles=(MAY,))
    put_grants(
        POLICY, [factories.grant(NOTE, roles=(MAY,), compartment=SECRET, actions=ACTIONS)]
    )
    there = factories.ELSEWHERE
    factories.policy(
        "found", recipient=there, actions=("find",), glass_minutes=60, glass_roles=(MAY,)
    )
    owner = cast.asha(MAY).actor
    factories.note(owner, CLEAR_WORDS)
    return factories.note(owner, SECRET_WORDS, compartment=SECRET)


def outsiders(cast: Cast) -> list[Player]:
    """Who finds and breaks the glass elsewhere; here a colleague, who decides, who has all explained."""
    here = (cast.asha("analyst"), cast.asha("information-manager"), cast.dee())
    return [cast.cole(MAY), *here]


def got(path: str, **asked: str) -> Way:
    def way(player: Player, record: UUID) -> Any:
        return bytes_of(player.client.get(_of(path, record), _all(asked, record)), record)

    return way


def sent(path: str, **given: Any) -> Way:
    """A form to a page, or JSON to the API."""

    def way(player: Player, record: UUID) -> Any:
        url, body = _of(path, record), _all(given, record)
        if not path.startswith("/api/"):
            return bytes_of(player.client.post(url, {KEY: str(uuid4()), **body}), record)
        headers = {"Idempotency-Key": str(uuid4())}
        answer = player.client.post(url, body, content_type="application/json", headers=headers)
        return bytes_of(answer, record)

    return way


def said(*words: str) -> Way:
    """A command: its exit code, what it prints, and how it is refused."""

    def way(player: Player, record: UUID) -> Any:
        told = CliRunner().invoke(
            commands, [*(_of(word, record) for word in words), "--as", player.account.username]
        )
        refused = (type(told.exception), str(told.exception).replace(str(record), "ID"))
        return told.exit_code, told.output.replace(str(record), "ID"), refused

    return way


def _of(text: str, record: UUID) -> str:
    return text.replace("ID", str(record))


def _all(given: dict[str, Any], record: UUID) -> dict[str, Any]:
    return {name: _of(v, record) if isinstance(v, str) else v for name, v in given.items()}


def of_a_record() -> Iterator[Way]:
    """Every way to ask about access to one record, or for it."""
    what = {"kind": NOTE, "record": "ID"}
    for action in ("find", "read", "dispose"):
        for on in ("", *DAYS):
            at = {"at": f"{on}T12:00:00Z"} if on else {}
            yield got("/access/", action=action, on=on, **what)
            for question in ("why", "who-can"):
                yield got(f"/access/{question}/{NOTE}/ID/", action=action, on=on)
                yield got(f"/api/v1/access/{question}/{NOTE}/ID", action=action, **at)
    for words in (["why", NOTE, "--record", "ID"], ["who-can", NOTE, "ID"]):
        yield said(*words)
        yield said(*words, "--action", "edit", "--on", DAYS[0], "--json")
    for page in ("ask", "open", "break-glass"):
        yield got(f"/access/{page}/{NOTE}/ID/")


def for_a_record(posting: str) -> Iterator[Way]:
    """Every way to ask for one record, to open it, to break the glass."""
    what = {"kind": NOTE, "record": "ID", "reason": REASON}
    wanted = {**what, "actions": ["read"], "until": f"{UNTIL}T12:00:00Z"}
    yield sent("/api/v1/access/requests", **wanted)
    yield sent("/api/v1/access/broken-glass", **what)
    yield sent("/api/v1/access/openings", **wanted, posting=posting)
    year, month, of_month = UNTIL.split("-")
    last = {"last_day_0": of_month, "last_day_1": month, "last_day_2": year}
    form = {"actions": ["read"], "reason": REASON, **last}
    yield sent(f"/access/ask/{NOTE}/ID/", **form)
    yield sent(f"/access/open/{NOTE}/ID/", **form, posting=posting)
    yield sent(f"/access/break-glass/{NOTE}/ID/", reason=REASON, sure="on")
    until = ("--action", "read", "--reason", REASON, "--until", UNTIL)
    yield said("ask", NOTE, "ID", *until)
    yield said("open", NOTE, "ID", posting, *until)
    yield said("break-glass", NOTE, "ID", "--reason", REASON)


class TestAHiddenRecord:
    @pytest.mark.slow
    def test_is_answered_as_one_that_never_was(self, hidden: models.Note, cast: Cast) -> None:
        for outsider in outsiders(cast):
            ways = [*of_a_record(), *for_a_record(str(outsider.actor.posting))]
            for number, way in enumerate(ways):
                told = [way(outsider, each) for each in (hidden.pk, new_id())]
                assert told[0] == told[1], (outsider.actor.office, number)

    def test_is_so_beside_one_of_its_place_that_was_opened(
        self, hidden: models.Note, cast: Cast
    ) -> None:
        beside = factories.note(cast.asha(MAY).actor, compartment=SECRET)
        cole, at = cast.cole(MAY), clock.now()
        share = sharing.NewShare(
            NOTE, beside.pk, cole.actor.posting, ("read",), Period(at, at + timedelta(days=1))
        )
        sharing.give_share(
            actor=people.loader(),
            share=share,
            origin=sharing.Origin.SHARE,
            holder=factories.HERE,
            at=at,
        )
        why = got(f"/api/v1/access/why/{NOTE}/ID")
        assert why(cole, beside.pk)[0] == 200
        assert why(cole, hidden.pk) == why(cole, new_id())

    def test_is_there_for_whoever_reads_it(self, hidden: models.Note, cast: Cast) -> None:
        """So that the same answers to all ways of asking say something."""
        asha = cast.asha(MAY)
        for way in (
            got(f"/access/why/{NOTE}/ID/"),
            got(f"/api/v1/access/why/{NOTE}/ID"),
            said("why", NOTE, "--record", "ID"),
        ):
            assert way(asha, hidden.pk)[0] in (200, 0)
            assert way(asha, hidden.pk) != way(asha, new_id())


def of_a_kind(player: Player) -> Iterator[Any]:
    """What explanations and the explorer say of the kind, by page, API, file and command."""
    for on in DAYS:
        for action in ACTIONS:
            asked = {"action": action, "on": on}
            yield _text(player, f"/access/why/{NOTE}/", asked)
            at = {"action": action, "at": f"{on}T12:00:00Z"}
            yield _text(player, f"/api/v1/access/why/{NOTE}", at)
        yield _text(player, "/access/explorer/", {"kind": NOTE, "on": on})
        yield _text(player, "/access/explorer/", {"kind": NOTE, "on": on, "format": "csv"})
        yield _text(player, "/api/v1/access/explorer", {"kind": NOTE, "on": on})
        for words in (["why", NOTE], ["explore", "--kind", NOTE]):
            words = [*words, "--on", on, "--json", "--as", player.account.username]
            yield CliRunner().invoke(commands, words).output


def _text(player: Player, path: str, asked: dict[str, str]) -> tuple[int, str]:
    answer: Any = player.client.get(f"{path}?{urlencode(asked)}")
    parts = answer.streaming_content if answer.streaming else [answer.content]
    return answer.status_code, lasting(b"".join(parts).decode())


class TestACompartment:
    @pytest.mark.slow
    def test_leaves_no_trace_in_what_is_explained(
        self, hidden: models.Note, cast: Cast
    ) -> None:
        before = [[*of_a_kind(each)] for each in outsiders(cast)]
        assert any("found" in str(each) for each in before[0])
        assert SECRET not in json.dumps(before)
        assert POLICY not in json.dumps(before)
        insider = [*of_a_kind(cast.asha(MAY))]
        assert POLICY in json.dumps(insider)
        with guarded.acting(cast.asha(MAY).actor):
            assert models.Note.objects.filter(pk=hidden.pk).delete()[0]
        put_grants(POLICY, [])
        assert [[*of_a_kind(each)] for each in outsiders(cast)] == before
