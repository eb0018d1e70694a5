"""The fourteen rules that terms carry, with every default made explicit.

References of the document are resolved here: `functions` is never empty unless it is a condition,
`participants` has become organisations with periods, figures of pinned rule packs are copied in.
"""

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, InstanceOf, PlainSerializer

from crossforce.agreements.document.parts import ParticipationStatus
from crossforce.agreements.document.terms import Measure, Method
from crossforce.agreements.document.values import Action, Marking
from crossforce.kernel.periods import Period
from crossforce.kernel.words import Words

TermType = Literal[
    "PARTICIPATION", "LEAD", "DIRECTION_CONTROL", "COST_SHARE", "GOVERNANCE", "APPROVAL",
    "ROUTING", "TASKING", "ACCESS", "CONTROLLER", "RETENTION", "PUBLICATION", "KPI", "EXIT",
]  # fmt: skip


def _fraction(value: object) -> object:
    return Fraction(value) if isinstance(value, str) else value


Exact = Annotated[
    InstanceOf[Fraction], BeforeValidator(_fraction), PlainSerializer(str, return_type=str)
]
"""An exact number, written `1/3`; never a float."""


class Compiled(BaseModel):
    """Any compiled value: frozen, nothing unknown."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Span(Compiled):
    """An organisation through a period."""

    organisation: str
    period: Period


class ParticipationRule(Compiled):
    """One force in one function; `disciplines` empty means the whole function."""

    type: Literal["PARTICIPATION"] = "PARTICIPATION"
    function: str
    force: str
    status: ParticipationStatus
    disciplines: tuple[str, ...] = ()
    phase: Words | None = None


class LeadRule(Compiled):
    """The force that runs these functions for all."""

    type: Literal["LEAD"] = "LEAD"
    functions: tuple[str, ...]
    force: str
    role: Literal["lead", "host"]


class CommandRule(Compiled):
    """Which chief officer directs and controls whom; empty conditions hold for everybody."""

    type: Literal["DIRECTION_CONTROL"] = "DIRECTION_CONTROL"
    unit: str | None = None
    functions: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    staff_of: tuple[str, ...] = ()
    rule: Literal[
        "home-chief", "chief-of-area-deployed", "lead-chief", "named-chief", "requesting-chief"
    ]
    chief: str | None = None
    otherwise: Literal["home-chief", "named-chief"]
    on_joint_duty: bool


class CostComponent(Compiled):
    """One method of sharing with its weight; a plain method is one component of weight 1."""

    weight: Exact
    method: Method
    shares: dict[str, Exact] = {}
    year: int | None = None


class InKindRule(Compiled):
    """What a force gives instead of cash, a year."""

    force: str
    what: Words
    annual_pence: int
    assumed: str | None = None
    source: str | None = None


class CostShareRule(Compiled):
    """Who pays what part of the cost of these functions."""

    type: Literal["COST_SHARE"] = "COST_SHARE"
    functions: tuple[str, ...]
    method: Method
    components: tuple[CostComponent, ...]
    demand: dict[str, int] = {}
    harm_days: dict[str, int] = {}
    driver: Measure | None = None
    months: int | None = None
    tariff_pence: int | None = None
    annual_pence: int | None = None
    annual_year: int | None = None
    annual_assumed: str | None = None
    in_kind: tuple[InKindRule, ...] = ()
    floor: Exact | None = None
    cap: Exact | None = None
    transition_years: int = 0


class GovernanceRule(Compiled):
    """The body that governs these functions.

    For `all-wales`, `welsh_forces` and `welsh_bodies` are the pinned figures of the rule pack.
    """

    type: Literal["GOVERNANCE"] = "GOVERNANCE"
    functions: tuple[str, ...]
    rule: Literal["named-body", "all-wales", "joint-policing-bodies", "chief-officers"]
    body: str | None = None
    welsh_forces: tuple[str, ...] = ()
    welsh_bodies: tuple[Span, ...] = ()
    reports_to: str | None = None
    quorum: dict[str, int] = {}
    meets: str | None = None
    chair: Words | None = None


class ApprovalRule(Compiled):
    """Who must agree to a kind of decision, up to a value; no limit means any value."""

    type: Literal["APPROVAL"] = "APPROVAL"
    decision: str
    up_to_pence: int | None = None
    by: Literal[
        "unanimous", "majority", "lead", "body", "each-policing-body", "each-chief-officer"
    ]
    body: str | None = None


class RoutingRule(Compiled):
    """Which unit a case goes to without asking; `forces` empty means every force taking part."""

    type: Literal["ROUTING"] = "ROUTING"
    function: str
    when: dict[str, str] = {}
    forces: tuple[str, ...] = ()
    to: str


class TaskingRule(Compiled):
    """How a unit is called on for what is not routed to it."""

    type: Literal["TASKING"] = "TASKING"
    unit: str
    when: dict[str, str] = {}
    mode: Literal["automatic", "on-request", "tasking-group"]
    by: str | None = None


class AccessRule(Compiled):
    """A grant: rows of each holder, to postings of each recipient, while both periods run.

    `to_unit` and `to_roles` narrow the recipients' postings; without `to_unit` any posting of the
    recipient counts, for `to_function` only one that works on that function.
    """

    type: Literal["ACCESS"] = "ACCESS"
    kinds: tuple[str, ...]
    holders: tuple[Span, ...]
    holders_are_participants: bool
    collection_unit: str | None = None
    collection_function: str | None = None
    recipients: tuple[Span, ...]
    to_unit: str | None = None
    to_function: str | None = None
    to_roles: tuple[str, ...] = ()
    actions: tuple[Action, ...]
    purposes: tuple[str, ...]
    marking: Marking
    compartment: str | None = None
    territory: tuple[str, ...] = ()
    onward: bool
    break_glass_minutes: int | None = None
    break_glass_roles: tuple[str, ...] = ()


class ControllerRule(Compiled):
    """Who controls personal data of these kinds and functions; `kinds` empty means all."""

    type: Literal["CONTROLLER"] = "CONTROLLER"
    kinds: tuple[str, ...] = ()
    functions: tuple[str, ...]
    mode: Literal["sole", "joint", "each-its-own"]
    controllers: tuple[str, ...] = ()
    contact: str | None = None
    processors: tuple[str, ...] = ()


class RetentionRule(Compiled):
    """The schedule records of these kinds are kept by; `kinds` empty means all."""

    type: Literal["RETENTION"] = "RETENTION"
    kinds: tuple[str, ...] = ()
    schedule: str


class WithheldRule(Compiled):
    """A clause left out of what is published, and why."""

    clause: str
    ground: Literal["national-security", "crime", "safety", "commercial"]
    reason: Words


class PublicationRule(Compiled):
    """What is published: the whole agreement, or a notice of it (s23E)."""

    type: Literal["PUBLICATION"] = "PUBLICATION"
    mode: Literal["whole", "notice"]
    notice: Words | None = None
    withheld: tuple[WithheldRule, ...] = ()


class KpiRule(Compiled):
    """A measure with its target and the bands of its traffic light."""

    type: Literal["KPI"] = "KPI"
    measure: str
    title: Words
    unit: str
    better: Literal["higher", "lower"]
    target: str
    amber: str | None = None
    owner: str | None = None


class SettlementRule(Compiled):
    """One part of what leaving costs."""

    item: Literal[
        "unavoidable-costs", "asset-entitlement", "redundancy", "contract-break", "fixed-charge"
    ]
    pence: int
    months: int | None = None
    share: Literal["cost-share", "equal", "whole"]
    assumed: str | None = None
    source: str | None = None


class ExitRule(Compiled):
    """Notice, the day a leave takes effect, winding up, what leaving costs, what remains."""

    type: Literal["EXIT"] = "EXIT"
    notice_months: int
    effective: Literal["day", "month-end", "31-march", "30-september"]
    winding_up_months: int
    residual_months: int
    handover: tuple[str, ...] = ()
    residual_duties: tuple[Words, ...] = ()
    settlement: tuple[SettlementRule, ...] = ()


TermRule = (
    ParticipationRule
    | LeadRule
    | CommandRule
    | CostShareRule
    | GovernanceRule
    | ApprovalRule
    | RoutingRule
    | TaskingRule
    | AccessRule
    | ControllerRule
    | RetentionRule
    | PublicationRule
    | KpiRule
    | ExitRule
)
