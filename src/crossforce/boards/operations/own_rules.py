"""A board's own rules are proposed by its keeper; they count once every body whose board it is has agreed, itself."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from crossforce.access import api as access
from crossforce.boards import models
from crossforce.boards.choices import BOARD
from crossforce.boards.operations import alone, balloting
from crossforce.boards.queries import boards, holders
from crossforce.boards.queries import own_rules as queries
from crossforce.boards.rules import keeping, own_rules
from crossforce.boards.rules.motions import Consent
from crossforce.boards.rules.own_rules import OwnRules, Proposed
from crossforce.boards.rules.reasons import listed
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Conflict, NotUnderstood
from crossforce.people.api import Actor
from crossforce.records import api as records


class NothingProposed(Conflict):
    """Nothing is proposed for this board, so that nobody need agree."""


class NoConsent(NotUnderstood):
    """That is no consent of a body whose board this is; the message says why."""


def held_back(
    actor: Actor, row: models.Board | None, rules: OwnRules, code: str, at: datetime
) -> dict[str, Any]:
    """What is kept of these rules: of a board that is one body as they are, of any other as what is proposed.

    What is asked for as it counts, or as it is proposed already, leaves what is proposed and its consents as they are.
    """
    if queries.of_members(code, civil.day_of(at)) == ():
        return rules.values()
    before = boards.rules_of(row) if row else OwnRules()
    standing = own_rules.proposed(row.proposed) if row else None
    if rules == before or (standing and rules == standing.rules):
        return before.values()
    new = Proposed(rules, at, actor.reference)
    return before.values() | {"proposed": own_rules.proposed_text(new)}


@guarded.acts
def agree(
    *, actor: Actor, board: UUID, version: int, consents: Sequence[Consent], at: datetime
) -> tuple[str, ...]:
    """Let what is proposed count, if all have agreed; the answer is who has not. Letters may be recorded with it.

    A letter is of a body that did not answer here, held by it or its force, and quotes what is proposed; of one that has an
    office here it is not written by whoever records it.
    Raises NoSuchBoard, Refused, NothingProposed, NoConsent, BadVote, StaleVersion.
    """
    access.require(BOARD, board, "edit")
    alone.with_own_rules(board)
    row, today = boards.row_of(board), civil.day_of(at)
    proposed = own_rules.proposed(row.proposed)
    if proposed is None:
        raise NothingProposed
    bodies, own = queries.whose(actor, row, today), queries.said(board, proposed)
    if not bodies:
        raise NoConsent(
            "Others govern on this day: nobody can agree to own rules of this board."
        )
    for each in consents:
        _refuse(each, bodies, proposed.on, today)
        if each.person in own:
            raise NoConsent(f"{each.person} answered here itself: that counts, and no letter.")
        _refuse_letter(actor, each, proposed)
    known = {each.person: each for each in (*proposed.agreed, *consents)}
    so_far = replace(proposed, agreed=tuple(known.values()))
    given = queries.all_given(so_far, own)
    missing = own_rules.missing(bodies, given)
    if not missing:
        values = proposed.rules.values() | {
            "proposed": "",
            "agreed": keeping.consents_text(given),
        }
    else:
        values = {"proposed": own_rules.proposed_text(so_far)}
    if consents or not missing:
        records.edit(
            actor=actor, kind=BOARD, record=board, version=version, given=values, at=at
        )
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
        named = listed(tuple(bodies))
        raise NoConsent(
            f"{given.person} is none of those whose board this is. They are: {named}."
        )
    if not since <= given.on <= today:
        raise NoConsent(
            f"{given.person} agreed after this was proposed, on {since:%-d %B %Y}, and not later than today:"
            f" {given.on:%-d %B %Y} cannot be."
        )


def _refuse_letter(actor: Actor, given: Consent, proposed: Proposed) -> None:
    balloting.refuse_document(given)
    letter = holders.document(given.document.strip())
    fault = queries.fault_of_letter(actor, letter, given.person, proposed)
    if fault:
        raise NoConsent(f"That is no letter of {given.person}: {fault}.")
