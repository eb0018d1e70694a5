"""Benefits: identified, edited, frozen at go-live, changed by change control, moved from status to status."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from crossforce.access import api as access
from crossforce.agreements import catalogues
from crossforce.benefits import models
from crossforce.benefits.choices import (
    BENEFIT,
    CHANGE,
    MARKING,
    PURPOSES,
    BenefitClass,
    Confidence,
    ShareRule,
    Status,
)
from crossforce.benefits.operations import alone, checks
from crossforce.benefits.operations.checks import Unknown, Unsound
from crossforce.benefits.queries import benefits, standings
from crossforce.benefits.queries import rows as read
from crossforce.benefits.rules import baselines, keeping, statuses
from crossforce.benefits.rules.baselines import Change, Promise
from crossforce.benefits.rules.profile import Profile
from crossforce.boards import api as boards
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Conflict
from crossforce.people.api import Actor
from crossforce.records import api as records

WORDS: Final = (
    "title", "description", "owner", "beneficiaries", "priority", "share_rule", "effort",
    "depends_on", "counted_in", "reinvestment", "confidence",
)  # fmt: skip
"""What may be edited at any time; the promise only until it is frozen."""


class NotNow(Conflict):
    """That cannot be done with the benefit as it stands; the message says why."""


@dataclass(frozen=True, slots=True)
class NewBenefit:
    """A benefit to be. `beneficiaries` are codes of organisations, or `public`."""

    reference: str
    title: str
    benefit_class: BenefitClass
    promise: Promise = field(default_factory=lambda: Promise(None, None, ()))
    agreement: str = ""
    function: str = ""
    description: str = ""
    owner: str = ""
    beneficiaries: tuple[str, ...] = ()
    priority: str = ""
    share_rule: ShareRule = ShareRule.COST_SHARES
    effort: Mapping[str, int] = field(default_factory=dict)
    depends_on: tuple[str, ...] = ()
    counted_in: str = ""
    reinvestment: str = ""
    confidence: Confidence = Confidence.MEDIUM

    def values(self) -> dict[str, Any]:
        """As the record has them."""
        return {
            "code": self.reference.strip(),
            "title": self.title.strip(),
            "benefit_class": self.benefit_class.value,
            "promise": keeping.kept(self.promise),
            "agreement": self.agreement,
            "function": self.function,
            "description": self.description,
            "owner": self.owner,
            "beneficiaries": "\n".join(self.beneficiaries),
            "priority": self.priority,
            "share_rule": self.share_rule.value,
            "effort": keeping.effort_kept(self.effort),
            "depends_on": "\n".join(self.depends_on),
            "counted_in": self.counted_in,
            "reinvestment": self.reinvestment,
            "confidence": self.confidence.value,
        }


@dataclass(frozen=True, slots=True)
class Decided:
    """Why a promise changes, which office decided, by which decision, on which day.

    `decision` is the identifier of one that a board keeps here, or the document of one made elsewhere.
    """

    reason: str
    decided_by: str
    decision: str
    decided_on: date


@guarded.acts
def add_benefit(*, actor: Actor, new: NewBenefit, at: datetime) -> UUID:
    """Identify a benefit; the actor's organisation holds it, in the collection of its function.

    Raises MayNotAdd, Unknown, Unsound, Clashes.
    """
    values = {**new.values(), "status": Status.IDENTIFIED.value, "purposes": list(PURPOSES)}
    checks.known(actor, new.agreement, new.function, (*new.beneficiaries, *new.effort))
    wished = models.Benefit(**{k: v for k, v in values.items() if k != "purposes"})
    checks.sound(read.profile_of(wished))
    checks.effort(new.effort)
    checks.beside_others(wished, counted=True, depends=True)
    place = place_of(actor.organisation, new.function)
    # `changes` begins at none: the frame asks for every field of the kind.
    given = {**values, "changes": 0, "status_reason": "", "frozen_on": None}
    row = records.create(actor=actor, new=records.NewRecord(BENEFIT, place, given), at=at)
    key: UUID = row.pk
    return key


@guarded.acts
def edit_benefit(
    *,
    actor: Actor,
    benefit: UUID,
    version: int,
    given: Mapping[str, Any],
    promise: Promise | None = None,
    at: datetime,
) -> None:
    """Edit words at any time, and the promise until it is frozen.

    Raises NoSuchBenefit, Refused, NotNow, Unknown, Unsound, StaleVersion, NothingChanges.
    """
    access.require(BENEFIT, benefit, "edit")
    alone.with_benefit(benefit)
    row = benefits.row_of(benefit)
    if other := sorted(set(given) - set(WORDS)):
        raise Unknown(f"{', '.join(other)} of a benefit is not edited by hand.")
    before = read.profile_of(row)
    wanted = dict(given)
    if promise is not None:
        wanted["promise"] = keeping.kept(promise)
    wished = _as_if(row, wanted)
    after, effort = read.profile_of(wished), read.effort_of(wished)
    if row.frozen_on and (refusal := baselines.refusal_of_edit(before, after)):
        raise NotNow(refusal)
    checks.known(actor, row.agreement, row.function, (*after.beneficiaries, *effort))
    checks.sound(after)
    checks.effort(effort)
    checks.beside_others(
        wished,
        counted=before.counted_in != after.counted_in,
        depends=before.depends_on != after.depends_on,
    )
    _as_reported(row, before, after)
    records.edit(
        actor=actor, kind=BENEFIT, record=benefit, version=version, given=wanted, at=at
    )


@guarded.acts
def change_promise(
    *,
    actor: Actor,
    benefit: UUID,
    version: int,
    after: Promise,
    decided: Decided,
    at: datetime,
) -> int:
    """Change a frozen promise by a decision: the change is recorded with what was and what is to be.

    Gives its number. Raises NoSuchBenefit, NotNow, MayNotAdd, Unsound, StaleVersion.
    """
    access.require(BENEFIT, benefit, "edit")
    row = benefits.row_of(benefit, is_locked=True)
    if row.frozen_on is None:
        raise NotNow("Nothing is frozen yet: edit the benefit.")
    profile = read.profile_of(row)
    change = Change(
        baselines.promise(profile),
        after,
        decided.reason.strip(),
        decided.decided_by.strip(),
        boards.decision_kept(decided.decision),
        decided.decided_on,
    )
    if refusal := baselines.refusal_to_change(profile, change, row.frozen_on, civil.day_of(at)):
        raise Unsound(refusal)
    began = max(row.frozen_on, civil.day_of(records.stands_since(row, "promise")))
    on = boards.Given((row.function,) if row.function else (), change.decided_on, began)
    if refusal := boards.decision_fault(actor, change.decision, row.agreement, at, on):
        raise Unsound(refusal)
    checks.told(after.measure)
    number = row.changes + 1
    _record_change(actor, row, change, number, at)
    given = {"promise": keeping.kept(after), "changes": number}
    records.edit(actor=actor, kind=BENEFIT, record=benefit, version=version, given=given, at=at)
    return number


@guarded.acts
def move_benefit(
    *, actor: Actor, benefit: UUID, version: int, to: Status, reason: str, at: datetime
) -> None:
    """Move a benefit to another status; at go-live its promise is frozen.

    Raises NoSuchBenefit, Refused, NotAllRead, NotNow, StaleVersion.
    """
    access.require(BENEFIT, benefit, "edit")
    row, on = benefits.row_of(benefit), civil.day_of(at)
    if to in (Status.REALISED, Status.SUSTAINED):
        benefits.all_of(row, models.Reading)  # by a part of them nobody could say so
    (standing,) = standings.standings([row], on)
    case = statuses.Case(
        standing.profile, standing.signal, on, reason, is_frozen=row.frozen_on is not None
    )
    if refusal := statuses.refusal_to_move(Status(row.status), to, case, standings.figures(on)):
        raise NotNow(refusal)
    given: dict[str, Any] = {"status": to.value, "status_reason": reason.strip()}
    if to is Status.UNDER_WAY and row.frozen_on is None:
        given["frozen_on"] = on
    records.edit(actor=actor, kind=BENEFIT, record=benefit, version=version, given=given, at=at)


def place_of(holder: str, function: str) -> records.Place:
    """Where records of a function stand: in its collection, where the catalogue knows it."""
    collection = f"function:{function}" if function in catalogues.functions() else ""
    return records.Place(holder, collection, "", MARKING)


def beside(row: models.Benefit) -> records.Place:
    """Where whatever belongs to a benefit stands: in the benefit's own place."""
    return records.place_of(row.scope_id)


