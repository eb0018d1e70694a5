"""What the pages of benefits share: who acts, words, and money."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from crossforce.agreements import catalogues
from crossforce.benefits.choices import MARKING, Light, Status, Trend
from crossforce.benefits.forms.words import CLASSES, LIGHTS, SHARES, SURE
from crossforce.benefits.queries.standings import Standing
from crossforce.benefits.rules.profile import amount
from crossforce.kernel import civil, clock
from crossforce.kernel.money import in_pounds
from crossforce.kernel.web import jinja
from crossforce.organisations import api as organisations

COLOURS: Final = {
    Light.RED: "red",
    Light.AMBER: "yellow",
    Light.GREEN: "green",
    Light.BLUE: "blue",
    Light.NONE: "grey",
}
STATUSES: Final = {
    Status.IDENTIFIED: "Identified",
    Status.PLANNED: "Planned",
    Status.UNDER_WAY: "Under way",
    Status.ON_TRACK: "On track",
    Status.AT_RISK: "At risk",
    Status.LATE: "Late",
    Status.REALISED: "Realised",
    Status.SUSTAINED: "Sustained",
    Status.LOST: "Lost",
    Status.CLOSED: "Closed",
}
TRENDS: Final = {
    Trend.BETTER: "↑ nearer to the profile than the period before",
    Trend.STEADY: "→ as the period before",
    Trend.WORSE: "↓ further from the profile than the period before",
    Trend.UNKNOWN: "not known before a second period is reported",
}


def said(value: Fraction | int | None, unit: str) -> str:
    """A figure with its unit; empty where there is none."""
    return "" if value is None else amount(Fraction(value), unit)


def told(of: Standing, value: Fraction) -> str:
    """A figure of a benefit with its unit; in words where nothing is measured yet."""
    return amount(value, of.profile.measure.unit) if of.profile.measure else "No figure yet"


def force_named(code: str) -> str:
    """The name of an organisation today; its code where nobody has it."""
    found = organisations.directory().get(code)
    on = civil.day_of(clock.now())
    return jinja.in_language(found.name_on(on)) if found else code or "Divided among nobody"


def whom(code: str) -> str:
    """Who benefits: an organisation by name, or the public."""
    return "the public" if code == "public" else force_named(code)


def function_named(code: str) -> str:
    """The name of a function."""
    words = catalogues.functions().get(code)
    return jinja.in_language(words) if words else code


def words(marking: str = MARKING) -> Mapping[str, object]:
    """What every page of benefits names things by; it is marked as high as what it shows."""
    return {
        "said": said,
        "told": told,
        "pounds": in_pounds,
        "force": force_named,
        "function": function_named,
        "classes": CLASSES,
        "lights": LIGHTS,
        "colours": COLOURS,
        "statuses": STATUSES,
        "trends": TRENDS,
        "shares": SHARES,
        "sure": SURE,
        "marking": marking,
    }
