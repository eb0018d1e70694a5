"""What a page of duty is asked: the instant, the conditions, the view; and links that ask otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest

from crossforce.duty import forms
from crossforce.duty.queries import Filter, Part
from crossforce.duty.rules import clocks
from crossforce.kernel import civil, clock

LONGEST_PAGE: Final = 100
CONDITIONS: Final = ("force", "unit", "function", "skill", "authority", "availability")
INSTANT: Final = ("on", "time")
WHICH: Final = "which"
KEPT: Final = (*INSTANT, WHICH, *CONDITIONS, "show")
OTHERS: Final = {clocks.FIRST: clocks.SECOND, clocks.SECOND: clocks.FIRST}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the board. `at` is the instant, which `is_now` while none is asked for."""

    at: datetime
    is_now: bool
    wanted: Filter
    show: str
    page: int
    given: Mapping[str, str]
    errors: Mapping[str, str]

    @property
    def which(self) -> str:
        """Of a time that London's clock shows twice, which of the two it is; else empty."""
        local = self.at.astimezone(civil.LONDON)
        if self.is_now or not clocks.is_twice(local.replace(tzinfo=None)):
            return ""
        return clocks.SECOND if local.fold else clocks.FIRST

    @property
    def other(self) -> str:
        """The link to the other of the two; empty where the time happens once."""
        return self.link(which=OTHERS[self.which]) if self.which else ""

    @property
    def part(self) -> Part:
        """The part of a long board that the page shows."""
        return Part((self.page - 1) * LONGEST_PAGE, LONGEST_PAGE)

    @property
    def instant(self) -> Mapping[str, str]:
        """The instant as a card's address asks for it; nothing while it is now."""
        if self.is_now:
            return {}
        local = self.at.astimezone(civil.LONDON)
        which = {WHICH: self.which} if self.which else {}
        return {"on": local.date().isoformat(), "time": f"{local:%H:%M}", **which}

    def link(self, **changes: str) -> str:
        """The same question with some of it changed."""
        query = {name: self.given.get(name, "") for name in KEPT} | changes
        if not any(query[name] for name in INSTANT):
            query[WHICH] = ""
        return "?" + urlencode({name: value for name, value in query.items() if value})


def asked(request: HttpRequest) -> Asked:
    """What the request asks. What cannot be understood is in `errors`, and now is taken."""
    return asked_in(request.GET, clock.now())


def asked_in(given: Mapping[str, Any], now: datetime) -> Asked:
    """What a query string asks, as the live board asks it too."""
    form = forms.Asked(given)
    form.is_valid()
    cleaned = form.cleaned_data
    errors = {name: str(texts[0]) for name, texts in form.errors.items()}
    try:
        at = forms.instant_of(cleaned, now)
    except clocks.NoSuchTime as wrong:
        at, errors["time"] = None, f"Time: {wrong.message}"
    return Asked(
        at=at or now,
        is_now=at is None,
        wanted=Filter(**{name: cleaned.get(name) or "" for name in CONDITIONS}),
        show=cleaned.get("show") or forms.SHOWS[0],
        page=cleaned.get("page") or 1,
        given={name: str(given.get(name, "")).strip()[: forms.LONGEST] for name in KEPT},
        errors=errors,
    )
