"""A person across forces on the command line, as on the page."""

from collections.abc import Iterator
from uuid import UUID

import typer

from crossforce.kernel import civil, clock
from crossforce.kernel.options import User
from crossforce.nominals.commands.searching import line
from crossforce.nominals.queries import person as queries
from crossforce.nominals.queries.around import MOST_TOGETHER, Around
from crossforce.nominals.queries.person import Person
from crossforce.people.api import acting_as

commands = typer.Typer()


@commands.command()
def person(person: UUID, user: User) -> None:
    """What forces hold of a person: warnings first, each fact with its source, ties, and what happened when."""
    try:
        found = queries.person(acting_as(user), person, on=civil.day_of(clock.now()))
    except queries.KnownOnly as only:
        typer.echo(line(only.seen))
        return
    for each in _lines(found):
        typer.echo(each)


def _lines(found: Person) -> Iterator[str]:
    yield f"{found.marking}"
    yield line(found.seen)
    for each in found.warned:
        yield f"warnings: {', '.join(each.warnings)} ({each.holder}, {each.row.number})"
    yield from _matched(found.around)
    for other in found.others:
        yield f"may be the same person: {line(other)}"
    for fact in found.facts:
        sure = ", ".join(
            filter(None, (fact.asserted, fact.as_of, fact.source, fact.confidence))
        )
        yield f"{fact.about}: {queries.in_words(fact)} ({sure}; {fact.holder}, {fact.number})"
    for tie in found.ties:
        yield f"tie: {tie.role} {'→' if tie.is_from else '←'} {line(tie.seen)} by {tie.of.row.number}"
    if found.is_cut:
        yield f"more ties are held: the newest {queries.MOST_TIES} are told, as far as you may know of them"
    for moment in found.moments:
        yield f"{moment.at}: {moment.what} {moment.words} ({moment.of.holder})"


def _matched(around: Around) -> Iterator[str]:
    """What people decided, and what waits for them."""
    for mate in around.confirmed:
        yield f"confirmed to be the same person: {line(mate)}"
    for one, other in around.apart:
        yield f"in conflict: {one.id} and {other.id} are said not to be one person, and are kept apart"
    for mate in around.likely:
        yield f"proposed to be the same person: {line(mate)}"
    yield from _conflicts(around)
    yield from _pairs(around)


def _pairs(around: Around) -> Iterator[str]:
    """What was refused, and what waits."""
    for pair in around.refused:
        if pair.match and pair.match.decided_at:
            day = civil.day_of(pair.match.decided_at)
            said = (
                f"{pair.one.id} {pair.other.id}, decided on {day:%d %B %Y}: {pair.match.reason}"
            )
            yield f"not the same person: {said}"
    if around.has_more_refused:
        yield "not the same person: there are more than these, decided before"
    for pair in around.waiting:
        yield f"waits for a look: {pair.one.id} {pair.other.id}"
    if around.has_more_waiting:
        yield "waits for a look: there are more than these, of less weight: see “matches”"


def _conflicts(around: Around) -> Iterator[str]:
    """What speaks against what links hold together."""
    for each in around.conflicts:
        stand = "are kept apart" if each.is_split else "are not kept apart by it: look again"
        yield f"in conflict: {line(each.one).strip()} and {line(each.other).strip()} {stand}: {each.why}"
    if around.has_more_conflicts:
        yield "in conflict: there are more than these"
    if around.is_cut:
        yield f"more hangs together with it than is looked at: the nearest {MOST_TOGETHER} records are, by their strongest links"
