"""The terms that clauses carry: thirteen kinds here; PARTICIPATION is written with the functions."""

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt, StringConstraints

from crossforce.agreements.document.values import (
    Action,
    ClauseNumber,
    Code,
    Dated,
    KindName,
    Marking,
    Part,
    Sourced,
)
from crossforce.kernel.words import Words

Share = Annotated[
    str,
    StringConstraints(
        pattern=r"^(0|1|0?\.[0-9]{1,12}|[01]\.[0-9]{1,12}|[0-9]{1,9}/[0-9]{1,9})$"
    ),
]
"""An exact share: '0.25' or '1/3'; never a float."""

Pence = Annotated[StrictInt, Field(ge=0, le=10_000_000_000_000)]
"""An amount of money: at most a hundred thousand million pounds, more than all policing costs."""

Year = Annotated[StrictInt, Field(ge=1964, le=2999)]
"""A financial year, by the year it begins; the first Police Act of today's forces is of 1964."""

Method = Literal[
    "equal", "fixed", "net-revenue-budget", "officer-fte", "total-fte", "population",
    "police-grant", "demand", "tariff", "costs-lie-where-they-fall", "hybrid",
]  # fmt: skip


Measure = Literal["duty-hours-received", "duty-hours-given"]
"""What the platform itself counts, in place of a table of demand."""


class Subject(Part):
    """Whom or what a term is about; every condition given must hold, none means everything."""

    unit: Code | None = None
    functions: tuple[Code, ...] = ()
    roles: tuple[Code, ...] = ()
    staff_of: tuple[Code, ...] = ()


class Lead(Dated):
    """LEAD: the force that runs a function for all; it has no command by that alone."""

    type: Literal["LEAD"]
    functions: tuple[Code, ...] = Field(default=(), description="None named means all.")
    force: Code
    role: Literal["lead", "host"] = "lead"


class DirectionControl(Dated):
    """DIRECTION_CONTROL: the one chief officer a person is under at an instant (s23(4)).

    `on_joint_duty` limits it to time on duty in the unit or function; otherwise the home chief.
    """

    type: Literal["DIRECTION_CONTROL"]
    of: Subject
    rule: Literal[
        "home-chief", "chief-of-area-deployed", "lead-chief", "named-chief", "requesting-chief"
    ]
    chief: Code | None = Field(
        default=None, description="The chief officer, for `named-chief`."
    )
    otherwise: Literal["home-chief", "named-chief"] = "home-chief"
    on_joint_duty: StrictBool = True


class Component(Part):
    """A weighted part of a hybrid cost share."""

    weight: Share
    method: Method
    shares: dict[Code, Share] = {}
    year: Year | None = None


class InKind(Sourced):
    """What a force gives instead of cash, a year, at the agreed standard rate."""

    force: Code
    what: Words
    annual_pence: Pence


class AnnualCost(Sourced):
    """The yearly cost to be shared, in pence."""

    pence: Pence
    year: Year | None = Field(
        default=None, description="Financial year, by the year it begins."
    )


class CostShare(Dated):
    """COST_SHARE: who pays what part of a function's cost; the parts sum to exactly 1."""

    type: Literal["COST_SHARE"]
    functions: tuple[Code, ...] = ()
    method: Method
    year: Year | None = Field(default=None, description="Vintage of the driver figures.")
    shares: dict[Code, Share] = Field(default={}, description="For `fixed`, by force.")
    component: tuple[Component, ...] = Field(
        default=(), description="For `hybrid`; weights sum to 1."
    )
    demand: dict[Code, Annotated[StrictInt, Field(le=1_000_000_000)]] = Field(
        default={},
        description="For `demand` and `tariff`: units by force; without it each states its own by year.",
    )
    incidents: dict[Code, dict[Code, Annotated[StrictInt, Field(ge=0, le=1_000_000_000)]]] = (
        Field(
            default={},
            description="For `demand` weighted by harm, instead of its table: how many of each kind, by force.",
        )
    )
    harm_days: dict[Code, Annotated[StrictInt, Field(ge=0, le=100_000)]] = Field(
        default={},
        description="For `incidents`: days of harm of one of each kind, as an index of harm says.",
    )
    driver: Measure | None = Field(
        default=None, description="For `demand`: what the platform counts, instead of a table."
    )
    months: Annotated[StrictInt, Field(ge=1, le=36)] | None = Field(
        default=None,
        description="For `driver`: so many whole months before the day; 12 unless said. "
        "With `year`, that financial year counts.",
    )
    tariff_pence: Pence | None = Field(
        default=None, description="For `tariff`: price of a unit."
    )
    annual_cost: AnnualCost | None = None
    in_kind: tuple[InKind, ...] = ()
    floor: Share | None = Field(
        default=None, description="Least share of any force that takes part."
    )
    cap: Share | None = Field(default=None, description="Largest change of a share in a year.")
    transition_years: StrictInt = Field(
        default=0, ge=0, le=10, description="Phased in k/n a year."
    )


class Governance(Dated):
    """GOVERNANCE: the body that governs a function.

    `all-wales`: the all-Wales body when the four Welsh forces take part, else jointly the policing
    bodies of those that do (source 004). `joint-policing-bodies`: always the latter.
    """

    type: Literal["GOVERNANCE"]
    functions: tuple[Code, ...] = ()
    rule: Literal["named-body", "all-wales", "joint-policing-bodies", "chief-officers"]
    body: Code | None = None
    reports_to: Code | None = None
    quorum: dict[Code, Annotated[StrictInt, Field(ge=0, le=1_000)]] = {}
    meets: (
        Literal["weekly", "monthly", "quarterly", "half-yearly", "yearly", "as-needed"] | None
    ) = None
    chair: Words | None = None


