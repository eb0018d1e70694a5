"""What the public reads of the agreement: all of it, or a notice of it with reasons (s23E)."""

from collections.abc import Iterator

from crossforce.agreements.check.case import Case
from crossforce.agreements.check.facts import Placed
from crossforce.agreements.check.rule import Problem, Rule
from crossforce.agreements.document.terms import Publication

NONE = Rule(
    "publication.none",
    "The agreement says whether it is published whole or as a notice.",
    "Add a PUBLICATION term.",
)
TWO = Rule(
    "publication.two-rules",
    "One rule for publication holds on a day.",
    "End one rule on the day the other begins.",
)
WHOLE = Rule(
    "publication.whole-but-withheld",
    "Either the whole agreement is published, or a notice of it that leaves things out.",
    'Use mode = "notice", or withhold nothing.',
)
NOTICE = Rule(
    "publication.notice-missing",
    "A notice has words.",
    "Write `notice`.",
)
WITHHELD = Rule(
    "publication.withheld-clause-unknown",
    "A clause that is withheld exists.",
    "Name a clause of this document.",
)
GROUND = Rule(
    "publication.ground-not-in-law",
    "A clause is withheld on a ground that the law knows.",
    "Publish the clause, or name the ground in law on which it is withheld.",
)
NOTHING_LEFT = Rule(
    "publication.notice-withholds-nothing",
    "A notice in place of the whole says which clauses are left out and why.",
    'Add the clauses to `withheld`, or use mode = "whole".',
)

RULES = (NONE, TWO, WHOLE, NOTICE, WITHHELD, GROUND, NOTHING_LEFT)


def find(case: Case) -> Iterator[Problem]:
    """Problems of publication."""
    terms = list(case.facts.of(Publication))
    if not terms:
        yield NONE.broken((), "Nothing says what is published of this agreement.")
    for n, second in enumerate(terms):
        clash = next((each for each in terms[:n] if each.span.meet(second.span)), None)
        if clash:
            says = f"Clause {clash.clause.number} already says what is published."
            yield TWO.broken(second.path, says, clause=second.clause.number)
    for placed in terms:
        yield from _term(case, placed)


def _term(case: Case, placed: Placed[Publication]) -> Iterator[Problem]:
    term, clause = placed.term, placed.clause.number
    if term.mode == "whole" and term.withheld:
        says = "The whole agreement is published, and clauses of it are withheld."
        yield WHOLE.broken((*placed.path, "mode"), says, clause=clause)
    if term.mode == "notice" and not term.notice:
        yield NOTICE.broken(
            placed.path, "A notice is published and has no words.", clause=clause
        )
    if term.mode == "notice" and not term.withheld:
        says = "A notice stands for the whole, and no clause is named as left out."
        yield NOTHING_LEFT.broken(placed.path, says, clause=clause)
    grounds = case.law("publication.grounds", [])
    for n, each in enumerate(term.withheld):
        path = (*placed.path, "withheld", n)
        if each.clause not in case.facts.clauses:
            says = f"Clause {each.clause} is withheld and does not exist."
            yield WITHHELD.broken(path, says, clause=clause)
        if grounds and each.ground not in grounds:
            says = f"Clause {each.clause} is withheld on the ground {each.ground!r}."
            yield GROUND.broken(path, says, clause=clause)
