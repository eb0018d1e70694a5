"""Where browsers find the stream, and from where it lets itself be asked.

`crossforce serve` gives it a port of its own: a cookie belongs to a host and not to a port, so the
session comes along. Behind a proxy it is a path of the same origin (docs/adr/0020).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port, validate_host

from crossforce.kernel.live.pages import live_pages

HEALTH: Final = "health"


@dataclass(slots=True)
class Ports:
    """The ports of this installation, once they are known; 0 is not known."""

    web: int = 0
    live: int = 0


ports = Ports()


def source(request: HttpRequest, name: str) -> str:
    """The address of the stream of a page for its query; empty where the page does not move."""
    page = live_pages.get(name)
    if page is None or page.understood(request.GET) is None:
        return ""
    query = request.GET.urlencode()
    return f"{base}{name}?{query}" if (base := _base(request)) else ""


def _base(request: HttpRequest) -> str:
    if settings.LIVE_PATH:
        return str(settings.LIVE_PATH)
    if not live_port() or settings.BEHIND_TLS:
        return ""
    host, _ = split_domain_port(request.get_host())
    return f"http://{host}:{live_port()}/"


def live_port() -> int:
    """Where the stream listens."""
    return int(settings.LIVE_PORT or ports.live)


def connect_sources() -> tuple[str, ...]:
    """What the content security policy has to allow beside our own origin."""
    if settings.LIVE_PATH or settings.BEHIND_TLS or not live_port():
        return ()
    return _sources(tuple(settings.ALLOWED_HOSTS), live_port())


@lru_cache(maxsize=8)
def _sources(hosts: tuple[str, ...], port: int) -> tuple[str, ...]:
    return tuple(f"http://{host}:{port}" for host in hosts if is_named(host))


def is_named(host: str) -> bool:
    """Whether it is one host, and one that the policy can name: it knows no addresses of IPv6."""
    return not host.startswith((".", "[")) and "*" not in host


def is_host(host: str) -> bool:
    """Whether we are called by a name of ours."""
    name, _ = split_domain_port(host)
    return bool(name) and validate_host(name, settings.ALLOWED_HOSTS)


def may_ask(origin: str, fetched_from: str, host: str) -> bool:
    """Whether a page of this origin may open a stream; `fetched_from` is what the browser says of it.

    Without an origin the browser itself says that page and stream have the same, or it is no browser.
    """
    if not is_host(host):
        return False
    if not origin:
        return fetched_from in ("", "same-origin", "none")
    return origin in set(_origins(host))


def _origins(host: str) -> Iterator[str]:
    yield from settings.CSRF_TRUSTED_ORIGINS
    name, _ = split_domain_port(host)
    if ports.web:
        yield f"http://{name}:{ports.web}"
        if ports.web == 80:
            yield f"http://{name}"
    if settings.LIVE_PATH:
        yield f"https://{host}" if settings.BEHIND_TLS else f"http://{host}"
