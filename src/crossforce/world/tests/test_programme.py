"""The demonstration's programmes: what the sources state, with its row, and invented ones that say so."""

import re
from itertools import product
from typing import Any

import pytest
from rich.progress import Progress

from crossforce.agreements import catalogues
from crossforce.boards import api as boards
from crossforce.boards.choices import Vote
from crossforce.boards.operations import keeping, own_answers, own_consents, papers
from crossforce.boards.operations import own_rules as changing
from crossforce.boards.operations.keeping import NewBoard
from crossforce.boards.operations.papers import NewPaper
from crossforce.boards.queries import answers
from crossforce.boards.rules import own_rules
from crossforce.finance import api as finance
from crossforce.kernel import guarded
from crossforce.kernel.registry import record_kinds
from crossforce.people import api as people
from crossforce.people.models import Account
from crossforce.people.queries import acting_in
from crossforce.people.tests import factories as staff
from crossforce.programme.queries import public_reports
from crossforce.records import api as records
from crossforce.register import catalogues as stated_by
from crossforce.register.rules.statements import InRecord
from crossforce.world.operations import accounts, governing, programme, reporting
from crossforce.world.tests.conftest import NOW

QUARTERS_OVER = 6
"""Of the quarters since April of the year before, those that are over and reported at `NOW`."""
COURIERS = "wales-laboratory-couriers-board"
OVERSIGHT = "hampshire-dorset-joint-oversight-board"
OFFICES = {"chief-constable": "chief", "pcc": "pcc"}
ROW = re.compile(r"\b[A-E][0-9]{2}\b")


def wanted() -> list[programme.Wanted]:
    return list(programme.stated(NOW))


class TestFiles:
    def test_cite_rows_that_the_sources_have(self) -> None:
        rows = {row.id: o.number for o in stated_by.sources().values() for row in o.row}
        listed = programme.content("records")["record"] + programme.content("boards")["board"]
        listed += [row for row in programme.content("benefits")["benefit"] if "source" in row]
        for row in listed:
            if source := row.get("source"):
                cited = ROW.findall(source)
                assert cited, row
                assert {rows[each] for each in cited} == {source[:3]}, row

    def test_name_kinds_fields_and_accounts_that_there_are(self) -> None:
        known = {row["username"] for row in accounts.rows()}
        for each in wanted():
            kind = record_kinds.get(each.kind)
            assert kind is not None, each
            assert set(each.values) <= set(kind.fields), each
            assert each.by in known, each

    def test_name_functions_and_bodies_that_there_are(self) -> None:
        functions = catalogues.functions()
        for each in [*wanted()]:
            function = each.values.get("function", "")
            assert not function or function in functions, each

    def test_use_a_key_once(self) -> None:
        keys = [(each.kind, each.key) for each in wanted()]
        assert len(keys) == len(set(keys))

    def test_say_of_what_is_invented_that_it_is(self) -> None:
        for row in programme.content("records")["record"]:
            if "source" not in row:
                found = next(each for each in wanted() if each.key == row["key"])
                named = found.values.get("title", found.values.get("fund", ""))
                assert named.endswith("(synthetic)"), row

    def test_name_areas_that_their_programmes_have(self) -> None:
        of_kind = {kind: [each.values for each in wanted() if each.kind == f"benefits.{kind}"]
                   for kind in ("area", "saving")}  # fmt: skip
        areas = {(each["programme"], each["title"]) for each in of_kind["area"]}
        judged = {programme for programme, _ in areas}
        named = {(each["programme"], each.get("area")) for each in of_kind["saving"]}
        assert {each for each in named if each[0] in judged} <= areas

    def test_hold_the_savings_as_they_are_printed(self) -> None:
        targets = [each.values for each in wanted() if each.kind == "benefits.target"]
        plan = [t for t in targets if t["programme"] == "thames-valley-plan-of-four-years"]
        assert sum(each["pence"] for each in plan) == 52_000_000 * 100
        assert [each["pence"] for each in plan if each["year"] == 2012] == [16_000_000 * 100]
        (hampshire,) = (t for t in targets if t["programme"] == "hampshire-savings")
        assert hampshire["pence"] == 20_000_000 * 100


