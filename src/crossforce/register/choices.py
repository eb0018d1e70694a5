"""Words of the register: the titles of forms, stages, chapters and states, in both languages."""

from enum import StrEnum

from crossforce.agreements import choices as agreements
from crossforce.agreements.choices import Claim, claim
from crossforce.kernel.words import Words

FORMS: dict[str, Words] = {
    "joint-unit": Words(en="Joint unit", cy="Uned ar y cyd"),
    "regional-unit": Words(en="Regional unit", cy="Uned ranbarthol"),
    "strategic-alliance": Words(en="Strategic alliance", cy="Cynghrair strategol"),
    "shared-service": Words(en="Shared service", cy="Gwasanaeth a rennir"),
    "lead-force": Words(en="Lead force", cy="Heddlu arweiniol"),
    "board": Words(en="Board", cy="Bwrdd"),
    "group": Words(en="Group", cy="Grŵp"),
    "programme": Words(en="Programme", cy="Rhaglen"),
    "memorandum": Words(en="Memorandum", cy="Memorandwm"),
    "secondment": Words(en="Secondment", cy="Secondiad"),
    "partnership": Words(en="Partnership", cy="Partneriaeth"),
    "framework": Words(en="Framework", cy="Fframwaith"),
    "joint-post": Words(en="Joint post", cy="Swydd ar y cyd"),
    "internal-policy": Words(en="Internal policy", cy="Polisi mewnol"),
}

STAGES: dict[str, Words] = {
    "idea": Words(en="Idea", cy="Syniad"),
    "proposed": Words(en="Proposed", cy="Arfaethedig"),
    "in-development": Words(en="In development", cy="Yn cael ei ddatblygu"),
    "operational": Words(en="Operational", cy="Ar waith"),
    "ended": Words(en="Ended", cy="Daeth i ben"),
}

BASES: dict[str, Words] = {
    "s22a": Words(en="Police Act 1996, section 22A", cy="Deddf yr Heddlu 1996, adran 22A"),
    "s23-pre-2010": Words(
        en="Police Act 1996, section 23 (before 2010)",
        cy="Deddf yr Heddlu 1996, adran 23 (cyn 2010)",
    ),
    "joint-committee": Words(en="Statutory joint committee", cy="Cyd-bwyllgor statudol"),
    "mutual-aid": Words(
        en="Police Act 1996, section 24: mutual aid",
        cy="Deddf yr Heddlu 1996, adran 24: cyd-gymorth",
    ),
    "memorandum": Words(en="Memorandum", cy="Memorandwm"),
    "secondment": Words(en="Secondment", cy="Secondiad"),
    "internal-policy": Words(en="Internal policy", cy="Polisi mewnol"),
}

CAPACITIES: dict[str, Words] = {
    "chief-officer": Words(en="chief officer", cy="prif swyddog"),
    "policing-body": Words(en="policing body", cy="corff plismona"),
    "other-person": Words(en="other body", cy="corff arall"),
}

REHEARSED = agreements.REHEARSED
"""Where an entry stems from when its parties signed with demonstration keys."""

ORIGINS: dict[str, Words] = {
    "recorded": Words(
        en="Recorded from public sources. No body has signed it here.",
        cy="Wedi'i gofnodi o ffynonellau cyhoeddus. Nid oes unrhyw gorff wedi'i lofnodi yma.",
    ),
    "demonstration": Words(
        en="Demonstration. It rests on public sources; what is marked assumed is invented. "
        "No body has signed it.",
        cy="Arddangosiad. Mae'n seiliedig ar ffynonellau cyhoeddus; dyfeisiwyd yr hyn a nodir yn "
        "dybiedig. Nid oes unrhyw gorff wedi'i lofnodi.",
    ),
    "drafted": Words(
        en="Proposed, considered and signed by its parties on this platform.",
        cy="Wedi'i gynnig, ei ystyried a'i lofnodi gan ei bartïon ar y llwyfan hwn.",
    ),
    REHEARSED: Words(
        en="Demonstration. It was proposed, considered and signed here with demonstration keys. "
        "No real body has signed it.",
        cy="Arddangosiad. Fe'i cynigiwyd, ei ystyried a'i lofnodi yma ag allweddi arddangos. Nid oes "
        "unrhyw gorff go iawn wedi'i lofnodi.",
    ),
}

