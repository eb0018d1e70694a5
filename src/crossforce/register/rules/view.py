"""The public view of an agreement: its text or its notice, with what is withheld and why (s23E)."""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from typing import Any, cast

from pydantic import BaseModel

from crossforce.agreements.canonical import write
from crossforce.agreements.document import AgreementDocument, Clause, Function, Party, Unit
from crossforce.agreements.document.values import Dated, Sourced
from crossforce.agreements.terms import CompiledTerms, PublicationRule, WithheldRule
from crossforce.agreements.wording import Names, period_in_words, term_in_words
from crossforce.kernel.words import Language, Words

LANGUAGES: tuple[Language, ...] = ("en", "cy")
View = dict[str, Any]


def public_view(document: AgreementDocument, terms: CompiledTerms, names: Names) -> View:
    """Everything the register may show, as plain data; words carry both languages.

    A bare notice shows title, objective, parties and the notice's words. Otherwise all is shown but
    the withheld clauses, of which number, ground and reason stand in place of the text.
    """
    rule = publication(terms)
    view = _heading(document, names) | {
        "is_bare_notice": is_bare_notice(rule),
        "notice": _words(rule.notice),
        "parties": [_party(each, names) for each in document.party],
    }
    if is_bare_notice(rule):
        return view
    withheld = {each.clause: each for each in rule.withheld}
    open_ = [each for each in document.function if each.clause not in withheld]
    shown = {each.code for each in open_}
    return view | {
        "functions": [_function(each, names) for each in open_],
        "units": [_unit(each, names) for each in document.unit if _is_open(each, shown)],
        "clauses": [
            _clause(each, withheld, (document, terms), names) for each in document.clause
        ],
        "interest": _interest(document),
    }


def public_document(document: AgreementDocument, terms: CompiledTerms) -> str:
    """The document as TOML with what is withheld taken out; empty where only a notice is published."""
    rule = publication(terms)
    if is_bare_notice(rule):
        return ""
    withheld = {each.clause: each for each in rule.withheld}
    functions = tuple(each for each in document.function if each.clause not in withheld)
    shown = {each.code for each in functions}
    clauses = tuple(_blank(each, withheld.get(each.number)) for each in document.clause)
    units = tuple(each for each in document.unit if _is_open(each, shown))
    return write(
        document.model_copy(update={"function": functions, "unit": units, "clause": clauses})
    )


def is_bare_notice(rule: PublicationRule) -> bool:
    """Whether no more is published than that the agreement exists: a notice that names no clause
    to be withheld withholds them all."""
    return rule.mode == "notice" and not rule.withheld


def _blank(clause: Clause, held: WithheldRule | None) -> Clause:
    if held is None:
        return clause
    return Clause(number=clause.number, heading=clause.heading, text=held.reason)


def _is_open(unit: Unit, shown: Collection[str]) -> bool:
    """A unit is shown unless all that it does is withheld."""
    return not unit.functions or any(function in shown for function in unit.functions)


def publication(terms: CompiledTerms) -> PublicationRule:
    """What the agreement says of its own publication; a bare notice where it says nothing.

    Where several terms speak, what any of them withholds is withheld.
    """
    rules = [rule for _, rule in terms.of(PublicationRule)]
    if not rules:
        return PublicationRule(mode="notice")
    mode = "notice" if any(rule.mode == "notice" for rule in rules) else "whole"
    notice = next((rule.notice for rule in rules if rule.notice), None)
    withheld = tuple(each for rule in rules for each in rule.withheld)
    return PublicationRule(mode=cast(Any, mode), notice=notice, withheld=withheld)


def _heading(document: AgreementDocument, names: Names) -> View:
    return {
        "reference": document.reference,
        "title": _words(document.title),
        "objective": _words(document.objective),
        "summary": _words(document.summary),
        "progress": _words(document.progress),
        "basis": document.basis,
        "form": document.form,
        "stage": document.stage,
        "region": document.region,
        "region_name": _organisation(document.region, names),
        "programme": document.programme,
        "in_scope": document.in_scope,
        "language": document.language,
        "period": _period(document),
        "relations": [
            {"reference": each.reference, "relation": each.relation, **_origin(each)}
            for each in document.relation
        ],
        "varies": document.varies,
        "sources": [_plain(each) for each in document.sources],
        **_origin(document),
    }


