"""The own rules of a joint board are proposed by its keeper; they count once every body whose board it is has agreed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from crossforce.access import api as access
from crossforce.boards import models
from crossforce.boards.choices import BOARD
from crossforce.boards.operations import balloting
from crossforce.boards.queries import boards
from crossforce.boards.rules import keeping, own_rules
from crossforce.boards.rules.motions import Consent
from crossforce.boards.rules.own_rules import OwnRules, Proposed
from crossforce.boards.rules.reasons import listed
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Conflict, NotUnderstood
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor
from crossforce.records import api as records


class NothingProposed(Conflict):
    """Nothing is proposed for this board, so that nobody need agree."""


class NoConsent(NotUnderstood):
    """That is no consent of a body whose board this is; the message says why."""


def held_back(
    actor: Actor, row: models.Board | None, rules: OwnRules, code: str, at: datetime
) -> dict[str, Any]:
    """What is kept of these rules: of an organisation's board as they are, of a joint one as what is proposed.

    What is asked for as it counts, or as it is proposed already, leaves what is proposed and its consents as they are.
    """
    if organisations.directory().get(code) is not None:
        return rules.values()
    before = boards.rules_of(row) if row else OwnRules()
    standing = own_rules.proposed(row.proposed) if row else None
    if rules == before or (standing and rules == standing.rules):
        return before.values()
    new = Proposed(rules, civil.day_of(at), actor.reference)
    return before.values() | {"proposed": own_rules.proposed_text(new)}


@guarded.acts
def agree(
    *, actor: Actor, board: UUID, version: int, consents: Sequence[Consent], at: datetime
) -> tuple[str, ...]:
    """Record that bodies agreed to what is proposed; the answer is who has not. With the last of them it counts.

    A consent is of a body that is this board today, in a document that is kept here, of a day since it was proposed.
    Raises NoSuchBoard, Refused, NothingProposed, NoConsent, BadVote, StaleVersion.
    """
    access.require(BOARD, board, "edit")
    row, today = boards.row_of(board), civil.day_of(at)
    proposed = own_rules.proposed(row.proposed)
    if proposed is None:
        raise NothingProposed
    bodies = boards.sitting(actor, row, today).bodies
    for each in consents:
        _refuse(each, bodies, proposed.on, today)
    known = {each.person: each for each in (*proposed.agreed, *consents)}
    missing = own_rules.missing(bodies, known.values())
    if bodies and not missing:
        given = proposed.rules.values() | {
            "proposed": "",
            "agreed": keeping.consents_text(known.values()),
        }
    else:
        so_far = replace(proposed, agreed=tuple(known.values()))
        given = {"proposed": own_rules.proposed_text(so_far)}
    records.edit(actor=actor, kind=BOARD, record=board, version=version, given=given, at=at)
    return missing


@guarded.acts
def take_back(*, actor: Actor, board: UUID, version: int, at: datetime) -> None:
    """Take back what is proposed: what counts goes on counting, with who agreed to it. Raises NoSuchBoard, NothingProposed, StaleVersion."""
    if not boards.row_of(board).proposed:
        raise NothingProposed
    given = {"proposed": ""}
    records.edit(actor=actor, kind=BOARD, record=board, version=version, given=given, at=at)


def _refuse(given: Consent, bodies: Sequence[str], since: date, today: date) -> None:
    if given.person not in bodies:
        named = listed(tuple(bodies)) or "nobody: on this day others govern"
        raise NoConsent(
            f"{given.person} is none of those whose board this is. They are: {named}."
        )
    if not since <= given.on <= today:
        raise NoConsent(
            f"{given.person} agreed after this was proposed, on {since:%-d %B %Y}, and not later than today:"
            f" {given.on:%-d %B %Y} cannot be."
        )
    balloting.refuse_document(given)