STATES: dict[str, Words] = {
    "signed": Words(en="Signed, not yet begun", cy="Wedi'i lofnodi, heb ddechrau eto"),
    "in-force": Words(en="In force", cy="Mewn grym"),
    "suspended": Words(en="Suspended", cy="Wedi'i atal"),
    "notice-given": Words(en="In force, notice given", cy="Mewn grym, rhoddwyd rhybudd"),
    "winding-up": Words(en="Winding up", cy="Yn dirwyn i ben"),
    "ended": Words(en="Ended", cy="Daeth i ben"),
    "residual": Words(en="Ended, duties remain", cy="Daeth i ben, erys dyletswyddau"),
    "closed": Words(en="Closed", cy="Wedi cau"),
    "lapsed": Words(en="Lapsed", cy="Wedi darfod"),
    "planned": Words(en="Recorded as planned", cy="Wedi'i gofnodi fel cynllun"),
    "recorded": Words(en="Recorded, not signed here", cy="Wedi'i gofnodi, heb ei lofnodi yma"),
}

WHOLE = Words(en="Collaboration as a whole", cy="Y cydweithrediad cyfan")
DEMONSTRATION = Words(en="Demonstration", cy="Arddangosiad")


STATUSES: dict[str, Words] = {
    "in": Words(en="In", cy="I mewn"),
    "partial": Words(en="In part", cy="Yn rhannol"),
    "as-tasked": Words(en="As tasked", cy="Yn ôl tasg"),
    "planned": Words(en="Planned", cy="Bwriedir"),
    "exploring": Words(en="Exploring", cy="Yn archwilio"),
    "linked": Words(en="Linked", cy="Cysylltiedig"),
    "out": Words(en="Out", cy="Allan"),
}

CHAPTERS: dict[str, Words] = {
    "alliances": Words(
        en="Strategic alliances, outside the programme",
        cy="Cynghreiriau strategol, y tu allan i'r rhaglen",
    ),
    "existing": Words(
        en="Existing operational collaborations", cy="Cydweithrediadau gweithredol presennol"
    ),
    "development": Words(
        en="Collaborations in development", cy="Cydweithrediadau sy'n cael eu datblygu"
    ),
    "boards": Words(en="Boards, programmes and groups", cy="Byrddau, rhaglenni a grwpiau"),
    "partners": Words(en="Arrangements with partners", cy="Trefniadau gyda phartneriaid"),
    "ended": Words(en="Ended", cy="Daeth i ben"),
}

GROUNDS: dict[str, Words] = {
    "national-security": Words(en="national security", cy="diogelwch gwladol"),
    "crime": Words(
        en="prevention, detection or prosecution of crime",
        cy="atal, canfod neu erlyn troseddau",
    ),
    "safety": Words(en="safety of a person", cy="diogelwch person"),
    "commercial": Words(en="commercial interests", cy="buddiannau masnachol"),
}

RELATIONS: dict[str, Words] = {
    "made-under": Words(en="Made under", cy="Wedi'i wneud o dan"),
    "enables": Words(en="Enables", cy="Yn galluogi"),
    "linked-with": Words(en="Linked with", cy="Yn gysylltiedig â"),
    "succeeds": Words(en="Succeeds", cy="Yn olynu"),
    "overlaps": Words(en="Overlaps with", cy="Yn gorgyffwrdd â"),
}

UNIT_FORMS: dict[str, Words] = {
    "joint-unit": Words(en="Joint unit", cy="Uned ar y cyd"),
    "sub-unit": Words(en="Part of a unit", cy="Rhan o uned"),
    "laboratory": Words(en="Laboratory", cy="Labordy"),
    "bureau": Words(en="Bureau", cy="Swyddfa"),
    "hub": Words(en="Hub", cy="Hyb"),
    "training-centre": Words(en="Training centre", cy="Canolfan hyfforddi"),
    "force-unit": Words(en="Unit of one force", cy="Uned un heddlu"),
    "directorate": Words(en="Directorate", cy="Cyfarwyddiaeth"),
    "team": Words(en="Team", cy="Tîm"),
    "virtual-unit": Words(en="Virtual unit", cy="Uned rithwir"),
    "group": Words(en="Group", cy="Grŵp"),
    "range": Words(en="Range", cy="Maes saethu"),
}