def _party(party: Party, names: Names) -> View:
    return {
        "organisation": party.organisation,
        "name": _organisation(party.organisation, names),
        "capacity": party.capacity,
        "role": party.role,
        "period": _period(party),
        **_origin(party),
    }


def _function(function: Function, names: Names) -> View:
    return {
        "code": function.code,
        "title": _words(function.title) or _function_name(function.code, names),
        "clause": function.clause,
        "participation": [
            {
                "forces": [_organisation(force, names) for force in row.forces],
                "status": row.status,
                "disciplines": [_function_name(each, names) for each in row.disciplines],
                "phase": _words(row.phase),
                "period": _period(row) or _period(function),
                **_origin(row),
            }
            for row in function.participation
        ],
        **_origin(function),
    }


def _unit(unit: Unit, names: Names) -> View:
    return {
        "code": unit.code,
        "title": _words(unit.title) or {"en": unit.code.replace("-", " ")},
        "form": unit.form,
        "part_of": _unit_name(unit.part_of, names) if unit.part_of else None,
        "based_in": _organisation(unit.based_in, names),
        "functions": [_function_name(each, names) for each in unit.functions],
        "embedded": [_organisation(each, names) for each in unit.embedded],
        "remit": _words(unit.remit),
        "period": _period(unit),
        **_origin(unit),
    }


def _clause(
    clause: Clause,
    withheld: Mapping[str, WithheldRule],
    whole: tuple[AgreementDocument, CompiledTerms],
    names: Names,
) -> View:
    document, terms = whole
    heading = {"number": clause.number, "heading": _words(clause.heading)}
    if held := withheld.get(clause.number):
        return heading | {"withheld": {"ground": held.ground, "reason": _words(held.reason)}}
    carried = [term for term in terms.terms if term.clause == clause.number]
    usual = (document.from_, document.until)
    return heading | {
        "text": _words(clause.text),
        "terms": [
            {
                "type": term.type,
                "words": _in_both(partial(term_in_words, term, names, usual=usual)),
            }
            for term in carried
            if term.type != "PARTICIPATION"
        ],
        **_origin(clause),
    }


def _interest(document: AgreementDocument) -> View | None:
    interest = document.interest
    if interest is None:
        return None
    return {
        "test": _words(interest.test),
        "existing_agreements": _words(interest.existing_agreements),
        "consistency": _words(interest.consistency),
        "opportunities": _words(interest.opportunities),
        **_origin(interest),
    }


def _origin(part: Sourced) -> View:
    return {"source": part.source, "assumed": part.assumed}


def _period(part: Dated) -> View | None:
    if part.from_ is None and part.until is None:
        return None
    said = _in_both(lambda language: period_in_words(part.from_, part.until, language))
    own = [each.words for each in (part.from_, part.until) if each and each.words]
    return said if all(words.cy for words in own) else {"en": said["en"]}


def _in_both(say: Callable[..., str]) -> View:
    return {language: say(language=language) for language in LANGUAGES}


def _organisation(code: str | None, names: Names) -> View | None:
    return _in_both(lambda language: names.organisation(code, language)) if code else None


def _function_name(code: str, names: Names) -> View:
    return _in_both(lambda language: names.function(code, language))


def _unit_name(code: str, names: Names) -> View:
    return _in_both(lambda language: names.unit(code, language))


def _words(words: Words | None) -> View | None:
    return words.model_dump(exclude_none=True) if words else None


def _plain(part: BaseModel) -> View:
    return part.model_dump(mode="json", exclude_none=True)


def searched(view: View) -> Iterable[str]:
    """Every string of the public view that a reader may search for."""
    for key in ("title", "objective", "summary", "notice"):
        yield from (view[key] or {}).values()
    yield view["reference"].replace("-", " ")
    for party in view["parties"]:
        yield from party["name"].values()
    for part in (*view.get("functions", ()), *view.get("units", ())):
        yield from part["title"].values()
    for clause in view.get("clauses", ()):
        yield from clause["heading"].values()
        yield from clause.get("text", {}).values()
