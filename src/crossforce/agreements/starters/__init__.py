"""Documents to start a draft from: one for each usual basis, filled in for the forces chosen."""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources

from crossforce.agreements import catalogues
from crossforce.agreements.wording.names import lowered
from crossforce.kernel import civil
from crossforce.kernel.words import Words
from crossforce.organisations.directory import Directory

_BLANK = re.compile(r"@(\w+)@")
_BETWEEN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Starter:
    """A document to start from: its name, what it is for, and whether policing bodies are party.

    `function` is what one shares in which nobody has to say it.
    """

    name: str
    title: str
    what: str
    with_policing_bodies: bool
    function: str = ""

    @property
    def asks_function(self) -> bool:
        """Whether the drafter has to say what is shared."""
        return not self.function


STARTERS = (
    Starter(
        "joint-unit",
        "A joint unit (section 22A)",
        "Several forces run one unit. Chief officers and policing bodies are the parties.",
        True,
    ),
    Starter(
        "memorandum",
        "A memorandum of understanding",
        "Forces or partners help each other in a stated matter.",
        False,
    ),
    Starter(
        "internal-policy",
        "A force's own policy",
        "One force decides for itself, by the same mechanism.",
        False,
        "Duty management",
    ),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a draft is to begin with; `forces` in the order that their parties are listed.

    `shared` is the function in words.
    """

    reference: str
    title: str
    forces: Sequence[str]
    begins_on: date
    shared: str


def written(starter: Starter, wanted: Wanted, directory: Directory) -> str:
    """The document of a starter for those forces, as TOML ready to be edited."""
    chiefs = [directory.chief_officer(force) for force in wanted.forces]
    shared = wanted.shared or starter.function
    values = {
        "reference": wanted.reference,
        "function": _function(shared),
        "code": code_of(shared),
        "shared": _quoted(lowered(_title(shared).en))[1:-1],
        "title": _quoted(wanted.title),
        "begins": wanted.begins_on.isoformat(),
        "review": civil.add_months(wanted.begins_on, 12).isoformat(),
        "year": str(civil.financial_year(wanted.begins_on)),
        "forces": _listed(wanted.forces),
        "chiefs": _listed(chiefs),
        "first_chief": _listed(chiefs[:1]) or '""',
        "parties": "\n\n".join(_parties(starter, wanted, directory)),
    }
    text = resources.files(__package__).joinpath(f"{starter.name}.toml").read_text("utf-8")
    return _BLANK.sub(lambda blank: values[blank[1]], text)


def code_of(shared: str) -> str:
    """The code of a function that is said in words: that of the catalogue where it has them, else one
    made of their letters; empty where they have none."""
    said = shared.strip().casefold()
    for code, title in catalogues.functions().items():
        if said in (code, title.en.casefold(), (title.cy or title.en).casefold()):
            return code
    letters = unicodedata.normalize("NFKD", said).encode("ascii", "ignore").decode()
    return _BETWEEN.sub("-", letters)[:100].strip("-")


def _title(shared: str) -> Words:
    said = shared.strip()
    return catalogues.functions().get(code_of(said)) or Words(en=said[:1].upper() + said[1:])


def _function(shared: str) -> str:
    """The head of the function's table; one of the catalogue has its title there."""
    code = code_of(shared)
    title = (
        ""
        if code in catalogues.functions()
        else f"\ntitle = {{ en = {_quoted(_title(shared).en)} }}"
    )
    return f'code = "{code}"{title}'


def _parties(starter: Starter, wanted: Wanted, directory: Directory) -> list[str]:
    rows = []
    for force in wanted.forces:
        rows.append(_party(directory.chief_officer(force), "chief-officer"))
        if starter.with_policing_bodies:
            rows.append(
                _party(directory.policing_body(force, wanted.begins_on), "policing-body")
            )
    return rows


def _party(organisation: str, capacity: str) -> str:
    return f'[[party]]\norganisation = "{organisation}"\ncapacity = "{capacity}"'


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _listed(codes: Sequence[str]) -> str:
    return ", ".join(f'"{code}"' for code in codes)
