from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from crossforce.benefits.choices import BenefitClass
from crossforce.benefits.rules import lights as of_benefits
from crossforce.benefits.rules.practice import PACK, practice
from crossforce.benefits.rules.realising import Realisation, Step
from crossforce.benefits.tests.profiles import quarter, saving
from crossforce.kernel import rulepacks
from crossforce.kernel.words import Words
from crossforce.programme.choices import Light, ProjectState
from crossforce.programme.rules import report_contents as contents
from crossforce.programme.rules import report_lights, report_tables, report_words
from crossforce.programme.rules.lights import Status, in_state, of_project
from crossforce.programme.rules.report_papers import Codes, Saying, is_partly_english, sections
from crossforce.programme.rules.report_persons import (
    pairs,
    signs_of_a_person,
    to_be_looked_at,
    words_of,
)
from crossforce.programme.rules.report_release import (
    Standing,
    Why,
    is_silent,
    left_out_for,
    may_be_summed,
)
from crossforce.programme.tests.figured import FIGURES

OFFICIAL, SENSITIVE, SECRET = "OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET"
FREE = Standing(OFFICIAL, "", is_disclosable=True, is_published_of=True, names_somebody=False)


class TestRelease:
    @pytest.mark.parametrize(
        ("changed", "why"),
        [
            ({}, None),
            ({"marking": SENSITIVE}, Why.MARKING),
            ({"marking": SECRET}, Why.MARKING),
            ({"compartment": "covert"}, Why.MARKING),
            ({"is_disclosable": False}, Why.HOLDER),
            ({"is_published_of": False}, Why.WITHHELD),
            ({"names_somebody": True}, Why.PERSON),
        ],
    )
    def test_names_only_what_is_open_in_every_way(
        self, changed: dict[str, Any], why: Why
    ) -> None:
        assert left_out_for(replace(FREE, **changed)) is why

    def test_is_silent_of_compartments_and_of_what_is_secret(self) -> None:
        assert is_silent(replace(FREE, marking=SECRET))
        assert is_silent(replace(FREE, compartment="covert"))
        assert not is_silent(replace(FREE, marking=SENSITIVE))

    @pytest.mark.parametrize(
        ("parts", "may"),
        [
            ([], True),
            ([(OFFICIAL, "")], True),
            ([(SENSITIVE, "")] * 2, False),
            ([(SENSITIVE, ""), (OFFICIAL, ""), (OFFICIAL, "")], True),
            ([(SENSITIVE, "")] * 9 + [(SECRET, "")], False),
            ([(OFFICIAL, "")] * 9 + [(OFFICIAL, "covert")], False),
        ],
    )
    def test_sums_what_shows_no_single_part(
        self, parts: list[tuple[str, str]], may: bool
    ) -> None:
        assert may_be_summed(parts, 3) is may


class TestPersons:
    @pytest.mark.parametrize(
        "text",
        ["Mr Smith leads it", "Ask PC Jane Doe", "Chief Constable Bowen opened it", "T/Sgt Roe",
         "write to head@force.example", "ring 01225 550100", "Dr O'Neill"],
    )  # fmt: skip
    def test_are_seen(self, text: str) -> None:
        assert signs_of_a_person(text)

    @pytest.mark.parametrize(
        "text",
        ["Police and Crime Commissioner for Wiltshire", "Chief Constable of Gwent", "DC Thames",
         "The chief inspector's office", "Tri Force Specialist Operations Unit", "£12,600,000 in 2026"],
    )  # fmt: skip
    def test_are_not_seen_in_offices(self, text: str) -> None:
        assert not signs_of_a_person(text, {"Thames"})

    def test_what_could_be_a_name_elsewhere_is_shown(self) -> None:
        known = words_of(["Avon and Somerset Police", "Roads policing"])
        texts = ["Led by Gareth Bowen with Somerset Police: Roads Policing, Dog Handlers"]
        assert to_be_looked_at(texts, known) == ["Gareth Bowen", "Dog Handlers"]

    def test_pairs_of_capitals_are_looked_up(self) -> None:
        assert ("Asha", "Rees") in pairs(["Told by Asha Rees today"])


