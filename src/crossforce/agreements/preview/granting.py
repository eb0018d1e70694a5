"""Who would gain or lose sight of what: which kinds, of which holders, for which purposes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crossforce.agreements import resolve
from crossforce.agreements.document.values import OWN
from crossforce.agreements.preview.context import PreviewContext
from crossforce.agreements.preview.phrases import join, row_of, words
from crossforce.agreements.preview.shapes import Cited, Kind, Row, Section, Side, cited
from crossforce.agreements.preview.through_time import Run
from crossforce.agreements.resolve import Grant
from crossforce.agreements.terms import AccessRule, CompiledTerms
from crossforce.agreements.wording import listed
from crossforce.kernel.periods import Period, gaps, merged
from crossforce.kernel.words import Words


@dataclass(frozen=True, slots=True)
class _Reach:
    """The conditions under which one recipient's people reach rows."""

    recipient: str
    unit: str | None
    function: str | None
    roles: tuple[str, ...]
    collection_unit: str | None
    collection_function: str | None
    marking: str
    compartment: str | None
    territory: tuple[str, ...]
    onward: bool
    break_glass: int | None


@dataclass(frozen=True, slots=True)
class _Right:
    """One thing that may be done with one kind of one holder's rows."""

    holder: str
    kind: str
    action: str
    purpose: str


Key = tuple[_Reach, _Right]
Held = dict[Key, list[tuple[Period, Grant]]]


@dataclass(frozen=True, slots=True)
class _Block:
    """Rights that hold in every combination, gained or lost together."""

    kind: Kind
    reach: _Reach
    period: Period
    holders: tuple[str, ...]
    kinds: tuple[str, ...]
    actions: tuple[str, ...]
    purposes: tuple[str, ...]


def access(context: PreviewContext) -> Section:
    """Every grant that one side gives and the other does not, for the time in which it does."""
    before, after = (_rights(context, terms) for terms in context.sides)
    sources: dict[tuple[Kind, Key], Grant] = {}
    sources |= {("added", key): held[0][1] for key, held in after.items()}
    sources |= {("removed", key): held[0][1] for key, held in before.items()}
    blocks = [
        *_blocks("added", list(_beyond(after, before))),
        *_blocks("removed", list(_beyond(before, after))),
    ]
    rows = _rows(context, blocks, sources)
    return Section(
        "access", words("access"), _lead(context, rows), tuple(rows), (words("access.note"),)
    )


def _rights(context: PreviewContext, terms: CompiledTerms | None) -> Held:
    found: dict[Key, list[tuple[Period, Grant]]] = defaultdict(list)
    for grant in resolve.grants(terms) if terms else ():
        period = grant.valid.intersection(Period(context.since))
        if period:
            for right in _each(grant):
                found[_reach(grant), right].append((period, grant))
    return found


def _each(grant: Grant) -> Iterator[_Right]:
    for kind in grant.rule.kinds:
        for action in grant.rule.actions:
            for purpose in grant.rule.purposes:
                yield _Right(grant.holder, kind, action, purpose)


def _reach(grant: Grant) -> _Reach:
    rule: AccessRule = grant.rule
    return _Reach(
        recipient=grant.recipient,
        unit=rule.to_unit,
        function=rule.to_function,
        roles=rule.to_roles,
        collection_unit=rule.collection_unit,
        collection_function=rule.collection_function,
        marking=rule.marking,
        compartment=rule.compartment,
        territory=rule.territory,
        onward=rule.onward,
        break_glass=rule.break_glass_minutes,
    )


def _beyond(one: Held, other: Held) -> Iterator[tuple[Key, Period]]:
    """What the one side gives and the other does not."""
    for key, held in one.items():
        covered = [period for period, _ in other.get(key, ())]
        for period in merged(period for period, _ in held):
            for rest in gaps(covered, period):
                yield key, rest


def _blocks(kind: Kind, rights: list[tuple[Key, Period]]) -> Iterator[_Block]:
    """The rights in as few blocks as say exactly them."""
    by_holder: dict[tuple[_Reach, Period, str], set[tuple[str, str, str]]] = defaultdict(set)
    for (reach, right), period in rights:
        by_holder[reach, period, right.holder].add((right.kind, right.action, right.purpose))
    alike: dict[tuple[_Reach, Period, frozenset[tuple[str, str, str]]], list[str]]
    alike = defaultdict(list)
    for (reach, period, holder), what in by_holder.items():
        alike[reach, period, frozenset(what)].append(holder)
    for (reach, period, same), holders in alike.items():
        for kinds, actions, purposes in _products(same):
            yield _Block(kind, reach, period, tuple(sorted(holders)), kinds, actions, purposes)


