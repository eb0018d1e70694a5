"""The parts of an agreement document beside its terms: parties, functions, units, clauses."""

from typing import Any, Literal

from pydantic import Field, model_validator

from crossforce.agreements.document.terms import ClauseTerm
from crossforce.agreements.document.values import (
    CivilDate,
    ClauseNumber,
    Code,
    Dated,
    Note,
    Part,
    Sourced,
)
from crossforce.kernel.words import Words

Capacity = Literal["chief-officer", "policing-body", "other-person"]
PartyRole = Literal["member", "lead", "host", "associate"]
ParticipationStatus = Literal[
    "in", "out", "partial", "as-tasked", "exploring", "planned", "linked"
]
Provision = Literal["force", "policing-body", "policing-body-and-force"]
UnitForm = Literal[
    "joint-unit", "sub-unit", "laboratory", "bureau", "hub", "training-centre", "force-unit",
    "directorate", "team", "virtual-unit", "group", "range",
]  # fmt: skip


class Interest(Sourced):
    """Why the parties think the agreement is in the interests of efficiency or effectiveness.

    Police Act 1996 s22B, s22C; and the three matters that s23HA makes each of them consider.
    """

    test: Words
    existing_agreements: Words | None = Field(default=None, description="s23HA(a)")
    consistency: Words | None = Field(default=None, description="s23HA(b)")
    opportunities: Words | None = Field(default=None, description="s23HA(c)")


class Adoption(Sourced):
    """Since when the agreement has counted on paper; those who sign it here declare that by signing.

    Questions about a day since then are answered by it. Nothing was seen by it here before it came.
    """

    since: CivilDate
    instrument: Words | None = Field(
        default=None, description="What was signed, and where the paper is kept."
    )


class Party(Dated):
    """A legal person bound by the agreement: a chief officer, a policing body, another person.

    Roles are dated: a party whose role changes stands in several rows whose periods do not overlap.
    """

    organisation: Code
    capacity: Capacity
    role: PartyRole = "member"


class Participation(Dated):
    """How forces take part in a function, and when.

    `linked` forces are told and consulted and do not count as taking part. `partial` names the
    disciplines taken.
    """

    forces: tuple[Code, ...] = Field(min_length=1)
    status: ParticipationStatus = "in"
    disciplines: tuple[Code, ...] = ()
    phase: Words | None = None


class Function(Dated):
    """What is shared: firearms, dogs, a DNA clean room; who takes part in it, and when.

    `in = [...]` with `from` is short for one participation row of status `in`. A function of other
    bodies than forces has an empty participation.
    """

    code: Code
    title: Words | None = Field(
        default=None, description="Needed unless the code is in the catalogue."
    )
    clause: ClauseNumber | None = Field(
        default=None, description="The clause that participation rests on."
    )
    provision: tuple[Provision, ...] = ("force",)
    disciplines: tuple[Code, ...] = ()
    participation: tuple[Participation, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        if not isinstance(value, dict) or "in" not in value:
            return value
        rest = {key: each for key, each in value.items() if key not in ("in", "participation")}
        row = {"forces": value["in"], "status": "in"}
        row |= {key: value[key] for key in ("from", "until") if key in value}
        return rest | {"participation": [row, *value.get("participation", ())]}


class Unit(Dated):
    """A joint unit that the agreement creates, or a part or place of one."""

    code: Code
    title: Words | None = None
    form: UnitForm = "joint-unit"
    functions: tuple[Code, ...] = ()
    part_of: Code | None = None
    based_in: Code | None = Field(
        default=None, description="The force in whose area it stands."
    )
    staffed_by: tuple[Code, ...] = Field(
        default=(), description="Forces; by default those taking part."
    )
    embedded: tuple[Code, ...] = Field(
        default=(), description="Partner organisations with staff in it."
    )
    compartment: Code | None = None
    remit: Words | None = None


class Designation(Sourced):
    """One force's designated civilian staff working for others (Police Act 1996 s23AA)."""

    clause: ClauseNumber
    staff_of: Code
    working_for: tuple[Code, ...] = Field(min_length=1)
    functions: tuple[Words, ...] = Field(
        default=(), description="s23AA(2)(a): the designated functions must be listed."
    )
    limits: Words | None = None


class Clause(Sourced):
    """A clause: number, heading, text, and the terms that carry it out."""

    number: ClauseNumber
    heading: Words
    text: Words
    head: Code | None = Field(default=None, description="Which of the usual heads this is.")
    term: tuple[ClauseTerm, ...] = ()


class Relation(Sourced):
    """How this agreement stands to another."""

    reference: Code
    relation: Literal["made-under", "enables", "linked-with", "succeeds", "overlaps"]


class SourceDocument(Part):
    """A document that facts are taken from; `id` is what `source` keys begin with."""

    id: str = Field(min_length=1, max_length=20)
    title: Note
    published: str | None = Field(default=None, max_length=100)
    url: str | None = Field(default=None, max_length=500)