class TestWelsh:
    def test_stands_beside_every_fixed_text(self) -> None:
        for table in (
            report_words.TEXTS,
            report_words.LIGHTS,
            report_words.STATES,
            report_words.KINDS,
            report_words.REASONS,
        ):
            assert [key for key, words in table.items() if not words.cy] == []
        assert {str(each) for each in ProjectState} == set(report_words.STATES)
        assert {str(each) for each in Light} < set(report_words.LIGHTS)

    def test_stands_beside_every_reason_of_a_project(self) -> None:
        red, amber = Light.RED, Light.AMBER
        for steps, issues in (([], 0), ([red, red, amber], 0), ([amber], 1), ([Light.BLUE], 0),
                              ([Light.GREEN], 2)):  # fmt: skip
            said = of_project(steps, (), issues, FIGURES).reason
            assert report_lights.reason_of_project(said).cy, said
        still = in_state(Status(Light.BLUE, ""), "exploring").reason
        assert report_lights.reason_of_project(still).cy

    def test_stands_beside_the_rules_of_benefits(self) -> None:
        figures, span = practice(rulepacks.load(PACK), date(2026, 1, 1)), quarter(1)
        said = []
        for planned in (0, 10):
            some, half = Fraction(planned), Fraction(planned, 2)
            step = Step(span, some, half, some, half)
            found = (
                Realisation((step,), (span,), ()),
                Realisation((step, Step(span, some, None, some, None)), (), ()),
                Realisation((Step(span, some, some, some, some),), (), ()),
                Realisation((), (), ()),
            )
            for kind in BenefitClass:
                profile = replace(saving(100, 200), benefit_class=kind)
                said += [of_benefits.light(profile, each, figures).rule for each in found]
        assert len(set(said)) == len(report_lights.BENEFITS)
        assert [each for each in said if not report_lights.rule_of_benefit(each).cy] == []


def content(**more: object) -> contents.Content:
    one = contents.Collaboration(
        reference="joint-roads",
        title=Words(en="Joint roads policing", cy="Plismona ffyrdd ar y cyd"),
        objective=Words(en="One unit", cy="Un uned"),
        origin="recorded",
        parties=(contents.Party(name=Words(en="A", cy="B"), capacity="chief-officer"),),
        forces=None,
        money=(contents.Money(title="Roads, 2027/28", agreed=100, spent=None, shares=()),),
        benefits=(
            contents.Benefit(
                title="Hours", unit="hours", promised=10, come=9, light="amber",
                rule=Words(en="Rule", cy="Rheol"),
            ),
        ),
    )  # fmt: skip
    values: dict[str, object] = {
        "title": Words(en="How it goes"),
        "about": "joint-roads",
        "region": None,
        "year": 2027,
        "keeper": Words(en="Wiltshire"),
        "introduction": Words(en="In short"),
        "ahead": None,
        "caveat": None,
        "figures": contents.Figures(drawn_on=date(2027, 12, 1), collaborations=(one,)),
    }
    return contents.Content.model_validate(values | more)


class TestPapers:
    def test_say_which_texts_stand_in_english(self) -> None:
        say = Saying("cy", Codes({}, {"chief-officer": Words(en="c", cy="p")}, str))
        found = sections(content(), say)
        assert is_partly_english(found)
        assert found[0].paragraphs[0].language == "en"
        costs = next(each for each in found if each.title.text == "Beth mae'n ei gostio")
        assert costs.tables[0].rows[0][2].text == "heb ei ddweud"

    def test_keep_what_they_say(self) -> None:
        assert contents.Content.model_validate_json(content().model_dump_json()) == content()

    def test_give_figures_as_rows(self) -> None:
        found = list(report_tables.rows(content()))
        assert ("joint-roads", "come", "Hours", "", "hours", 9) in found
        assert not [each for each in found if each.sort == "spent"]
