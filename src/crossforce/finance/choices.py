"""Enumerations and small frozen values of finance."""

from enum import StrEnum


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
