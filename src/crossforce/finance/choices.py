"""Enumerations and small frozen values of finance."""

from enum import StrEnum
from typing import Final

from crossforce.kernel.civil import FIRST_YEAR as FIRST_YEAR
from crossforce.kernel.civil import LAST_YEAR as LAST_YEAR

BUDGET, LINE, INVOICE = "finance.budget", "finance.line", "finance.invoice"
ITEM, PRICE, FIGURE = "finance.item", "finance.price", "finance.figure"
IMPORT: Final = "finance.import"
MARKING: Final = "OFFICIAL-SENSITIVE"
PURPOSES: Final = ("duty-from-law",)
OWN: Final = "crossforce"
"""The system that lines come from which the platform itself posts."""
TRUE_UP: Final = "true-up"
"""What the period of an invoice is called that settles a year."""
MOST_PENCE: Final = 10**15
"""No single sum is larger: ten billion pounds a thousand times over."""


class Rhythm(StrEnum):
    """How often a budget is paid within its year."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Spread(StrEnum):
    """How a year's cost is spread over its parts: alike, or by the days that each part has."""

    ALIKE = "alike"
    BY_DAYS = "by-days"


class RestOfYear(StrEnum):
    """The rule by which the part of a year that is still to come is forecast."""

    AS_BUDGETED = "as-budgeted"
    AS_SO_FAR = "as-so-far"
    AS_BUDGET_WENT = "as-budget-went"
    STATED = "stated"


class Account(StrEnum):
    """The accounts of the journal; what is due always names whom it is due from or to."""

    SHARED_COST = "shared-cost"
    IN_KIND = "in-kind"
    DUE_FROM = "due-from"
    DUE_TO = "due-to"
    CASH = "cash"
    VAT = "vat"
    SAVING = "saving"
    REINVESTMENT = "reinvestment"


class Vat(StrEnum):
    """How a charge stands to value added tax."""

    OUTSIDE = "outside-the-scope"
    EXEMPT = "exempt"
    ZERO = "zero"
    STANDARD = "standard"


class ExitItem(StrEnum):
    """What the price of leaving is made of, in the order in which it is listed."""

    NOTICE = "notice"
    UNAVOIDABLE = "unavoidable-costs"
    CONTRACT = "contract-break"
    REDUNDANCY = "redundancy"
    FIXED = "fixed-charge"
    ASSET = "asset-entitlement"


class ExitShare(StrEnum):
    """Who bears an item of a leave: all by their shares of cost, all alike, or the leaver alone."""

    COST_SHARE = "cost-share"
    EQUAL = "equal"
    WHOLE = "whole"


class State(StrEnum):
    """Where a budget stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    OPEN = "open"
    CLOSED = "closed"


class Sort(StrEnum):
    """What a line of a budget says: money spent, foreseen or promised, a gift in kind, or a charge."""

    ACTUAL = "actual"
    FORECAST = "forecast"
    COMMITMENT = "commitment"
    IN_KIND = "in-kind"
    CHARGE = "charge"


BY_HAND: Final = (Sort.ACTUAL, Sort.FORECAST, Sort.COMMITMENT, Sort.IN_KIND)
"""What people post; a charge comes of an instalment or a true-up."""


class InvoiceState(StrEnum):
    """Where an invoice stands."""

    RAISED = "raised"
    SENT = "sent"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class ItemSort(StrEnum):
    """What the parties hold together that has a price when one of them leaves."""

    CONTRACT = "contract"
    ASSET = "asset"
    POST = "post"


class Driver(StrEnum):
    """Of what a force states a figure, by which costs are shared."""

    OFFICER_FTE = "officer-fte"
    TOTAL_FTE = "total-fte"
    NET_REVENUE = "net-revenue-budget"
    POPULATION = "population"
    POLICE_GRANT = "police-grant"
    DEMAND = "demand"
    OWN_COST = "own-cost"


OF_ONE_AGREEMENT: Final = (Driver.DEMAND, Driver.OWN_COST)
"""What a force has of one service; the others it has altogether."""


class Confidence(StrEnum):
    """How sure a figure is, as everywhere on the platform (`kernel.rulepacks`)."""

    STATED = "S"
    VERIFIED = "V"
    NEARLY_SURE = "K1"
    LIKELY = "K2"
    UNSURE = "K3"
    ASSUMED = "D"
