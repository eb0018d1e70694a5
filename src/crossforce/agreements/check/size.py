"""The most parts a document may have: what is asked before anything that takes long is begun."""

from datetime import date

from crossforce.agreements.check.naming import TOO_LARGE
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.findings import Finding
from crossforce.agreements.reading import Reading
from crossforce.kernel import rulepacks


def too_large(reading: Reading, practice: rulepacks.RulePack, on: date) -> Finding | None:
    """What there is too much of to be gone through in a short time, if anything.

    The limits are those of the day on which the document begins, else of `on`.
    """
    begins = reading.document.from_
    limits = practice.under("limits", begins.date if begins else on).get("parts", {})
    counts = _counts(reading.document)
    for what, most in limits.items():
        if counts.get(what, 0) > most:
            says = f"It has {counts[what]:,} {what}; the check goes through {most:,} at most."
            problem = TOO_LARGE.broken((), says)
            return Finding("error", problem.rule, says, problem.remedy, reading.file)
    return None


def _counts(document: AgreementDocument) -> dict[str, int]:
    return {
        "parties": len(document.party),
        "functions": len(document.function),
        "units": len(document.unit),
        "clauses": len(document.clause),
        "terms": sum(len(clause.term) for clause in document.clause),
        "participations": sum(
            len(row.forces) for function in document.function for row in function.participation
        ),
    }
