from typing import Any
from uuid import UUID

import pytest
from django.db import InternalError, ProgrammingError, transaction

from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.boards.api import Carried
from crossforce.finance.tests import factories as finance
from crossforce.kernel import guarded
from crossforce.kernel.ids import new_id
from crossforce.kernel.refusals import Refusal, Refused
from crossforce.kernel.testing import ground
from crossforce.ledger import models as ledger
from crossforce.people.choices import Actor
from crossforce.programme import models
from crossforce.programme.operations import report_effects, report_public, reports
from crossforce.programme.queries import public_reports, report_drawing
from crossforce.programme.queries import reports as reads
from crossforce.programme.rules.report_contents import Content
from crossforce.programme.tests import reporting
from crossforce.records import api as records

__all__ = ["bodies", "few_bodies"]
AT = reporting.AT


@ground.fixture
def keeper(bodies: None) -> Actor:
    """Wiltshire's programme officer; three forces share roads policing."""
    reporting.agreement()
    reporting.policy()
    return reporting.officer()


def content(actor: Actor, key: UUID) -> Content:
    found = reads.shown(actor, key, AT).content
    assert found is not None
    return found


def version(actor: Actor, key: UUID) -> int:
    return reads.one(actor, key).version


class TestDrawing:
    def test_names_nothing_that_is_marked_above_official(self, keeper: Actor) -> None:
        reporting.project(keeper)
        reporting.benefit(keeper)
        finance.opened(keeper)
        found = content(keeper, reporting.drawn(keeper))
        (one,) = found.figures.collaborations
        assert list(one.texts()) == []
        assert [(each.kind, each.why, each.number) for each in found.figures.left_out] == [
            ("benefits.benefit", "marking", 1),
            ("finance.budget", "marking", 1),
            ("programme.project", "marking", 1),
        ]
        assert one.objective.en
        assert len(one.parties) == 6

    def test_tells_what_its_holder_has_marked_official(self, keeper: Actor) -> None:
        project, budget = reporting.project(keeper), finance.opened(keeper)
        reporting.opened_up(keeper, "programme.project", project)
        reporting.opened_up(keeper, "finance.budget", budget)
        finance.posted(
            keeper, budget, finance.line(5_000), finance.line(6_000), finance.line(7_000)
        )
        (one,) = content(keeper, reporting.drawn(keeper)).figures.collaborations
        assert [(each.agreed, each.spent) for each in one.money] == [(finance.MILLION, 18_000)]
        assert sum(each.pence for each in one.money[0].shares) == finance.MILLION
        assert [(each.title, each.state) for each in one.projects] == [
            ("New radios", "exploring")
        ]

    def test_lines_are_as_open_as_their_budget(self, keeper: Actor) -> None:
        budget = finance.opened(keeper)
        finance.posted(keeper, budget, finance.line(5_000), finance.line(6_000))
        (one,) = content(keeper, reporting.drawn(keeper)).figures.collaborations
        assert one.money == ()
        reporting.opened_up(keeper, "finance.budget", budget)
        (one,) = content(keeper, reporting.drawn(keeper, code="another")).figures.collaborations
        assert one.money[0].spent == 11_000

    def test_names_no_step_that_is_not_open_itself(self, keeper: Actor) -> None:
        project = reporting.project(keeper)
        reporting.opened_up(keeper, "programme.project", project)
        step = reporting.milestone(keeper)
        (one,) = content(keeper, reporting.drawn(keeper)).figures.collaborations
        assert one.coming == ()
        assert one.projects[0].light == "green"
        reporting.opened_up(keeper, "programme.milestone", step)
        (one,) = content(keeper, reporting.drawn(keeper, code="another")).figures.collaborations
        assert [each.title for each in one.coming] == ["Radios bought"]

    def test_tells_benefits_with_target_light_and_rule(self, keeper: Actor) -> None:
        key = reporting.benefit(keeper)
        reporting.opened_up(keeper, "benefits.benefit", key)
        (one,) = content(keeper, reporting.drawn(keeper)).figures.collaborations
        (benefit,) = one.benefits
        assert (benefit.unit, benefit.target) == ("pence", 300_00)
        assert benefit.light == "none"
        assert benefit.rule.cy

    def test_leaves_out_what_names_somebody(self, keeper: Actor) -> None:
        key = reporting.project(keeper, title="Radios for PC Smith")
        reporting.opened_up(keeper, "programme.project", key)
        found = content(keeper, reporting.drawn(keeper)).figures
        assert found.left_out[0].why == "person"
        assert "Smith" not in found.model_dump_json()

    def test_names_a_colleague_by_no_title(self, keeper: Actor) -> None:
        assert keeper.name
        key = reporting.project(keeper, title=f"The radios of {keeper.name}")
        reporting.opened_up(keeper, "programme.project", key)
        assert content(keeper, reporting.drawn(keeper)).figures.left_out[0].why == "person"

    def test_leaves_out_what_may_be_read_but_not_disclosed(self, bodies: None) -> None:
        reporting.agreement()
        reporting.policy(actions=("find", "read", "add", "edit"))
        actor = reporting.officer()
        reporting.opened_up(actor, "programme.project", reporting.project(actor))
        assert content(actor, reporting.drawn(actor)).figures.left_out[0].why == "holder"

    def test_refuses_an_agreement_of_which_nothing_is_public(self, keeper: Actor) -> None:
        key = reporting.report(keeper, agreement="", region="south-west")
        with pytest.raises(report_drawing.NothingInRegion):
            reports.draw_report(actor=keeper, report=key, version=1, at=AT)


