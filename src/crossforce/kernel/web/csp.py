"""The headers that every answer carries. Nothing inline, nothing from another origin."""

from functools import cache
from typing import Final

from django.http import HttpResponseBase

SELF: Final = "'self'"
POLICY: Final = "Content-Security-Policy"

DIRECTIVES: Final = {
    "default-src": "'none'",
    "script-src": SELF,
    "style-src": SELF,
    "img-src": f"{SELF} data: blob:",
    "font-src": SELF,
    "connect-src": SELF,
    "worker-src": SELF,
    "manifest-src": SELF,
    "media-src": SELF,
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}

CONTAINED: Final = "default-src 'none'; sandbox"
"""The policy of an answer with bytes that somebody brought: nothing in it runs, wherever it is opened."""

FIXED: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def contain(response: HttpResponseBase) -> None:
    """Have nothing in the answer run, in no page and by itself."""
    response.headers[POLICY] = CONTAINED


@cache
def policy(form_targets: tuple[str, ...] = (), streams: tuple[str, ...] = ()) -> str:
    """The content security policy.

    `form_targets` are identity providers that a sign-in form leads to, `streams` where live pages ask.
    """
    directives = {
        **DIRECTIVES,
        "connect-src": " ".join([SELF, *streams]),
        "form-action": " ".join([SELF, *form_targets]),
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def add(response: HttpResponseBase, content_security_policy: str) -> None:
    """Write the headers straight into the answer's table: this runs on every request.

    An answer that is contained stays so; no other policy of its own is kept.
    """
    headers = response.headers
    if headers.get(POLICY) != CONTAINED:
        headers[POLICY] = content_security_policy
    for name, value in FIXED.items():
        headers[name] = value
