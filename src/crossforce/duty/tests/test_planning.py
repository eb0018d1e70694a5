"""Minimum cover, requalification and hours: the pages, the API, the commands, and what they do."""

import json
from datetime import time, timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest
from typer.testing import CliRunner

from crossforce.duty import commands
from crossforce.duty.operations import cover as operations
from crossforce.duty.operations.cover import NewCover, NoSuchDays
from crossforce.duty.queries import Filter
from crossforce.duty.queries import cover as covers
from crossforce.duty.queries.expiring import Expiring, expiring
from crossforce.duty.queries.unit_card import KnownUnit
from crossforce.duty.tests import factories
from crossforce.duty.tests.factories import AT, HERE, PARTNER, UNIT
from crossforce.duty.tests.test_board import _armed as armed
from crossforce.kernel import guarded
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.kernel.testing.pages import ChangeCase
from crossforce.organisations.api import Unit
from crossforce.people import models as people_models
from crossforce.people import operations as people_operations
from crossforce.people.choices import AuthorityState
from crossforce.people.tests import factories as people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
ONE = factories.EARLY
AUTHORITY = "firearms-authorised-officer"
ANY = Filter()
API = "/api/v1/duty"


@pytest.fixture
def asha(inspector: Player) -> Player:
    return inspector


def page(player: Player, address: str, **asked: str) -> str:
    answer = player.client.get(address, asked)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def new(minimum: int = 2, weekdays: str = "1234567") -> NewCover:
    return NewCover(UNIT, "", weekdays, time(7), time(15), minimum)