def _record_change(
    actor: Actor, row: models.Benefit, change: Change, number: int, at: datetime
) -> None:
    values = {
        "title": f"Change {number} of {row.code}",
        "benefit": row.pk,
        "number": number,
        "before": row.promise,
        "after": keeping.kept(change.after),
        "reason": change.reason,
        "decided_by": change.decided_by,
        "decision": change.decision,
        "decided_on": change.decided_on,
        "purposes": list(PURPOSES),
    }
    records.create(actor=actor, new=records.NewRecord(CHANGE, beside(row), values), at=at)


def _as_reported(row: models.Benefit, before: Profile, after: Profile) -> None:
    """Raises NotNow where readings were reported by what is now to be otherwise."""
    is_gone = set(before.reporting) - set(after.reporting)
    if row.frozen_on is None or (before.share_rule is after.share_rule and not is_gone):
        return
    readings = benefits.all_of(row, models.Reading)
    told = {each.force for each in readings}
    if before.share_rule is not after.share_rule and told:
        raise NotNow(
            "Periods are reported already, by how it is divided now: that stays as it is. Close this"
            " benefit and identify another that is divided otherwise."
        )
    if left := sorted(is_gone & told):
        raise NotNow(
            f"{', '.join(left)} reported what fell to it, and stays among who benefits."
        )


def _as_if(row: models.Benefit, given: Mapping[str, Any]) -> models.Benefit:
    """The benefit as it would be; nothing is saved."""
    values = {name: getattr(row, name) for name in row.kind.fields}
    return models.Benefit(pk=row.pk, **{**values, **given})
