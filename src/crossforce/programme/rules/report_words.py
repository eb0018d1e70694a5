"""The fixed words of public performance reports, in both languages."""

from collections.abc import Mapping
from typing import Final

from crossforce.kernel.words import Words

TEXTS: Final[Mapping[str, Words]] = {
    "agreed": Words(en="Agreed", cy="Cytunwyd"),
    "ahead": Words(en="What comes next", cy="Beth sy'n dod nesaf"),
    "as": Words(en="As", cy="Fel"),
    "benefit": Words(en="Benefit", cy="Budd"),
    "benefits": Words(en="Benefits", cy="Buddion"),
    "caveat": Words(en="About these figures", cy="Ynghylch y ffigurau hyn"),
    "come": Words(en="Come so far", cy="Wedi dod hyd yma"),
    "coming": Words(en="Next steps", cy="Camau nesaf"),
    "cost": Words(en="Cost", cy="Cost"),
    "costs": Words(en="What it costs", cy="Beth mae'n ei gostio"),
    "decided": Words(en="Decided", cy="Penderfynwyd"),
    "decision": Words(en="Decision", cy="Penderfyniad"),
    "decisions": Words(en="What boards decided", cy="Beth a benderfynodd y byrddau"),
    "drawn": Words(
        en="Figures as they stood on {day}, in the financial year {year}.",
        cy="Ffigurau fel yr oeddent ar {day}, ym mlwyddyn ariannol {year}.",
    ),
    "due": Words(en="Due", cy="Disgwylir"),
    "effect": Words(en="With effect from", cy="Yn effeithiol o"),
    "left-out": Words(en="What is left out, and why", cy="Beth a adawyd allan, a pham"),
    "light": Words(en="Light", cy="Golau"),
    "none-benefits": Words(
        en="No benefit of it is published in this report.",
        cy="Ni chyhoeddir unrhyw fudd ohono yn yr adroddiad hwn.",
    ),
    "none-coming": Words(
        en="No next step is published in this report.",
        cy="Ni chyhoeddir unrhyw gam nesaf yn yr adroddiad hwn.",
    ),
    "none-costs": Words(
        en="No cost of it is published in this report.",
        cy="Ni chyhoeddir unrhyw gost ohono yn yr adroddiad hwn.",
    ),
    "none-decisions": Words(
        en="No decision is published in this report.",
        cy="Ni chyhoeddir unrhyw benderfyniad yn yr adroddiad hwn.",
    ),
    "none-projects": Words(
        en="No project of it is published in this report.",
        cy="Ni chyhoeddir unrhyw brosiect ohono yn yr adroddiad hwn.",
    ),
    "nothing-left-out": Words(en="Nothing is left out.", cy="Ni adawyd dim allan."),
    "not-told": Words(en="not told", cy="heb ei ddweud"),
    "number": Words(en="How many", cy="Faint"),
    "parties": Words(en="Who takes part", cy="Pwy sy'n cymryd rhan"),
    "party": Words(en="Party", cy="Parti"),
    "project": Words(en="Project", cy="Prosiect"),
    "projects": Words(en="Projects", cy="Prosiectau"),
    "promised": Words(en="Promised so far", cy="Addawyd hyd yma"),
    "purpose": Words(en="Purpose", cy="Diben"),
    "share": Words(en="Share", cy="Cyfran"),
    "shares": Words(en="Who bears it", cy="Pwy sy'n ei thalu"),
    "spent": Words(en="Spent", cy="Gwariwyd"),
    "state": Words(en="State", cy="Cyflwr"),
    "target": Words(en="Target", cy="Targed"),
    "what": Words(en="What", cy="Beth"),
    "why": Words(en="Why", cy="Pam"),
}
LIGHTS: Final[Mapping[str, Words]] = {
    "green": Words(en="Green", cy="Gwyrdd"),
    "amber": Words(en="Amber", cy="Ambr"),
    "red": Words(en="Red", cy="Coch"),
    "blue": Words(en="Complete", cy="Cyflawn"),
    "grey": Words(en="No light", cy="Dim golau"),
    "none": Words(en="No light", cy="Dim golau"),
}
STATES: Final[Mapping[str, Words]] = {
    "exploring": Words(en="Exploring", cy="Yn archwilio"),
    "bid": Words(en="Bid for money", cy="Cais am arian"),
    "business-case": Words(en="Business case", cy="Achos busnes"),
    "approved": Words(en="Approved", cy="Cymeradwywyd"),
    "in-development": Words(en="In development", cy="Yn cael ei ddatblygu"),
    "phased": Words(en="Beginning in phases", cy="Yn dechrau fesul cam"),
    "live": Words(en="Live", cy="Yn fyw"),
    "review": Words(en="Under review", cy="Dan adolygiad"),
    "closed": Words(en="Closed", cy="Wedi cau"),
}
KINDS: Final[Mapping[str, Words]] = {
    "programme.project": Words(en="Projects", cy="Prosiectau"),
    "programme.milestone": Words(en="Milestones", cy="Cerrig milltir"),
    "benefits.benefit": Words(en="Benefits", cy="Buddion"),
    "finance.budget": Words(en="Costs", cy="Costau"),
    "boards.decision": Words(en="Decisions", cy="Penderfyniadau"),
}
REASONS: Final[Mapping[str, Words]] = {
    "marking": Words(
        en="Its marking is above OFFICIAL", cy="Mae ei farc yn uwch na SWYDDOGOL (OFFICIAL)"
    ),
    "holder": Words(
        en="Its holder has not let it be disclosed",
        cy="Nid yw'r sawl sy'n ei ddal wedi caniatáu ei ddatgelu",
    ),
    "withheld": Words(
        en="The agreement does not publish what it is about",
        cy="Nid yw'r cytundeb yn cyhoeddi'r hyn y mae'n ymwneud ag ef",
    ),
    "person": Words(en="It may name a person", cy="Gall enwi person"),
}