class TestLowering:
    def test_marks_what_is_held_here_and_draws_anew(self, keeper: Actor) -> None:
        reporting.project(keeper)
        finance.opened(keeper)
        key = reporting.drawn(keeper)
        number = reports.lower_markings(
            actor=keeper, report=key, version=2, reason="The board publishes it", at=AT
        )
        assert number == 2
        (one,) = content(keeper, key).figures.collaborations
        assert len(one.projects) == len(one.money) == 1
        assert reads.shown(keeper, key, AT).left == []


class TestPublishing:
    def test_puts_it_before_everybody_and_says_so_in_the_ledger(self, keeper: Actor) -> None:
        project = reporting.project(keeper)
        reporting.opened_up(keeper, "programme.project", project)
        key = reporting.published(keeper)
        found = public_reports.report(reporting.CODE)
        assert found.content is not None
        assert found.office.en.startswith("Programme officer, ")
        assert keeper.name not in found.row.content
        assert [each.title for each in found.content.figures.collaborations[0].projects] == [
            "New radios"
        ]
        told = disclosed()
        assert told["programme.report"] == [str(key)]
        assert told["programme.project"] == [str(project)]

    def test_needs_a_ground_and_figures(self, keeper: Actor) -> None:
        key = reporting.report(keeper)
        with pytest.raises(reports.NoGround):
            reports.publish_report(actor=keeper, report=key, version=1, at=AT)
        with pytest.raises(reports.CannotPublish, match="not drawn"):
            reporting.published(keeper, key)

    def test_needs_words_that_name_nobody(self, keeper: Actor) -> None:
        key = reporting.drawn(keeper, introduction="Led by Chief Inspector Bowen.")
        with pytest.raises(reports.CannotPublish, match="Bowen"):
            reporting.published(keeper, key)
        assert not models.PublicReport.objects.exists()

    def test_needs_a_clause_that_lets_it_be_disclosed(self, bodies: None) -> None:
        reporting.agreement()
        reporting.policy(actions=("find", "read", "add", "edit"))
        actor = reporting.officer()
        key = reporting.drawn(actor)
        with pytest.raises(Refused):
            reporting.published(actor, key)
        assert not models.PublicReport.objects.exists()

    def test_is_refused_once_something_in_it_is_marked_higher(self, keeper: Actor) -> None:
        project = reporting.project(keeper)
        reporting.opened_up(keeper, "programme.project", project)
        key = reporting.drawn(keeper)
        row = finance.row(keeper, project, models.Project)
        place = records.Place(keeper.organisation, "", "", "OFFICIAL-SENSITIVE")
        records.move(
            actor=keeper, kind="programme.project", record=project, version=row.version, to=place,
            reason="", at=AT,
        )  # fmt: skip
        with pytest.raises(reports.CannotPublish, match="Draw the figures anew"):
            reporting.published(keeper, key)

    def test_is_refused_while_it_is_marked_higher_itself(self, keeper: Actor) -> None:
        key = reporting.drawn(keeper)
        place = records.Place(keeper.organisation, "", "", "OFFICIAL-SENSITIVE")
        records.move(
            actor=keeper, kind="programme.report", record=key, version=version(keeper, key), to=place,
            reason="", at=AT,
        )  # fmt: skip
        with pytest.raises(reports.CannotPublish, match="marked above OFFICIAL"):
            reporting.published(keeper, key)

    def test_tells_of_no_compartment(self, keeper: Actor) -> None:
        key = reporting.project(keeper)
        covert = records.Place(keeper.organisation, "", "covert", "OFFICIAL")
        reporting.policy(compartment="covert", reference="covert-policy")
        row = finance.row(keeper, key, models.Project)
        records.move(
            actor=keeper, kind="programme.project", record=key, version=row.version, to=covert,
            reason="Covert", at=AT,
        )  # fmt: skip
        drawn = reporting.drawn(keeper)
        assert content(keeper, drawn).figures.left_out == ()
        assert str(key) not in reads.one(keeper, drawn).left

    def test_freezes_the_version_in_the_database(self, keeper: Actor) -> None:
        key = reporting.published(keeper)
        with pytest.raises(reports.NotADraft):
            reports.change_report(
                actor=keeper,
                report=key,
                version=version(keeper, key),
                given={"title": "X"},
                at=AT,
            )
        with pytest.raises((InternalError, ProgrammingError)), guarded.acting(keeper):
            models.PerformanceReport.objects.filter(pk=key).update(title="Other")

    def test_is_written_by_the_keeper_alone(self, keeper: Actor) -> None:
        reporting.published(keeper)
        with guarded.acting(keeper):
            assert models.PublicReport.objects.update(title_en="Other") == 0
        with pytest.raises(ProgrammingError), transaction.atomic(), guarded.acting(keeper):
            models.PublicReport.objects.create(
                code="x", number=1, agreements=[], year=2027, holder="x", title_en="x", content="{}",
                content_sha256="0", published_on=AT.date(), published_by={"en": "x"},
            )  # fmt: skip

    def test_follows_from_the_decision_of_a_board(self, keeper: Actor) -> None:
        key = reporting.drawn(keeper)
        what = f"{reporting.CODE}@1"
        carried = Carried(new_id(), "Publish the year", reporting.REFERENCE, 0, AT.date(), what)
        assert "was published" in report_effects.publish(keeper, carried, AT)
        assert reads.one(keeper, key).decision.startswith("Publish the year, ")

    def test_says_of_a_decision_in_words_that_it_was_made_elsewhere(
        self, keeper: Actor
    ) -> None:
        key = reporting.drawn(keeper)
        given: dict[str, Any] = {
            "actor": keeper,
            "report": key,
            "version": version(keeper, key),
        }
        with pytest.raises(reports.CannotPublish, match="No board keeps"):
            reports.publish_report(**given, decision=str(key), at=AT)
        reports.publish_report(**given, decision="Board, item 4", at=AT)
        said = "Board, item 4 (a decision outside this platform)"
        assert reads.one(keeper, key).decision == said
        assert models.PublicReport.objects.get().decision == said

    def test_leaves_a_code_to_whoever_published_under_it_first(self, keeper: Actor) -> None:
        reporting.published(keeper)
        reporting.policy("gloucestershire")
        other = reporting.officer("gloucestershire")
        key = reporting.drawn(other)
        with pytest.raises(report_public.Taken):
            reporting.published(other, key)

    def test_says_so_when_somebody_took_the_code_meanwhile(
        self, keeper: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        reporting.published(keeper)
        reporting.policy("gloucestershire")
        other = reporting.officer("gloucestershire")
        monkeypatch.setattr(report_public, "refuse_taken", lambda row: None)
        with pytest.raises(report_public.Taken):
            reporting.published(other)
        assert models.PublicReport.objects.get().holder == reporting.WILTS

    def test_has_a_code_that_can_stand_in_an_address(self, keeper: Actor) -> None:
        for code in ("a b", "a/b", "", "£"):
            with pytest.raises(Refusal):
                reporting.report(keeper, code=code)


class TestAfterwards:
    def test_a_later_version_takes_its_place(self, keeper: Actor) -> None:
        key = reporting.published(keeper)
        second = reports.correct_report(actor=keeper, report=key, at=AT)
        with pytest.raises(reports.AlreadyBegun):
            reports.correct_report(actor=keeper, report=key, at=AT)
        reports.draw_report(actor=keeper, report=second, version=1, at=AT)
        reporting.published(keeper, second)
        assert public_reports.report(reporting.CODE).row.number == 2
        assert public_reports.report(reporting.CODE, 1).is_replaced
        assert [each.number for each in public_reports.reports(reporting.REFERENCE)] == [2]

    def test_is_withdrawn_with_its_reason(self, keeper: Actor) -> None:
        key = reporting.published(keeper)
        with pytest.raises(reports.NoWords):
            reports.withdraw_report(
                actor=keeper, report=key, version=version(keeper, key), why=" ", at=AT
            )
        reports.withdraw_report(
            actor=keeper, report=key, version=version(keeper, key), why="A sum was wrong", at=AT
        )
        found = public_reports.report(reporting.CODE)
        assert found.content is None
        assert found.row.content == ""
        assert found.why_withdrawn is not None
        assert content(keeper, key).title.en

    def test_other_forces_see_no_draft(self, keeper: Actor) -> None:
        key = reporting.report(keeper)
        reporting.policy("gloucestershire")
        with pytest.raises(reads.NoSuchReport):
            reads.shown(reporting.officer("gloucestershire"), key, AT)


def disclosed() -> dict[str, list[str]]:
    """By kind, the records that the log says were disclosed."""
    found: dict[str, list[str]] = {}
    for entry in ledger.Entry.objects.filter(operation="record.disclosed"):
        found.setdefault(entry.subject.split(":")[0], []).extend(map(str, entry.rows))
    return found
