"""Who pays: shares that sum to exactly 1 on every day, of forces that take part."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from crossforce.agreements.check.case import Case, verb
from crossforce.agreements.check.facts import Placed, overlapping
from crossforce.agreements.check.rule import Path, Problem, Rule
from crossforce.agreements.check.spans import Span, gaps, merged
from crossforce.agreements.document.terms import Component, CostShare
from crossforce.agreements.wording.names import plain

NONE = Rule(
    "costs.none",
    "A function says who pays for it on every day on which forces take part.",
    "Add a COST_SHARE term for those days.",
)
TWO = Rule(
    "costs.two-rules",
    "One rule shares the cost of a function on a day.",
    "End one rule on the day the other begins, or let each name its functions.",
)
SUM = Rule(
    "costs.shares-sum",
    "Shares, and the weights of a hybrid, sum to exactly 1.",
    'Correct them; write thirds as "1/3".',
)
FRACTION = Rule(
    "costs.share-unreal",
    "A share is a number from 0 to 1.",
    'Write the share as "0.25" or "1/4".',
)
EMPTY = Rule(
    "costs.method-incomplete",
    "A method of sharing has what it works on: shares, components, units of demand, a price.",
    "Write what the method needs.",
)
STRANGER = Rule(
    "costs.payer-not-taking-part",
    "Who pays for a function takes part in it on those days.",
    "Date the shares so that they begin when the force joins and change when it leaves.",
)
LEFT_OUT = Rule(
    "costs.force-without-share",
    "Every force that takes part has a share, if only of 0.",
    'Give the force a share; "0" says that it pays nothing.',
)
DRIVER = Rule(
    "costs.driver-unknown",
    "The figures that a method shares by are known for every payer in the year it names.",
    "Name a year whose figures are known, or leave `year` out to use each year's own.",
)
HELD = Rule(
    "costs.driver-not-held",
    "The figures that a method shares by, each year anew, are held by the platform.",
    "Have the figures added to the directory, or share by figures that it holds.",
)
USE = Rule(
    "costs.use-not-stated",
    "Use that no table tells and nothing counts is stated by each force.",
    "Each force states its use by year (Money, Figures to share by); or write a table `demand`.",
)
AMOUNT = Rule(
    "costs.amount-missing",
    "The agreement states the yearly cost that is shared.",
    "Write `annual_cost`, if need be as assumed.",
)
IN_KIND = Rule(
    "costs.in-kind-of-a-stranger",
    "Who gives in kind takes part.",
    "Name a force that takes part.",
)

RULES = (
    NONE,
    TWO,
    SUM,
    FRACTION,
    EMPTY,
    STRANGER,
    LEFT_OUT,
    DRIVER,
    HELD,
    USE,
    AMOUNT,
    IN_KIND,
)

TABLES = {"fixed": "shares", "hybrid": "component"}
STATED = ("demand", "tariff")
"""Methods by which each force states its use itself, year by year, where no table does."""
NEEDED = {
    "shares": 'the share of each force, as `shares = { gwent = "0.6", dyfed-powys = "0.4" }`',
    "component": "its parts, each a `[[clause.term.component]]` with its method and its weight",
}


def find(case: Case) -> Iterator[Problem]:
    """Problems of cost shares."""
    for placed in case.facts.of(CostShare):
        yield from _term(case, placed)
    once: dict[tuple[str, Path], Problem] = {}
    for code in case.facts.functions:
        for problem in _function(case, code):
            once.setdefault((problem.rule, problem.path), problem)
    yield from once.values()


def _term(case: Case, placed: Placed[CostShare]) -> Iterator[Problem]:
    term, clause = placed.term, placed.clause.number
    table = TABLES.get(term.method)
    if table and not getattr(term, table):
        says = f"{term.method!r} needs `{table}`: {NEEDED[table]}."
        yield EMPTY.broken(placed.path, says, clause=clause)
    yield from _harm(placed)
    if (
        term.method == "demand"
        and term.demand
        and (sum(term.demand.values()) <= 0 or min(term.demand.values()) < 0)
    ):
        yield EMPTY.broken(
            placed.path,
            "The demand is nothing to share by: less than nothing, or nothing at all.",
            clause=clause,
        )
    yield from _driver(placed)
    if term.method == "tariff" and term.tariff_pence is None:
        yield EMPTY.broken(placed.path, "'tariff' needs `tariff_pence`.", clause=clause)
    if term.method == "fixed" and term.shares:
        yield from _sum((*placed.path, "shares"), term.shares, clause, "The shares")
    yield from _hybrid(placed)
    yield from _floor(placed)
    if term.annual_cost is None and term.method not in ("costs-lie-where-they-fall", "tariff"):
        yield AMOUNT.broken(placed.path, "No yearly cost is stated.", clause=clause)
    yield from _years(case, placed)


def _driver(placed: Placed[CostShare]) -> Iterator[Problem]:
    """What the platform counts is for demand, and stands in place of the table."""
    term, clause = placed.term, placed.clause.number
    if term.driver and term.demand:
        says = "The demand is written and is to be counted as well: only one can be shared by."
        yield EMPTY.broken((*placed.path, "driver"), says, clause=clause)
    methods = {term.method, *(each.method for each in term.component)}
    if term.driver and "demand" not in methods:
        says = f"`driver` says what demand is counted by, and {term.method!r} does not share by demand."
        yield EMPTY.broken((*placed.path, "driver"), says, clause=clause)
    if term.months and not term.driver:
        says = "`months` says over how long a `driver` is counted, and none is named."
        yield EMPTY.broken((*placed.path, "months"), says, clause=clause)


def _harm(placed: Placed[CostShare]) -> Iterator[Problem]:
    """Incidents weighted by harm are demand, and stand in place of the table and of what is counted."""
    term, clause = placed.term, placed.clause.number
    if not (term.incidents or term.harm_days):
        return
    path = (*placed.path, "incidents" if term.incidents else "harm_days")
    if not (term.incidents and term.harm_days):
        says = "Demand weighted by harm needs both: `incidents` by force and kind, and `harm_days` of each kind."
        yield EMPTY.broken(path, says, clause=clause)
    if term.demand or term.driver:
        says = "The demand is weighted by harm and is told otherwise as well: only one can be shared by."
        yield EMPTY.broken(path, says, clause=clause)
    if "demand" not in {term.method, *(each.method for each in term.component)}:
        says = f"Incidents are demand, and {term.method!r} does not share by demand."
        yield EMPTY.broken(path, says, clause=clause)
    if term.incidents and not any(
        count * term.harm_days.get(kind, 1)
        for counted in term.incidents.values()
        for kind, count in counted.items()
    ):
        yield EMPTY.broken(
            path, "The incidents weigh nothing: nothing to share by.", clause=clause
        )


def _hybrid(placed: Placed[CostShare]) -> Iterator[Problem]:
    term, clause = placed.term, placed.clause.number
    if term.method != "hybrid" or not term.component:
        return
    path = (*placed.path, "component")
    weights = {str(n): each.weight for n, each in enumerate(term.component)}
    yield from _sum(path, weights, clause, "The weights of the hybrid")
    for n, each in enumerate(term.component):
        if each.method == "fixed":
            yield from _sum((*path, n, "shares"), each.shares, clause, "The shares")
        if each.method == "hybrid":
            says = "A component of a hybrid is itself a hybrid."
            yield EMPTY.broken((*path, n), says, clause=clause)


def _floor(placed: Placed[CostShare]) -> Iterator[Problem]:
    floor = placed.term.floor
    if floor is not None and ((exact := _fraction(floor)) is None or exact > 1):
        says = f"{floor!r} is no share that each could have."
        yield FRACTION.broken((*placed.path, "floor"), says, clause=placed.clause.number)


def _sum(path: Path, shares: Mapping[str, str], clause: str, what: str) -> Iterator[Problem]:
    exact = {key: _fraction(share) for key, share in shares.items()}
    for key, share in exact.items():
        if share is None or not 0 <= share <= 1:
            says = f"{shares[key]!r} for {key} is no share."
            yield FRACTION.broken((*path, key), says, clause=clause)
            return
    total = sum((each for each in exact.values() if each is not None), Fraction(0))
    if total != 1:
        says = f"{what} sum to {_number(total)}, {_number(abs(1 - total))} too "
        yield SUM.broken(path, says + ("little." if total < 1 else "much."), clause=clause)


def _fraction(share: str) -> Fraction | None:
    try:
        return Fraction(share)
    except (ValueError, ZeroDivisionError):
        return None


def _number(value: Fraction) -> str:
    exact = value * 10**12
    if exact.denominator != 1:
        return str(value)
    whole, rest = divmod(exact.numerator, 10**12)
    return f"{whole}.{rest:012d}".rstrip("0").rstrip(".")


def _function(case: Case, code: str) -> Iterator[Problem]:
    terms = case.facts.about(CostShare, code)
    spans = [each.span for each in terms]
    active = list(merged(case.facts.active(code)))
    missing = [gap for span in active for gap in gaps(spans, span)]
    if missing:
        clause = case.facts.functions[code].clause
        says = f"Nothing says who pays for {case.function(code)} {missing[0]}."
        yield NONE.broken(case.facts.places[code], says, clause=clause)
    for first, second in overlapping(terms):
        shared = first.span.meet(second.span)
        if shared and any(span.meet(shared) for span in active):
            says = f"Clauses {first.clause.number} and {second.clause.number} both share the cost of {case.function(code)} {shared}."
            yield TWO.broken(second.path, says, clause=second.clause.number)
    for each in terms:
        for stage in case.facts.stages(code, each.span):
            yield from _payers(case, code, each, stage)


def _payers(case: Case, code: str, placed: Placed[CostShare], stage: Span) -> Iterator[Problem]:
    taking = set(case.facts.taking_part(code, stage))
    floor = _fraction(placed.term.floor or "0")
    if floor is not None and floor <= 1 < floor * len(taking):
        says = (
            f"{len(taking)} forces take part in {case.function(code)} {stage}: at least {floor} "
            f"each sums to {_number(floor * len(taking))}, {_number(floor * len(taking) - 1)} too much."
        )
        yield SUM.broken((*placed.path, "floor"), says, clause=placed.clause.number)
    for path, shares in _tables(placed):
        strangers = [force for force in shares if force not in taking]
        if strangers:
            says = (
                f"{case.names(strangers)} {verb(strangers, 'has', 'have')} a share of "
                f"{case.function(code)} and {verb(strangers, 'takes', 'take')} no part in it {stage}."
            )
            yield STRANGER.broken(path, says, clause=placed.clause.number)
        missing = sorted(taking - set(shares))
        if missing:
            says = (
                f"{case.names(missing)} {verb(missing, 'takes', 'take')} part in "
                f"{case.function(code)} {stage} and {verb(missing, 'has', 'have')} no share."
            )
            yield LEFT_OUT.broken(path, says, clause=placed.clause.number)
    for n, gift in enumerate(placed.term.in_kind):
        if gift.force not in case.facts.forces:
            says = f"{case.name(gift.force)} gives in kind and takes no part."
            yield IN_KIND.broken(
                (*placed.path, "in_kind", n), says, clause=placed.clause.number
            )


def _tables(placed: Placed[CostShare]) -> Iterator[tuple[Path, Mapping[str, object]]]:
    term = placed.term
    if term.method == "fixed" and term.shares:
        yield (*placed.path, "shares"), term.shares
    if term.method == "demand" and term.demand:
        yield (*placed.path, "demand"), term.demand
    if term.method == "demand" and term.incidents:
        yield (*placed.path, "incidents"), term.incidents
    for n, each in enumerate(term.component):
        if term.method == "hybrid" and each.method == "fixed" and each.shares:
            yield (*placed.path, "component", n, "shares"), each.shares


def _years(case: Case, placed: Placed[CostShare]) -> Iterator[Problem]:
    parts: list[CostShare | Component] = [placed.term, *placed.term.component]
    drivers = case.practice("cost.drivers", {})
    for part in parts:
        if part.method in STATED:
            yield from _use(case, placed, part)
        driver = drivers.get(part.method)
        if driver is None:
            continue
        unknown = case.context.unknown(driver, case.facts.forces, part.year)
        if unknown:
            year = f" for the year {part.year}" if part.year is not None else ""
            says = f"No {plain(part.method)} of {case.names(unknown)} is known{year}."
            rule = HELD if part.year is None else DRIVER
            yield rule.broken(placed.path, says, clause=placed.clause.number)


def _use(
    case: Case, placed: Placed[CostShare], part: CostShare | Component
) -> Iterator[Problem]:
    """Use that no table tells and nothing counts is stated by each force, for this agreement alone."""
    if placed.term.demand or placed.term.incidents or placed.term.driver:
        return
    of = case.document.reference
    unknown = case.context.unknown("demand", case.facts.forces, part.year, of)
    if unknown:
        says = f"No use of the service by {case.names(unknown)} is stated yet."
        yield USE.broken(placed.path, says, clause=placed.clause.number)
