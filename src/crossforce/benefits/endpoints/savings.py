"""Savings programmes over HTTP. Targets, savings, areas and posts are records like any others."""

from uuid import UUID

from ninja import Router, Schema

from crossforce.benefits.choices import Counting, Light
from crossforce.benefits.models import SavingTarget
from crossforce.benefits.queries import savings
from crossforce.benefits.rules.areas import AreasOfYear
from crossforce.benefits.rules.savings import YearLine
from crossforce.kernel import civil, clock
from crossforce.people.api import ActingRequest

router = Router()


class YearOut(Schema):
    """A force's financial year in pence. `counted` is the forecast as far as it is sure; `target_says`
    is what the record of the target says of it, and whether it is assumed; `target_source` is where the
    figure comes from, `agreement` the one that is to save it, both empty where nobody said."""

    force: str
    year: int
    target: int
    target_says: str
    target_record: UUID
    target_source: str
    agreement: str
    realised: int
    forecast: int
    counted: int
    gap: int
    gap_so_far: int


class AreaOut(Schema):
    """A business area: its baseline and what is saved of it in the financial year, in pence."""

    name: str
    baseline: int
    saved: int
    is_failing: bool


class AreasOut(Schema):
    """Whether every area saves enough in one financial year that has a target, and each area in it."""

    year: int
    light: Light
    rule: str
    areas: list[AreaOut]


class PostsOut(Schema):
    """What becomes of the posts of a force that are at risk; `breach` where the condition is broken or may be."""

    force: str
    at_risk: int
    redeployed: int
    kept: int
    lost: int
    breach: str


class ProgrammeOut(Schema):
    """A savings programme. `areas` tells by year whether every area saves enough, all at once; `counting`
    is null where its targets do not all count the same, and `doubts` say what is to be settled. `target` and
    `come` are of all forces and years together."""

    code: str
    light: Light
    rule: str
    target: int
    come: int
    counting: Counting | None
    years: list[YearOut]
    areas: list[AreasOut]
    posts: list[PostsOut]
    doubts: list[str]


class ProgrammeLine(Schema):
    """A programme in the list: its light and why, and its sums in pence of all forces and years together."""

    code: str
    light: Light
    rule: str
    target: int
    come: int
    gap: int


@router.get("/savings", response=list[ProgrammeLine])
def programmes(request: ActingRequest) -> list[ProgrammeLine]:
    """The savings programmes of which the sender may know, each with its light of today."""
    return [
        ProgrammeLine(
            code=each.code,
            light=each.signal.light,
            rule=each.signal.words,
            target=each.so_far.target,
            come=each.so_far.come,
            gap=each.so_far.gap,
        )
        for each in savings.listed(request.actor, civil.day_of(clock.now()))
    ]


@router.get("/savings/{programme}", response=ProgrammeOut)
def programme(request: ActingRequest, programme: str) -> ProgrammeOut:
    """One programme: each force by year, every area, posts at risk."""
    found = savings.programme(request.actor, programme, civil.day_of(clock.now()))
    return ProgrammeOut(
        code=found.code,
        light=found.signal.light,
        rule=found.signal.words,
        target=found.so_far.target,
        come=found.so_far.come,
        counting=found.counting,
        years=[_year(*each) for each in zip(found.lines, found.targets, strict=True)],
        areas=[_areas(each) for each in found.areas],
        posts=[
            PostsOut(
                force=each.impact.force,
                at_risk=each.impact.at_risk,
                redeployed=each.impact.redeployed,
                kept=each.impact.kept,
                lost=each.impact.lost,
                breach=each.breach,
            )
            for each in found.posts
        ],
        doubts=list(found.doubts),
    )


def _year(line: YearLine, target: SavingTarget) -> YearOut:
    return YearOut(
        force=line.force,
        year=line.year,
        target=line.target,
        target_says=target.title,
        target_record=target.pk,
        target_source=target.source,
        agreement=target.agreement,
        realised=line.realised,
        forecast=line.forecast,
        counted=line.counted,
        gap=line.gap,
        gap_so_far=line.gap_so_far,
    )


def _areas(found: AreasOfYear) -> AreasOut:
    answer = found.answer
    return AreasOut(
        year=found.year,
        light=answer.signal.light,
        rule=answer.signal.words,
        areas=[
            AreaOut(
                name=each.name,
                baseline=each.baseline,
                saved=each.saved,
                is_failing=each in answer.failing,
            )
            for each in found.areas
        ],
    )
