"""What benefits look like over HTTP. Figures are plain decimals as text (`figures.decimal`); money is pence."""

from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

from crossforce.benefits.choices import (
    Adds,
    BenefitClass,
    Better,
    Confidence,
    Light,
    ShareRule,
    Span,
    Status,
    Trend,
)
from crossforce.benefits.endpoints.figures import decimal, promise_told, target_told
from crossforce.benefits.operations.benefits import NewBenefit
from crossforce.benefits.operations.checks import Unsound
from crossforce.benefits.queries.benefits import ChangeShown, Shown
from crossforce.benefits.queries.standings import Standing
from crossforce.benefits.rules import keeping
from crossforce.benefits.rules.baselines import Promise
from crossforce.benefits.rules.portfolio import View

CODE = {"max_length": 120}


class Given(Schema):
    """What is sent: a field that is not known, or not changed there, is refused and never passed over."""

    model_config = ConfigDict(extra="forbid")


class MeasureIn(Given):
    """What is measured, in which unit, how its figures are read, and which measure of the platform tells it."""

    name: str = Field(max_length=200, min_length=1)
    unit: str = Field(max_length=40, min_length=1)
    better: Better = Better.HIGHER
    adds: Adds = Adds.UP
    source: str = Field("", max_length=80)


class BaselineIn(Given):
    """What the measure was on the days from `from` until before `until`, and how it was found."""

    value: str = Field(max_length=40)
    from_: date = Field(alias="from")
    until: date
    method: str = Field(max_length=1_000)


class TargetIn(Given):
    """What the measure is to be in a period: the figure itself."""

    from_: date = Field(alias="from")
    until: date
    value: str = Field(max_length=40)


class PromiseIn(Given):
    """What is frozen at go-live."""

    measure: MeasureIn | None = None
    baseline: BaselineIn | None = None
    targets: list[TargetIn] = Field(default_factory=list, max_length=400)

    @property
    def read(self) -> Promise:
        """As the rules take it. Raises Unsound."""
        try:
            return keeping.promised(self.model_dump(mode="json", by_alias=True))
        except keeping.NotRead as wrong:
            raise Unsound(str(wrong)) from wrong


class WordsIn(Given):
    """What may be edited at any time, and the promise while it is not frozen."""

    title: str | None = Field(None, min_length=1, max_length=200)
    description: str | None = Field(None, max_length=4_000)
    owner: str | None = Field(None, max_length=120)
    beneficiaries: list[str] | None = Field(None, max_length=60)
    priority: str | None = Field(None, max_length=200)
    share_rule: ShareRule | None = None
    effort: dict[str, int] | None = None
    depends_on: list[str] | None = Field(None, max_length=60)
    counted_in: str | None = Field(None, max_length=120)
    reinvestment: str | None = Field(None, max_length=400)
    confidence: Confidence | None = None
    promise: PromiseIn | None = None

    @property
    def given(self) -> dict[str, Any]:
        """The words that were sent, as the record has them."""
        said = self.model_dump(exclude_unset=True, exclude={"promise", "effort"})
        if self.effort is not None:
            said["effort"] = keeping.effort_kept(self.effort)
        return {
            name: "\n".join(value) if isinstance(value, list) else value
            for name, value in said.items()
            if value is not None
        }


class BenefitIn(Given):
    """A benefit to be."""

    reference: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]{0,119}$")
    title: str = Field(min_length=1, max_length=200)
    benefit_class: BenefitClass
    promise: PromiseIn = Field(default_factory=PromiseIn)
    agreement: str = Field("", max_length=120)
    function: str = Field("", max_length=120)
    description: str = Field("", max_length=4_000)
    owner: str = Field("", max_length=120)
    beneficiaries: list[str] = Field(default_factory=list, max_length=60)
    priority: str = Field("", max_length=200)
    share_rule: ShareRule = ShareRule.COST_SHARES
    effort: dict[str, int] = Field(default_factory=dict)
    depends_on: list[str] = Field(default_factory=list, max_length=60)
    counted_in: str = Field("", max_length=120)
    reinvestment: str = Field("", max_length=400)
    confidence: Confidence = Confidence.MEDIUM

    @property
    def new(self) -> NewBenefit:
        """As the operation takes it."""
        said = self.model_dump(exclude={"promise", "beneficiaries", "depends_on"})
        return NewBenefit(
            **said,
            promise=self.promise.read,
            beneficiaries=tuple(self.beneficiaries),
            depends_on=tuple(self.depends_on),
        )


class LightOut(Schema):
    """A light, with the rule and the figures that it follows from."""

    light: Light
    rule: str
    figures: str = Field(description="In words, for people; `steps` have them as decimals.")
    trend: Trend


class StepOut(Schema):
    """A period: promised and realised, as gains over the baseline, in it and so far."""

    starts_on: date
    ends_on: date
    planned: str
    realised: str | None
    planned_so_far: str
    realised_so_far: str | None


