"""Chapters of a board pack about projects, money and benefits of the agreements that it governs."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from crossforce.benefits import api as benefits
from crossforce.finance import api as finance
from crossforce.finance.choices import Sort
from crossforce.kernel import civil
from crossforce.kernel.money import in_pounds
from crossforce.kernel.web.dates import day
from crossforce.kernel.words import read_out
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor
from crossforce.programme import models
from crossforce.programme.queries import projects
from crossforce.programme.rules.packs import (
    GAP,
    Block,
    Chapter,
    Text,
    facts,
    table,
)
from crossforce.programme.rules.report_words import LIGHTS

UNREAD: Final = "Not told"
IN_PART: Final = (
    "Of some budgets not every line is open to whoever this was drawn for. What would be summed of a part of"
    " them is not told."
)
AHEAD: Final = 90
"""Days ahead whose milestones stand in the first table of projects."""


def projects_of(
    actor: Actor, agreements: Sequence[str], called: Mapping[str, str], at: datetime
) -> Iterator[Chapter]:
    """All of them with their lights, and then each with its milestones, risks, issues and money."""
    rows = models.Project.objects.within_reach().filter(agreement__in=list(agreements))
    found = projects.together(actor, rows.order_by("title", "pk"), at)
    lines = [
        (
            each.row.title,
            said(each.row.state),
            light(each.status),
            each.status.reason,
            day(_next(each)),
        )
        for each in found
    ]
    heads = ("Project", "State", "Light", "Why", "Next milestone")
    yield Chapter("Projects", (table("Projects", heads, lines),))
    for each in found:
        yield _project(each, called.get(each.row.agreement, each.row.agreement))


def _next(shown: Any) -> Any:
    return min((step.row.due_on for step in shown.steps if not step.row.done_on), default=None)


def _project(shown: Any, agreement: str) -> Chapter:
    row = shown.row
    return Chapter(
        row.title,
        (
            _facts(shown, agreement),
            _milestones(shown),
            _risks(shown),
            _issues(shown),
        ),
        level=2,
    )


def _facts(shown: Any, agreement: str) -> Block:
    row, money = shown.row, shown.money
    return facts(
        ("State", said(row.state)),
        ("Light", f"{light(shown.status)}: {shown.status.reason}"),
        ("Purpose", row.purpose),
        ("Benefit to the public", row.benefit),
        ("Agreement", agreement),
        ("Owner", row.owner),
        ("Trial", _trial(shown)),
        ("Cost", in_pounds(money.cost) if money else ""),
        ("Lacking if no more comes", in_pounds(money.gap) if money else ""),
        ("Doubtful", " ".join(shown.doubts)),
    )


def _milestones(shown: Any) -> Block:
    rows = [
        (
            step.row.title,
            day(step.row.due_on),
            day(step.row.done_on) or day(step.expected.ends_on),
            light(step.status),
            step.status.reason,
        )
        for step in shown.steps
    ]
    heads = ("Milestone", "Due", "Done or expected", "Light", "Why")
    return table("Milestones", heads, rows)


def _risks(shown: Any) -> Block:
    rows = [
        (
            each.title,
            str(shown.bands[each.pk][0]),
            said(shown.bands[each.pk][1]),
            each.action,
            "; ".join(shown.wanting[each.pk]),
        )
        for each in shown.owned["risks"]
        if each.closed_on is None
    ]
    heads = ("Risk", "Score", "Band", "Action", "Wanting")
    return table("Open risks", heads, rows, numeric=(1,))


def _issues(shown: Any) -> Block:
    rows = [
        (each.title, day(each.due_on), each.owner)
        for each in shown.owned["issues"]
        if each.closed_on is None
    ]
    return table("Open issues", ("Issue", "Due", "Owner"), rows)


def _trial(shown: Any) -> str:
    row = shown.row
    if shown.trial is None:
        return ""
    return f"{said(shown.trial)}, from {day(row.trial_from)} until before {day(row.trial_to)}"


def money_of(actor: Actor, agreements: Sequence[str], at: datetime) -> Iterator[Chapter]:
    """Every budget of the year that was opened: what it may cost, what was spent, and who bears it."""
    year = civil.financial_year(civil.day_of(at))
    found = [each for one in agreements for each in finance.true_ups(actor, year, one)]
    lines = [(each.row.title, in_pounds(each.row.pence), *_spent(each)) for each in found]
    heads = ("Budget", "Agreed", "Spent", "Promised", "Left")
    caption = f"Budgets of {year}/{(year + 1) % 100:02d}"
    told = () if all(each.is_whole for each in found) else (Text(IN_PART),)
    yield Chapter("Money", (table(caption, heads, lines, numeric=range(1, 5)), *told))
    for each in found:
        yield _budget(actor, each)


def _spent(each: finance.Trued) -> tuple[str, ...]:
    """What was spent, is promised and is left; nothing is told that would be summed of a part of the lines."""
    if not each.is_whole:
        return UNREAD, UNREAD, UNREAD
    sorts = (Sort.ACTUAL, Sort.COMMITMENT, Sort.IN_KIND)
    spent, promised, given = (each.position.total(sort) for sort in sorts)
    left = each.row.pence - spent - promised - given
    return in_pounds(spent), in_pounds(promised), in_pounds(left)


def _budget(actor: Actor, each: finance.Trued) -> Chapter:
    """Who bears a budget, by which clauses and decision."""
    shares = [
        (
            organisation(one.party),
            in_pounds(one.gross),
            in_pounds(one.in_kind),
            *_charged(each, one),
        )
        for one in finance.bearings(each.position)
    ]
    columns = ("Party", "Share", "Given in kind", "Charged", "Still to be charged")
    clauses = dict.fromkeys(
        f"clause {stretch.why.clause}"
        for stretch in each.position.plan.standing
        if stretch.why and stretch.why.clause
    )
    decided = finance.in_words(actor, each.row.decision)
    rests = facts(("Shared by", ", ".join(clauses)), ("Opened by decision", decided))
    shared = table("Who bears it", columns, shares, numeric=range(1, 5))
    return Chapter(each.row.title, (rests, shared), level=2)


def _charged(of: finance.Trued, one: finance.Bearing) -> tuple[str, str]:
    """What a party was charged and is still to be charged; who spends for all is charged nothing."""
    if one.party == of.row.lead:
        return GAP, GAP
    if not of.is_whole:
        return UNREAD, UNREAD
    return in_pounds(one.charged), in_pounds(one.due - one.charged)


def benefits_of(actor: Actor, agreements: Sequence[str], at: datetime) -> Iterator[Chapter]:
    """Every benefit with what came of it so far and the rule of its light."""
    on = civil.day_of(at)
    found = benefits.listed(actor, benefits.Wanted(among=tuple(agreements)), on)
    lines = [
        (
            f"{each.row.code} {each.row.title}",
            amount(each, each.planned),
            amount(each, each.realised),
            light(each.signal),
            each.signal.words,
        )
        for each in found
    ]
    heads = ("Benefit", "Promised so far", "Realised so far", "Light", "Why")
    yield Chapter("Benefits", (table("Benefits", heads, lines, numeric=(1, 2)),))


def amount(of: Any, figure: int) -> str:
    """A figure of a benefit with its unit."""
    if of.profile.is_money:
        return in_pounds(figure)
    return f"{figure:,} {of.profile.measure.unit}" if of.profile.measure else GAP


def light(of: Any) -> str:
    """A light as the public reads it too: what is done is complete."""
    return LIGHTS[str(of.light)].en


def said(value: object) -> str:
    """A code or a word of a list as words."""
    return read_out(str(value))


def organisation(code: str) -> str:
    """The name of an organisation; a code that nothing names is read out."""
    found = organisations.directory().get(code)
    return (found.short_name or found.name).en if found else said(code)
