"""The rule of a light in both languages: the sentences that lights are explained by, read again."""

import re
from typing import Final

from crossforce.kernel.words import Words

_SHARE: Final = r"(\d+(?:\.\d)? %)"
BENEFITS: Final = (
    (
        rf"Green from {_SHARE} of the profile, amber from {_SHARE}, else red",
        r"Gwyrdd o \1 o'r proffil, ambr o \2, fel arall coch",
    ),
    (
        rf"Green up to {_SHARE} of the loss expected, amber up to {_SHARE}, else red",
        r"Gwyrdd hyd at \1 o'r golled a ddisgwylir, ambr hyd at \2, fel arall coch",
    ),
    (
        r"No gain is promised yet: green where it is not worse than promised, else red",
        r"Ni addawyd unrhyw ennill eto: gwyrdd lle nad yw'n waeth na'r hyn a addawyd, fel arall coch",
    ),
    (
        r"No loss is expected yet: green where it is not worse than expected, else red",
        r"Ni ddisgwylir unrhyw golled eto: gwyrdd lle nad yw'n waeth na'r disgwyl, fel arall coch",
    ),
    (
        r"Blue when the last period is reported and all that was promised has come",
        r"Glas pan fydd y cyfnod olaf wedi'i adrodd a'r cyfan a addawyd wedi dod",
    ),
    (
        r"Amber at best while a period is unreported (\d+) days after its end",
        r"Ambr ar y gorau tra bo cyfnod heb ei adrodd \1 diwrnod ar ôl ei ddiwedd",
    ),
    (r"Nothing is reported yet", r"Nid oes dim wedi'i adrodd eto"),
    (
        r"A qualitative benefit has no light: its evidence is read",
        r"Nid oes golau i fudd ansoddol: darllenir ei dystiolaeth",
    ),
)
PROJECTS: Final = (
    (r"There are no milestones to judge by", r"Nid oes cerrig milltir i farnu wrthynt"),
    (r"The trial begins in ([\d,]+) days?", r"Mae'r treial yn dechrau ymhen \1 diwrnod"),
    (
        r"The trial runs for another ([\d,]+) days?",
        r"Mae'r treial yn rhedeg am \1 diwrnod arall",
    ),
    (
        r"The trial lapses in ([\d,]+) days?, unless it is decided otherwise",
        r"Daw'r treial i ben ymhen \1 diwrnod, oni phenderfynir fel arall",
    ),
    (r"Everything is done", r"Mae popeth wedi'i wneud"),
    (
        r"Every milestone is done, and the project is not live: there is none ahead to judge by",
        r"Mae pob carreg filltir wedi'i chyflawni, ac nid yw'r prosiect yn fyw: nid oes un o'n blaenau i farnu wrthi",
    ),
    (
        r"Every milestone is in time, and no risk is above what may be borne",
        r"Mae pob carreg filltir mewn pryd, ac nid oes risg uwchlaw'r hyn y gellir ei dderbyn",
    ),
    (r"(\d+) milestones? (?:is|are) red", r"cerrig milltir coch: \1"),
    (r"(\d+) milestones? (?:is|are) amber", r"cerrig milltir ambr: \1"),
    (
        r"(\d+) risks? (?:is|are) above what may be borne",
        r"risgiau uwchlaw'r hyn y gellir ei dderbyn: \1",
    ),
    (r"(\d+) issues? (?:is|are) overdue", r"materion hwyr: \1"),
)
UNTOLD: Final = Words(
    en="It is not worked out from what is public alone.",
    cy="Nid o'r hyn sy'n gyhoeddus yn unig y caiff ei weithio allan.",
)
UNPLANNED: Final = Words(
    en="The milestones cannot be worked through.",
    cy="Ni ellir gweithio drwy'r cerrig milltir.",
)


def rule_of_benefit(said: str) -> Words:
    """The rule by which a benefit has its light."""
    return Words(en=said, cy=_in_welsh(said, BENEFITS))


def reason_of_project(said: str) -> Words:
    """Why a project has its light; of milestones that contradict each other, no more than that."""
    if said.startswith("The milestones cannot"):
        return UNPLANNED
    plain = said.removesuffix(".")
    whole = _in_welsh(plain, PROJECTS)
    parts = [_in_welsh(each, PROJECTS) for each in plain.split(", ")]
    welsh = whole or ("; ".join(filter(None, parts)) if all(parts) else None)
    return Words(en=said, cy=f"{welsh[:1].upper()}{welsh[1:]}." if welsh else None)


def _in_welsh(said: str, known: tuple[tuple[str, str], ...]) -> str | None:
    for pattern, welsh in known:
        if found := re.fullmatch(pattern, said):
            return found.expand(welsh)
    return None
