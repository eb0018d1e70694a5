"""Documents drawn at random: readable, and mostly unsound."""

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from pydantic import ValidationError

from crossforce.agreements.document import AgreementDocument

Draw = Callable[[st.SearchStrategy[Any]], Any]
Maker = Callable[[Draw], dict[str, Any]]

FORCES = ("avon-and-somerset", "gloucestershire", "wiltshire", "dorset")
FUNCTIONS = ("firearms", "dogs")
UNITS = ("unit", "section", "nowhere")
CHIEFS = ("chief-constable-wiltshire", "chief-constable-dorset", "pcc-wiltshire", "nobody")
DAYS = st.sampled_from([date(year, 4, 1) for year in range(2007, 2021)])
WORDS = st.sampled_from(
    [{"en": "Direction and control"}, {"en": "..."}, {"en": "Words", "cy": "Geiriau"}]
)
REFERENCES = ("one", "two", "three")
DESIGNATION = {"clause": "7", "staff_of": "dorset", "working_for": ["dorset", "nobody"]}


def dated(draw: Draw) -> dict[str, Any]:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    period = {"from": first, "until": last} if first < last else {"from": first}
    kept = draw(st.sets(st.sampled_from(["from", "until"])))
    return {key: value for key, value in period.items() if key in kept}


def some(of: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(of), max_size=3)


@st.composite
def terms(draw: Draw) -> dict[str, Any]:
    make: Maker = draw(st.sampled_from(TERMS))
    return make(draw) | dated(draw)


def lead(draw: Draw) -> dict[str, Any]:
    return {
        "type": "LEAD",
        "functions": draw(some(FUNCTIONS)),
        "force": draw(st.sampled_from(FORCES)),
        "role": draw(st.sampled_from(["lead", "host"])),
    }


def command(draw: Draw) -> dict[str, Any]:
    rules = (
        "home-chief",
        "chief-of-area-deployed",
        "lead-chief",
        "named-chief",
        "requesting-chief",
    )
    chosen: dict[str, Any] = {
        "type": "DIRECTION_CONTROL",
        "of": {
            "unit": draw(st.sampled_from([None, *UNITS])),
            "functions": draw(some(FUNCTIONS)),
            "roles": draw(some(("analyst", "dog-handler"))),
            "staff_of": draw(some(FORCES)),
        },
        "rule": draw(st.sampled_from(rules)),
        "chief": draw(st.sampled_from([None, *CHIEFS])),
        "otherwise": draw(st.sampled_from(["home-chief", "named-chief"])),
        "on_joint_duty": draw(st.booleans()),
    }
    return chosen


def cost(draw: Draw) -> dict[str, Any]:
    share = st.sampled_from(["1/3", "0.25", "0", "1", "1/0", "5/4"])
    shares = draw(st.dictionaries(st.sampled_from(FORCES), share))
    method = st.sampled_from(["fixed", "equal", "demand", "hybrid", "tariff", "population"])
    part = {"weight": draw(share), "method": draw(method), "shares": shares, "year": 2015}
    return {
        "type": "COST_SHARE",
        "functions": draw(some(FUNCTIONS)),
        "method": draw(method),
        "shares": shares,
        "demand": draw(st.dictionaries(st.sampled_from(FORCES), st.integers(-1, 5))),
        "component": [part] * draw(st.integers(0, 3)),
        "year": draw(st.sampled_from([None, 1900, 2014])),
    }


def board(draw: Draw) -> dict[str, Any]:
    rules = ("named-body", "all-wales", "joint-policing-bodies", "chief-officers")
    return {
        "type": "GOVERNANCE",
        "functions": draw(some(FUNCTIONS)),
        "rule": draw(st.sampled_from(rules)),
        "body": draw(st.sampled_from([None, "police-authorities-of-wales", "nobody"])),
    }


def grant(draw: Draw) -> dict[str, Any]:
    return {
        "type": "ACCESS",
        "kinds": ["duty.*", "no.kind"],
        "held_by": draw(st.sampled_from(["participants", ["wiltshire"], ["nobody"]])),
        "to": {
            "unit": draw(st.sampled_from([None, *UNITS])),
            "organisations": draw(some(FORCES)),
        },
        "actions": ["read"],
        "purposes": ["curiosity"],
    }


def control(draw: Draw) -> dict[str, Any]:
    return {
        "type": "CONTROLLER",
        "kinds": draw(some(("duty.entry",))),
        "mode": draw(st.sampled_from(["sole", "joint", "each-its-own"])),
        "controllers": draw(some(CHIEFS)),
    }


def leaving(draw: Draw) -> dict[str, Any]:
    part = {"item": "unavoidable-costs", "pence": 5, "share": "cost-share"}
    return {"type": "EXIT", "notice_months": 0, "settlement": [part] * draw(st.integers(0, 2))}


def publishing(draw: Draw) -> dict[str, Any]:
    withheld = [{"clause": "9", "ground": "crime", "reason": {"en": "Tactics"}}]
    return {
        "type": "PUBLICATION",
        "mode": draw(st.sampled_from(["whole", "notice"])),
        "withheld": withheld * draw(st.integers(0, 1)),
    }


def work(draw: Draw) -> dict[str, Any]:
    chosen: dict[str, Any] = draw(
        st.sampled_from(
            [
                {"type": "ROUTING", "function": "dogs", "to": "unit", "forces": ["dorset"]},
                {"type": "ROUTING", "function": "horses", "to": "nowhere"},
                {"type": "TASKING", "unit": "unit", "mode": "tasking-group"},
                {"type": "TASKING", "unit": "unit", "mode": "automatic", "by": "nobody"},
                {"type": "APPROVAL", "decision": "making", "by": "body"},
                {"type": "APPROVAL", "decision": "making", "by": "lead", "up_to_pence": 5},
                {"type": "RETENTION", "schedule": "unknown"},
            ]
        )
    )
    return chosen


