"""Each section, on changes to the agreements of the sources that a reader can hold in mind."""

from datetime import date
from typing import Any

import pytest

from crossforce.agreements import preview
from crossforce.agreements.document.values import CivilDate
from crossforce.agreements.tests.preview import beside
from crossforce.agreements.tests.preview.beside import (
    MAJOR_CRIME,
    SCIENCE,
    TRI_FORCE,
    changed,
    table,
    written,
)
from crossforce.kernel.words import Words

JOINS = "from December 2015"


@pytest.fixture(scope="module")
def joined() -> preview.Preview:
    """Gloucestershire joins Major Crime."""
    return beside.of(
        written(MAJOR_CRIME), changed(MAJOR_CRIME, beside.without("gloucestershire"))
    )


class TestGloucestershireJoinsMajorCrime:
    def test_takes_part_in_both_functions(self, joined: preview.Preview) -> None:
        assert table(joined, "participation") == [
            ("added", "Gloucestershire, Homicide investigation", "does not take part",
             "takes part", JOINS),
            ("added", "Gloucestershire, Serious crime investigation", "does not take part",
             "takes part as tasked", JOINS),
        ]  # fmt: skip

    def test_is_said_first(self, joined: preview.Preview) -> None:
        assert joined.summary[0].en == (
            "Gloucestershire joins Homicide investigation and Serious crime investigation, "
            "from December 2015."
        )
        assert "Governance stays." in [each.en for each in joined.summary]

    def test_brings_two_parties(self, joined: preview.Preview) -> None:
        assert [row[:2] for row in table(joined, "parties")] == [
            ("added", "Chief Constable of Gloucestershire Constabulary"),
            ("added", "Police and Crime Commissioner for Gloucestershire"),
        ]

    def test_pays_by_officers_and_moves_nothing_else(self, joined: preview.Preview) -> None:
        section = joined.section("money")
        figures = {row.what.en: row.figures for row in section.rows}
        assert figures == {
            "Avon & Somerset": preview.Figures(683_670_804, 520_717_487),
            "Gloucestershire": preview.Figures(None, 224_049_524),
            "Wiltshire": preview.Figures(256_329_196, 195_232_989),
            "Sum": preview.Figures(940_000_000, 940_000_000),
        }
        assert section.lead.en.startswith("Costs move by £2,240,495.24 a year between forces")

    def test_names_figure_day_and_source_of_each_share(self, joined: preview.Preview) -> None:
        workings = joined.section("money").rows[-1].lines
        assert "Police officers, full-time equivalent, 31 March 2015" in workings[0].en
        assert "Gloucestershire 1,164.7" in workings[0].en
        assert "Home Office" in workings[0].en
        assert workings[1].en.startswith("The yearly cost is assumed")

    def test_puts_its_people_under_the_chief_of_the_area(self, joined: preview.Preview) -> None:
        own = [
            row for row in table(joined, "command") if "Members of Gloucestershire" in row[1]
        ]
        assert [(row[1].rsplit("deployed in ")[1], row[2], row[3]) for row in own] == [
            ("Avon & Somerset", "Chief Constable of Gloucestershire Constabulary",
             "Chief Constable of Avon and Somerset Constabulary"),
            ("Wiltshire", "Chief Constable of Gloucestershire Constabulary",
             "Chief Constable of Wiltshire Police"),
        ]  # fmt: skip

    def test_says_what_command_stays(self, joined: preview.Preview) -> None:
        same = [row for row in table(joined, "command", same=True) if row[0] == "same"]
        assert len(same) == 3
        assert same[-1][1].endswith("deployed in Avon & Somerset and Wiltshire")
        assert same[-1][3] == "the chief officer of each area"

    def test_sees_and_is_seen(self, joined: preview.Preview) -> None:
        rows = joined.section("access").rows
        assert {row.kind for row in rows} == {"added"}
        sees = [row for row in rows if row.what.en.startswith("Gloucestershire")]
        seen = [row for row in rows if row.what.en.startswith("Avon & Somerset and Wiltshire")]
        assert len(sees) == len(seen) == len(rows) / 2
        assert all("held by Avon & Somerset and Wiltshire" in row.after.en for row in sees)
        assert all("held by Gloucestershire" in row.after.en for row in seen)

    def test_shares_the_price_of_leaving(self, joined: preview.Preview) -> None:
        figures = {row.what.en: row.figures for row in joined.section("exit").rows}
        assert figures["Gloucestershire"] == preview.Figures(None, 35_752_584)
        assert sum(each.after or 0 for each in figures.values() if each) == 150_000_000

    def test_cites_a_clause_in_every_row_but_of_parties(self, joined: preview.Preview) -> None:
        changes = [row for each in joined.sections for row in each.changes]
        about = [row for row in changes if row.about and row.about[0][0] != "organisation"]
        assert about
        assert all(row.clauses for row in about)


