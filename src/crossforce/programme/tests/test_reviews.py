"""Reviews of contributions: filled in, proposed on both figures, decided by a decision."""

from typing import Any

import pytest
from django.urls import reverse

from crossforce.kernel.ids import new_id
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.programme.choices import ReviewOutcome, ReviewState
from crossforce.programme.operations import reviews as operations
from crossforce.programme.operations.places import NoSuchCode
from crossforce.programme.queries import reviews
from crossforce.programme.tests import factories
from crossforce.programme.tests.factories import AT

pytestmark = pytest.mark.django_db
WHOLE = {
    "share": 100_00,
    "value": 60_00,
    "method": "Packages used times their cost",
    "other_benefits": "Resilience",
    "proposal": "vary",
}


@pytest.fixture
def asha(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Player:
    monkeypatch.setattr("crossforce.kernel.clock.now", lambda: AT)
    factories.policy()
    return cast.asha("programme-officer")


def moved(player: Player, key: Any, to: ReviewState, **more: Any) -> None:
    version = reviews.one(player.actor, key).version
    operations.move_review(
        actor=player.actor, review=key, version=version, to=to, at=AT, **more
    )


def planned(player: Player, **more: Any) -> Any:
    given = {"title": "Intelligence unit", "force": "wiltshire"} | more
    return operations.add_review(actor=player.actor, given=given, at=AT)


def test_a_review_is_proposed_on_both_figures_and_decided(asha: Player) -> None:
    key = planned(asha)
    moved(asha, key, ReviewState.GATHERING)
    with pytest.raises(operations.CannotMove, match="are not both known; how the value"):
        moved(asha, key, ReviewState.PROPOSED)
    operations.change_review(actor=asha.actor, review=key, version=2, given=WHOLE, at=AT)
    told = reviews.shown(asha.actor, key, AT)
    assert (told.advice, told.reason) == (
        ReviewOutcome.VARY,
        "0.60 of value is used for each pound of the share",
    )
    operations.change_review(
        actor=asha.actor, review=key, version=3, given={"value": 99_99}, at=AT
    )
    assert reviews.shown(asha.actor, key, AT).reason.startswith("0.99 of value")
    moved(asha, key, ReviewState.PROPOSED)
    with pytest.raises(operations.CannotMove, match="no decision is named"):
        moved(asha, key, ReviewState.DECIDED)
    outcome = ReviewOutcome.WITHDRAW
    with pytest.raises(operations.CannotMove, match="decided: no board keeps a decision"):
        moved(asha, key, ReviewState.DECIDED, outcome=outcome, decision=str(key))
    moved(asha, key, ReviewState.DECIDED, outcome=outcome, decision="Board 5")
    with pytest.raises(operations.IsDecided):
        operations.change_review(
            actor=asha.actor, review=key, version=5, given={"share": 1}, at=AT
        )


def test_a_state_is_no_field_and_a_force_is_known(asha: Player) -> None:
    with pytest.raises(operations.NotByHand):
        planned(asha, state="decided")
    with pytest.raises(NoSuchCode):
        planned(asha, force="narnia")


def test_its_pages_lead_to_the_decision(asha: Player, cast: Cast) -> None:
    def sent(name: str, *args: Any, **given: Any) -> Any:
        data = {"idempotency_key": str(new_id())} | given
        return asha.client.post(reverse(f"programme:{name}", args=args), data)

    assert sent("review-add", title="Unit", force="wiltshire").status_code == 302
    (row,) = reviews.reviews(asha.actor).rows
    assert sent("review-move", row.pk, "gathering", version="1").status_code == 302
    given = {**WHOLE, "share": "100", "value": "60", "title": "Unit", "force": "wiltshire"}
    assert sent("review-change", row.pk, version="2", **given).status_code == 302
    assert sent("review-move", row.pk, "proposed", version="3").status_code == 302
    wanting = sent("review-move", row.pk, "decided", version="4", outcome="vary")
    assert wanting.status_code == 422
    done = sent("review-move", row.pk, "decided", version="4", outcome="vary", decision="B 5")
    assert done.status_code == 302
    said = asha.client.get(reverse("programme:review", args=[row.pk])).content.decode()
    assert "B 5 (a decision outside this platform)" in said
    assert "Vary: 0.60 of value" in said
    assert "Unit" in asha.client.get(reverse("programme:reviews")).content.decode()
    cole = cast.cole("programme-officer")
    assert cole.client.get(reverse("programme:review", args=[row.pk])).status_code == 404


def test_it_is_offered_over_http(asha: Player) -> None:
    home = "/api/v1/programme/reviews"

    def called(verb: str, path: str, sent: Any, etag: str = "") -> Any:
        headers = {"Idempotency-Key": str(new_id())} | ({"If-Match": etag} if etag else {})
        send: Any = getattr(asha.client, verb)
        return send(f"{home}{path}", sent, content_type="application/json", headers=headers)

    made = called("post", "", {"title": "Unit", "force": "wiltshire"})
    assert made.status_code == 201, made.content
    path = f"/{made.json()['id']}"
    tag = asha.client.get(f"{home}{path}").headers["ETag"]
    changed = called("patch", path, WHOLE, tag)
    assert changed.json()["advice"] == "vary"
    tag = asha.client.get(f"{home}{path}").headers["ETag"]
    assert (
        called("post", f"{path}/move", {"to": "gathering"}, tag).json()["state"] == "gathering"
    )
    [row] = asha.client.get(home).json()
    assert (row["id"], row["advice"], row["worth"]) == (made.json()["id"], "vary", "0.60")