class Approval(Dated):
    """APPROVAL: who must agree to a kind of decision, up to what value."""

    type: Literal["APPROVAL"]
    decision: Code
    up_to_pence: Pence | None = None
    by: Literal[
        "unanimous", "majority", "lead", "body", "each-policing-body", "each-chief-officer"
    ]
    body: Code | None = None


class Routing(Dated):
    """ROUTING: which unit a case of some kind goes to, without asking."""

    type: Literal["ROUTING"]
    function: Code
    when: dict[Code, str] = {}
    forces: tuple[Code, ...] = ()
    to: Code


class Tasking(Dated):
    """TASKING: how a unit is called on for what is not routed to it."""

    type: Literal["TASKING"]
    unit: Code
    when: dict[Code, str] = {}
    mode: Literal["automatic", "on-request", "tasking-group"]
    by: Code | None = Field(default=None, description="The group or body that tasks.")


class Collection(Part):
    """The unit, function or case records belong to; none named means the holder's whole."""

    unit: Code | None = None
    function: Code | None = None


class Recipient(Part):
    """Who receives access: a joint unit, the parties' own units, named organisations; by role."""

    unit: Code | None = None
    function: Code | None = None
    organisations: tuple[Code, ...] = Field(
        default=(), description="'participants' means each force in."
    )
    roles: tuple[Code, ...] = ()


class BreakGlass(Part):
    """Emergency access where no other term reaches: for how long and to whom."""

    minutes: StrictInt = Field(gt=0, le=1440)
    roles: tuple[Code, ...] = ()


class Access(Dated):
    """ACCESS: a grant. Grants unite; there are no deny terms; nothing chains unless `onward`."""

    type: Literal["ACCESS"]
    kinds: tuple[KindName, ...] = Field(min_length=1)
    held_by: Literal["participants"] | tuple[Code, ...]
    collection: Collection = Collection()
    to: Recipient
    actions: tuple[Action, ...] = Field(min_length=1)
    purposes: tuple[Code, ...] = Field(min_length=1)
    marking: Marking = "OFFICIAL"
    compartment: Code | None = None
    territory: tuple[Code, ...] = Field(
        default=(), description="Forces in whose area it holds."
    )
    onward: StrictBool = False
    break_glass: BreakGlass | None = None


class Controller(Dated):
    """CONTROLLER: who controls personal data, alone or jointly (DPA 2018 s58, s59)."""

    type: Literal["CONTROLLER"]
    kinds: tuple[KindName, ...] = Field(default=(), description="None named means all.")
    functions: tuple[Code, ...] = ()
    mode: Literal["sole", "joint", "each-its-own"]
    controllers: tuple[Code, ...] = ()
    contact: Code | None = Field(
        default=None, description="The contact point for data subjects."
    )
    processors: tuple[Code, ...] = ()


class Retention(Dated):
    """RETENTION: the schedule records are kept by; the strictest of several applies."""

    type: Literal["RETENTION"]
    kinds: tuple[KindName, ...] = ()
    schedule: Code


class Withheld(Part):
    """A clause left out of what is published, and why (s23E)."""

    clause: ClauseNumber
    ground: Literal["national-security", "crime", "safety", "commercial"]
    reason: Words


class Publication(Dated):
    """PUBLICATION: the whole agreement, or the fact of it and such detail as is right (s23E)."""

    type: Literal["PUBLICATION"]
    mode: Literal["whole", "notice"]
    notice: Words | None = None
    withheld: tuple[Withheld, ...] = ()


class Kpi(Dated):
    """KPI: a measure with its target and the bands of its traffic light."""

    type: Literal["KPI"]
    measure: Code
    title: Words
    unit: str = Field(max_length=40)
    better: Literal["higher", "lower"]
    target: str = Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$")
    amber: str | None = Field(default=None, pattern=r"^-?[0-9]+(\.[0-9]+)?$")
    owner: Code | None = None


class Settlement(Sourced):
    """One part of what leaving costs: a total in pence, and how the leaver's part is found.

    `unavoidable-costs` is a yearly sum that runs for `months` after the leave; `asset-entitlement`
    is what the leaver gets back.
    """

    item: Literal[
        "unavoidable-costs", "asset-entitlement", "redundancy", "contract-break", "fixed-charge"
    ]
    pence: Pence
    months: StrictInt | None = Field(default=None, ge=0, le=120)
    share: Literal["cost-share", "equal", "whole"] = "cost-share"


class Exit(Dated):
    """EXIT: notice, the day a leave takes effect, winding up, what leaving costs, what remains."""

    type: Literal["EXIT"]
    notice_months: StrictInt = Field(ge=0, le=60)
    effective: Literal["day", "month-end", "31-march", "30-september"] = "31-march"
    winding_up_months: StrictInt = Field(default=0, ge=0, le=60)
    residual_months: StrictInt = Field(default=0, ge=0, le=240)
    handover: tuple[
        Literal["open-cases", "transfers", "copies-held", "staff", "assets", "contracts"], ...
    ] = ()
    residual_duties: tuple[Words, ...] = ()
    settlement: tuple[Settlement, ...] = ()


ClauseTerm = Annotated[
    Lead
    | DirectionControl
    | CostShare
    | Governance
    | Approval
    | Routing
    | Tasking
    | Access
    | Controller
    | Retention
    | Publication
    | Kpi
    | Exit,
    Field(discriminator="type"),
]