PAPER: dict[str, Words] = {
    "title": Words(
        en="Police collaborations: {region}", cy="Cydweithrediadau heddlu: {region}"
    ),
    "lead": Words(
        en="What the police forces of this region do together, and what they are working towards, "
        "as the public register stood on {day}.",
        cy="Yr hyn y mae heddluoedd y rhanbarth hwn yn ei wneud gyda'i gilydd, a'r hyn y maent yn "
        "gweithio tuag ato, fel yr oedd y gofrestr gyhoeddus ar {day}.",
    ),
    "forces": Words(en="Forces", cy="Heddluoedd"),
    "progress": Words(en="Progress", cy="Cynnydd"),
    "standing": Words(
        en="Nothing in this paper says that a body has signed anything: most entries are recorded "
        "from public sources, and demonstrations are marked as such.",
        cy="Nid oes dim yn y papur hwn yn dweud bod corff wedi llofnodi dim: cofnodwyd y rhan fwyaf "
        "o'r cofnodion o ffynonellau cyhoeddus, a nodir arddangosiadau felly.",
    ),
    "demonstration": Words(en="Demonstration", cy="Arddangosiad"),
    "recorded": Words(
        en="Recorded from public sources", cy="Wedi'i gofnodi o ffynonellau cyhoeddus"
    ),
}


IN_ENGLISH = (
    "Saesneg yw geiriau'r cydweithrediadau lle nad oes neb wedi eu hysgrifennu yn Gymraeg; felly hefyd "
    "enwau'r heddluoedd o Loegr."
)
"""What a paper in Welsh says of the language of what it quotes."""


def standing(origin: str, state: str) -> Words | None:
    """What may be claimed of an agreement: a demonstration is never called in force."""
    said, words = claim(origin, state), STATES.get(state)
    if said is Claim.DEMONSTRATION:
        return DEMONSTRATION
    if words and said is Claim.REHEARSED:
        return Words(en=f"{words.en} (demonstration)", cy=f"{words.cy} (arddangosiad)")
    return words


STANDINGS: dict[tuple[str, str], Words] = {
    (origin, state): words
    for origin in ORIGINS
    for state in ("", *STATES)
    if (words := standing(origin, state))
}


class StatementKind(StrEnum):
    """What kind of thing a source states."""

    ARRANGEMENT = "arrangement"
    FIGURE = "figure"
    PHASE = "phase"
    TARGET = "target"
    DECISION = "decision"
    PRACTICE = "practice"


STATEMENT_KINDS: dict[str, Words] = {
    "arrangement": Words(en="Arrangement", cy="Trefniant"),
    "figure": Words(en="Figure", cy="Ffigur"),
    "phase": Words(en="Phase or plan", cy="Cam neu gynllun"),
    "target": Words(en="Target", cy="Targed"),
    "decision": Words(en="Decision", cy="Penderfyniad"),
    "practice": Words(en="Practice", cy="Arfer"),
}

CONFIDENCES: dict[str, Words] = {
    "S": Words(en="stated by the source itself", cy="fe'i nodir gan y ffynhonnell ei hun"),
    "V": Words(
        en="read in public law or guidance",
        cy="fe'i darllenwyd mewn cyfraith neu ganllawiau cyhoeddus",
    ),
    "K1": Words(en="very likely", cy="tebygol iawn"),
    "K2": Words(en="likely", cy="tebygol"),
    "K3": Words(en="uncertain", cy="ansicr"),
    "D": Words(en="a choice of this platform", cy="dewis y llwyfan hwn"),
}

SOURCE_WORDS: dict[str, Words] = {
    each.en: each
    for each in (
        Words(en="news report", cy="adroddiad newyddion"),
        Words(en="policing plan", cy="cynllun plismona"),
        Words(en="programme paper", cy="papur rhaglen"),
        Words(en="statement of a police authority", cy="datganiad awdurdod heddlu"),
        Words(
            en="not dated; 2012 by what it tells", cy="heb ddyddiad; 2012 yn ôl yr hyn a ddywed"
        ),
        Words(
            en="not dated; on Policing Vision 2025",
            cy="heb ddyddiad; am Weledigaeth Plismona 2025",
        ),
        Words(
            en="not dated; after 2010/11 and before police authorities ended",
            cy="heb ddyddiad; ar ôl 2010/11 a chyn i awdurdodau heddlu ddod i ben",
        ),
        Words(en="2008", cy="2008"),
        Words(en="February 2016", cy="Chwefror 2016"),
    )
}
"""What the platform says of the form and the day of source documents."""
