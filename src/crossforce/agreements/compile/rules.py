"""Each kind of term to its rule, with defaults written out and references resolved."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from crossforce.agreements.compile.access import access
from crossforce.agreements.compile.governance import governance
from crossforce.agreements.compile.workings import Workings
from crossforce.agreements.document import terms as written
from crossforce.agreements.document.parts import Clause
from crossforce.agreements.terms import (
    ApprovalRule,
    CommandRule,
    ControllerRule,
    CostComponent,
    CostShareRule,
    ExitRule,
    InKindRule,
    KpiRule,
    LeadRule,
    PublicationRule,
    RetentionRule,
    RoutingRule,
    SettlementRule,
    TaskingRule,
    TermRule,
    WithheldRule,
)
from crossforce.kernel.periods import Period


def rule_of(
    work: Workings, clause: Clause, term: written.ClauseTerm, valid: Period
) -> TermRule:
    """The rule that a term of the document carries."""
    made: TermRule = _MAKERS[term.type](work, clause, term, valid)
    return made


def _functions(work: Workings, clause: Clause, term: Any) -> tuple[str, ...]:
    return work.named(term.functions, f"The {term.type} term", clause.number)


def _lead(work: Workings, clause: Clause, term: written.Lead, valid: Period) -> LeadRule:
    return LeadRule(functions=_functions(work, clause, term), force=term.force, role=term.role)


def _command(
    work: Workings, clause: Clause, term: written.DirectionControl, valid: Period
) -> CommandRule:
    if "named-chief" in (term.rule, term.otherwise) and not term.chief:
        work.problem(
            "no-chief",
            "Direction and control is given to a named chief officer, and none is named.",
            "Add chief = ... with the code of a chief officer.",
            clause.number,
        )
    work.named(term.of.functions, "The DIRECTION_CONTROL term", clause.number)
    return CommandRule(
        unit=term.of.unit,
        functions=term.of.functions,
        roles=term.of.roles,
        staff_of=term.of.staff_of,
        rule=term.rule,
        chief=term.chief,
        otherwise=term.otherwise,
        on_joint_duty=term.on_joint_duty,
    )


def _cost_share(
    work: Workings, clause: Clause, term: written.CostShare, valid: Period
) -> CostShareRule:
    cost = term.annual_cost
    return CostShareRule(
        functions=_functions(work, clause, term),
        method=term.method,
        components=_components(work, clause, term),
        demand=_days_of_harm(work, clause, term) if term.incidents else term.demand,
        harm_days=term.harm_days,
        driver=term.driver,
        months=(term.months or 12) if term.driver else None,
        tariff_pence=term.tariff_pence,
        annual_pence=cost.pence if cost else None,
        annual_year=cost.year if cost else None,
        annual_assumed=cost.assumed if cost else None,
        in_kind=tuple(
            InKindRule(
                force=each.force,
                what=each.what,
                annual_pence=each.annual_pence,
                assumed=each.assumed,
                source=each.source,
            )
            for each in term.in_kind
        ),
        floor=_exact(work, clause, term.floor) if term.floor is not None else None,
        cap=_exact(work, clause, term.cap) if term.cap is not None else None,
        transition_years=term.transition_years,
    )


def _days_of_harm(work: Workings, clause: Clause, term: written.CostShare) -> dict[str, int]:
    """Of each force: how many of each kind, times its days of harm."""
    kinds = {kind for counted in term.incidents.values() for kind in counted}
    for kind in sorted(kinds - term.harm_days.keys()):
        says = f"Incidents of {kind} are counted, and their days of harm are not said."
        work.problem("harm-without-days", says, "Say them in harm_days.", clause.number)
    return {
        force: sum(count * term.harm_days.get(kind, 0) for kind, count in counted.items())
        for force, counted in term.incidents.items()
    }


def _components(
    work: Workings, clause: Clause, term: written.CostShare
) -> tuple[CostComponent, ...]:
    """A plain method is one component of weight 1; each part of a hybrid keeps its weight."""
    if term.method != "hybrid":
        shares = {force: _exact(work, clause, each) for force, each in term.shares.items()}
        return (
            CostComponent(
                weight=Fraction(1), method=term.method, shares=shares, year=term.year
            ),
        )
    return tuple(
        CostComponent(
            weight=_exact(work, clause, each.weight),
            method=each.method,
            shares={force: _exact(work, clause, part) for force, part in each.shares.items()},
            year=each.year if each.year is not None else term.year,
        )
        for each in term.component
    )


def _exact(work: Workings, clause: Clause, share: str) -> Fraction:
    try:
        return Fraction(share)
    except ZeroDivisionError:
        work.problem(
            "division-by-zero",
            f"The share {share} divides by nothing.",
            "Mend it.",
            clause.number,
        )
        return Fraction(0)


def _approval(
    work: Workings, clause: Clause, term: written.Approval, valid: Period
) -> ApprovalRule:
    return ApprovalRule(
        decision=term.decision, up_to_pence=term.up_to_pence, by=term.by, body=term.body
    )


def _routing(
    work: Workings, clause: Clause, term: written.Routing, valid: Period
) -> RoutingRule:
    work.named((term.function,), "The ROUTING term", clause.number)
    return RoutingRule(function=term.function, when=term.when, forces=term.forces, to=term.to)


def _tasking(
    work: Workings, clause: Clause, term: written.Tasking, valid: Period
) -> TaskingRule:
    return TaskingRule(unit=term.unit, when=term.when, mode=term.mode, by=term.by)


def _controller(
    work: Workings, clause: Clause, term: written.Controller, valid: Period
) -> ControllerRule:
    return ControllerRule(
        kinds=term.kinds,
        functions=_functions(work, clause, term),
        mode=term.mode,
        controllers=term.controllers,
        contact=term.contact,
        processors=term.processors,
    )


def _retention(
    work: Workings, clause: Clause, term: written.Retention, valid: Period
) -> RetentionRule:
    return RetentionRule(kinds=term.kinds, schedule=term.schedule)


def _publication(
    work: Workings, clause: Clause, term: written.Publication, valid: Period
) -> PublicationRule:
    withheld = tuple(
        WithheldRule(clause=each.clause, ground=each.ground, reason=each.reason)
        for each in term.withheld
    )
    return PublicationRule(mode=term.mode, notice=term.notice, withheld=withheld)


def _kpi(work: Workings, clause: Clause, term: written.Kpi, valid: Period) -> KpiRule:
    return KpiRule(
        measure=term.measure,
        title=term.title,
        unit=term.unit,
        better=term.better,
        target=term.target,
        amber=term.amber,
        owner=term.owner,
    )


def _exit(work: Workings, clause: Clause, term: written.Exit, valid: Period) -> ExitRule:
    settlement = tuple(
        SettlementRule(
            item=each.item,
            pence=each.pence,
            months=each.months,
            share=each.share,
            assumed=each.assumed,
            source=each.source,
        )
        for each in term.settlement
    )
    return ExitRule(
        notice_months=term.notice_months,
        effective=term.effective,
        winding_up_months=term.winding_up_months,
        residual_months=term.residual_months,
        handover=term.handover,
        residual_duties=term.residual_duties,
        settlement=settlement,
    )


_MAKERS: dict[str, Callable[[Workings, Clause, Any, Period], TermRule]] = {
    "LEAD": _lead,
    "DIRECTION_CONTROL": _command,
    "COST_SHARE": _cost_share,
    "GOVERNANCE": governance,
    "APPROVAL": _approval,
    "ROUTING": _routing,
    "TASKING": _tasking,
    "ACCESS": access,
    "CONTROLLER": _controller,
    "RETENTION": _retention,
    "PUBLICATION": _publication,
    "KPI": _kpi,
    "EXIT": _exit,
}
