"""Figures that forces state of themselves: what they are called, and what of them cannot be."""

from datetime import date
from decimal import Decimal
from typing import Final

from crossforce.finance.choices import OF_ONE_AGREEMENT, Confidence, Driver

TITLES: Final = {
    Driver.OFFICER_FTE: "Police officers, full-time equivalent",
    Driver.TOTAL_FTE: "Officers and staff, full-time equivalent",
    Driver.NET_REVENUE: "Net revenue budget, pounds",
    Driver.POPULATION: "Resident population",
    Driver.POLICE_GRANT: "Police grant, pounds",
    Driver.DEMAND: "Use of the service",
    Driver.OWN_COST: "What it spends itself, pounds",
}
SURE: Final = {
    Confidence.STATED: "Stated in the source",
    Confidence.VERIFIED: "Published, and checked",
    Confidence.NEARLY_SURE: "Over 90 per cent sure",
    Confidence.LIKELY: "70 to 90 per cent sure",
    Confidence.UNSURE: "Less than 70 per cent sure",
    Confidence.ASSUMED: "Assumed",
}
MOST: Final = Decimal(10**12)


def title(driver: Driver, force: str, on: date) -> str:
    """What a figure is called in lists."""
    return f"{TITLES[driver]}: {force}, {on.day} {on:%B %Y}"


def refusal(driver: Driver, agreement: str, value: Decimal, source: str) -> str:
    """Why a figure cannot be so; empty if it can."""
    if not 0 <= value <= MOST:
        return "A figure is not less than nothing, and not more than there is."
    if value * 100 % 1:
        return "A figure has two decimals at most."
    if not source.strip():
        return "A figure has a source: a return, a budget book, a paper."
    return unlike(driver, agreement)


def unlike(driver: Driver, agreement: str) -> str:
    """Why a figure does not go with that agreement, or with none; empty if it does."""
    if driver in OF_ONE_AGREEMENT and not agreement:
        return "What a force uses of a service, or spends itself, is of one agreement: name it."
    if driver not in OF_ONE_AGREEMENT and agreement:
        return "That figure is of the force, whatever the agreement: name none."
    return ""