class TestWhatMerelyMoves:
    def test_is_one_row_of_its_own_kind(self) -> None:
        def later(raw: dict[str, Any]) -> None:
            for function in raw["function"]:
                function["participation"][1]["from"] = date(2016, 2, 1)

        found = beside.of(changed(MAJOR_CRIME, later), written(MAJOR_CRIME))
        assert table(found, "participation")[0] == (
            "moved", "Gloucestershire, Homicide investigation", "takes part from December 2015",
            "takes part from 1 February 2016", "from December 2015 until 1 February 2016",
        )  # fmt: skip
        assert "joins" not in found.summary[0].en


class TestNorthWalesOptsIn:
    @staticmethod
    def all_four(raw: dict[str, Any]) -> None:
        for function in raw["function"]:
            if function["code"] in ("trace-evidence", "ballistics"):
                rows = [row for row in function["participation"] if row["status"] == "in"]
                others = {"forces": ["dyfed-powys", "north-wales"], "from": date(2027, 4, 1)}
                function["participation"] = [*rows, others]

    def test_moves_governance_by_itself_at_that_instant(self) -> None:
        found = beside.of(changed(SCIENCE, self.all_four), written(SCIENCE))
        (row,) = found.section("governance").changes
        assert row.what.en == "Ballistic analysis and Trace evidence"
        assert row.before.en.endswith("jointly")
        assert row.starts_on == date(2027, 4, 1)
        assert row.after == Words(en="All Wales Policing Group", cy="Grŵp Plismona Cymru Gyfan")

    def test_says_which_figure_is_lacking(self) -> None:
        found = beside.of(changed(SCIENCE, self.all_four), written(SCIENCE))
        money = table(found, "money")
        assert ("not known") in {row[3] for row in money}
        assert any("no demand figure is known for" in row[3] for row in money)

    def test_takes_no_figure_that_is_lacking_for_nothing(self) -> None:
        found = beside.of(changed(SCIENCE, self.all_four), written(SCIENCE))
        unsaid = [row for row in found.section("money").rows if row.after.en == "not known"]
        assert unsaid
        assert all(row.figures is None for row in unsaid)


class TestTerms:
    def test_name_a_new_lead(self) -> None:
        def lead(raw: dict[str, Any]) -> None:
            beside.clause(raw, "LEAD")["force"] = "wiltshire"

        found = beside.of(changed(MAJOR_CRIME, lead), written(MAJOR_CRIME))
        assert [row[2:] for row in table(found, "lead")] == [
            ("Avon & Somerset", "Wiltshire", JOINS)
        ]

    def test_show_what_is_withheld_and_why(self) -> None:
        def withhold(raw: dict[str, Any]) -> None:
            reason = {"en": "It names places"}
            row = {"clause": "9", "ground": "safety", "reason": reason}
            beside.clause(raw, "PUBLICATION")["withheld"] = [row]

        found = beside.of(changed(MAJOR_CRIME, withhold), written(MAJOR_CRIME))
        assert [row[1:4] for row in table(found, "publication")] == [
            ("Clause 9", "published", "withheld, for the safety of a person: It names places")
        ]

    def test_say_a_changed_target_in_both_languages(self) -> None:
        def target(raw: dict[str, Any]) -> None:
            beside.clause(raw, "KPI")["target"] = "95"

        found = beside.of(changed(MAJOR_CRIME, target), written(MAJOR_CRIME))
        (row,) = found.section("performance").changes
        assert (row.kind, "95" in row.after.en, "95" in (row.after.cy or "")) == (
            "changed", True, True,
        )  # fmt: skip

    def test_say_that_each_bears_its_own_costs(self) -> None:
        name = "south-west/sw-special-branch"
        found = beside.of(written(name), None)
        assert found.section("money").lead.en == "No cost between forces can be said in pence."

    def test_show_a_reworded_clause(self) -> None:
        def reword(raw: dict[str, Any]) -> None:
            raw["clause"][0]["text"] = {"en": "Otherwise."}

        found = beside.of(changed(MAJOR_CRIME, reword), written(MAJOR_CRIME))
        assert [row[1] for row in table(found, "wording")] == ["Clause 1"]
        assert [each.code for each in found.sections if each.changes] == ["wording"]

    def test_say_what_a_cap_makes_of_new_shares(self) -> None:
        def by_equal(raw: dict[str, Any]) -> None:
            term = beside.clause(raw, "COST_SHARE")
            del term["year"]
            term |= {"method": "equal", "cap": "0.01"}
            raw["from"] = date(2027, 4, 1)
            raw["party"] = [row for row in raw["party"] if "until" not in row]
            for function in raw["function"]:
                for row in function["participation"]:
                    row.pop("from", None)

        found = beside.of(changed(MAJOR_CRIME, by_equal), written(MAJOR_CRIME))
        own = next(
            row for row in found.section("money").rows if row.what.en == "Avon & Somerset"
        )
        assert own.figures is not None
        assert own.figures.difference == -9_400_000
        assert own.starts_on == date(2027, 4, 1)