class TestCover:
    def test_is_set_listed_and_changed(self, asha: Player) -> None:
        key = operations.set_cover(actor=asha.actor, new=new(), at=AT)
        (row,) = covers.cover(asha.actor, Filter(unit=UNIT))
        assert (row.id, row.minimum, row.holder) == (key, 2, HERE)
        operations.change_cover(
            actor=asha.actor, cover=key, version=row.version, new=new(minimum=3), at=AT
        )
        assert covers.one_cover(asha.actor, key).minimum == 3

    @pytest.mark.parametrize("days", ["", "8", "21", "11"])
    def test_refuses_days_that_are_none(self, asha: Player, days: str) -> None:
        with pytest.raises(NoSuchDays):
            operations.set_cover(actor=asha.actor, new=new(weekdays=days), at=AT)

    def test_tells_gaps_ahead(self, asha: Player) -> None:
        operations.set_cover(actor=asha.actor, new=new(), at=AT)
        found = covers.shortfalls(asha.actor, AT, 2, ANY)
        assert [gap.has for gap in found.gaps] == [1, 0, 0]
        assert found.gaps[0].ends_at == AT.replace(hour=15)
        assert [gap.is_open for gap in found.gaps] == [False, False, True]
        assert not covers.shortfalls(asha.actor, AT, 2, Filter(unit="roads")).gaps

    def test_nobody_else_sees_or_sets_it(self, asha: Player, cast: Cast) -> None:
        operations.set_cover(actor=asha.actor, new=new(), at=AT)
        cole = cast.cole("duty-inspector").actor
        assert not covers.cover(cole, ANY)
        assert not covers.may_set(cole)
        with pytest.raises(covers.MayNotSet):
            covers.require_setting(cole)

    def test_page_shows_needs_and_gaps(self, asha: Player) -> None:
        operations.set_cover(actor=asha.actor, new=new(), at=AT)
        said = page(asha, "/duty/cover/")
        assert "Every day" in said
        assert "21 November 2026" in said
        assert page(asha, "/duty/cover/", days="3")
        assert asha.client.get("/duty/cover/", {"days": "0"}).status_code == 422
        assert "Days ahead: write a number from 1 to 62" in _too_many(asha)
        file = b"".join(asha.client.get("/duty/cover/", {"format": "csv"}))
        assert file.decode("utf-8-sig").splitlines()[1].split(",")[1] == UNIT

    def test_is_set_by_commands(self, asha: Player, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("crossforce.kernel.registry.actor_named", lambda *_: asha.actor)
        given = ["--as", "x", "--begins", "07:00", "--ends", "15:00", "--at-least", "2"]
        made = CliRunner().invoke(commands.commands, ["cover", "set", UNIT, *given])
        assert made.exit_code == 0, made.output
        UUID(made.output.strip())
        listed = CliRunner().invoke(commands.commands, ["cover", "list", "--as", "x"])
        assert f"{UNIT}: 2 on 1234567, 07:00 to 15:00" in listed.output
        change = ["cover", "change", made.output.strip(), "--as", "x", "--at-least", "4"]
        assert CliRunner().invoke(commands.commands, change).exit_code == 0
        gaps = CliRunner().invoke(commands.commands, ["cover", "gaps", "--as", "x"])
        assert "1 of 4" in gaps.output


class TestSetting(ChangeCase):
    office: ClassVar[str] = "duty-inspector"
    operation: ClassVar[str] = "record.collected"

    def url(self, cast: Cast) -> str:
        factories.policy()
        factories.unit()
        return "/duty/cover/set/"

    @pytest.fixture(autouse=True)
    def units(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(
            covers, "units", lambda actor, at: [KnownUnit(UNIT, "The unit", "Tri")]
        )

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {
            "unit": UNIT, "function": "", "weekdays": ["1", "2"], "begins": "07:00",
            "ends": "15:00", "minimum": "2",
        }  # fmt: skip

    def test_is_not_there_for_a_stranger(self, cast: Cast) -> None:
        answer = self._post(cast.cole(self.office), cast)
        assert answer.status_code == 403

    def test_is_refused_to_an_office_without_the_power(self, cast: Cast) -> None:
        pytest.skip("clauses let people in, not offices")


class TestRequalification:
    def test_lists_what_lapses_in_order_of_expiry(self, asha: Player) -> None:
        armed("1234")
        found = expiring(asha.actor, AT, 366, ANY)
        ends = [each.lapse.until for each in found.rows]
        assert ends == sorted(ends, key=lambda each: each or AT)
        assert {each.lapse.code for each in found.rows} >= {AUTHORITY, "firearms-tactics"}
        assert all(each.entry.unit == UNIT for each in found.rows)
        assert [(each.unit, each.gone) for each in found.ahead] == [(UNIT, 0)]
        assert not expiring(asha.actor, AT, 30, ANY).rows

    def test_says_what_is_gone(self, asha: Player) -> None:
        staff = armed("1234")
        with guarded.acting(people.loader()):
            tactics = people_models.Skill.objects.filter(staff=staff, code="firearms-tactics")
            tactics.update(ends_at=AT - timedelta(days=1))
        states = by_code(expiring(asha.actor, AT, 30, ANY))
        assert states["firearms-tactics"] is AuthorityState.EXPIRED
        assert states[AUTHORITY] is AuthorityState.SKILL_MISSING

    def test_says_what_is_suspended(self, asha: Player) -> None:
        staff = armed("1234")
        with guarded.acting(people.loader()):
            row = people_models.Authority.objects.get(staff=staff)
        people_operations.suspend_authority(
            actor=people.loader(), authority=row.pk, version=row.version, reason="x", at=AT
        )
        assert by_code(expiring(asha.actor, AT, 30, ANY)) == {
            AUTHORITY: AuthorityState.SUSPENDED
        }

    def test_what_is_gone_stands_first_by_when_it_was_lost(self, asha: Player) -> None:
        staff = armed("1234")
        lost, stopped, later = (AT + timedelta(days=each) for each in (5, 9, 20))
        with guarded.acting(people.loader()):
            row = people_models.Authority.objects.get(staff=staff)
            tactics = people_models.Skill.objects.filter(staff=staff, code="firearms-tactics")
            ends_at = tactics.get().ends_at
            tactics.update(ends_at=lost)
        found = expiring(asha.actor, later, 366, ANY).rows
        gone = [(each.lapse.code, each.lapse.until) for each in found if each.is_barred]
        assert gone == [(AUTHORITY, lost), ("firearms-tactics", lost)]
        assert all(each.is_barred for each in found[:2])
        assert len(found) > len(gone)
        people_operations.suspend_authority(
            actor=people.loader(), authority=row.pk, version=row.version, reason="x", at=stopped
        )
        both = [each.lapse for each in expiring(asha.actor, later, 30, ANY).rows]
        assert [(each.code, each.until) for each in both] == gone
        with guarded.acting(people.loader()):
            tactics.update(ends_at=ends_at)
        (due,) = expiring(asha.actor, later, 30, ANY).rows
        assert (due.lapse.state, due.lapse.until) == (AuthorityState.SUSPENDED, stopped)

    def test_shows_nobody_whose_duties_may_not_be_seen(self, asha: Player, cast: Cast) -> None:
        unit = Unit.objects.get(code=UNIT)
        people.posting(armed("1234"), "unit-member", unit_id=unit.pk)
        assert not expiring(cast.cole("duty-inspector").actor, AT, 366, ANY).rows
        factories.sharing((HERE, PARTNER))
        assert expiring(cast.bryn("duty-inspector").actor, AT, 366, ANY).rows

    def test_page_and_file_say_the_same(self, asha: Player) -> None:
        armed("1234")
        said = page(asha, "/duty/requalification/", days="366")
        assert "Robin Hill" in said
        assert "Authorised firearms officer" in said
        sent = {"format": "csv", "days": "366"}
        file = b"".join(asha.client.get("/duty/requalification/", sent)).decode("utf-8-sig")
        assert AUTHORITY in file
        assert asha.client.get("/duty/requalification/", {"days": "x"}).status_code == 422

    def test_command_says_it_too(self, asha: Player, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("crossforce.kernel.registry.actor_named", lambda *_: asha.actor)
        armed("1234")
        given = ["requalification", "--as", "x", "--days", "366"]
        said = CliRunner().invoke(commands.commands, given)
        assert AUTHORITY in said.output
        listed = json.loads(CliRunner().invoke(commands.commands, [*given, "--json"]).output)
        assert {each["number"] for each in listed} == {"1234"}


def write(
    player: Player,
    method: str,
    path: str,
    sent: dict[str, Any],
    more: dict[str, str] | None = None,
) -> Any:
    """A change over the API, with a key of its own."""
    headers = {"Idempotency-Key": str(uuid4()), **(more or {})}
    send = getattr(player.client, method)
    return send(f"{API}/{path}", sent, content_type="application/json", headers=headers)


@pytest.mark.parametrize("page", ["cover", "requalification", "hours"])
def test_a_unit_that_is_none_is_refused_as_the_board_does(cast: Cast, page: str) -> None:
    factories.policy()
    player = cast.asha("duty-inspector")
    for asked in ({"unit": "nonsense"}, {"function": "nonsense"}):
        answers = [player.client.get(f"/duty/{each}", asked) for each in ("", f"{page}/")]
        assert [each.status_code for each in answers] == [422, 422]
        assert "“nonsense”" in answers[1].content.decode()
    assert player.client.get(f"/api/v1/duty/{page}", {"unit": "nonsense"}).status_code == 422


class TestApi:
    def test_answers_as_the_pages_do(self, asha: Player) -> None:
        armed("1234")
        sent = {
            "unit": UNIT,
            "weekdays": "12",
            "begins": "07:00",
            "ends": "15:00",
            "minimum": 2,
        }
        made = write(asha, "post", "cover", sent)
        assert made.status_code == 201, made.content
        row = made.json()
        place, changed = f"cover/{row['id']}", {**sent, "minimum": 5}
        tag = {"If-Match": asha.client.get(f"{API}/{place}").headers["ETag"]}
        assert write(asha, "put", place, changed).status_code == 428
        assert write(asha, "put", place, changed, tag).json()["minimum"] == 5
        assert write(asha, "put", place, changed, tag).status_code == 412
        assert [e["minimum"] for e in asha.client.get(f"{API}/cover").json()["needed"]] == [5]
        due = asha.client.get(f"{API}/requalification", {"days": 366}).json()
        assert AUTHORITY in {each["code"] for each in due["rows"]}
        hours = asha.client.get(f"{API}/hours?since=2026-10-01&months=2").json()
        assert (hours["since"], hours["lines"]) == ("2026-10-01", [])
        assert asha.client.get(f"{API}/hours", {"months": 99}).status_code == 422

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"unit": "nonsense"}, "There is no unit “nonsense”."),
            ({"unit": ""}, "There is no unit “”."),
            ({"function": "nonsense"}, "There is no function “nonsense”."),
            ({"begins": "07:00+05:00"}, "without an offset"),
            ({"ends": "15:00Z"}, "without an offset"),
        ],
    )
    def test_refuses_cover_of_what_is_not(
        self, asha: Player, wrong: dict[str, str], says: str
    ) -> None:
        sent = {"unit": UNIT, "begins": "07:00", "ends": "15:00", "minimum": 2}
        answer = write(asha, "post", "cover", sent | wrong)
        assert answer.status_code == 400
        assert says in answer.json()["detail"]
        assert not covers.cover(asha.actor, ANY)
        key = operations.set_cover(actor=asha.actor, new=new(), at=AT)
        tag = {"If-Match": asha.client.get(f"{API}/cover/{key}").headers["ETag"]}
        assert write(asha, "put", f"cover/{key}", sent | wrong, tag).status_code == 400


