"""The preview says in numbers what then comes about: for a draft, a variation, a leave and an end."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.urls import reverse
from typer.testing import CliRunner

from crossforce.access import api as access
from crossforce.access.tests.factories import CLAUSE
from crossforce.agreements import commands, models, operations, starters
from crossforce.agreements.preview import Row, Section
from crossforce.agreements.queries import preview
from crossforce.agreements.tests import factories as agreed
from crossforce.agreements.tests.factories import AVON, DORSET, FORCES, GLOS, THREE, WILTS
from crossforce.kernel import civil, guarded
from crossforce.kernel.periods import Period
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.cast import Cast
from crossforce.ledger.api import StoredEntry
from crossforce.organisations import api as organisations
from crossforce.people.choices import Actor
from crossforce.people.models import Account, Skill
from crossforce.people.operations import NewSkill, record_skill
from crossforce.people.queries import acting_in
from crossforce.people.tests import factories
from crossforce.sharing import api as sharing

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
KIND, UNIT = "people.skill", f"{agreed.REFERENCE}-unit"
THEN = civil.instant(civil.day_of(datetime.now(UTC)) - timedelta(days=30))
"""Long enough ago for all that is previewed then to have come about by now."""
SOON = (
    ("notice_months = 12", "notice_months = 0"),
    ('effective = "31-march"', 'effective = "day"'),
)
Seen = Counter[tuple[str, str, str]]
"""By change, action and holder, how many records."""


@dataclass(frozen=True)
class World:
    """Members of every audience there could be; who previews."""

    members: tuple[Actor, ...]
    asha: Actor


@ground.fixture
def world(bodies: None) -> World:
    unit = factories.joint_unit(UNIT, agreed.REFERENCE)
    members = []
    for number, force in enumerate(FORCES):
        for role in ("duty-inspector", "controller", "investigator"):
            for place in (unit.pk, None):
                holder = factories.staff(force)
                posting = factories.posting(holder, role, unit_id=place)
                members.append(acting_in(Account(), posting, "operational-response", THEN))
                for code in ("firearms-law", "welsh-speaker", "firearms-fitness")[
                    : 1 + number % 3
                ]:
                    skill = NewSkill(code, Period(factories.JOINED))
                    record_skill(
                        actor=factories.loader(), staff=holder.pk, skill=skill, at=THEN
                    )
    return World(tuple(members), factories.actor("programme-officer", AVON))


def document(forces: tuple[str, ...] = THREE, *changes: tuple[str, str]) -> str:
    chosen = next(each for each in starters.STARTERS if each.name == "joint-unit")
    day = civil.day_of(THEN)
    wanted = starters.Wanted(agreed.REFERENCE, "Joint roads", forces, day, "roads-policing")
    text = starters.written(chosen, wanted, organisations.directory())
    text = text.replace("to be agreed", "One roads policing unit serves the areas better.")
    for old, new in (*SOON, *changes):
        assert old in text
        text = text.replace(old, new)
    return text


def signed(forces: tuple[str, ...] = THREE, *changes: tuple[str, str]) -> models.Version:
    """In force from that day on."""
    version = agreed.proposed(document(forces, *changes), at=THEN)
    for party in agreed.parties(*forces):
        sign(party, 1)
    return version


def sign(party: str, number: int) -> None:
    if not models.SigningKey.objects.filter(organisation=party).exists():
        agreed.give_key(party, at=THEN)
    agreed.signed_by(party, number=number, at=THEN)


def section(world: World, text: str = "", *, leave: str = "") -> Section:
    if text:
        return preview.of_document(world.asha, text, THEN, leave=leave).section("service.sight")
    found = preview.of_version(world.asha, agreed.REFERENCE, 1, THEN, leave=leave)
    return found.section("service.sight")


def said(found: Section, who: Actor) -> Seen:
    """What the preview says of somebody, from what programs are given."""
    seen: Seen = Counter()
    for row in found.rows:
        if speaks_of(row, who):
            about = dict(row.about)
            actions = [value for key, value in row.about if key == "action"]
            for action in actions if about["kind"] == KIND else ():
                seen[row.kind, action, about["holder"]] += int(about["records"])
    return seen


def speaks_of(row: Row, who: Actor) -> bool:
    values = {key: {v for k, v in row.about if k == key} for key, _ in row.about}
    asks = {"unit": who.unit, "role": who.office, "purpose": who.purpose}
    return who.organisation in values["recipient"] and all(
        (not values.get(key) or value in values[key])
        and value not in values.get(f"not-{key}", ())
        for key, value in asks.items()
    )


def reached(world: World) -> list[Seen]:
    """How many skills of each force each member may really find and read, now."""
    found = []
    rows = everything()
    for who in world.members:
        seen: Seen = Counter()
        with guarded.acting(who):
            for action in ("find", "read"):
                scopes = access.scopes(KIND, action)
                for scope, holder in rows:
                    seen["", action, holder] += scope in scopes
        found.append(seen)
    return found


def everything() -> list[tuple[int, str]]:
    with factories.seen_by():
        rows = Skill.objects.values_list("pk", "scope_id", "staff__organisation")
        return [(scope, holder) for _, scope, holder in rows]


def changes(before: Seen, after: Seen) -> Seen:
    seen: Seen = Counter()
    for key in before | after:
        more = after[key] - before[key]
        if more:
            seen["added" if more > 0 else "removed", *key[1:]] = abs(more)
    return seen


def compare(world: World, foreseen: Section, come_about: Callable[[], object]) -> None:
    before = reached(world)
    come_about()
    for who, was, now in zip(world.members, before, reached(world), strict=True):
        assert said(foreseen, who) == changes(was, now), who
    assert foreseen.rows


def notice(force: str, text: str = "Costs") -> None:
    chief, commissioner = agreed.parties(force)
    given = operations.give_notice(
        actor=agreed.party(chief),
        reference=agreed.REFERENCE,
        organisation=chief,
        reason=text,
        at=THEN,
    )
    operations.join_notice(
        actor=agreed.party(commissioner),
        reference=agreed.REFERENCE,
        notice=given.pk,
        organisation=commissioner,
        at=THEN,
    )


class TestComesAbout:
    def test_a_draft(self, world: World) -> None:
        compare(world, section(world, document()), signed)

    def test_a_draft_beside_what_gives_part_of_it_already(self, world: World) -> None:
        beside = replace(
            CLAUSE,
            holder=AVON,
            recipient=GLOS,
            kind=KIND,
            actions=("read",),
            roles=("controller",),
        )
        access.put_grants("another", [beside, replace(beside, holder=WILTS, recipient=AVON)])
        compare(world, section(world, document()), signed)

    def test_a_variation(self, world: World) -> None:
        signed()
        wider = (
            'roles = ["duty-inspector", "controller"]',
            'roles = ["investigator", "controller"]',
        )
        text = document(
            (AVON, WILTS, DORSET), wider, ('actions = ["find", "read"]', 'actions = ["find"]')
        )

        def vary() -> None:
            asha = agreed.programme()
            draft = operations.vary(actor=asha, owner=AVON, reference=agreed.REFERENCE, at=THEN)
            draft = operations.save(
                actor=asha,
                reference=agreed.REFERENCE,
                document=text,
                version=draft.version,
                at=THEN,
            )
            operations.propose(
                actor=asha, reference=agreed.REFERENCE, version=draft.version, at=THEN
            )
            for party in agreed.parties(AVON, WILTS, DORSET):
                sign(party, 2)

        compare(world, section(world, text), vary)

    def test_a_leave(self, world: World) -> None:
        signed()
        compare(world, section(world, leave=WILTS), lambda: notice(WILTS))

    def test_a_leave_that_leaves_nobody_to_go_on_with(self, world: World) -> None:
        signed((AVON, WILTS))
        compare(world, section(world, leave=WILTS), lambda: notice(WILTS))

    def test_an_end(self, world: World) -> None:
        signed()

        def end() -> None:
            first, *others = agreed.parties(*THREE)
            held = {"reference": agreed.REFERENCE}
            given = operations.propose_ending(
                actor=agreed.party(first), organisation=first, reason="Done",
                wanted_on=civil.day_of(THEN), at=THEN, **held,
            )  # fmt: skip
            for party in others:
                operations.join_notice(
                    actor=agreed.party(party),
                    notice=given.pk,
                    organisation=party,
                    at=THEN,
                    **held,
                )

        compare(world, section(world, leave="all"), end)


class TestTold:
    def test_writes_one_entry_that_concerns_the_holders(self, world: World) -> None:
        section(world, document())
        entry = StoredEntry.objects.get(operation="access.previewed")
        assert entry.subject == f"agreement:{agreed.REFERENCE}"
        assert set(THREE) <= set(entry.concerns)

    def test_writes_none_where_nothing_is_opened_or_closed(self, world: World) -> None:
        signed()
        assert section(world, document()).rows == ()
        assert not StoredEntry.objects.filter(operation="access.previewed").exists()

    def test_says_nothing_to_whoever_may_not_count(self, world: World) -> None:
        nobody = agreed.programme()
        found = preview.of_document(nobody, document(), THEN).section("service.sight")
        assert not found.rows
        assert found.lead.en.startswith("How many records it concerns is told")

    def test_cites_the_clause_and_counts_for_a_meeting(self, world: World) -> None:
        found = section(world, document())
        assert {each.clause for row in found.rows for each in row.clauses} == {"6"}
        assert found.lead.en.startswith("Records that come into the sight of somebody")

    def test_says_which_kinds_are_not_kept(self, world: World) -> None:
        unkept = (
            'kinds = ["duty.entry", "people.skill"]',
            'kinds = ["cases.case", "people.skill"]',
        )
        found = section(world, document(THREE, unkept))
        assert "Not kept here yet" in found.notes[-1].en

    def test_single_records_opened_under_it_close_with_it(self, world: World) -> None:
        signed()
        skill = everything()
        assert skill
        member = next(each for each in world.members if each.organisation == GLOS)
        holder = next(each for each in world.members if each.organisation == WILTS)
        share = sharing.NewShare(
            kind="people.staff",
            record=holder.staff,  # type: ignore[arg-type]
            posting=member.posting,  # type: ignore[arg-type]
            actions=("read",),
            holds=Period(THEN, THEN + timedelta(days=60)),
            agreement=agreed.REFERENCE,
            reason="a case",
        )
        sharing.give_share(
            actor=factories.loader(),
            share=share,
            origin=access.Origin.SHARE,
            holder=WILTS,
            at=THEN,
        )
        found = section(world, leave=WILTS)
        closing = [dict(row.about) for row in found.rows if ("share", "closes") in row.about]
        assert [(each["recipient"], each["holder"], each["records"]) for each in closing] == [
            (GLOS, WILTS, "1")
        ]
        assert "close: 1" in found.lead.en


def test_the_page_shows_it_and_asks_about_an_end(world: World, cast: Cast) -> None:
    asha = cast.asha("programme-officer")
    operations.begin(
        actor=asha.actor, owner=WILTS, reference=agreed.REFERENCE, document=document(), at=THEN
    )
    url = reverse("agreements:preview", args=[agreed.REFERENCE])
    shown = asha.client.get(url).content.decode()
    assert "How many records come into sight" in shown
    assert "any unit" not in shown
    ended = asha.client.get(url, {"leave": "all"}).content.decode()
    assert "nothing: the agreement ends" in ended
    assert "Single records" not in ended


@pytest.mark.parametrize("leave", [WILTS, "all"])
def test_a_leave_and_an_end_are_told_alike_by_page_api_and_command(
    world: World, cast: Cast, leave: str
) -> None:
    signed()
    asha, asked = cast.asha("programme-officer"), {"leave": leave}
    url = reverse("agreements:preview-version", args=[agreed.REFERENCE, 1])
    shown = unescape(asha.client.get(url, asked).content.decode())
    answer = asha.client.get(f"/api/v1/agreements/{agreed.REFERENCE}/preview", asked).json()
    (told,) = [each for each in answer["sections"] if each["code"] == "service.sight"]
    assert {row["kind"] for row in told["rows"]} == {"removed"}
    user = f"{asha.account.username}:programme-officer"
    words = ["preview", agreed.REFERENCE, "--as", user, "--leave", leave]
    printed = CliRunner().invoke(commands.commands, words, catch_exceptions=False).output
    lead = told["lead"]["en"]
    assert "out of" in lead
    assert lead in shown
    assert lead in printed


def test_programs_and_the_command_line_are_told_the_same(world: World, cast: Cast) -> None:
    asha = cast.asha("programme-officer")
    operations.begin(
        actor=asha.actor, owner=WILTS, reference=agreed.REFERENCE, document=document(), at=THEN
    )
    answer = asha.client.get(f"/api/v1/agreements/{agreed.REFERENCE}/preview").json()
    (told,) = [each for each in answer["sections"] if each["code"] == "service.sight"]
    assert {row["kind"] for row in told["rows"]} == {"added"}
    user = f"{asha.account.username}:programme-officer"
    words = ["preview", agreed.REFERENCE, "--as", user, "--leave", "all"]
    printed = CliRunner().invoke(commands.commands, words, catch_exceptions=False)
    assert "How many records come into sight" in printed.output
    assert "none of them" in printed.output
