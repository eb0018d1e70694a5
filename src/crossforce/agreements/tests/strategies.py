"""Random whole agreements that are sound: real bodies, dates in order, every kind of term.

`documents()` draws a document; `layouts(document)` draws the same document laid out otherwise.
"""

import unicodedata
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from crossforce.agreements import canonical, catalogues
from crossforce.agreements.document import AgreementDocument
from crossforce.organisations.directory import shipped

Plain = dict[str, Any]
Draw = st.DrawFn

DIRECTORY = shipped()
WELSH = ("dyfed-powys", "gwent", "north-wales", "south-wales")
_EARLIEST, _FIRST_LATEST, _LATEST = date(2014, 1, 1), date(2022, 12, 31), date(2031, 12, 31)
FORCES = tuple(
    each.code
    for each in DIRECTORY.forces()
    if DIRECTORY.policing_body(each.code, _EARLIEST)
    == DIRECTORY.policing_body(each.code, _LATEST)
)
"""Forces whose policing body stays the same legal person throughout."""

PURPOSES = tuple(catalogues.purposes())
KINDS = tuple(catalogues.announced_kinds())
FUNCTIONS = tuple(catalogues.functions())
ROLES = ("duty-inspector", "controller", "investigator", "analyst")

_LETTERS = st.characters(
    codec="utf-8",
    categories=["L", "N", "P", "S", "Zs", "M"],
    include_characters="\n\tŵŷâ\"'\\£",
    max_codepoint=0x2FF,
)


@st.composite
def words(draw: Draw) -> Plain:
    """Words in English and sometimes Welsh, with every awkward letter."""
    found = {"en": _visible(draw(st.text(_LETTERS, max_size=40)), "Words")}
    if draw(st.booleans()):
        found["cy"] = _visible(draw(st.text(_LETTERS, max_size=40)), "Geiriau")
    return found


def _visible(text: str, fallback: str) -> str:
    return f"{fallback} {unicodedata.normalize('NFC', text)}".strip()


@st.composite
def precise(draw: Draw, day: date) -> Any:
    """A day, bare or with the precision of its source."""
    if draw(st.booleans()):
        return day
    kinds = ("month", "season", "quarter", "half-year", "year", "about")
    return {"date": day, "precision": draw(st.sampled_from(kinds))}


@st.composite
def documents(
    draw: Draw, forces: tuple[str, ...] = (), steady: bool | None = None
) -> AgreementDocument:
    """A sound agreement. `steady` draws everybody in every function from first to last day."""
    return AgreementDocument.model_validate(draw(_Draft(draw, forces, steady).whole()))


