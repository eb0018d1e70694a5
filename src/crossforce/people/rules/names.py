"""How names sort and how they are found, the same on every machine."""

import unicodedata


def plain(text: str) -> str:
    """Without accents and case: what a person types when they look for it."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each)).strip()


def sort_key(*, family_name: str, given_name: str) -> str:
    """Family name, then given name, in a form that sorts by code point."""
    return f"{plain(family_name)} {plain(given_name)}".strip()
