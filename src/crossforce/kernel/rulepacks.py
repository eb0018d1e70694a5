"""Rule packs: figures and tables of law and practice, versioned, dated and sourced.

Code reads a pack and never holds a figure itself. A pack is a TOML file `rulepacks/<name>.toml`
beside the app that owns it:

    pack = "collaboration-law"
    version = 3
    title = "Police Act 1996, sections 22A to 23I"

    [[rule]]
    key = "section-22a.minimum-policing-bodies"
    value = 2
    unit = "policing bodies"
    source = "Police Act 1996 s22A(1)"
    confidence = "V"
    effective_from = 2012-01-16
"""

import tomllib
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Confidence = Literal["S", "V", "K1", "K2", "K3", "D"]
"""How sure a figure is: stated in a source document, read in public law or guidance, known
(over 90 %, 70 to 90 %, under 70 %), or a design default of this platform."""

_SOURCE_ROOT = Path(__file__).resolve().parent.parent


class NoSuchRule(KeyError):
    """The rule pack has no such rule on that day."""


class Rule(BaseModel):
    """One figure or table with its source, valid in `[effective_from, effective_to)`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    value: Any
    unit: str = ""
    source: str
    confidence: Confidence
    effective_from: date = date.min
    effective_to: date | None = None
    note: str = ""

    def applies(self, on: date) -> bool:
        """Whether the rule is valid on the day."""
        return self.effective_from <= on and (
            self.effective_to is None or on < self.effective_to
        )


class RulePack(BaseModel):
    """A named, versioned set of rules; at most one rule of a key is valid on any day."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pack: str
    version: int = Field(ge=1)
    title: str
    rule: tuple[Rule, ...] = ()

    @model_validator(mode="after")
    def _one_rule_of_a_key_on_a_day(self) -> "RulePack":
        ordered = sorted(self.rule, key=lambda rule: (rule.key, rule.effective_from))
        for earlier, later in pairwise(ordered):
            if earlier.key == later.key and earlier.applies(later.effective_from):
                raise ValueError(f"two rules for {later.key} on {later.effective_from}")
        return self

    def rule_for(self, key: str, on: date) -> Rule:
        """The rule of that key valid on the day. Raises NoSuchRule."""
        for rule in self.rule:
            if rule.key == key and rule.applies(on):
                return rule
        raise NoSuchRule(f"{self.pack} version {self.version} has no rule {key!r} on {on}")

    def value(self, key: str, on: date) -> Any:
        """The value of the rule valid on the day. Raises NoSuchRule."""
        return self.rule_for(key, on).value

    def under(self, prefix: str, on: date) -> dict[str, Any]:
        """Every value whose key starts with `prefix.`, by the rest of its key."""
        start = prefix + "."
        return {
            rule.key.removeprefix(start): rule.value
            for rule in self.rule
            if rule.key.startswith(start) and rule.applies(on)
        }


def read(path: Path) -> RulePack:
    """The pack in a file. Raises ValueError when it is not a sound pack."""
    return RulePack.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


@cache
def load(name: str) -> RulePack:
    """The shipped pack of that name. Raises LookupError when no app has it."""
    found = sorted(_SOURCE_ROOT.glob(f"*/rulepacks/{name}.toml"))
    if len(found) != 1:
        raise LookupError(f"{len(found)} rule packs are called {name!r}; one was expected")
    return read(found[0])


def names() -> list[str]:
    """Every shipped pack."""
    return sorted(path.stem for path in _SOURCE_ROOT.glob("*/rulepacks/*.toml"))
