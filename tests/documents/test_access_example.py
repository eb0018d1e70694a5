"""The worked example of docs/access.md: every figure and value of it comes about from the real document."""

import re
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crossforce.access import api as access
from crossforce.access.guarding import policies
from crossforce.agreements import api as agreements
from crossforce.agreements import operations
from crossforce.insight import api as insight
from crossforce.kernel import civil, guarded
from crossforce.kernel.periods import Period
from crossforce.kernel.testing import ground
from crossforce.ledger.api import StoredEntry
from crossforce.organisations.api import Unit
from crossforce.people.choices import Actor
from crossforce.people.models import Account, Posting, Skill
from crossforce.people.operations import NewSkill, end_posting, record_skill
from crossforce.people.queries import acting_in
from crossforce.people.tests import factories
from crossforce.transparency.entry import from_bytes
from tests.documents.register import HOME, document

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TRI_FORCE = "sw-tri-force-specialist-operations"
PATH = HOME / "south-west" / f"{TRI_FORCE}.toml"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "access.md"
LOADED = datetime.now(UTC) - timedelta(days=2)
PURPOSE = "operational-response"


@ground.fixture
def agreement(shipped_directory: None) -> agreements.Agreement:
    text = PATH.read_text("utf-8")
    return operations.record_document(actor=factories.loader(), document=text, at=LOADED)


@ground.fixture
def skill(agreement: agreements.Agreement) -> Skill:
    """A constable of Wiltshire, posted to the unit, and one of the constable's skills."""
    unit = Unit.objects.filter(code="tri-force-sou").first() or factories.joint_unit(
        "tri-force-sou", TRI_FORCE
    )
    constable = factories.staff("wiltshire")
    factories.posting(constable, "unit-member", unit_id=unit.pk)
    new = NewSkill("firearms-tactics", Period(factories.JOINED))
    return record_skill(actor=factories.loader(), staff=constable.pk, skill=new, at=LOADED)


def inspector(
    role: str = "duty-inspector", purpose: str = PURPOSE, *, unit: bool = True
) -> Actor:
    """Somebody of Avon and Somerset."""
    holder = factories.staff("avon-and-somerset", name="Bryn Parry")
    place = Unit.objects.get(code="tri-force-sou").pk if unit else None
    posting = factories.posting(holder, role, unit_id=place)
    return acting_in(Account(), posting, purpose, LOADED)


def shown(name: str) -> dict[str, str]:
    """What the page shows in the block of that name: `column  value`, line by line."""
    block = re.search(rf"```text\n{name}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert block, name
    return dict(line.split(maxsplit=1) for line in block[1].strip().splitlines())


def said(value: Any) -> str:
    """As the page writes it."""
    return " ".join(value) if isinstance(value, tuple) else str(value)


class TestExample:
    def test_the_clause_is_that_of_the_document(self) -> None:
        clause = next(c for c in document(TRI_FORCE).clause if c.number == "9.1")
        page = PAGE.read_text("utf-8")
        assert clause.text is not None
        assert f"> {clause.text.en}" in page
        example = tomllib.loads(re.search(r"```toml\n(.*?)```", page, re.DOTALL)[1])  # type: ignore[index]
        written = tomllib.loads(PATH.read_text("utf-8"))
        terms = next(c["term"] for c in written["clause"] if c["number"] == "9.1")
        assert example["clause"]["term"] == terms

    def test_the_grant_is_that_of_the_clause(self, agreement: agreements.Agreement) -> None:
        found = access.grants_of(agreements.enforced(agreement, LOADED))
        grants = [each for each in found if each.clause == "9.1"]
        assert len(grants) == 36
        wanted = shown("grant")
        assert wanted.pop("agreement") == TRI_FORCE
        pair = ("wiltshire", "avon-and-somerset", "people.skill")
        (grant,) = [g for g in grants if (g.holder, g.recipient, g.kind) == pair]
        assert wanted == {name: said(getattr(grant, name)) for name in wanted}
        assert grant.holds == Period(civil.instant(date(2014, 4, 1)))

    def test_the_row_is_in_that_scope(self, skill: Skill) -> None:
        with factories.seen_by():
            place = access.described("people.skill", skill.pk)
        assert shown("scope") == {name: said(getattr(place, name)) for name in shown("scope")}
        assert (place.collection, place.compartment) == ("", "")
        assert place.person == skill.staff_id

    def test_the_inspector_reads_it_by_that_clause(self, skill: Skill) -> None:
        bryn = inspector()
        with guarded.acting(bryn):
            assert [row.pk for row in Skill.objects.all()] == [skill.pk]
        found = insight.explain(bryn, "people.skill", "read", datetime.now(UTC), skill.pk)
        assert [(each.agreement, each.clause) for each in found.because] == [(TRI_FORCE, "9.1")]
        entry = StoredEntry.objects.filter(operation="record.consulted").latest("at")
        assert entry.rows == [skill.pk]
        assert "wiltshire" in entry.concerns
        (cited,) = from_bytes(bytes(entry.body)).agreements
        assert (cited.reference, cited.version, cited.clause) == (TRI_FORCE, 1, "9.1")

    @pytest.mark.parametrize(
        "other",
        [{"purpose": "training"}, {"unit": False}, {"role": "investigator"}],
        ids=["purpose", "unit", "role"],
    )
    def test_nobody_else_does(self, skill: Skill, other: dict[str, Any]) -> None:
        with guarded.acting(inspector(**other)):
            assert not Skill.objects.exists()

    def test_nor_anybody_once_the_constable_is_no_longer_in_the_unit(
        self, skill: Skill
    ) -> None:
        bryn = inspector()
        with factories.seen_by():
            posting = Posting.objects.get(staff=skill.staff_id)
        end_posting(
            actor=factories.actor("force-administrator"),
            posting=posting.pk,
            ends_at=LOADED,
            version=posting.version,
            at=LOADED,
        )
        with guarded.acting(bryn):
            assert not Skill.objects.exists()


def test_the_policy_is_the_one_shown(db: None) -> None:
    page = " ".join(PAGE.read_text("utf-8").split())
    for command in ("guarded_read", "guarded_add"):
        _, using, check = policies(Skill)[command]
        shown_ = " ".join((using or check).replace("people.skill", "K").split())
        assert shown_.strip("()") in page, shown_