class TestWhatTheStatementsLeadTo:
    def test_is_in_the_world(self) -> None:
        there = {(each.kind, each.key) for each in wanted()}
        there |= {
            (programme.ENTRY, row["code"]) for row in programme.content("register")["held"]
        }
        there |= {("boards.board", row["code"]) for row in programme.content("boards")["board"]}
        there |= {
            ("benefits.benefit", row["reference"])
            for row in programme.content("benefits")["benefit"]
        }
        for source in stated_by.sources().values():
            for row in source.row:
                for held in row.records:
                    assert any(
                        kind == held.kind
                        and re.match(rf"{re.escape(held.reference)}([/-]|$)", key)
                        for kind, key in there
                    ), (row.id, held)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestLoading:
    def test_is_whole_and_done_once(self, collaborations: None) -> None:
        with Progress(disable=True) as progress:
            programme.load_programmes(progress, at=NOW)
            governing.load_governing(progress, at=NOW)
            reporting.load_reports(progress, at=NOW)
            first = self._counts()
            programme.load_programmes(progress, at=NOW)
            governing.load_governing(progress, at=NOW)
            reporting.load_reports(progress, at=NOW)
            assert self._counts() == first
        assert first["programme-hampshire", "programme.entry"] > 200
        assert first["programme-thames-valley", "benefits.target"] == 6
        assert first["programme-gloucestershire", "boards.board"] == 2
        assert first["programme-hampshire", "benefits.reading"] == 2 * QUARTERS_OVER
        assert first["programme-avon-and-somerset", "benefits.reading"] >= QUARTERS_OVER
        assert first["programme-wales", "finance.budget"] == 4
        self._shared()
        self._protective()
        self._readers()
        self._links()
        self._governed()
        self._answered()
        self._agreed()
        self._reported()

    def _shared(self) -> None:
        """A cost is shared by what each of four forces states, and all of them read it."""
        for force in ("avon-and-somerset", "dorset", "wiltshire"):
            officer = people.actor_named(f"finance-{force}", NOW)
            with guarded.acting(officer):
                now, before = finance.budgets(officer, finance.Wanted("sw-forensics"))
                assert "4310" in now.row.figures
                assert "4310" not in before.row.figures

    def _reported(self) -> None:
        """Everybody reads of the unit what its source states, and invented sums that say so."""
        (row,) = public_reports.reports()
        found = public_reports.report(row.code).content
        assert found is not None
        (one,) = found.figures.collaborations
        assert [each.title for each in one.projects] == ["Tri Force Specialist Operations Unit"]
        assert one.money[0].spent
        assert found.caveat is not None
        assert "invented" in found.caveat.en
        assert found.title.en.endswith("(synthetic)")
        assert [each.kind for each in found.figures.left_out] == []

    def _counts(self) -> dict[tuple[str, str], int]:
        kinds = {each.kind for each in wanted()} | {"programme.entry"}
        kinds |= {governing.BOARD, governing.BENEFIT, governing.BUDGET, "boards.meeting"}
        kinds |= {"finance.line", "benefits.reading"}
        users = {
            row["username"] for row in accounts.rows() if row["role"] == "programme-officer"
        }
        return {
            (user, kind): self._count(people.actor_named(user, NOW), kind)
            for user in sorted(users)
            for kind in sorted(kinds)
        }

    def _count(self, actor: people.Actor, kind: str) -> int:
        with guarded.acting(actor):
            return len(records.models_by_kind()[kind].objects.all())

    def _protective(self) -> None:
        actor = people.actor_named("programme-hampshire", NOW)
        categories = catalogues.function_categories()
        with guarded.acting(actor):
            rows = records.models_by_kind()["programme.entry"].objects.all()
            functions = [row.function for row in rows]
        of = {"operations", "crime", "forensics", "intelligence", "protection", "security"}
        share = sum(categories[each] in of for each in functions) / len(functions)
        assert 0.4 < share < 0.6

    def _links(self) -> None:
        """What a statement leads to is found by who keeps it."""
        keepers = [
            people.actor_named(row["username"], NOW)
            for row in accounts.rows()
            if row["role"] == "programme-officer"
        ]
        for source in stated_by.sources().values():
            for held in {each for row in source.row for each in row.records}:
                assert any(self._found(keeper, held) for keeper in keepers), held

    def _found(self, keeper: people.Actor, held: InRecord) -> bool:
        with guarded.acting(keeper):
            return bool(records.search(keeper, held.words, [held.kind]).rows)

    def _governed(self) -> None:
        """Three forces of Wales are governed by their own bodies."""
        keeper = people.actor_named("programme-wales", NOW)
        asked = ("wales-laboratory-couriers", "exhibit-transport", NOW.date())
        with guarded.acting(keeper):
            found, board = boards.governing_board(keeper, *asked)
        assert set(found.answer.bodies) == {"pcc-dyfed-powys", "pcc-gwent", "pcc-south-wales"}
        assert board is not None
        assert board.code == COURIERS

    def _agreed(self) -> None:
        """Each body of a board that is an organisation answers its own rules, and with all of them they count."""
        keeper = people.actor_named("programme-hampshire", NOW)
        with guarded.acting(keeper):
            board = next(row for row in boards.boards(keeper) if row.code == OVERSIGHT)
        new = NewBoard(board.title, board.code, board.agreement, chair="chief-officer:dorset")
        keeping.change(actor=keeper, board=board.pk, version=board.version, new=new, at=NOW)
        with guarded.acting(keeper):
            row = next(each for each in boards.boards(keeper) if each.code == OVERSIGHT)
            proposed = own_rules.proposed(row.proposed)
        assert proposed is not None
        for force, (kind, user) in product(("hampshire", "dorset"), OFFICES.items()):
            own_consents.answer(
                actor=people.actor_named(f"{user}-{force}", NOW), board=board.pk,
                proposal=proposed.digest, body=f"{kind}-{force}", vote=Vote.FOR, at=NOW,
            )  # fmt: skip
        given: dict[str, Any] = {"board": board.pk, "version": row.version, "consents": ()}
        assert changing.agree(actor=keeper, at=NOW, **given) == ()

    def _answered(self) -> None:
        """A policing body answers for its seat; others of the body see nothing of it, and who keeps the board counts it."""
        keeper = people.actor_named("programme-wales", NOW)
        body = people.actor_named("pcc-gwent", NOW)
        with guarded.acting(keeper):
            board = next(row for row in boards.boards(keeper) if row.code == COURIERS)
        new = NewPaper("Two more vans (synthetic)", "wales-laboratory-couriers", NOW.date())
        paper = papers.write(actor=keeper, new=new, at=NOW)
        papers.send_out(actor=keeper, paper=paper, version=1, at=NOW)
        seat = "policing-body:gwent"
        own = own_answers.answer(
            actor=body, board=board.pk, paper=paper, seat=seat, vote=Vote.FOR, at=NOW
        )
        of_money = staff.posting(staff.staff("pcc-gwent"), "finance-officer")
        beside = acting_in(Account(), of_money, "governance", NOW)
        read = {
            actor: [row.pk for row in answers.to_paper(actor, paper)]
            for actor in (keeper, body, beside)
        }
        assert read == {keeper: [own], body: [own], beside: []}
        assert set(answers.given(keeper, board.pk, paper)) == {seat}

    def _readers(self) -> None:
        """Who governs or takes part reads it; a force of another region does not."""
        seen = {
            user: self._count(people.actor_named(user, NOW), "programme.project")
            for user in ("programme", "pcc-wiltshire", "pcc-north-wales", "planner-zephyr")
        }
        assert seen["programme"] == seen["pcc-wiltshire"] > 5
        assert seen["pcc-north-wales"] == 8
        assert seen["planner-zephyr"] == 0