class TestLeave:
    def test_asks_the_same_questions_without_the_force(self) -> None:
        found = beside.of_leave(written(TRI_FORCE), "gloucestershire", date(2026, 11, 21))
        assert found.starts_on == date(2028, 4, 1)
        assert {row[0] for row in table(found, "participation")} == {"removed"}
        gone = next(
            row for row in found.section("money").rows if row.what.en == "Gloucestershire"
        )
        assert gone.kind == "removed"
        total = found.section("money").rows[-1].figures
        assert total is not None
        assert total.difference == 0

    def test_ends_sight_both_ways(self) -> None:
        found = beside.of_leave(written(TRI_FORCE), "gloucestershire", date(2026, 11, 21))
        rows = found.section("access").rows
        assert {row.kind for row in rows} == {"removed"}
        assert all("gloucestershire" in dict.fromkeys(c for _, c in row.about) for row in rows)

    def test_returns_members_to_their_own_chief(self) -> None:
        found = beside.of_leave(written(TRI_FORCE), "gloucestershire", date(2026, 11, 21))
        own = [row for row in table(found, "command") if "Members of Gloucestershire" in row[1]]
        assert own
        assert {row[3] for row in own} == {"Chief Constable of Gloucestershire Constabulary"}

    def test_gives_the_bill_line_by_line(self) -> None:
        found = beside.of_leave(written(TRI_FORCE), "gloucestershire", date(2026, 11, 21))
        row = next(r for r in found.section("exit").rows if r.what.en == "Gloucestershire")
        assert row.before.en == "stays"
        assert row.figures == preview.Figures(None, 20_513_000)
        assert len(row.lines) == 3

    def test_states_no_bill_that_no_clause_states(self) -> None:
        def silent(raw: dict[str, Any]) -> None:
            for clause in raw["clause"]:
                for term in clause.get("term", ()):
                    term.pop("settlement", None)

        found = beside.of(changed(TRI_FORCE, silent), None).section("exit")
        assert found.lead.en == "No clause says what leaving costs: it is not stated."
        assert {row.figures for row in found.rows} == {preview.Figures(None, None)}
        assert all(row.after.en.endswith("costs is not stated") for row in found.rows)


class TestOverlaps:
    def test_name_force_function_time_and_both_clauses(self) -> None:
        def copy(raw: dict[str, Any]) -> None:
            raw["reference"] = "another-major-crime"
            raw["relation"] = []

        found = beside.of(
            changed(MAJOR_CRIME, copy), None, beside=[beside.standing(written(MAJOR_CRIME))]
        )
        rows = found.section("overlaps").changes
        assert len(rows) == 3
        assert rows[0].after.en == "shared by Avon & Somerset, Gloucestershire and Wiltshire"
        assert {each.reference for each in rows[0].clauses} == {None, "sw-major-crime"}
        assert rows[2].after.en == "both give direction and control"

    def test_give_the_governance_that_other_agreements_know(self) -> None:
        def copy(raw: dict[str, Any]) -> None:
            raw["reference"] = "another-major-crime"

        found = beside.of(
            changed(MAJOR_CRIME, copy), None, beside=[beside.standing(written(MAJOR_CRIME))]
        )
        assert "under sw-major-crime" in found.section("governance").rows[0].before.en

    def test_are_none_for_an_agreement_beside_itself(self) -> None:
        own = [beside.standing(written(MAJOR_CRIME))]
        found = beside.of(written(MAJOR_CRIME), written(MAJOR_CRIME), beside=own)
        assert found.section("overlaps").rows == ()


def test_a_draft_without_a_first_day_counts_once_it_is_in_force() -> None:
    undated = written(SCIENCE).model_copy(update={"from_": None})
    found = beside.of(undated, None)
    assert found.section("governance").rows[0].when.en == "once it is in force"


def test_dates_are_no_more_exact_than_the_document() -> None:
    day = CivilDate(date=date(2027, 4, 1), precision="season")
    moved = written(MAJOR_CRIME).model_copy(update={"until": day})
    found = beside.of(moved, written(MAJOR_CRIME))
    assert {row[4] for row in table(found, "participation")} == {"from spring 2027"}
