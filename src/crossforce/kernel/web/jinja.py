"""The template environment: Jinja2, escaped, with the GOV.UK macros and two languages."""

from collections.abc import Callable
from functools import cache
from typing import Any, Final

import jinja2
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation

from crossforce.kernel import live
from crossforce.kernel.web import dates, forms, texts

MACROS: Final = jinja2.PackageLoader("govuk_frontend_jinja")


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
    made.globals.update(
        _=texts.text,
        ngettext=texts.plural,
        static=cache(static),
        url=reverse,
        language=language,
        adapt=forms.adapt,
        live_source=live.source,
    )
    made.filters.update(FILTERS)
    return made


def language() -> str:
    """`cy` while the page is drawn in Welsh, else `en`."""
    return "cy" if (translation.get_language() or "").startswith("cy") else "en"


def in_language(words: Any) -> str:
    """The words for people (kernel.words.Words) in the page's language."""
    return str(words.in_language(language()))


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "date": dates.day,
    "instant": dates.instant,
    "month": dates.month,
    "words": in_language,
}
