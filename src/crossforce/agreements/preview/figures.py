"""The figures by which a cost is divided: which, of what day, from where, for each force."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from crossforce.agreements.document.values import CivilDate
from crossforce.agreements.preview.context import PreviewContext
from crossforce.agreements.preview.measuring import Stated, months_of
from crossforce.agreements.preview.phrases import both, join, plain, words
from crossforce.agreements.resolve.methods import DRIVER_NAMES, vintage
from crossforce.agreements.terms import CostComponent, CostShareRule
from crossforce.agreements.wording import date_in_words
from crossforce.kernel.words import Words


def described(
    context: PreviewContext, rule: CostShareRule, forces: tuple[str, ...], on: date
) -> list[Words]:
    """Each part of the method in words, with the figures it stands on."""
    return [_part(context, rule, part, forces, on) for part in rule.components]


def _part(
    context: PreviewContext,
    rule: CostShareRule,
    part: CostComponent,
    forces: tuple[str, ...],
    on: date,
) -> Words:
    said = _method(context, rule, part, forces, on)
    if len(rule.components) == 1:
        return said
    return words("figures.weighted", weight=str(part.weight), said=said)


def _method(
    context: PreviewContext,
    rule: CostShareRule,
    part: CostComponent,
    forces: tuple[str, ...],
    on: date,
) -> Words:
    if part.method == "equal":
        return words("figures.equal")
    if part.method == "fixed":
        shares = (f"{force}: {part.shares[force]}" for force in forces if force in part.shares)
        return words("figures.fixed", shares=", ".join(shares))
    if part.method == "demand" and rule.driver:
        return _counted(context, rule, part, forces)
    if part.method in ("demand", "tariff") and rule.demand:
        given = [
            words(
                "figures.one", force=context.organisation(f), value=f"{rule.demand.get(f, 0):,}"
            )
            for f in forces
        ]
        said = "figures.by-harm" if rule.harm_days else "figures.demand"
        return words(said, figures=join(given))
    return _driver(context, part, forces, on)


def _counted(
    context: PreviewContext,
    rule: CostShareRule,
    part: CostComponent,
    forces: tuple[str, ...],
) -> Words:
    """What the platform counted, for each force, and from what."""
    found = context.drivers.evidence(rule, part.year, forces)
    if found is None:
        return plain(str(rule.driver).replace("-", " "))
    figures = [
        words("figures.one", force=context.organisation(f), value=found.said.get(f, "0"))
        for f in forces
    ]
    first, last = months_of(rule, part.year, context.on)
    return words(
        "figures.counted",
        driver=words(f"measure.{rule.driver}"),
        first=_day(first),
        last=_day(last - timedelta(days=1)),
        figures=join(figures),
        evidence=found.evidence,
    )


def _day(day: date) -> Words:
    return both(partial(date_in_words, CivilDate(date=day)))


def _driver(
    context: PreviewContext, part: CostComponent, forces: tuple[str, ...], on: date
) -> Words:
    code = DRIVER_NAMES.get(part.method, part.method)
    asked = vintage(part.year, on)
    context.drivers.expect(code, forces)
    found = {force: context.drivers.latest(code, force, asked) for force in forces}
    held = {force: each for force, each in found.items() if each}
    known = next((each for each in context.directory.drivers if each.code == code), None)
    if not held:
        return plain(code.replace("-", " "))
    sources = {
        each.source if isinstance(each, Stated) else known.source if known else ""
        for each in held.values()
    }
    given = [
        words("figures.one", force=context.organisation(force), value=_number(each.value))
        for force, each in held.items()
    ]
    return words(
        "figures.driver" if part.year else "figures.floating",
        driver=known.title if known else words(f"driver.{code}"),
        day=join(map(_day, sorted({each.on for each in held.values()}))),
        source="; ".join(sorted(sources)),
        figures=join(given),
    )


def _number(value: Decimal) -> str:
    return f"{value.normalize():,f}"
