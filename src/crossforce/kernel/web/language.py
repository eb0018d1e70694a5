"""English or Welsh: chosen by `?lang=`, remembered in a cookie, English when nothing was chosen."""

from contextvars import ContextVar
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

COOKIE: Final = "crossforce_language"
PARAMETER: Final = "lang"
YEAR: Final = 31_536_000
LOCALES: Final = {"en": "en-gb", "cy": "cy"}


_current: ContextVar[str] = ContextVar("language", default="en")
_is_only: ContextVar[bool] = ContextVar("only language", default=False)


def current() -> str:
    """`cy` while a page is drawn in Welsh, else `en`: asked for a hundred times a page."""
    return _current.get()


def chosen(request: HttpRequest) -> tuple[str, bool]:
    """The page's language, and whether the reader chose it with this very request."""
    if PARAMETER in request.META.get("QUERY_STRING", ""):
        asked = request.GET.get(PARAMETER, "")
        if asked in LOCALES:
            return asked, True
    remembered = request.COOKIES.get(COOKIE, "")
    return (remembered if remembered in LOCALES else "en"), False


def activate(code: str) -> None:
    translation.activate(LOCALES[code])
    _current.set(code)
    _is_only.set(False)


def only(code: str) -> None:
    """The page is in this language alone: no other is offered."""
    activate(code)
    _is_only.set(True)


def remember(response: HttpResponseBase, code: str) -> None:
    response.set_cookie(
        COOKIE,
        code,
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def links(request: HttpRequest) -> list[dict[str, str]]:
    """The other language of this page, by its own name; none where there is no other."""
    if _is_only.get():
        return []
    other, name = ("en", "English") if current() == "cy" else ("cy", "Cymraeg")
    if not request.META.get("QUERY_STRING"):
        return [{"code": other, "name": name, "href": f"?{PARAMETER}={other}"}]
    query = request.GET.copy()
    query[PARAMETER] = other
    return [{"code": other, "name": name, "href": f"?{query.urlencode()}"}]