class _Draft:
    """One document in the making."""

    def __init__(self, draw: Draw, forces: tuple[str, ...], steady: bool | None) -> None:
        self.draw = draw
        self.forces = forces or tuple(
            draw(st.lists(st.sampled_from(WELSH if draw(st.booleans()) else FORCES),
                          min_size=2, max_size=4, unique=True))
        )  # fmt: skip
        self.steady = draw(st.booleans()) if steady is None else steady
        self.starts = draw(st.dates(_EARLIEST, _FIRST_LATEST))
        years = draw(st.one_of(st.none(), st.integers(2, 8)))
        self.ends = self.starts + timedelta(days=366 * years) if years else None
        self.functions = tuple(
            draw(st.lists(st.sampled_from(FUNCTIONS), min_size=1, max_size=3, unique=True))
        )
        self.unit = "joint-unit"
        self.form = draw(st.sampled_from(("joint-unit", "lead-force", "shared-service")))

        methods = ["equal", "officer-fte", "population", "hybrid"]
        methods += ["fixed", "demand", "tariff"] if self.steady else []
        self.method = draw(st.sampled_from(methods))

    def some(self, values: tuple[str, ...], least: int = 1) -> list[str]:
        return self.draw(
            st.lists(st.sampled_from(values), min_size=least, max_size=3, unique=True)
        )

    def one(self, *values: Any) -> Any:
        return self.draw(st.sampled_from(values))

    def chief(self, force: str) -> str:
        return DIRECTORY.chief_officer(force)

    def whole(self) -> st.SearchStrategy[Plain]:
        document: Plain = {
            "format": 1,
            "reference": self.one("agreement-of-two", "agreement-of-many", "a1"),
            "title": self.draw(words()),
            "basis": "s22a",
            "state": "draft",
            "form": self.form,
            "objective": self.draw(words()),
            "from": self.draw(precise(self.starts)),
            "review": {"from": self.starts + timedelta(days=400)},
            "interest": self.interest(),
            "sources": [{"id": "001", "title": "A paper", "published": "2016"}],
            "party": self.parties(),
            "function": [self.function(code) for code in self.functions],
            "unit": self.units(),
            "clause": self.clauses(),
        }
        if self.ends:
            document["until"] = self.ends
        return st.just(document)

    def interest(self) -> Plain:
        keys = ("test", "existing_agreements", "consistency", "opportunities")
        return {key: self.draw(words()) for key in keys}

    def parties(self) -> list[Plain]:
        rows = []
        for force in self.forces:
            body = DIRECTORY.policing_body(force, self.starts)
            rows.append({"organisation": self.chief(force), "capacity": "chief-officer"})
            rows.append({"organisation": body, "capacity": "policing-body"})
        return rows

    def units(self) -> list[Plain]:
        part = {"code": "night-team", "part_of": self.unit, "form": "team"}
        whole = {"code": self.unit, "functions": list(self.functions)}
        return [whole, part] if self.draw(st.booleans()) else [whole]

    def function(self, code: str) -> Plain:
        rows = [
            self.taking(force, first=number < 2) for number, force in enumerate(self.forces)
        ]
        return {"code": code, "clause": "1", "participation": rows}

    def taking(self, force: str, *, first: bool) -> Plain:
        row: Plain = {"forces": [force]}
        if self.steady or first:
            return row
        row["status"] = self.one(
            "in", "in", "partial", "as-tasked", "exploring", "planned", "linked"
        )
        if row["status"] == "partial":
            row["disciplines"] = ["ballistics", "dna"]
        if self.draw(st.booleans()):
            row["from"] = self.draw(precise(self.starts + timedelta(days=self.one(1, 90, 365))))
        if self.draw(st.booleans()):
            row["until"] = self.starts + timedelta(days=self.one(400, 700))
        return row

    def clauses(self) -> list[Plain]:
        makers = (
            self.leads, self.commands, self.cost_shares, self.governance, self.approvals,
            self.routes, self.taskings, self.grants, self.controllers, self.retention,
            self.publication, self.measures, self.exit,
        )  # fmt: skip
        rows = [self.clause("1", [])]
        for number, make in enumerate(makers, start=2):
            row = self.clause(self.one(str(number), f"{number}.1", f"{number}.1a"), make())
            if make == self.commands:
                row["text"] = {"en": "Members are under the direction and control as below."}
            rows.append(row)
        return rows

    def clause(self, number: str, terms: list[Plain]) -> Plain:
        row: Plain = {
            "number": number,
            "heading": self.draw(words()),
            "text": self.draw(words()),
        }
        if self.draw(st.booleans()):
            row["assumed"] = "drawn at random"
        return row | ({"term": terms} if terms else {})

    def leads(self) -> list[Plain]:
        middle = self.starts + timedelta(days=200)
        first, second = self.forces[0], self.forces[1]
        row: Plain = {"type": "LEAD"}
        hosts = [row | {"force": second, "role": "host"}] if self.draw(st.booleans()) else []
        if self.draw(st.booleans()):
            return [row | {"force": first}, *hosts]
        rows = [
            row | {"force": first, "until": middle},
            row | {"force": second, "from": middle},
        ]
        return [*rows, *hosts]

    def commands(self) -> list[Plain]:
        rule = self.one("home-chief", "chief-of-area-deployed", "lead-chief", "named-chief")
        of = self.one({}, {"functions": [self.functions[0]]}, {"roles": ["investigator"]})
        row: Plain = {"type": "DIRECTION_CONTROL", "of": of, "rule": rule}
        if self.draw(st.booleans()):
            row["of"] = {"unit": self.unit}
        if rule == "named-chief":
            row["chief"] = self.chief(self.forces[0])
        everybody = {"type": "DIRECTION_CONTROL", "of": {}, "rule": "home-chief"}
        return [row, everybody] if row["of"] and self.draw(st.booleans()) else [row]

    def cost_shares(self) -> list[Plain]:
        row: Plain = {
            "type": "COST_SHARE",
            "method": self.method,
            "annual_cost": {
                "pence": self.draw(st.integers(0, 10**11)),
                "year": self.starts.year,
            },
        }
        if row["method"] == "fixed":
            row["shares"] = self.fixed()
        if row["method"] == "hybrid":
            weight = self.one(("0.25", "0.75"), ("1/3", "2/3"), ("1", "0"))
            row["component"] = [
                {"weight": weight[0], "method": "equal"},
                {"weight": weight[1], "method": "officer-fte", "year": self.starts.year},
            ]
        if row["method"] in ("demand", "tariff"):
            row["demand"] = {force: self.draw(st.integers(1, 10**6)) for force in self.forces}
            row |= {"tariff_pence": 1999} if row["method"] == "tariff" else {}
        row |= self.one({}, {"floor": "0.01"}, {"cap": "0.02"}, {"transition_years": 3})
        return [row]

    def fixed(self) -> Plain:
        weights = [self.draw(st.integers(1, 1000)) for _ in self.forces]
        return {
            force: f"{weight}/{sum(weights)}"
            for force, weight in zip(self.forces, weights, strict=True)
        }

    def governance(self) -> list[Plain]:
        row: Plain = {"type": "GOVERNANCE"}
        rules = ["named-body", "joint-policing-bodies", "chief-officers"]
        row["rule"] = self.one(
            *rules, *(["all-wales"] if set(self.forces) <= set(WELSH) else [])
        )
        if row["rule"] == "named-body":
            row["body"] = "sw-police-collaboration-programme-board"
        return [row | {"meets": "monthly", "quorum": {"chief-officer": 2}}]

    def approvals(self) -> list[Plain]:
        limit = self.draw(st.integers(0, 10**9))
        return [
            {
                "type": "APPROVAL",
                "decision": "spending",
                "up_to_pence": limit,
                "by": "majority",
            },
            {"type": "APPROVAL", "decision": "spending", "by": "each-policing-body"},
        ]

    def routes(self) -> list[Plain]:
        row = {
            "type": "ROUTING",
            "function": self.functions[0],
            "to": self.unit or "a-laboratory",
        }
        return [row, row | {"when": {"date": "homicide"}, "forces": [self.forces[0]]}]

    def taskings(self) -> list[Plain]:
        mode = self.one("automatic", "on-request")
        return [{"type": "TASKING", "unit": self.unit, "mode": mode}]

    def grants(self) -> list[Plain]:
        to: Plain = {"roles": self.some(ROLES)}
        if self.draw(st.booleans()):
            to["unit"] = self.unit
        else:
            to["organisations"] = self.one(
                ["participants"], ["participants", "crown-prosecution-service"]
            )
        row = {
            "type": "ACCESS",
            "kinds": self.some(KINDS),
            "held_by": self.one("participants", [self.forces[0]]),
            "to": to,
            "actions": self.some(("find", "read", "add", "task")),
            "purposes": self.some(PURPOSES),
            "marking": self.one("OFFICIAL", "OFFICIAL-SENSITIVE"),
        }
        glass = {"kinds": ["duty.*"], "actions": ["find"], "break_glass": {"minutes": 60}}
        return [row, row | glass]

    def controllers(self) -> list[Plain]:
        controllers = [self.chief(force) for force in self.forces]
        contact = {"controllers": controllers, "contact": controllers[0]}
        return [
            self.one(
                {"type": "CONTROLLER", "mode": "each-its-own"},
                {"type": "CONTROLLER", "mode": "joint"} | contact,
            )
        ]

    def retention(self) -> list[Plain]:
        return [
            {"type": "RETENTION", "kinds": self.some(KINDS), "schedule": "workforce-records"}
        ]

    def publication(self) -> list[Plain]:
        whole: Plain = {"type": "PUBLICATION", "mode": "whole"}
        withheld = {"clause": "1", "ground": "crime", "reason": self.draw(words())}
        notice = {"mode": "notice", "notice": self.draw(words()), "withheld": [withheld]}
        return [self.one(whole, whole | notice)]

    def measures(self) -> list[Plain]:
        return [
            {"type": "KPI", "measure": "days-to-result", "title": self.draw(words()),
             "unit": "days", "better": "lower", "target": "10", "amber": "12.5"}
        ]  # fmt: skip

    def exit(self) -> list[Plain]:
        items = ("unavoidable-costs", "asset-entitlement", "redundancy", "fixed-charge")
        shares = (
            ("equal", "whole") if self.method == "tariff" else ("cost-share", "equal", "whole")
        )
        settlement = [
            {"item": item, "pence": self.draw(st.integers(0, 10**10)), "months": 6,
             "share": self.one(*shares)}
            for item in self.some(items)
        ]  # fmt: skip
        return [
            {
                "type": "EXIT",
                "notice_months": self.one(0, 3, 12, 18),
                "effective": self.one("day", "month-end", "31-march", "30-september"),
                "winding_up_months": self.one(0, 6),
                "residual_months": self.one(0, 72),
                "handover": ["open-cases", "staff"],
                "residual_duties": [self.draw(words()), self.draw(words())],
                "settlement": settlement,
            }
        ]


@st.composite
def layouts(draw: Draw, document: AgreementDocument) -> AgreementDocument:
    """The same document with its tables, codes and letters otherwise laid out."""
    dumped = document.model_dump(mode="json", by_alias=True, exclude_none=True)
    return AgreementDocument.model_validate(_shuffled(draw, dumped))


def _shuffled(draw: Draw, value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _shuffled(draw, value[key]) for key in draw(st.permutations(list(value)))}
    if isinstance(value, list):
        moved = [_shuffled(draw, each) for each in value]
        is_words = bool(moved) and isinstance(moved[0], dict) and "en" in moved[0]
        return moved if is_words else draw(st.permutations(moved))
    return unicodedata.normalize("NFD", value) if isinstance(value, str) else value


__all__ = ["DIRECTORY", "FORCES", "WELSH", "canonical", "documents", "layouts", "words"]
