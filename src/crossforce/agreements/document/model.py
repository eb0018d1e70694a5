"""The agreement document as a whole."""

from typing import Literal

from pydantic import Field, StrictBool

from crossforce.agreements.document.parts import (
    Adoption,
    Clause,
    Designation,
    Function,
    Interest,
    Party,
    Relation,
    SourceDocument,
    Unit,
)
from crossforce.agreements.document.values import Code, Dated
from crossforce.kernel.words import Words

FORMAT = 1

Basis = Literal[
    "s22a", "s23-pre-2010", "joint-committee", "mutual-aid", "memorandum", "secondment",
    "internal-policy",
]  # fmt: skip
State = Literal["draft", "recorded", "demonstration"]
Stage = Literal["idea", "proposed", "in-development", "operational", "ended"]
Form = Literal[
    "joint-unit", "regional-unit", "strategic-alliance", "shared-service", "lead-force", "board",
    "group", "programme", "memorandum", "secondment", "partnership", "framework", "joint-post",
    "internal-policy",
]  # fmt: skip


class AgreementDocument(Dated):
    """One agreement, format 1, in one TOML file, readable aloud in a meeting.

    `from` is commencement and `until` the first day after a fixed term. `state` says what may be
    claimed of it: `recorded` is a public fact that nobody signed here, `demonstration` is invented
    where its parts are marked `assumed`, `draft` is for signature.
    """

    format: Literal[1]
    reference: Code
    title: Words
    basis: Basis
    state: State
    stage: Stage = "operational"
    form: Form
    region: Code | None = None
    programme: Code | None = Field(
        default=None, description="The collaboration programme it belongs to, if any."
    )
    in_scope: StrictBool = Field(
        default=True,
        description="False: the source leaves it out of scope; conflicts still count.",
    )
    language: Literal["en", "cy"] = Field(default="en", description="The prevailing language.")
    objective: Words
    summary: Words | None = Field(
        default=None, description="A paragraph for the regional summary."
    )
    progress: Words | None = Field(
        default=None, description="The source's word on progress: 'Ongoing'."
    )
    review: Dated | None = None
    adopted: Adoption | None = Field(
        default=None, description="It was in force on paper before it came to the platform."
    )
    varies: Code | None = Field(default=None, description="The agreement this one varies.")
    interest: Interest | None = None
    sources: tuple[SourceDocument, ...] = ()
    relation: tuple[Relation, ...] = ()
    party: tuple[Party, ...] = ()
    function: tuple[Function, ...] = ()
    unit: tuple[Unit, ...] = ()
    designation: tuple[Designation, ...] = ()
    clause: tuple[Clause, ...] = ()
