"""The demonstration is an import; who plans a unit of three forces sees hours, gaps and expiries; a party leaves."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect
from rich.progress import Progress

from crossforce.agreements import api as agreements
from crossforce.agreements import operations
from crossforce.kernel import civil, clock
from crossforce.kernel.testing.standing import Standing
from crossforce.people import api as people
from crossforce.world import operations as world
from tests.journeys import stories
from tests.journeys.looking import Looker

TRI_FORCE = "sw-tri-force-specialist-operations"
SOONER = (
    ("twelve months' notice", "notice"),
    (", taking \\\neffect on 31 March", ", taking \\\neffect at the end of the day"),
    ("notice_months = 12", "notice_months = 0"),
    ('effective = "31-march"', 'effective = "day"'),
)
FORCES = ("Avon and Somerset", "Gloucestershire", "Wiltshire")


@pytest.fixture
def visit(signed_in: Callable[[str], Looker], worlds: Standing) -> Callable[[str], Looker]:
    """A browser of its own for an account, in a demonstration with people and duties."""
    cache.clear()
    worlds.stand("people-and-duties", load_people_and_duties)
    return signed_in


def load_people_and_duties() -> None:
    stories.load_world()
    at = clock.now()
    with Progress(disable=True) as progress:
        agreements.record_set(
            actor=people.system_actor("world-loader", on=civil.day_of(at)),
            files=documents(),
            at=at - timedelta(days=3),
        )
        world.load_accounts(progress, at=at)
        world.load_staff(progress, at=at)
        world.load_duties(progress, at=at)


def documents() -> dict[str, str]:
    """The tri-force unit, which a force can leave at the end of any day, and the forces' own policies."""
    found = {}
    for place in ("south-west", "internal"):
        for path in sorted((settings.PROJECT / "agreements" / place).glob("*.toml")):
            text = path.read_text("utf-8")
            if path.stem == TRI_FORCE:
                for before, after in SOONER:
                    text = text.replace(before, after)
            found[path.name] = text
    return found


def wiltshire_leaves() -> None:
    """Chief constable and commissioner give notice two days ago; it took effect at the end of that day."""
    at = clock.now() - timedelta(days=2)
    chief, commissioner = (stories.as_account(f"{who}-wiltshire") for who in ("chief", "pcc"))
    given = operations.give_notice(
        actor=chief,
        reference=TRI_FORCE,
        organisation="chief-constable-wiltshire",
        reason="The unit costs the force more than it gives.",
        at=at,
    )
    operations.join_notice(
        actor=commissioner,
        reference=TRI_FORCE,
        notice=given.pk,
        organisation="pcc-wiltshire",
        at=at,
    )


def test_a_planner_sees_hours_expiries_and_gaps_and_sets_cover(
    visit: Callable[[str], Looker],
) -> None:
    planner = visit("planner-tri-force")
    page = planner.at("/duty/hours/")
    main = page.get_by_role("main")
    for force in FORCES:
        expect(main.get_by_role("row", name=re.compile(f"^{force}")).first).to_be_visible()
    together = main.get_by_role("row", name=re.compile("^Together"))
    given, received, balance, _ = together.get_by_role("cell").all_inner_texts()
    assert given == received
    assert balance == "0.0"
    planner.closely("duty-hours")
    page.get_by_role("link", name="Requalification").click()
    expect(main).to_contain_text("Suspended")
    expect(main).to_contain_text("Expired")
    planner.closely("duty-requalification")
    page.get_by_role("link", name="Minimum cover").click()
    planner.closely("duty-cover")
    page.get_by_role("button", name="Set minimum cover").click()
    page.get_by_label("Unit").select_option("Tri Force Specialist Operations Unit")
    page.get_by_label("From").fill("07:00")
    page.get_by_label("To").fill("23:00")
    page.get_by_role("button", name="Save").click()
    expect(main).to_contain_text("Enter how many people")
    planner.closely("duty-cover-form")
    page.get_by_label("At least").fill("40")
    page.get_by_role("button", name="Save").click()
    expect(
        main.get_by_role("row", name=re.compile("The whole unit.* 40$")).first
    ).to_be_visible()


def test_a_leaver_disappears_from_the_board_at_that_instant(
    visit: Callable[[str], Looker],
) -> None:
    programme = visit("chief-gloucestershire")
    address = reverse("agreements:preview-version", args=[TRI_FORCE, 1])
    preview = programme.at(f"{address}?leave=wiltshire")
    expect(preview.get_by_role("main")).to_contain_text("disappears from them")
    expect(preview.get_by_role("main")).to_contain_text("people on the rota")
    inspector = visit("duty-inspector")
    board = inspector.at("/duty/").locator("#duty-board")
    for force in FORCES:
        expect(board).to_contain_text(force)
    weeks_ago = civil.day_of(clock.now() - timedelta(weeks=5))
    past = inspector.at(f"/duty/?on={weeks_ago}&time=11:00").locator("#duty-board")
    for force in FORCES:
        expect(past).to_contain_text(force)  # adopted from paper: before it was loaded here
    inspector.closely("duty-board-weeks-ago")
    wiltshire_leaves()
    page = inspector.at("/duty/")
    expect(page.locator("#duty-board")).not_to_contain_text("Wiltshire Police")
    for force in FORCES[:2]:
        expect(page.locator("#duty-board")).to_contain_text(force)
    inspector.closely("duty-board-without-the-leaver")
    controller = visit("controller")
    expect(controller.at("/duty/").locator("#duty-board")).not_to_contain_text(
        "Wiltshire Police"
    )
