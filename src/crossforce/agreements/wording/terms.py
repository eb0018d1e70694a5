"""Each kind of term as one sentence that can be read out in a meeting."""

from functools import singledispatch

from crossforce.agreements.document.values import OWN, CivilDate
from crossforce.agreements.terms import (
    AccessRule,
    ApprovalRule,
    CommandRule,
    ControllerRule,
    CostComponent,
    CostShareRule,
    ExitRule,
    GovernanceRule,
    KpiRule,
    LeadRule,
    ParticipationRule,
    PublicationRule,
    RetentionRule,
    RoutingRule,
    TaskingRule,
    Term,
)
from crossforce.agreements.terms.rules import Compiled
from crossforce.agreements.wording import phrases
from crossforce.agreements.wording.dates import period_in_words
from crossforce.agreements.wording.names import Names, listed, plain
from crossforce.agreements.wording.statuses import status_in_words
from crossforce.kernel.money import in_pounds
from crossforce.kernel.words import Language

Dates = tuple[CivilDate | None, CivilDate | None]


def term_in_words(
    term: Term, names: Names, language: Language = "en", *, usual: Dates = (None, None)
) -> str:
    """The term as a sentence, with its period; what it says is what is enforced.

    `usual` are the agreement's own dates: an end of the period that is only theirs is not repeated.
    """
    sentence = _sentence(term.rule, names, language)
    start = None if term.from_ == usual[0] else term.from_
    end = None if term.until == usual[1] else term.until
    period = period_in_words(start, end, language)
    return f"{sentence}, {period}." if period else f"{sentence}."


@singledispatch
def _sentence(rule: Compiled, names: Names, language: Language) -> str:
    raise TypeError(f"no words for {type(rule).__name__}")


@_sentence.register
def _(rule: ParticipationRule, names: Names, language: Language) -> str:
    force = names.organisation(rule.force, language)
    said = f"{force}: {names.function(rule.function, language)}: {status_in_words(rule.status, language)}"
    if rule.disciplines:
        said += f" ({names.all_functions(rule.disciplines, language)})"
    return said + (f", {rule.phase.in_language(language)}" if rule.phase else "")


@_sentence.register
def _(rule: LeadRule, names: Names, language: Language) -> str:
    return phrases.say(
        f"lead.{rule.role}",
        language,
        force=names.organisation(rule.force, language),
        functions=names.all_functions(rule.functions, language),
    )


@_sentence.register
def _(rule: CommandRule, names: Names, language: Language) -> str:
    whom = _whom(rule, names, language)
    chief = names.organisation(rule.chief, language) if rule.chief else ""
    said = phrases.say(f"command.{rule.rule}", language, whom=whom, chief=chief)
    if rule.on_joint_duty:
        said += phrases.say("command.on-duty", language)
    if rule.rule != "home-chief":
        said += phrases.say(f"command.otherwise.{rule.otherwise}", language, chief=chief)
    return said


def _whom(rule: CommandRule, names: Names, language: Language) -> str:
    parts = []
    if rule.unit:
        parts.append(names.unit(rule.unit, language))
    if rule.functions:
        parts.append(names.all_functions(rule.functions, language))
    if rule.roles:
        parts.append(names.all_roles(rule.roles, language))
    if rule.staff_of:
        parts.append(names.all_organisations(rule.staff_of, language))
    return ", ".join(parts) or phrases.say("everyone", language)


def _method(rule: CostShareRule, part: CostComponent) -> str:
    is_counted = part.method == "demand" and rule.driver
    if part.method == "demand" and rule.harm_days:
        return "method.demand-by-harm"
    return f"measure.{rule.driver}" if is_counted else f"method.{part.method}"


@_sentence.register
def _(rule: CostShareRule, names: Names, language: Language) -> str:
    methods = [
        phrases.say(_method(rule, part), language)
        + (f" {part.year}" if part.year else "")
        + (f" ({part.weight})" if len(rule.components) > 1 else "")
        for part in rule.components
    ]
    own = rule.method == "costs-lie-where-they-fall"
    said = phrases.say(
        "cost.own" if own else "cost",
        language,
        functions=names.all_functions(rule.functions, language),
        methods=listed(methods, language),
    )
    fixed = rule.components[0].shares if rule.method == "fixed" else {}
    if fixed:
        shares = (
            f"{names.organisation(code, language)} {share}" for code, share in fixed.items()
        )
        said += f": {listed(shares, language)}"
    if rule.floor is not None:
        said += phrases.say("cost.floor", language, share=str(rule.floor))
    if rule.annual_pence is not None:
        said += phrases.say("cost.annual", language, sum=in_pounds(rule.annual_pence))
    return said


