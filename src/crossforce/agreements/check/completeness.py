"""Whether everyone is party whom each kind of provision needs, on every day."""

from collections.abc import Iterator
from datetime import date

from crossforce.agreements.check.case import Case, listed
from crossforce.agreements.check.facts import Taking
from crossforce.agreements.check.rule import Path, Problem, Rule
from crossforce.agreements.check.spans import Span, gaps, merged

CHIEF = Rule(
    "parties.chief-officer-missing",
    "Force provision has as parties the chief officers of every force that it is about.",
    "Add the chief officer as a party for those days.",
)
BODY = Rule(
    "parties.policing-body-missing",
    "Provision about a force has as party the policing body that maintains it on each day.",
    "Add the policing body as a party for those days.",
)
NOBODY = Rule(
    "parties.force-unrepresented",
    "A force that takes part is bound by someone: its chief officer or its policing body.",
    "Add the chief officer or the policing body as a party, or take the force out.",
)
APPROVAL = Rule(
    "parties.police-authority-approval-missing",
    "Before 2012 an agreement of chief officers has the approval of the police authorities.",
    'Add an APPROVAL term with decision = "making" by each policing body, or make the police '
    "authorities parties.",
)

RULES = (CHIEF, BODY, NOBODY, APPROVAL)

Need = tuple[str, str]


def find(case: Case) -> Iterator[Problem]:
    """Parties that a provision needs and that are not there."""
    needs = _needs(case)
    for (force, kind), rows in needs.items():
        spans = list(merged(row.span for row in rows))
        path, about = rows[0].path, _functions(case, rows)
        if kind == "chief-officer":
            yield from _chief(case, force, spans, path, about)
        elif kind == "policing-body":
            yield from _body(case, force, spans, path, about)
        else:
            yield from _anyone(case, force, spans, path, about)
    yield from _approval(case)


def _needs(case: Case) -> dict[Need, list[Taking]]:
    needs: dict[Need, list[Taking]] = {}
    for code, rows in case.facts.counted.items():
        kinds = {
            need
            for provision in case.facts.functions[code].provision
            for need in case.law(f"completeness.{case.document.basis}.{provision}", [])
        }
        for row in rows:
            if case.organisation(row.force):
                for kind in sorted(kinds):
                    needs.setdefault((row.force, kind), []).append(row)
    return needs


def _functions(case: Case, rows: list[Taking]) -> str:
    names = [case.function(code) for code in dict.fromkeys(row.function for row in rows)]
    return listed([*names[:3], f"{len(names) - 3} more"] if len(names) > 3 else names)


def _held(case: Case, organisation: str) -> list[Span]:
    return [r.span for r in case.facts.parties if r.party.organisation == organisation]


def _chief(
    case: Case, force: str, spans: list[Span], path: Path, about: str
) -> Iterator[Problem]:
    chief = case.chief_officer(force)
    missing = [gap for span in spans for gap in gaps(_held(case, chief), span)] if chief else []
    if chief and missing:
        says = f"{case.name(force)} takes part in {about}, and its chief officer is not party {missing[0]}."
        yield CHIEF.broken(
            path, says, mends=f"Add {case.written(chief)} as a party for those days."
        )


def _body(
    case: Case, force: str, spans: list[Span], path: Path, about: str
) -> Iterator[Problem]:
    overrun = False  # the rule on abolished parties has then asked for the successor already
    for body in case.policing_bodies(force):
        begins = body.since.date if body.since else date.min
        life = Span(begins, body.until.date if body.until else date.max)
        held = _held(case, body.code)
        parts = [part for span in spans if (part := span.meet(life))]
        missing = [gap for part in parts for gap in gaps(held, part)]
        if missing and not overrun:
            says = (
                f"{case.name(force)} takes part in {about}, and {body.name.en}, "
                f"which maintains it, is not party {missing[0]}."
            )
            mends = f"Add {case.written(body.code)} as a party for those days."
            yield BODY.broken(path, says, mends=mends)
        overrun = any(span.end > life.end for span in held) or (overrun and not held)


def _anyone(
    case: Case, force: str, spans: list[Span], path: Path, about: str
) -> Iterator[Problem]:
    held = case.bound(force)
    missing = [gap for span in spans for gap in gaps(held, span)]
    if missing:
        says = f"{case.name(force)} takes part in {about}, and nobody is party for it {missing[0]}."
        yield NOBODY.broken(path, says)


def _approval(case: Case) -> Iterator[Problem]:
    chiefs = [r for r in case.facts.parties if r.party.capacity == "chief-officer"]
    bodies = [r for r in case.facts.parties if r.party.capacity == "policing-body"]
    approvals = [
        term
        for clause in case.document.clause
        for term in clause.term
        if term.type == "APPROVAL" and term.decision == "making"
    ]
    if chiefs and not bodies and not approvals:
        says = "Chief officers are parties, and nothing says that their police authorities approve."
        yield APPROVAL.broken(chiefs[0].path, says)
