"""The whole programme on one page."""

from typing import Any, Final

from django.http.response import HttpResponseBase

from crossforce.kernel import civil, clock, web
from crossforce.kernel.money import in_pounds
from crossforce.kernel.web import asking, marks
from crossforce.people.api import ActingRequest
from crossforce.programme.choices import Light
from crossforce.programme.queries import dashboard as reads
from crossforce.programme.queries.dashboard import Dashboard
from crossforce.programme.views import taking_out, words
from crossforce.records import api as records

ORDER: Final = (Light.RED, Light.AMBER, Light.GREEN, Light.BLUE, Light.GREY)


@marks.in_english
@asking.only("format")
def dashboard(request: ActingRequest) -> HttpResponseBase:
    """Projects by state and light, ideas, money, and what comes next; and its way out as CSV. What is empty says so in a word."""
    if asking.one_of(request, "format", ("csv",)):
        return taking_out.dashboard(request)
    found, marking = records.marked(
        request.actor, lambda: reads.dashboard(request.actor, clock.now())
    )
    context = {
        "found": found,
        "order": ORDER,
        "lights": words.LIGHTS,
        "words": words,
        "bars": _bars(found),
        "money": _money(found),
        "year": civil.years(found.money.year),
        "stages": [(stage, number) for stage, number in found.stages.items() if number],
        "marking": marking,
    }
    return web.page(request, "programme/dashboard.html", context)


def _bars(found: Dashboard) -> list[dict[str, Any]]:
    """A bar for each state, as wide as its share of the fullest; its parts by light."""
    most = max((sum(each.values()) for each in found.by_state.values()), default=1)
    bars = []
    for state, counted in found.by_state.items():
        left, parts = 0.0, []
        for light in ORDER:
            width = 100 * counted.get(light, 0) / most
            if width:
                parts.append({"light": light, "x": round(left, 2), "width": round(width, 2)})
            left += width
        bars.append(
            {"code": state, "state": words.plain(state), "counted": counted, "parts": parts}
        )
    return bars


def _money(found: Dashboard) -> list[tuple[str, str]]:
    money = found.money
    if not money.budgets:
        return []
    return [
        ("Budgets that are open", f"{money.budgets:,}"),
        ("Agreed", in_pounds(money.pence)),
        ("Spent", _sum(money.spent)),
        ("Promised", _sum(money.promised)),
        ("Left", "Not told" if money.left is None else in_pounds(money.left)),
    ]


def _sum(pence: int) -> str:
    return in_pounds(pence) if pence else "Nothing yet"
