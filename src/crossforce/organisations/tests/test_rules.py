"""Decisions on plain values: tables of cases, and properties of effective dating."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.kernel.words import Words
from crossforce.organisations import directory
from crossforce.organisations.rules import soundness, succession
from crossforce.organisations.rules import units as unit_rules
from crossforce.organisations.rules.units import UnitFacts
from crossforce.organisations.tests.factories import body, day, policing_body

FORCE = body("wessex", kind="force", since=day("2000-01-01"), legal_person=False)
days = st.dates(date(2001, 1, 1), date(2060, 12, 31))


class TestSoundness:
    @pytest.mark.parametrize(
        ("organisation", "problem"),
        [
            (body("a", host="nobody"), "names nobody"),
            (body("a", since=day("2020-01-02"), until=day("2020-01-02")), "not after"),
            (body("a", collective=True), "cannot be a legal person"),
            (body("a", kind="policing-body", policing_body_kind="PCC"), "must name its force"),
            (body("a", kind="chief-officer", force="a"), "is no force"),
            (body("a", policing_body_kind="PCC"), "must say its kind"),
            (
                body(
                    "a",
                    succeeded_by=[{"code": "a", "relation": "renamed", "on": date(2020, 1, 1)}],
                ),
                "follow itself",
            ),
            (
                body(
                    "a",
                    succeeded_by=[{"code": "a", "relation": "merged", "on": date(2020, 1, 1)}],
                ),
                "does not end",
            ),
            (
                body(
                    "a",
                    former_names=[
                        {"name": {"en": "B"}, "until": date(2020, 1, 1)},
                        {"name": {"en": "C"}, "until": date(2010, 1, 1)},
                    ],
                ),
                "out of order",
            ),
        ],
    )
    def test_names_what_is_wrong(
        self, organisation: directory.Organisation, problem: str
    ) -> None:
        assert any(problem in each for each in soundness.problems([organisation]))

    @given(st.lists(st.tuples(days, days), max_size=5))
    def test_finds_two_bodies_on_one_day_whenever_there_are(
        self, periods: list[tuple[date, date]]
    ) -> None:
        ordered = [(min(pair), max(pair)) for pair in periods if pair[0] != pair[1]]
        bodies = [
            policing_body(f"body-{number}", "wessex", str(start), str(end))
            for number, (start, end) in enumerate(ordered)
        ]
        shared = any(
            left[0] < right[1] and right[0] < left[1]
            for number, left in enumerate(ordered)
            for right in ordered[number + 1 :]
        )
        assert bool(list(soundness.problems([FORCE, *bodies]))) == shared


class TestSuccession:
    @given(st.lists(days, min_size=1, max_size=6, unique=True))
    def test_a_chain_of_successions_keeps_one_body_on_every_day(
        self, changes: list[date]
    ) -> None:
        """Each change ends the body in office and begins the next, as the operation does."""
        bodies = [policing_body("body-0", "wessex", "2000-01-01")]
        for number, on in enumerate(sorted(changes), start=1):
            latest = bodies.pop()
            after = policing_body(f"body-{number}", "wessex", str(on))
            held = directory.build([FORCE, *bodies, latest])
            refusal = succession.refusal_to_succeed(
                latest, after, on=day(str(on)), directory=held
            )
            assert refusal is None
            step = {"code": after.code, "relation": "abolished", "on": on}
            ended = latest.model_dump() | {"until": on, "succeeded_by": [step]}
            bodies += [directory.Organisation.model_validate(ended), after]
        made = directory.build([FORCE, *bodies])
        assert list(soundness.problems(made.organisations)) == []
        for on in [date(2000, 1, 1), *changes]:
            assert len([each for each in bodies if each.exists(on)]) == 1

    @given(st.sampled_from(directory.shipped().organisations), days)
    def test_nothing_follows_itself(
        self, organisation: directory.Organisation, on: date
    ) -> None:
        assert succession.refusal_to_succeed(
            organisation, organisation, on=day(str(on)), directory=directory.shipped()
        )

    def test_a_name_begins_after_the_one_before(self) -> None:
        renamed = body("a", former_names=[{"name": Words(en="Old"), "until": date(2020, 1, 1)}])
        reason = succession.refusal_to_rename(renamed, name="New", on=day("2019-01-01"))
        assert (
            reason
            == "It had another name until 2020-01-01; the new name must begin after that."
        )

    def test_a_body_is_renamed_only_while_it_exists(self) -> None:
        ended = body("a", until=day("2020-01-01"))
        assert "does not exist" in str(
            succession.refusal_to_rename(ended, name="New", on=day("2021-01-01"))
        )

    def test_a_body_ends_after_it_began(self) -> None:
        young = body("a", since=day("2020-01-01"))
        assert "began on 2020-01-01" in str(
            succession.refusal_to_end(young, on=day("2020-01-01"))
        )


class TestUnits:
    DOGS = UnitFacts("dogs", "gwent", date(2020, 1, 1))

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"code": "Dog Section"}, "lower-case words"),
            ({"code": "horses"}, "already"),
            ({"until": date(2019, 1, 1)}, "ends after"),
        ],
    )
    def test_a_unit_is_described_properly(self, changes: dict[str, Any], reason: str) -> None:
        facts: dict[str, Any] = {
            "code": "dogs",
            "owner": "gwent",
            "since": date(2020, 1, 1),
        } | changes
        refusal = unit_rules.refusal_to_open_unit(
            UnitFacts(**facts), above=None, taken={"horses"}
        )
        assert reason in str(refusal)

    @given(days, days, st.none() | days)
    def test_a_unit_never_outlives_the_one_above(
        self, since: date, above_since: date, above_until: date | None
    ) -> None:
        above = UnitFacts("operations", "gwent", above_since, above_until)
        refusal = unit_rules.refusal_to_place_unit(
            UnitFacts("dogs", "gwent", since), above=above, below=()
        )
        assert (refusal is None) == (above_since <= since and above_until is None)

    def test_a_unit_closes_after_it_began(self) -> None:
        assert "closes on a later day" in str(
            unit_rules.refusal_to_close_unit(self.DOGS, on=date(2020, 1, 1), below=())
        )