class BenefitRow(Schema):
    """A benefit in a list."""

    id: UUID
    reference: str
    title: str
    agreement: str
    benefit_class: BenefitClass
    owner: str
    status: Status
    unit: str
    planned: str
    realised: str
    light: LightOut
    counted_in: str


class ChangeOut(Schema):
    """A recorded change of a frozen promise."""

    number: int
    reason: str
    decided_by: str
    decision: str
    decision_in_words: str
    decided_on: date
    before: dict[str, Any]
    after: dict[str, Any]


class ReadingOut(Schema):
    """What was reported of a period, with the ETag that a correction carries."""

    id: UUID
    etag: str
    starts_on: date
    ends_on: date
    force: str
    value: str
    evidence: str


class UseOut(Schema):
    """Freed cash put to a use."""

    id: UUID
    on: date
    pence: int
    destination: str
    posts: int


class BenefitOut(BenefitRow):
    """A benefit with everything beside it."""

    version: int
    holder: str
    promise: dict[str, Any]
    frozen_on: date | None
    steps: list[StepOut]
    readings: list[ReadingOut]
    changes: list[ChangeOut]
    dropped: list[dict[str, str]] = Field(
        description="What was promised once, and is promised no more: from, until, value."
    )
    reinvested: list[UseOut]
    reinvested_pence: int | None = Field(
        description="Null where not all of it may be read: a part would mislead."
    )
    overdrawn_pence: int


class SumOut(Schema):
    """Everything of one class and unit."""

    benefit_class: BenefitClass
    unit: str
    planned: int
    realised: int


class ViewOut(Schema):
    """The sums of the programme, a force or a collaboration, and how many bear each light."""

    name: str
    sums: list[SumOut]
    lights: dict[str, int]


def row_told(of: Standing) -> dict[str, Any]:
    """A benefit as a list tells it."""
    return {
        "id": of.row.pk,
        "reference": of.row.code,
        "title": of.row.title,
        "agreement": of.row.agreement,
        "benefit_class": of.profile.benefit_class,
        "owner": of.row.owner,
        "status": of.status,
        "unit": of.profile.measure.unit if of.profile.measure else "",
        "planned": decimal(of.found.planned),
        "realised": decimal(of.found.realised),
        "light": LightOut(
            light=of.signal.light,
            rule=of.signal.rule,
            figures=of.signal.figures,
            trend=of.trend,
        ),
        "counted_in": of.row.counted_in,
    }


def told(shown: Shown) -> BenefitOut:
    """A benefit with everything beside it."""
    of = shown.standing
    return BenefitOut(
        **row_told(of),
        version=of.row.version,
        holder=shown.holder,
        promise=promise_told(keeping.read(of.row.promise)),
        frozen_on=of.row.frozen_on,
        steps=[_step(each.span, each) for each in of.found.steps],
        readings=[_reading(each) for each in of.readings],
        changes=[_change(each) for each in shown.changes],
        dropped=[target_told(each) for each in shown.dropped],
        reinvested=[
            UseOut(id=e.pk, on=e.on, pence=e.pence, destination=e.destination, posts=e.posts)
            for e in shown.uses
        ],
        reinvested_pence=shown.reinvested,
        overdrawn_pence=shown.overdrawn,
    )


def _step(span: Span, each: Any) -> StepOut:
    figures: dict[str, Any] = {
        name: None if getattr(each, name) is None else decimal(getattr(each, name))
        for name in ("planned", "realised", "planned_so_far", "realised_so_far")
    }
    return StepOut(starts_on=span.starts_on, ends_on=span.ends_on, **figures)


def _reading(row: Any) -> ReadingOut:
    names = ("etag", "starts_on", "ends_on", "force", "evidence")
    return ReadingOut(
        id=row.pk,
        value=decimal(Fraction(row.value)),
        **{name: getattr(row, name) for name in names},
    )


def _change(of: ChangeShown) -> ChangeOut:
    row = of.row
    return ChangeOut(
        number=row.number,
        reason=row.reason,
        decided_by=row.decided_by,
        decision=row.decision,
        decision_in_words=of.decision,
        decided_on=row.decided_on,
        before=promise_told(keeping.read(row.before)),
        after=promise_told(keeping.read(row.after)),
    )


def view_told(view: View) -> ViewOut:
    """The view of a force, a collaboration or the programme."""
    sums = [
        SumOut(
            benefit_class=each.benefit_class,
            unit=each.unit,
            planned=each.planned,
            realised=each.realised,
        )
        for each in view.sums
    ]
    return ViewOut(
        name=view.name, sums=sums, lights={k.value: n for k, n in view.lights.items()}
    )


def span_of(first: date, until: date) -> Span:
    """A period that was sent. Raises Unsound."""
    try:
        return Span(first, until)
    except ValueError as wrong:
        raise Unsound(f"{wrong}.") from wrong
