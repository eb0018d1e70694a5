"""Small documents that a reader can hold in mind."""

import pytest

from crossforce.agreements.compile import compile_document
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.reading import read
from crossforce.agreements.terms import CompiledTerms
from crossforce.organisations.directory import Directory, shipped

SMALL = b"""
format = 1
reference = "two-forces"
title = { en = "Two forces" }
basis = "s22a"
state = "draft"
form = "joint-unit"
objective = { en = "To share" }
from = { date = 2015-04-01, precision = "month" }

[[clause]]
number = "10"
heading = { en = "Ten" }
text = { en = "Ten" }

[[clause]]
number = "2"
heading = { en = "Two" }
text = { en = "Two" }

[[clause]]
number = "10.1"
heading = { en = "Ten point one" }
text = { en = "Ten point one" }
"""

JOINT = """
format = 1
reference = "joint-roads"
title = { en = "Joint roads policing" }
basis = "s22a"
state = "draft"
form = "joint-unit"
objective = { en = "To share roads policing" }
from = 2014-04-01

[[party]]
organisation = "chief-constable-avon-and-somerset"
capacity = "chief-officer"

[[party]]
organisation = "pcc-avon-and-somerset"
capacity = "policing-body"

[[party]]
organisation = "chief-constable-wiltshire"
capacity = "chief-officer"

[[party]]
organisation = "chief-constable-gloucestershire"
capacity = "chief-officer"
from = { date = 2015-12-01, precision = "month" }

[[function]]
code = "roads-policing"
clause = "2"

[[function.participation]]
forces = ["avon-and-somerset", "wiltshire"]

[[function.participation]]
forces = ["gloucestershire"]
from = { date = 2015-12-01, precision = "month" }

[[function.participation]]
forces = ["dorset"]
status = "linked"

[[unit]]
code = "joint-roads-unit"
functions = ["roads-policing"]

[[unit]]
code = "night-team"
part_of = "joint-roads-unit"

[[clause]]
number = "2"
heading = { en = "Who takes part" }
text = { en = "These forces." }

[[clause]]
number = "3"
heading = { en = "Direction and control" }
text = { en = "The chief of the area." }
assumed = "invented"

[[clause.term]]
type = "DIRECTION_CONTROL"
of = { unit = "joint-roads-unit" }
rule = "chief-of-area-deployed"

[[clause.term]]
type = "DIRECTION_CONTROL"
of = { unit = "joint-roads-unit", roles = ["trainer"] }
rule = "named-chief"
chief = "chief-constable-wiltshire"

[[clause]]
number = "4"
heading = { en = "Lead" }
text = { en = "Avon and Somerset, then Wiltshire." }

[[clause.term]]
type = "LEAD"
force = "avon-and-somerset"
until = 2016-04-01

[[clause.term]]
type = "LEAD"
force = "wiltshire"
from = 2016-04-01

[[clause]]
number = "5"
heading = { en = "Costs" }
text = { en = "Alike." }

[[clause.term]]
type = "COST_SHARE"
method = "equal"
annual_cost = { pence = 100, assumed = "invented" }

[[clause.term.in_kind]]
force = "wiltshire"
what = { en = "A garage" }
annual_pence = 20

[[clause]]
number = "6"
heading = { en = "Sight" }
text = { en = "Of duties." }

[[clause.term]]
type = "ACCESS"
kinds = ["duty.*"]
held_by = "participants"
to = { unit = "night-team", roles = ["duty-inspector"] }
actions = ["find", "read"]
purposes = ["operational-response"]

[[clause]]
number = "7"
heading = { en = "Leaving" }
text = { en = "A year." }

[[clause.term]]
type = "EXIT"
notice_months = 12
winding_up_months = 3
residual_months = 12

[[clause.term.settlement]]
item = "fixed-charge"
pence = 100

[[clause.term.settlement]]
item = "asset-entitlement"
pence = 50
share = "equal"

[[clause.term.settlement]]
item = "unavoidable-costs"
pence = 1200
months = 6
share = "whole"
"""


@pytest.fixture
def small() -> AgreementDocument:
    return read(SMALL).document


@pytest.fixture
def joint() -> AgreementDocument:
    return read(JOINT.encode()).document


@pytest.fixture
def directory() -> Directory:
    return shipped()


@pytest.fixture
def terms(joint: AgreementDocument, directory: Directory) -> CompiledTerms:
    return compile_document(joint, directory)


def with_clause(text: str) -> AgreementDocument:
    """The joint agreement with these terms under clause 9 besides its own."""
    clause = '[[clause]]\nnumber = "9"\nheading = { en = "Nine" }\ntext = { en = "Nine" }\n'
    return read((JOINT + clause + text).encode()).document