def measure(draw: Draw) -> dict[str, Any]:
    number = st.sampled_from(["-1", "0", "0.50", "99999999999999999999.5"])
    return {
        "type": "KPI",
        "measure": draw(st.sampled_from(["one", "two"])),
        "title": {"en": "Measure"},
        "unit": "unit",
        "better": draw(st.sampled_from(["higher", "lower"])),
        "target": draw(number),
        "amber": draw(st.one_of(st.none(), number)),
        "owner": draw(st.sampled_from([None, "nobody", "unit"])),
    }


TERMS: tuple[Maker, ...] = (
    lead,
    command,
    cost,
    board,
    grant,
    control,
    leaving,
    publishing,
    work,
    measure,
)


@st.composite
def commanded(draw: Draw) -> AgreementDocument:
    """A document that compiles, with rules of direction and control about two nested units."""
    terms_ = [command(draw) | dated(draw) for _ in range(draw(st.integers(1, 4)))]
    for each in terms_:
        each["of"]["unit"] = draw(st.sampled_from([None, *UNITS[:2]]))
        each["chief"] = draw(st.sampled_from(CHIEFS[:2]))
    if draw(st.booleans()):
        terms_.append(lead(draw) | dated(draw))
    rows = [
        {"forces": draw(st.lists(st.sampled_from(FORCES), min_size=1, max_size=3))}
        | dated(draw)
        for _ in range(draw(st.integers(1, 3)))
    ]
    words = {"en": "Direction and control"}
    plain_ = {
        "format": 1,
        "reference": "commanded",
        "title": words,
        "basis": "s22a",
        "state": "draft",
        "form": "joint-unit",
        "objective": words,
        "function": [{"code": code, "participation": rows} for code in FUNCTIONS],
        "unit": [
            {"code": "unit", "staffed_by": draw(some(FORCES))},
            {"code": "section", "part_of": "unit", "functions": ["dogs"]},
        ],
        "clause": [{"number": "1", "heading": words, "text": words, "term": terms_}],
    }
    return AgreementDocument.model_validate(plain_)


def clauses() -> st.SearchStrategy[list[dict[str, Any]]]:
    clause = st.fixed_dictionaries(
        {
            "number": st.sampled_from(["1", "2", "3.1"]),
            "heading": WORDS,
            "text": WORDS,
            "term": st.lists(terms(), max_size=3),
        }
    )
    return st.lists(clause, max_size=4)


@st.composite
def functions(draw: Draw) -> dict[str, Any]:
    statuses = ["in", "out", "partial", "as-tasked", "planned", "exploring", "linked"]
    rows = [
        {
            "forces": draw(st.lists(st.sampled_from(FORCES), min_size=1, max_size=3)),
            "status": draw(st.sampled_from(statuses)),
        }
        | dated(draw)
        for _ in range(draw(st.integers(0, 3)))
    ]
    kinds_of = ["force", "policing-body", "policing-body-and-force"]
    return {
        "code": draw(st.sampled_from(FUNCTIONS)),
        "clause": draw(st.sampled_from([None, "1", "7"])),
        "provision": draw(st.lists(st.sampled_from(kinds_of))),
        "participation": rows,
    } | dated(draw)


@st.composite
def plain(draw: Draw) -> dict[str, Any]:
    bases = [
        "s22a",
        "s23-pre-2010",
        "joint-committee",
        "mutual-aid",
        "memorandum",
        "internal-policy",
    ]
    parties = [*CHIEFS, "police-authority-wiltshire", "wiltshire", "pcc-dorset"]
    party = st.fixed_dictionaries(
        {
            "organisation": st.sampled_from(parties),
            "capacity": st.sampled_from(["chief-officer", "policing-body", "other-person"]),
            "role": st.sampled_from(["member", "lead", "host"]),
        }
    )
    return {
        "format": 1,
        "reference": draw(st.sampled_from(REFERENCES)),
        "title": draw(WORDS),
        "basis": draw(st.sampled_from(bases)),
        "state": draw(st.sampled_from(["draft", "recorded", "demonstration"])),
        "stage": draw(st.sampled_from(["idea", "operational", "ended"])),
        "form": draw(st.sampled_from(["joint-unit", "lead-force", "board"])),
        "region": draw(st.sampled_from([None, "wales", "nowhere", "wiltshire"])),
        "objective": draw(WORDS),
        "varies": draw(st.sampled_from([None, *REFERENCES])),
        "party": [each | dated(draw) for each in draw(st.lists(party, max_size=5))],
        "function": draw(st.lists(functions(), max_size=3)),
        "unit": [
            {
                "code": code,
                "functions": draw(some(FUNCTIONS)),
                "part_of": draw(st.sampled_from([None, *UNITS])),
                "staffed_by": draw(some(FORCES)),
            }
            | dated(draw)
            for code in draw(some(UNITS))
        ],
        "clause": draw(clauses()),
        "designation": draw(st.sampled_from([[], [DESIGNATION]])),
        "relation": [
            {"reference": draw(st.sampled_from(REFERENCES)), "relation": relation}
            for relation in draw(some(("made-under", "succeeds", "overlaps")))
        ],
        "adopted": draw(st.sampled_from([None, {"since": date(2014, 4, 1)}])),
        "review": draw(st.sampled_from([None, {"until": date(2015, 4, 1)}])) or dated(draw),
    } | dated(draw)


@st.composite
def agreements(draw: Draw) -> AgreementDocument:
    try:
        return AgreementDocument.model_validate(draw(plain()))
    except ValidationError:
        assume(False)
        raise