@_sentence.register
def _(rule: GovernanceRule, names: Names, language: Language) -> str:
    said = phrases.say(
        f"governance.{rule.rule}",
        language,
        functions=names.all_functions(rule.functions, language),
        body=names.organisation(rule.body, language) if rule.body else "",
    )
    if rule.meets:
        said += phrases.say(f"meets.{rule.meets}", language)
    if rule.reports_to:
        to = names.organisation(rule.reports_to, language)
        said += phrases.say("governance.reports", language, to=to)
    return said


@_sentence.register
def _(rule: ApprovalRule, names: Names, language: Language) -> str:
    limit = ""
    if rule.up_to_pence is not None:
        limit = phrases.say("approval.limit", language, sum=in_pounds(rule.up_to_pence))
    body = names.organisation(rule.body, language) if rule.body else ""
    who = phrases.say(f"approval.by.{rule.by}", language, body=body)
    return phrases.say(
        "approval", language, decision=plain(rule.decision), limit=limit, who=who
    )


@_sentence.register
def _(rule: RoutingRule, names: Names, language: Language) -> str:
    return phrases.say(
        "routing",
        language,
        function=names.function(rule.function, language),
        when=_conditions(rule.when, language),
        to=names.unit(rule.to, language),
    )


@_sentence.register
def _(rule: TaskingRule, names: Names, language: Language) -> str:
    by = names.organisation(rule.by, language) if rule.by else ""
    return phrases.say(
        f"tasking.{rule.mode}" + (".by" if rule.by else ""),
        language,
        unit=names.unit(rule.unit, language),
        when=_conditions(rule.when, language),
        by=by,
    )


def _conditions(when: dict[str, str], language: Language) -> str:
    said = listed((f"{plain(key)}: {plain(value)}" for key, value in when.items()), language)
    return f" ({said})" if said else ""


@_sentence.register
def _(rule: AccessRule, names: Names, language: Language) -> str:
    said = phrases.say(
        "access",
        language,
        who=_recipient(rule, names, language),
        actions=listed(
            (phrases.say(f"action.{each}", language) for each in rule.actions), language
        ),
        kinds=names.all_kinds(rule.kinds, language),
        holders=names.all_organisations(
            dict.fromkeys(span.organisation for span in rule.holders), language
        ),
        purposes=names.all_purposes(rule.purposes, language),
        marking=rule.marking,
    )
    return phrases.say("access.own", language, said=said) if rule.compartment == OWN else said


def _recipient(rule: AccessRule, names: Names, language: Language) -> str:
    where = names.unit(rule.to_unit, language) if rule.to_unit else ""
    if not where and rule.to_function:
        where = names.function(rule.to_function, language)
    if not where:
        codes = dict.fromkeys(span.organisation for span in rule.recipients)
        where = names.all_organisations(codes, language)
    roles = names.all_roles(rule.to_roles, language)
    return f"{where} ({roles})" if roles else where


@_sentence.register
def _(rule: ControllerRule, names: Names, language: Language) -> str:
    said = phrases.say(
        f"controller.{rule.mode}",
        language,
        controllers=names.all_organisations(rule.controllers, language),
    )
    if rule.contact:
        contact = names.organisation(rule.contact, language)
        said += phrases.say("controller.contact", language, contact=contact)
    return said


@_sentence.register
def _(rule: RetentionRule, names: Names, language: Language) -> str:
    schedule = names.schedule(rule.schedule, language)
    if not rule.kinds:
        return phrases.say("retention.all", language, schedule=schedule)
    kinds = names.all_kinds(rule.kinds, language)
    return phrases.say("retention", language, kinds=kinds, schedule=schedule)


@_sentence.register
def _(rule: PublicationRule, names: Names, language: Language) -> str:
    said = phrases.say(f"publication.{rule.mode}", language)
    if rule.withheld:
        clauses = listed((each.clause for each in rule.withheld), language)
        said += phrases.say("publication.withheld", language, clauses=clauses)
    return said


@_sentence.register
def _(rule: KpiRule, names: Names, language: Language) -> str:
    title = rule.title.in_language(language)
    return phrases.say(
        f"kpi.{rule.better}", language, title=title, target=rule.target, unit=rule.unit
    )


@_sentence.register
def _(rule: ExitRule, names: Names, language: Language) -> str:
    said = phrases.say("exit", language, months=rule.notice_months)
    said += phrases.say(f"exit.{rule.effective}", language)
    if rule.winding_up_months:
        said += phrases.say("exit.winding-up", language, months=rule.winding_up_months)
    return said
