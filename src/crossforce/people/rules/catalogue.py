"""What can be recorded of people: roles, skills, authorities and clearances, from the rule packs."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from crossforce.kernel import civil, rulepacks
from crossforce.kernel.words import Words

PLATFORM_KIND = "platform"


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a catalogue. `months` 0 means that it does not lapse by itself; a role that `stands_in` binds an office."""

    code: str
    title: Words
    category: str = ""
    months: int = 0
    requires: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    purpose: str = ""
    stands_in: bool = False


Catalogue = dict[str, Item]


def roles(on: date) -> Catalogue:
    """The roles a person can be posted in."""
    return _catalogue("roles", "", on)


def skills(on: date) -> Catalogue:
    """The skills a person can be recorded to hold."""
    return _catalogue("skills", "", on)


def authorities(on: date) -> Catalogue:
    """The authorities a person can be granted."""
    return _catalogue("authorities", "authority.", on)


def clearances(on: date) -> Catalogue:
    """The vetting clearances a person can be given."""
    return _catalogue("vetting", "", on)


def purposes(on: date) -> dict[str, Words]:
    """The purposes that somebody can act for; the pack comes with agreements, which name them."""
    if "purposes" not in rulepacks.names():
        return {}
    rows = rulepacks.load("purposes").under("purpose", on)
    return {code: Words(en=row["en"], cy=row.get("cy")) for code, row in rows.items()}


@lru_cache(maxsize=8)
def usual_purposes(on: date) -> dict[str, str]:
    """What somebody in a role usually acts for, as far as that is one of the purposes."""
    known = purposes(on)
    return {code: item.purpose for code, item in roles(on).items() if item.purpose in known}


def warning_days(on: date) -> list[int]:
    """How many days before its end an authority is warned about, longest first."""
    return sorted(rulepacks.load("authorities").value("warning.days", on), reverse=True)


def longest_end(item: Item, starts_on: date) -> date | None:
    """The last day, exclusive, to which the item may run from its start; None without limit."""
    return civil.add_months(starts_on, item.months) if item.months else None


@lru_cache(maxsize=64)
def _catalogue(pack: str, prefix: str, on: date) -> Catalogue:
    rows = rulepacks.load(pack).rule
    return {
        rule.key.removeprefix(prefix): _item(rule.key.removeprefix(prefix), rule.value)
        for rule in rows
        if rule.key.startswith(prefix) and rule.applies(on) and isinstance(rule.value, dict)
    }


def _item(code: str, row: dict[str, object]) -> Item:
    return Item(
        code=code,
        title=Words.model_validate({"en": row["en"], "cy": row.get("cy")}),
        category=str(row.get("category", "")),
        months=int(str(row.get("months", 0))),
        requires=tuple(row.get("requires", ())),  # type: ignore[arg-type]
        at=tuple(row.get("at", ())),  # type: ignore[arg-type]
        purpose=str(row.get("purpose", "")),
        stands_in=row.get("stands_in") is True,
    )
