"""What the database refuses of a duty, whichever way it is written, is told in words and changes nothing."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.urls import reverse
from typer.testing import CliRunner

from crossforce.access.choices import ACTIONS
from crossforce.access.operations import put_grants
from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.duty.choices import ENTRY, IMPORT, MAPPING, MARKING
from crossforce.duty.kinds import STAY
from crossforce.duty.operations import entries as operations
from crossforce.duty.operations import mappings
from crossforce.duty.tests import factories
from crossforce.duty.tests.exports import SHIFTS, described
from crossforce.duty.tests.factories import AT, HERE, PARTNER, UNIT
from crossforce.duty.tests.test_entries import START, added
from crossforce.kernel import registry
from crossforce.kernel.ids import new_id
from crossforce.kernel.refusals import NotUnderstood, Refused
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.cast import ASHA, Cast, Player
from crossforce.people.tests.cast import made
from crossforce.records import api as records
from crossforce.records.commands import commands
from crossforce.records.tests import factories as any_records

__all__ = ["bodies", "few_bodies"]

pytestmark = pytest.mark.django_db
COVERT = "covert"
SAYS = "Change or cancel one of the two first"
AGAIN = START + timedelta(hours=1)


@ground.fixture
def asha(bodies: None) -> Player:
    """Who plans duties, in a compartment as well, and whose partner reads those of the unit."""
    factories.policy()
    factories.unit()
    factories.person("1234", name="Robin Hill")
    grants = [
        any_records.grant(kind, compartment=COVERT, actions=ACTIONS)
        for kind in (ENTRY, MAPPING)
    ]
    with transaction.atomic():
        put_grants("covert", grants)
    factories.sharing((HERE, PARTNER))
    return made(ASHA, "duty-inspector")


def place(compartment: str, unit: str = UNIT) -> records.Place:
    return records.Place(HERE, f"unit:{unit}" if unit else "", compartment, MARKING)


def moved(player: Player, key: UUID, to: records.Place, kind: str = ENTRY) -> int:
    """Put the record there; answers its version."""
    version = records.shown(player.actor, kind, key).row.version
    row = records.move(
        actor=player.actor, kind=kind, record=key, version=version, to=to, reason="", at=AT
    )
    return row.version


@pytest.fixture
def hidden(asha: Player) -> UUID:
    """A duty in the compartment, beside which there is another in the open."""
    key: UUID = added(asha)
    assert moved(asha, key, place(COVERT)) == 2
    added(asha, starts_at=AGAIN)
    return key


def send(player: Player, path: str, body: Any, tag: str = "*") -> Any:
    headers = {"Idempotency-Key": str(new_id()), "If-Match": tag}
    return player.client.post(path, body, content_type="application/json", headers=headers)


class TestMoving:
    def still(self, player: Player, key: UUID) -> None:
        shown = records.shown(player.actor, ENTRY, key)
        assert (shown.place.compartment, shown.row.version) == (COVERT, 2)

    def test_is_refused_over_http(self, asha: Player, hidden: UUID) -> None:
        to = {"collection": f"unit:{UNIT}", "compartment": "", "marking": MARKING}
        answer = send(asha, f"/api/v1/records/{ENTRY}/{hidden}/move", to)
        assert answer.status_code == 409, answer.content
        assert SAYS in answer.json()["detail"]
        self.still(asha, hidden)

    def test_is_refused_on_the_page(self, asha: Player, hidden: UUID) -> None:
        given = {
            "marking": MARKING, "collection": f"unit:{UNIT}", "compartment": "", "version": 2,
            "idempotency_key": str(new_id()),
        }  # fmt: skip
        answer = asha.client.post(reverse("records:move", args=[ENTRY, hidden]), given)
        assert answer.status_code == 409, answer.content.decode()
        assert SAYS in answer.content.decode()
        self.still(asha, hidden)

    def test_is_refused_by_the_command(self, asha: Player, hidden: UUID) -> None:
        given = ["move", ENTRY, str(hidden), "--compartment", "", "--as"]
        done = CliRunner().invoke(commands, [*given, asha.account.username])
        assert isinstance(done.exception, records.Clashes), done.output
        assert SAYS in done.exception.message
        self.still(asha, hidden)

    def test_goes_once_the_other_has_gone(self, asha: Player, hidden: UUID) -> None:
        (other,) = (row for row in factories.entries(asha.actor) if row.pk != hidden)
        operations.cancel_entry(actor=asha.actor, entry=other.pk, version=1, at=AT)
        assert moved(asha, hidden, place("")) == 3

    def test_is_refused_into_another_unit(self, asha: Player) -> None:
        factories.unit("roads")
        key = added(asha)
        with pytest.raises(records.Clashes, match="add another one in the other unit"):
            moved(asha, key, place("", "roads"))
        assert records.shown(asha.actor, ENTRY, key).place.collection == f"unit:{UNIT}"
        assert moved(asha, key, place("", "")) == 2

    def test_keeps_names_of_mappings_apart(self, asha: Player) -> None:
        first = mappings.keep(actor=asha.actor, text=SHIFTS.decode(), at=AT)
        moved(asha, first, place(COVERT, ""), MAPPING)
        mappings.keep(actor=asha.actor, text=SHIFTS.decode(), at=AT)
        with pytest.raises(records.Clashes, match="Give one of the two another name"):
            moved(asha, first, place("", ""), MAPPING)


class TestImporting:
    CHANGES = described(SHIFTS)
    PERIOD = described(
        SHIFTS, ("[file]", '[file]\ncovers = "period"'), ('cancelled = "Cancelled"\n', "")
    )

    @pytest.fixture
    def put(self, asha: Player) -> UUID:
        """A duty that an import brought, put into the compartment since."""
        factories.brought_in(asha.actor, factories.rows(factories.EARLY))
        (row,) = factories.entries(asha.actor)
        moved(asha, row.pk, place(COVERT))
        return row.pk

    @pytest.mark.parametrize(
        ("line", "counts"),
        [
            (factories.EARLY, {"same": 1}),
            (factories.EARLY.replace("XG01", "XG02"), {"refused": 1}),
            (factories.EARLY.replace("07:00", "08:00"), {"refused": 1}),
            (factories.EARLY + "y", {"refused": 1}),
            (factories.EARLY.replace("1;", "2;", 1).replace("21/11", "20/11"), {"new": 1}),
            ("2;1234;21/11/2026;22:00;23:00;SOU;;;;;", {"new": 1}),
        ],
    )
    def test_leaves_it_there_as_it_is(
        self, asha: Player, put: UUID, line: str, counts: dict[str, int]
    ) -> None:
        of = self.CHANGES if line.endswith("y") else self.PERIOD
        outcome = factories.brought_in(asha.actor, factories.rows(line), of)
        assert {n: each for n, each in outcome.counts.items() if each} == {"read": 1, **counts}
        assert [each.rule for each in outcome.findings] == ["held-elsewhere"] * (
            "refused" in counts
        )
        shown = records.shown(asha.actor, ENTRY, put)
        assert (shown.place.compartment, shown.row.version) == (COVERT, 2)
        assert not [each for each in factories.entries(asha.actor) if each.cancelled_at]


class TestCorrections:
    def proposed(self, cast: Cast, key: UUID, **given: Any) -> str:
        """Somebody's correction, by the address at which it is accepted."""
        bryn = cast.bryn("duty-inspector")
        body = {"fields": given, "reason": "They were seen."}
        made = send(bryn, f"/api/v1/records/{ENTRY}/{key}/proposals", body)
        assert made.status_code == 201, made.content
        return f"/api/v1/records/proposals/{made.json()['id']}/accept"

    def test_are_changes_like_any_other(self, asha: Player, cast: Cast) -> None:
        key = added(asha)
        longer = {"ends_at": (START + timedelta(hours=30)).isoformat(), "call_sign": "XG09"}
        assert send(asha, self.proposed(cast, key, **longer), {}).status_code == 204
        (row,) = factories.entries(asha.actor)
        assert (row.is_long, row.call_sign) == (True, "XG09")
        assert row.ends_at == START + timedelta(hours=30)

    @pytest.mark.parametrize(
        ("given", "status", "says"),
        [
            ({"starts_at": "2026-11-22T07:30:00Z", "ends_at": "2026-11-22T12:00:00Z"}, 409, SAYS),
            ({"ends_at": "2026-11-21T06:00:00Z"}, 400, "It ends after it begins"),
            ({"location": "=1+1"}, 400, "a spreadsheet would run"),
        ],
    )  # fmt: skip
    def test_are_refused_where_a_change_is(
        self, asha: Player, cast: Cast, given: dict[str, str], status: int, says: str
    ) -> None:
        key, next_day = added(asha), START + timedelta(days=1)
        added(asha, starts_at=next_day, ends_at=next_day + timedelta(hours=8))
        answer = send(asha, self.proposed(cast, key, **given), {})
        assert answer.status_code == status, answer.content
        assert says in answer.json()["detail"]
        assert records.shown(asha.actor, ENTRY, key).row.version == 1

    def test_are_offered_of_what_may_change_and_of_nothing_else(
        self, asha: Player, cast: Cast
    ) -> None:
        key, bryn = added(asha), cast.bryn("duty-inspector")
        page = bryn.client.get(reverse("records:propose", args=[ENTRY, key])).content.decode()
        names = set(re.findall(r'name="(\w+)"', page))
        assert {"what", "starts_at", "call_sign", "status"} <= names
        assert not names & set(STAY)
        for given in ({"unit": "roads"}, {"staff": str(new_id()), "call_sign": "XG09"}):
            body = {"fields": given, "reason": "They were seen."}
            answer = send(bryn, f"/api/v1/records/{ENTRY}/{key}/proposals", body)
            assert answer.status_code == 400
            assert "No correction can be made of" in answer.json()["detail"]

    def test_of_before_are_refused_where_they_would_move_a_duty(self, asha: Player) -> None:
        key = added(asha)
        given = {"unit": "roads"}
        with pytest.raises(operations.Unsound, match="stays with its person and in its unit"):
            operations.correct(actor=asha.actor, record=key, version=1, given=given, at=AT)

    def test_are_told_on_the_page(self, asha: Player, cast: Cast) -> None:
        key = added(asha)
        added(asha, starts_at=START + timedelta(hours=8), ends_at=START + timedelta(hours=16))
        address = self.proposed(cast, key, ends_at=(START + timedelta(hours=9)).isoformat())
        proposal = address.split("/")[-2]
        page = reverse("records:accept", args=[proposal])
        answer = asha.client.post(page, {"idempotency_key": str(new_id())})
        assert answer.status_code == 409
        assert SAYS in answer.content.decode()

    def test_of_a_mapping_are_of_its_text(self, asha: Player) -> None:
        key = mappings.keep(actor=asha.actor, text=SHIFTS.decode(), at=AT)
        text = SHIFTS.decode().replace('title = "', 'title = "New ', 1)
        correct: Any = mappings.correct
        row = correct(actor=asha.actor, record=key, version=1, given={"text": text}, at=AT)
        assert (row.title[:4], row.version) == ("New ", 2)
        for given in ({"name": "other"}, {"text": text, "title": "x"}):
            with pytest.raises(NotUnderstood, match="Correct the text"):
                correct(actor=asha.actor, record=key, version=2, given=given, at=AT)
        kind = registry.record_kinds.get(MAPPING)
        assert kind
        assert kind.correctable_fields == ("text",)

    def test_of_an_import_are_not_taken(self, asha: Player) -> None:
        key = factories.brought_in(asha.actor, factories.rows(factories.EARLY)).record
        grant = any_records.grant(IMPORT, actions=("find", "read"), recipient=PARTNER)
        with transaction.atomic():
            put_grants("looks", [grant])
        bryn = factories.planner(PARTNER)
        assert key
        with pytest.raises(Refused, match="their own service"):
            records.propose(
                actor=bryn, kind=IMPORT, record=key, given={"counts": "9 new"},
                reason="It was so.", at=AT,
            )  # fmt: skip


def test_no_duty_is_made_of_others_past_its_own_pages(asha: Player) -> None:
    one, other = added(asha), added(asha, what="on-call")
    parts = [{"kind": ENTRY, "record": str(key)} for key in (one, other)]
    new = {
        "fields": {"what": "duty", "staff": str(new_id()), "number": "1", "name": "x"},
        "purposes": ["duty-from-law"],
        "place": {"marking": MARKING},
        "parts": parts,
    }
    answer = send(asha, f"/api/v1/records/{ENTRY}/combine", new)
    assert answer.status_code == 403, answer.content
    assert "their own service" in answer.json()["detail"]
    assert asha.client.get(reverse("records:combine", args=[ENTRY, one])).status_code == 403
