"""Puts every rule that applies to a document, and says how grave each breach is."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from crossforce.agreements.check.case import Case
from crossforce.agreements.check.context import CheckContext
from crossforce.agreements.check.facts import Facts
from crossforce.agreements.check.naming import REFERENCE_TWICE
from crossforce.agreements.check.rule import Problem
from crossforce.agreements.check.size import too_large
from crossforce.agreements.check.table import GROUPS
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.findings import Finding, Severity, in_order
from crossforce.agreements.reading import LineIndex, Reading

EARLY = ("idea", "proposed", "in-development")
RANK: dict[str, int] = {"off": 0, "note": 1, "warning": 2, "error": 3}


def check(subject: Reading | AgreementDocument, context: CheckContext) -> list[Finding]:
    """What is wrong with the document, gravest first; an empty list means sound."""
    reading = subject if isinstance(subject, Reading) else Reading(subject, LineIndex())
    large = too_large(reading, context.practice, context.on)
    if large:
        return [large]
    case = Case(Facts(reading.document), context, reading.file)
    live = context.severities(reading.document.basis, case.law_on)
    findings = []
    for problem in _problems(case, live):
        severity = _severity(live[problem.rule], case)
        if severity:
            findings.append(_finding(problem, severity, reading))
    return in_order(findings)


def check_together(readings: Sequence[Reading], context: CheckContext) -> list[list[Finding]]:
    """The findings of each document, when all come into force beside each other.

    Each is checked against all the others and against `context.in_force`, of which those that the
    set brings anew are left out.
    """
    documents = {each.document.reference: each.document for each in readings}
    standing = {each.reference: each for each in context.in_force} | documents
    beside = replace(context, in_force=tuple(standing.values()))
    times = Counter(each.document.reference for each in readings)
    findings = []
    for reading in readings:
        found = check(reading, beside)
        if times[reading.document.reference] > 1:
            found = in_order([*found, _twice(reading)])
        findings.append(found)
    return findings


def _twice(reading: Reading) -> Finding:
    says = f"Another document has the reference {reading.document.reference!r} as well."
    return _finding(REFERENCE_TWICE.broken(("reference",), says), "error", reading)


def _problems(case: Case, live: dict[str, dict[str, str]]) -> Iterator[Problem]:
    for group in GROUPS:
        if not group.codes.isdisjoint(live):
            yield from (problem for problem in group.find(case) if problem.rule in live)


def _severity(row: dict[str, str], case: Case) -> Severity | None:
    """The severity for the basis, weakened for what sources leave out and what is not yet ripe."""
    document = case.document
    found = [row.get(document.basis, row.get("all", "off"))]
    if document.state == "recorded" and not case.context.for_signature:
        found.append(row.get("recorded", "error"))
    if document.stage in EARLY and not case.context.for_signature:
        found.append(row.get("early", "error"))
    if not case.context.for_signature:
        found.append(row.get("unsigned", "error"))
    weakest = min(found, key=RANK.__getitem__)
    return None if weakest == "off" else cast(Severity, weakest)


def _finding(problem: Problem, severity: Severity, reading: Reading) -> Finding:
    return Finding(
        severity=severity,
        rule=problem.rule,
        message=problem.message,
        remedy=problem.remedy,
        file=reading.file,
        line=reading.lines.line(*problem.path) if problem.path else None,
        clause=problem.clause,
    )
