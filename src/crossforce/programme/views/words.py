"""Codes in words, sums in pounds, and the colours of lights."""

from collections.abc import Iterable, Mapping
from typing import Final

from crossforce.agreements import catalogues
from crossforce.kernel import civil, clock
from crossforce.kernel.money import in_pounds
from crossforce.kernel.web import jinja
from crossforce.organisations import api as organisations
from crossforce.programme.choices import Light, Stage
from crossforce.programme.models.fields import parted

LIGHTS: Final[Mapping[Light, tuple[str, str]]] = {
    Light.GREEN: ("Green", "green"),
    Light.AMBER: ("Amber", "orange"),
    Light.RED: ("Red", "red"),
    Light.BLUE: ("Complete", "blue"),
    Light.GREY: ("No light", "grey"),
}
STAGES: Final[Mapping[Stage, str]] = {
    Stage.IDEA: "grey",
    Stage.SCOPING: "purple",
    Stage.BUSINESS_CASE: "purple",
    Stage.AGREEMENT: "turquoise",
    Stage.LIVE: "green",
    Stage.REVIEWED: "blue",
    Stage.DROPPED: "grey",
}


def light(code: object) -> str:
    """A light as every page, file and command calls it: `blue` is Complete, `grey` is No light."""
    return LIGHTS[Light(str(code))][0]


def plain(code: object) -> str:
    """`business-case` as `Business case`."""
    text = str(code).replace("-", " ")
    return text[:1].upper() + text[1:]


def way(to: object) -> str:
    """What one does who takes an entry or a project there."""
    ends = {"dropped": "Drop it", "closed": "Close it", "decided": "Decide it"}
    return ends.get(str(to), f"Take it to {plain(to).lower()}")


class Names:
    """Names for the codes of one page: the directory and the catalogue are asked once."""

    plain, way = staticmethod(plain), staticmethod(way)

    def __init__(self) -> None:
        self._directory = organisations.directory()
        self._functions = catalogues.functions()
        self._on = civil.day_of(clock.now())
        self._known: dict[str, str] = {}

    def organisation(self, code: str) -> str:
        """A body's name today."""
        if code not in self._known:
            found = self._directory.get(code)
            name = jinja.in_language(found.name_on(self._on)) if found else code
            self._known[code] = name
        return self._known[code]

    def codes(self) -> frozenset[str]:
        """The codes of all bodies."""
        return frozenset(each.code for each in self._directory.organisations)

    def bodies(self, text: str | Iterable[str]) -> str:
        """Several bodies by their names."""
        codes = parted(text) if isinstance(text, str) else text
        return ", ".join(self.organisation(code) for code in codes)

    def function(self, code: str) -> str:
        """A function's title."""
        title = self._functions.get(code)
        return jinja.in_language(title) if title else code

    def functions(self) -> list[tuple[str, str]]:
        """Every function, by its title."""
        named = ((code, self.function(code)) for code in self._functions)
        return sorted(named, key=lambda each: each[1].casefold())

    def forces(self) -> list[tuple[str, str]]:
        """Every force, by its name."""
        named = ((each.code, self.organisation(each.code)) for each in self._directory.forces())
        return sorted(named, key=lambda each: each[1].casefold())

    def regions(self) -> list[tuple[str, str]]:
        """Every region that has a force today, by its name."""
        of = (
            self._directory.region_of(each.code, self._on) for each in self._directory.forces()
        )
        named = ((code, self.organisation(code)) for code in {code for code in of if code})
        return sorted(named, key=lambda each: each[1].casefold())

    @staticmethod
    def pounds(pence: int | None) -> str:
        """Pence in pounds; a dash where nothing is known."""
        return "–" if pence is None else in_pounds(pence)
