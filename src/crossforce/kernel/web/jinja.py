"""The template environment: Jinja2, escaped, with the GOV.UK macros and two languages."""

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any, Final

import jinja2
from django.conf import settings
from django.templatetags.static import static
from django.urls import get_urlconf, reverse

from crossforce.kernel import live
from crossforce.kernel.web import dates, forms, kept, texts
from crossforce.kernel.web import language as languages

MACROS: Final = jinja2.PackageLoader("govuk_frontend_jinja")


class Template(jinja2.Template):
    """A template whose macros are made once, for whoever imports them.

    Jinja compares the names of both templates at each import, which took a page's tenth: here nobody hands a
    template names beside those of the environment.
    """

    def _get_default_module(self, ctx: object = None) -> Any:
        if self._module is None:
            self._module = self.make_module()
        return self._module


def environment(
    *, loader: jinja2.BaseLoader, auto_reload: bool, **options: Any
) -> jinja2.Environment:
    """The one environment, called by Django with the options of settings.TEMPLATES."""
    made = jinja2.Environment(
        loader=jinja2.ChoiceLoader(
            [loader, jinja2.PrefixLoader({"govuk_frontend_jinja": MACROS})]
        ),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
        auto_reload=auto_reload,
    )
    made.template_class = Template
    made.globals.update(
        _=texts.text,
        ngettext=texts.plural,
        static=cache(static),
        url=url,
        language=language,
        adapt=forms.adapt,
        live_source=live.source,
        drawn_once=kept.kept,
        drawn_anew=kept.drawn,
    )
    made.filters.update(FILTERS)
    return made


language: Final = languages.current


def url(name: str, args: Sequence[Any] = (), kwargs: dict[str, Any] | None = None) -> str:
    """The address of a page: the same for everybody, so worked out once."""
    if kwargs:
        return reverse(name, args=args or None, kwargs=kwargs)
    return _address(get_urlconf() or settings.ROOT_URLCONF, name, tuple(args))


@lru_cache(maxsize=4096)
def _address(urlconf: str, name: str, args: tuple[Any, ...]) -> str:
    return reverse(name, urlconf, args=args or None)


def in_language(words: Any) -> str:
    """The words for people (kernel.words.Words) in the page's language."""
    return str(words.in_language(language()))


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "date": dates.day,
    "instant": dates.instant,
    "month": dates.month,
    "words": in_language,
}
