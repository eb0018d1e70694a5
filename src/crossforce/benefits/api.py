"""The front door of benefits: adding, freezing, reporting, reinvesting; lists, portfolio, savings."""

from crossforce.benefits.operations.benefits import (
    Decided,
    NewBenefit,
    add_benefit,
    change_promise,
    edit_benefit,
    move_benefit,
)
from crossforce.benefits.operations.readings import NewReading, correct, measure, report
from crossforce.benefits.operations.reinvesting import reinvest
from crossforce.benefits.queries.benefits import Wanted, listed, shown
from crossforce.benefits.queries.measuring import measures
from crossforce.benefits.queries.portfolio import portfolio
from crossforce.benefits.queries.savings import programme, programmes
from crossforce.benefits.rules.baselines import Promise
from crossforce.benefits.rules.profile import Baseline, Measure, Target

__all__ = [
    "Baseline",
    "Decided",
    "Measure",
    "NewBenefit",
    "NewReading",
    "Promise",
    "Target",
    "Wanted",
    "add_benefit",
    "change_promise",
    "correct",
    "edit_benefit",
    "listed",
    "measure",
    "measures",
    "move_benefit",
    "portfolio",
    "programme",
    "programmes",
    "reinvest",
    "report",
    "shown",
]
