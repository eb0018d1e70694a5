"""What the base page shows around every page: who acts, where one can go, which language."""

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.module_loading import import_string

from crossforce.kernel import clock, registry
from crossforce.kernel.web import language, texts


@dataclass(frozen=True, slots=True)
class Acting:
    """The acting bar: who, in which posting, for which organisation, to what purpose."""

    name: str
    posting: str
    organisation: str
    purpose: str
    change_url: str
    sign_out_url: str


class Place(NamedTuple):
    """One entry of the service navigation."""

    title: str
    href: str
    is_current: bool


def nobody(request: HttpRequest) -> Acting | None:
    """The acting bar of an installation without accounts."""
    return None


@functools.cache
def acting_bar() -> Callable[[HttpRequest], Acting | None]:
    """The function of the app that knows postings; settings name it."""
    found: Callable[[HttpRequest], Acting | None] = import_string(settings.ACTING_BAR)
    return found


@functools.cache
def address(urlconf: str, name: str) -> str:
    """The address of a place in the navigation; the same for everybody, so worked out once."""
    return reverse(name, urlconf)


class Frame:
    """Everything is worked out when the template asks for it, so a page pays for what it shows."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.demonstration = bool(settings.DEMONSTRATION)

    @cached_property
    def opened_at(self) -> datetime:
        """When the page was made: what is printed says so on every sheet."""
        return clock.now()

    @cached_property
    def acting(self) -> Acting | None:
        return acting_bar()(self.request)

    @cached_property
    def navigation(self) -> tuple[Place, ...]:
        actor = getattr(self.request, "actor", None)
        items = sorted(registry.navigation, key=lambda item: item.order)
        return tuple(self._place(item) for item in items if item.shown_to(actor))

    def _place(self, item: registry.NavigationItem) -> Place:
        href = address(settings.ROOT_URLCONF, item.url_name)
        is_current = href != "/" and self.request.path.startswith(href)
        return Place(texts.text(item.title), href, is_current or self.request.path == href)

    @cached_property
    def waiting(self) -> list[tuple[str, str, int]]:
        """What waits for whoever acts: words, where it is, and how much. Counted anew for the page that shows it."""
        actor, at = getattr(self.request, "actor", None), self.opened_at
        counted = (
            (each, import_string(each.count)(actor, at))
            for each in registry.waiting
            if each.shown_to(actor)
        )
        return [
            (texts.text(each.title), reverse(each.url_name), count)
            for each, count in counted
            if count
        ]

    @cached_property
    def languages(self) -> list[dict[str, str]]:
        """The other language of this page, by its own name."""
        return language.links(self.request)

    @cached_property
    def notices(self) -> Iterable[Any]:
        """Messages left by the page before; looked for only where a session exists."""
        if settings.SESSION_COOKIE_NAME not in self.request.COOKIES:
            return []
        return messages.get_messages(self.request)


def context(request: HttpRequest) -> dict[str, Any]:
    """The context processor of the template environment."""
    return {"frame": Frame(request)}