class TestHours:
    def test_page_says_when_nothing_is_seen(self, asha: Player) -> None:
        assert "No hours in shared units" in page(asha, "/duty/hours/")
        for wrong in ({"since": "March"}, {"months": "99"}, {"since": "1850-01"}):
            assert asha.client.get("/duty/hours/", wrong).status_code == 422

    def test_command_answers(self, asha: Player, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("crossforce.kernel.registry.actor_named", lambda *_: asha.actor)
        said = CliRunner().invoke(commands.commands, ["hours", "--as", "x", "--json"])
        assert json.loads(said.output) == []

    def test_the_duties_that_were_counted_are_given_everywhere(
        self, asha: Player, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("crossforce.kernel.registry.actor_named", lambda *_: asha.actor)
        asked = {"unit": UNIT, "since": "2026-11-01", "months": "1"}
        sent = asha.client.get(f"{API}/hours/duties", asked).json()
        worked = (AT - AT.replace(hour=7, minute=0)).total_seconds()
        assert [each["seconds"] for each in sent["duties"]] == [worked]
        assert asha.client.get(f"{API}/hours/duties").status_code == 422
        given = asked | {"since": "2026-11", "format": "duties"}
        file = asha.client.get("/duty/hours/", given)
        assert sent["sha256"] in file.headers["Content-Disposition"]
        words = ["hours", "--as", "x", "--unit", UNIT, "--since", "2026-11-01", "--months", "1"]
        told = CliRunner().invoke(commands.commands, [*words, "--duties"]).output
        assert told.endswith(f"1 duties, SHA-256 {sent['sha256']}\n")
        assert sent["duties"][0]["id"] in told


def by_code(found: Expiring) -> dict[str, AuthorityState]:
    return {each.lapse.code: each.lapse.state for each in found.rows}


def _too_many(asha: Player) -> str:
    """What is said of more days than gaps are looked for."""
    answer = asha.client.get("/duty/cover/", {"days": "63"})
    assert answer.status_code == 422
    return answer.content.decode()