def _products(
    what: Iterable[tuple[str, str, str]],
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    """The same triples as kinds by actions by purposes, each combination of which is among them."""
    purposes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for kind, action, purpose in sorted(what):
        purposes[kind, action].append(purpose)
    actions: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for (kind, action), found in purposes.items():
        actions[kind, tuple(found)].append(action)
    kinds: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = defaultdict(list)
    for (kind, found_purposes), found in actions.items():
        kinds[tuple(found), found_purposes].append(kind)
    for (found_actions, found_purposes), found in kinds.items():
        yield tuple(found), found_actions, found_purposes


def _rows(
    context: PreviewContext, blocks: list[_Block], sources: dict[tuple[Kind, Key], Grant]
) -> list[Row]:
    """Recipients who gain or lose the same stand in one row; so do all who see each other's."""
    mutual: dict[tuple[object, ...], list[_Block]] = defaultdict(list)
    for block in blocks:
        mutual[_sameness(block)].append(block)
    rows = []
    for together in mutual.values():
        if _is_mutual(together):
            rows.append(_row(context, together, sources, each_other=True))
            continue
        alike: dict[tuple[str, ...], list[_Block]] = defaultdict(list)
        for block in together:
            alike[block.holders].append(block)
        rows += [_row(context, found, sources) for found in alike.values()]
    return rows


def _is_mutual(blocks: list[_Block]) -> bool:
    """Whether each of several receives from all the others."""
    everybody = {each.reach.recipient for each in blocks}
    return len(everybody) > 2 and all(
        {*each.holders} == everybody - {each.reach.recipient} for each in blocks
    )


def _sameness(block: _Block) -> tuple[object, ...]:
    """Everything of a block but who receives, and from whom."""
    reach = block.reach
    rest = (reach.unit, reach.function, reach.roles, reach.collection_unit,
            reach.collection_function, reach.marking, reach.compartment, reach.territory,
            reach.onward, reach.break_glass)  # fmt: skip
    what = (block.kinds, block.actions, block.purposes)
    return (block.kind, block.period, what, rest)


def _row(
    context: PreviewContext,
    blocks: list[_Block],
    sources: dict[tuple[Kind, Key], Grant],
    *,
    each_other: bool = False,
) -> Row:
    block = blocks[0]
    recipients = sorted(each.reach.recipient for each in blocks)
    holders = words("access.each-other") if each_other else context.organisations(block.holders)
    said, none = _said(context, block, holders), words("access.none")
    right = _Right(block.holders[0], block.kinds[0], block.actions[0], block.purposes[0])
    source = sources.get((block.kind, (block.reach, right)))
    added = block.kind == "added"
    side: Side = "after" if added else "before"
    run = Run(block.period.starts_at, block.period.ends_at, None, None)
    about = [("recipient", code) for code in recipients] + [
        ("holder", code) for code in sorted({c for each in blocks for c in each.holders})
    ]
    return Row(
        kind=block.kind,
        what=_who(context, block.reach, recipients),
        before=none if added else said,
        after=said if added else none,
        when=context.period(run.start, run.end),
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        clauses=_clauses(side, source),
        lines=tuple(_conditions(context, block.reach)),
        about=tuple(about),
    )


def _clauses(side: Side, source: Grant | None) -> tuple[Cited, ...]:
    return cited(side, resolve.cite(source.term, "access")) if source else ()


def _who(context: PreviewContext, reach: _Reach, recipients: Iterable[str]) -> Words:
    said = context.organisations(recipients)
    if reach.unit:
        said = words("access.in-unit", who=said, unit=context.unit(reach.unit))
    elif reach.function:
        said = words("access.in-unit", who=said, unit=context.function(reach.function))
    if reach.roles:
        roles = listed(each.replace("-", " ") for each in reach.roles)
        said = words("with-detail", said=said, detail=roles)
    return said


def _said(context: PreviewContext, block: _Block, holders: Words) -> Words:
    return words(
        "access.may",
        actions=join(words(f"action.{each}") for each in block.actions),
        kinds=join(context.kind(each) for each in block.kinds),
        holders=holders,
        purposes=join(context.purpose(each) for each in block.purposes),
    )


def _conditions(context: PreviewContext, reach: _Reach) -> Iterator[Words]:
    collection = reach.collection_unit or reach.collection_function
    if collection:
        known = reach.collection_unit is not None
        name = context.unit(collection) if known else context.function(collection)
        yield words("access.collection", name=name)
    yield words("access.marking", marking=reach.marking)
    if reach.compartment == OWN:
        yield words("access.own")
    elif reach.compartment:
        yield words("access.compartment", name=reach.compartment.replace("-", " "))
    if reach.territory:
        yield words("access.territory", areas=context.organisations(reach.territory))
    if reach.onward:
        yield words("access.onward")
    if reach.break_glass:
        yield words("access.break-glass", minutes=reach.break_glass)


def _lead(context: PreviewContext, rows: list[Row]) -> Words:
    if not rows:
        return words("access.same")
    said = []
    for kind in ("added", "removed"):
        found = [row for row in rows if row.kind == kind]
        who = dict.fromkeys(c for row in found for key, c in row.about if key == "recipient")
        if who:
            said.append(words(f"access.{kind}", who=context.organisations(sorted(who))))
    return row_of(said, " ")
