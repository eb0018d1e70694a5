"""Pages on access say names: of records, units and holders, and on what a look rested without a clause."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from crossforce.access.tests.factories import CLAUSE, given
from crossforce.kernel.testing.cast import HERE, PARTNER, Cast, Player
from crossforce.oversight import operations
from crossforce.people.tests import factories as people
from crossforce.records.tests import factories
from crossforce.sharing import api as sharing

pytestmark = pytest.mark.django_db
NOTE = "records.note"
TITLE = "A blue van (OFFICIAL)"
MANAGERS = ("investigator", "information-manager")
REASON = "A threat to life is being assessed tonight."


def said(player: Player, name: str, *arguments: Any, **asked: str) -> str:
    answer = player.client.get(reverse(f"oversight:{name}", args=arguments), asked)
    assert answer.status_code == 200, answer
    return " ".join(answer.content.decode().split())


def asked_for(cast: Cast, *, readers: tuple[str, ...] = MANAGERS) -> Any:
    """A request by a partner, who may find the note, to its holder."""
    factories.policy(roles=readers)
    factories.policy("found", recipient=PARTNER, actions=("find",))
    note = factories.note(factories.asha(readers[0]))
    cast.asha("information-manager")
    until = datetime.now(UTC) + timedelta(days=7)
    asked = sharing.Asked(NOTE, note.pk, ("read",), REASON, until)
    return sharing.ask(actor=cast.bryn("investigator").actor, asked=asked, at=datetime.now(UTC))


class TestTheRecord:
    def test_has_its_title_and_marking_where_the_holder_decides(self, cast: Cast) -> None:
        row = asked_for(cast)
        manager = cast.asha("information-manager")
        for page in ("requests", "notices"):
            assert TITLE in said(manager, page)
        decision = said(manager, "request", row.pk)
        assert TITLE in decision
        assert reverse("records:show", args=[NOTE, row.record]) in decision

    def test_has_none_for_whoever_may_not_know_it(self, cast: Cast) -> None:
        row = asked_for(cast, readers=("investigator",))
        decision = said(cast.asha("information-manager"), "request", row.pk)
        assert "A blue van" not in decision
        assert f"Note …{str(row.record)[-6:]}" in decision
        assert reverse("records:show", args=[NOTE, row.record]) not in decision

    def test_is_looked_at_by_being_named(self, cast: Cast) -> None:
        row = asked_for(cast)
        before = len(factories.entries("record.consulted"))
        said(cast.asha("information-manager"), "notices")
        looks = factories.entries("record.consulted")[before:]
        assert [each.detail["rows"] for each in looks] == [[str(row.record)]]


class TestAClause:
    def test_stands_once_for_all_whose_records_it_opens(self, cast: Cast) -> None:
        for player in (cast.asha, cast.cole):
            player("investigator")
        clause = replace(CLAUSE, kind=NOTE, recipient=PARTNER, roles=(), purposes=())
        given(replace(clause, holder=HERE), replace(clause, holder=people.ELSEWHERE))
        text = said(cast.bryn("investigator"), "why-kind", NOTE)
        assert text.count("clause 9.1") == 1
        assert re.findall("Records of: [^.]*[.]", text) == ["Records of: Cumbria, Wiltshire."]

    def test_names_the_unit_that_it_speaks_to(self, cast: Cast) -> None:
        people.joint_unit("tri-force-sou", "tri-force")
        given(replace(CLAUSE, kind=NOTE, recipient=PARTNER, units=("tri-force-sou",)))
        text = said(cast.bryn("investigator"), "why-kind", NOTE)
        assert "in tri-force-sou" not in text
        assert "It is for people acting in " in text


class TestTheLog:
    def log(self, cast: Cast) -> str:
        return said(cast.asha("data-protection-officer"), "log")

    def test_names_the_opening_that_a_look_rested_on(self, cast: Cast) -> None:
        factories.policy(roles=MANAGERS)
        note, reader = factories.note(), cast.bryn("investigator")
        share = operations.open_record(
            actor=cast.asha("information-manager").actor,
            opening=operations.Opening(
                NOTE,
                note.pk,
                reader.actor.posting,
                ("find", "read"),
                REASON,
                datetime.now(UTC) + timedelta(days=2),
            ),
            at=datetime.now(UTC),
        )
        assert (
            reader.client.get(reverse("records:show", args=[NOTE, note.pk])).status_code == 200
        )
        assert f"Opened by its holder (opening {share})" in self.log(cast)

    def test_names_standing_access(self, cast: Cast) -> None:
        row = people.staff()
        manager = cast.asha("information-manager")
        assert manager.client.get(reverse("people:show", args=[row.pk])).status_code == 200
        assert "Standing access of the office: " in self.log(cast)


class TestAnExplanation:
    @pytest.mark.parametrize(
        ("name", "text", "field"),
        [
            ("on", "bad", "On: "),
            ("on", "0001-01-01", "On: "),
            ("action", "zzz", "To do what: "),
        ],
    )
    def test_refuses_what_it_does_not_understand(
        self, cast: Cast, name: str, text: str, field: str
    ) -> None:
        address = reverse("oversight:why-kind", args=[NOTE])
        answer = cast.bryn("investigator").client.get(address, {name: text})
        assert answer.status_code == 400
        assert field in answer.content.decode()


class TestTheLedgersList:
    def test_refuses_a_day_that_is_none(self, cast: Cast) -> None:
        answer = cast.dee().client.get(reverse("ledger:list"), {"since": "notaday"})
        assert answer.status_code == 400
        assert "“notaday” is not a day" in answer.content.decode()
