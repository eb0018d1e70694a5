"""The whole document to compiled terms, in one order, with ids that come from content."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from crossforce.agreements import canonical
from crossforce.agreements.compile import people, rules
from crossforce.agreements.compile.dates import Validity
from crossforce.agreements.compile.workings import Workings
from crossforce.agreements.document import AgreementDocument, Clause
from crossforce.agreements.document.values import Sourced, clause_order
from crossforce.agreements.findings import CannotCompile, in_order
from crossforce.agreements.terms import (
    CompiledTerms,
    GovernanceRule,
    PackReference,
    ParticipationRule,
    RetentionRule,
    Term,
    TermRule,
    json_bytes,
)
from crossforce.kernel import rulepacks
from crossforce.kernel.words import Words
from crossforce.organisations.directory import Directory

RETENTION_PACK = "retention-schedules"


def compile_document(document: AgreementDocument, directory: Directory) -> CompiledTerms:
    """What the document means as terms.

    The same document gives the same bytes whatever the order of its tables. Raises CannotCompile
    when it has no one meaning: dates that leave no day, a function or force that is not there.
    """
    work = _workings(canonical.normalised(document), directory)
    terms = _identified([*_participation_terms(work), *_clause_terms(work)])
    compiled = CompiledTerms(
        reference=document.reference,
        valid=_own_validity(work).period,
        functions=work.functions,
        parties=tuple(people.parties(work)),
        units=tuple(people.units(work)),
        chiefs=people.chiefs(work),
        terms=terms,
        rule_packs=_rule_packs(work, terms),
    )
    if work.problems:
        raise CannotCompile(in_order(work.problems))
    return compiled


def _workings(document: AgreementDocument, directory: Directory) -> Workings:
    work = Workings(
        document=document,
        directory=directory,
        all_wales=rulepacks.load("all-wales"),
        units={unit.code: unit for unit in document.unit},
        functions=tuple(sorted({function.code for function in document.function})),
    )
    work.rows.extend(people.participation(work))
    return work


def _own_validity(work: Workings) -> Validity:
    found = work.validity("The agreement", None)
    if found is None:  # the document refuses such dates when it is read
        raise CannotCompile(work.problems)
    return found


def _participation_terms(work: Workings) -> Iterator[dict[str, Any]]:
    headings = {clause.number: clause.heading for clause in work.document.clause}
    for each in work.rows:
        clause = each.function.clause
        origin = each.row if each.row.assumed or each.row.source else each.function
        rule = ParticipationRule(
            function=each.function.code,
            force=each.force,
            status=each.row.status,
            disciplines=each.row.disciplines,
            phase=each.row.phase,
        )
        yield _fields(rule, each.validity, clause, headings.get(clause or ""), origin)


def _clause_terms(work: Workings) -> Iterator[dict[str, Any]]:
    for clause in work.document.clause:
        for term in clause.term:
            valid = work.validity(f"The {term.type} term", clause.number, term)
            if valid:
                rule = rules.rule_of(work, clause, term, valid.period)
                yield _fields(rule, valid, clause.number, clause.heading, _origin(term, clause))


def _origin(term: Sourced, clause: Clause) -> Sourced:
    """Whose source and mark count: the term's own where it has any, else its clause's."""
    return term if term.assumed or term.source else clause


def _fields(
    rule: TermRule,
    valid: Validity,
    clause: str | None,
    heading: Words | None,
    origin: Sourced,
) -> dict[str, Any]:
    return {
        "rule": rule,
        "valid": valid.period,
        "from_": valid.from_,
        "until": valid.until,
        "clause": clause,
        "heading": heading,
        "assumed": origin.assumed,
        "source": origin.source,
    }


def _identified(fields: Iterable[dict[str, Any]]) -> tuple[Term, ...]:
    """Terms in the order of their clauses, each with an id that its own content gives."""
    drafts = [Term(id="", **each) for each in fields]
    keyed = [(draft, _content(draft)) for draft in drafts]
    keyed.sort(key=lambda pair: (clause_order(pair[0].clause or ""), pair[0].type, pair[1]))
    seen: Counter[str] = Counter()
    terms = []
    for draft, content in keyed:
        digest = hashlib.sha256(content).hexdigest()[:16]
        name = f"{draft.type.lower().replace('_', '-')}-{digest}"
        seen[name] += 1
        again = f"-{seen[name]}" if seen[name] > 1 else ""
        terms.append(draft.model_copy(update={"id": name + again}))
    return tuple(terms)


def _content(draft: Term) -> bytes:
    return json_bytes(draft.model_dump(mode="json", by_alias=True, exclude_none=True))


def _rule_packs(work: Workings, terms: tuple[Term, ...]) -> tuple[PackReference, ...]:
    packs = []
    if any(isinstance(each.rule, GovernanceRule) and each.rule.welsh_forces for each in terms):
        pack = work.all_wales
        packs.append(PackReference(pack=pack.pack, version=pack.version, binding="pinned"))
    if any(isinstance(each.rule, RetentionRule) for each in terms):
        packs.append(PackReference(pack=RETENTION_PACK, binding="floating"))
    return tuple(packs)
