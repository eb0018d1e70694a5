"""Codes as people write them: under themselves, and under names that are one's alone."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from crossforce.kernel.words import Words
from crossforce.organisations.directory import Organisation
from crossforce.records.reading.cells import as_code


def spoken(names: Mapping[str, Iterable[Words]]) -> dict[str, str]:
    """Each code under itself and under its names, as far as these are one's alone."""
    called = Counter(as_code(name) for several in names.values() for name in _told(several))
    found = {
        said: code
        for code, several in names.items()
        for name in _told(several)
        if called[said := as_code(name)] == 1
    }
    return found | {code: code for code in names}


def bodies(organisations: Iterable[Organisation]) -> dict[str, str]:
    """Organisations by code and by every name that is one's alone, former ones too."""
    return spoken({each.code: list(_names(each)) for each in organisations})


def _names(body: Organisation) -> Iterator[Words]:
    yield body.name
    if body.short_name:
        yield body.short_name
    yield from (each.name for each in body.former_names)


def _told(several: Iterable[Words]) -> set[str]:
    return {text for words in several for text in (words.en, words.cy) if text}
