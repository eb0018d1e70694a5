"""Full names of organisations, looked up in one reading of the directory."""

from collections.abc import Callable, Iterable

from crossforce.organisations import api as organisations

NameOf = Callable[[str], str]


def name_of() -> NameOf:
    """What gives an organisation's full name; an unknown code is read out as it is."""
    directory = organisations.directory()

    def name(code: str) -> str:
        found = directory.get(code)
        return found.name.en if found else code

    return name


def names_of() -> Callable[[Iterable[str]], str]:
    """What gives several organisations' full names, joined by commas."""
    name = name_of()
    return lambda codes: ", ".join(name(each) for each in codes)
