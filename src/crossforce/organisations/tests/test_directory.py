"""The shipped directory is sound, and says what history says."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.organisations import directory
from crossforce.organisations.choices import OrganisationKind, PolicingBodyKind
from crossforce.organisations.directory import DirectoryUnreadable, NoSuchOrganisation
from crossforce.organisations.rules.soundness import problems

SHIPPED = directory.shipped()
FORCES = [force.code for force in SHIPPED.forces()]
any_force = st.sampled_from(FORCES)
any_day = st.dates(date(1996, 1, 1), date(2040, 12, 31))


class TestEveryDay:
    @given(any_force, any_day)
    def test_a_force_has_exactly_one_policing_body(self, force: str, on: date) -> None:
        holders = [each.code for each in SHIPPED.policing_bodies(force) if each.exists(on)]
        assert holders == [SHIPPED.policing_body(force, on)]

    @pytest.mark.parametrize("force", FORCES)
    def test_policing_bodies_follow_each_other_without_a_gap(self, force: str) -> None:
        bodies = SHIPPED.policing_bodies(force)
        for earlier, later in pairwise(bodies):
            assert earlier.until == later.since
            assert later.code in [step.code for step in earlier.succeeded_by]
        assert bodies[0].exists(date(1996, 1, 1))
        assert bodies[-1].until is None

    @given(any_force, any_day)
    def test_a_force_has_one_chief_officer_and_one_region(self, force: str, on: date) -> None:
        office = SHIPPED.organisation(SHIPPED.chief_officer(force, on))
        assert office.force == force
        region = SHIPPED.region_of(force, on)
        assert region is not None
        assert force in SHIPPED.forces_in(region, on)

    @given(st.sampled_from([each.code for each in SHIPPED.organisations]), any_day)
    def test_heirs_exist_on_the_day(self, code: str, on: date) -> None:
        assert all(SHIPPED.exists(heir, on) for heir in SHIPPED.heirs(code, on))

    @given(st.sampled_from(SHIPPED.organisations), any_day)
    def test_a_name_changes_only_on_its_day(
        self, organisation: directory.Organisation, on: date
    ) -> None:
        changes = {each.until.date for each in organisation.former_names}
        same = organisation.name_on(on) == organisation.name_on(on + timedelta(days=1))
        assert same or on + timedelta(days=1) in changes


class TestWhatHistorySays:
    def test_the_rows_hang_together(self) -> None:
        assert list(problems(SHIPPED.organisations)) == []

    def test_there_are_43_forces_with_an_ons_code_each(self) -> None:
        assert len({force.ons_code for force in SHIPPED.forces()}) == 43

    @pytest.mark.parametrize(
        ("force", "on", "body"),
        [
            ("gloucestershire", "2012-11-21", "police-authority-gloucestershire"),
            ("gloucestershire", "2012-11-22", "pcc-gloucestershire"),
            ("metropolitan", "2000-07-02", "home-secretary-as-police-authority-metropolitan"),
            ("metropolitan", "2012-01-15", "police-authority-metropolitan"),
            ("metropolitan", "2012-01-16", "mopac"),
            ("city-of-london", "2012-11-22", "common-council-city-of-london"),
            ("greater-manchester", "2017-05-08", "mayor-greater-manchester"),
            ("west-yorkshire", "2021-05-09", "pcc-west-yorkshire"),
            ("west-yorkshire", "2021-05-10", "mayor-west-yorkshire"),
            ("north-yorkshire", "2024-05-07", "mayor-york-and-north-yorkshire"),
            ("south-yorkshire", "2024-05-07", "mayor-south-yorkshire"),
        ],
    )
    def test_who_maintains_the_force(self, force: str, on: str, body: str) -> None:
        assert SHIPPED.policing_body(force, date.fromisoformat(on)) == body

    @pytest.mark.parametrize(
        ("code", "on", "kind"),
        [
            ("pcc-essex", "2017-09-30", PolicingBodyKind.PCC),
            ("pcc-essex", "2017-10-01", PolicingBodyKind.PFCC),
            ("pcc-cambridgeshire", "2026-01-01", PolicingBodyKind.PCC),
            ("pcc-north-yorkshire", "2019-01-01", PolicingBodyKind.PFCC),
        ],
    )
    def test_fire_and_rescue_changes_the_kind(
        self, code: str, on: str, kind: PolicingBodyKind
    ) -> None:
        found = SHIPPED.organisation(code)
        assert found.policing_body_kind_on(date.fromisoformat(on)) is kind

    def test_hampshire_had_another_name(self) -> None:
        hampshire = SHIPPED.force("hampshire")
        assert hampshire.name_on(date(2016, 2, 1)).en == "Hampshire Constabulary"
        assert hampshire.name.en == "Hampshire and Isle of Wight Constabulary"

    @pytest.mark.parametrize(
        ("code", "heirs"),
        [
            ("association-of-chief-police-officers", ("national-police-chiefs-council",)),
            ("border-and-immigration-agency", ("uk-border-force", "immigration-enforcement",
                                               "uk-visas-and-immigration")),
            ("government-office-for-the-south-east", ()),
            ("police-authorities-of-wales", ("all-wales-policing-group",)),
            ("hampshire-ambulance-service", ("south-central-ambulance-service",)),
        ],
    )  # fmt: skip
    def test_who_stands_in_its_place_in_2016(self, code: str, heirs: tuple[str, ...]) -> None:
        assert SHIPPED.heirs(code, date(2016, 2, 1)) == heirs

    def test_every_welsh_force_and_its_offices_have_welsh_names(self) -> None:
        welsh = [SHIPPED.organisation(code) for code in SHIPPED.forces_in("wales")]
        assert len(welsh) == 4
        offices = [
            each for each in SHIPPED.organisations if each.force in [f.code for f in welsh]
        ]
        assert all(each.name.cy for each in [*welsh, *offices])

    def test_kent_is_in_the_south_east(self) -> None:
        assert SHIPPED.region_of("kent") == "south-east"

    def test_a_board_seats_offices_of_known_organisations(self) -> None:
        board = SHIPPED.organisation("sw-police-collaboration-commissioning-board")
        assert [seat.office for seat in board.members] == [
            "policing-body",
            "chief-officer",
            "policing-body-chief-executive",
        ]
        assert {code for seat in board.members for code in seat.of} == set(
            SHIPPED.forces_in("south-west")
        )

    def test_no_class_of_bodies_or_board_can_be_a_party(self) -> None:
        boards = SHIPPED.of_kind(OrganisationKind.BOARD)
        collective = [each for each in SHIPPED.organisations if each.collective]
        assert collective
        assert not any(each.legal_person for each in [*boards, *collective])


class TestFigures:
    def test_officers_of_2023_sum_to_the_published_total(self) -> None:
        on = date(2023, 3, 31)
        total = sum(
            (SHIPPED.figure("officer-fte", force, on) or Decimal(0)) for force in FORCES
        )
        assert round(total) == 147_430

    def test_a_figure_holds_until_the_next(self) -> None:
        at = [SHIPPED.figure("population", "gwent", date(2020, 6, day)) for day in (29, 30)]
        assert at == [
            SHIPPED.figure("population", "gwent", date(2019, 6, 30)),
            SHIPPED.figure("population", "gwent", date(2021, 6, 29)),
        ]

    def test_there_is_none_before_the_first(self) -> None:
        assert SHIPPED.figure("police-grant", "gwent", date(2024, 4, 1)) is None


class TestAsking:
    def test_an_unknown_code_is_refused(self) -> None:
        with pytest.raises(NoSuchOrganisation, match="atlantis"):
            SHIPPED.force("atlantis")

    def test_a_body_that_is_no_force_is_refused(self) -> None:
        with pytest.raises(NoSuchOrganisation, match="not a force"):
            SHIPPED.force("home-office")

    def test_a_day_before_the_records_is_refused(self) -> None:
        with pytest.raises(NoSuchOrganisation, match="1950"):
            SHIPPED.policing_body("kent", date(1950, 1, 1))

    def test_an_office_knows_its_force(self) -> None:
        assert SHIPPED.force_of("commissioner-metropolitan") == "metropolitan"


class TestReading:
    ROW = '[[organisation]]\ncode = "a-club"\nkind = "group"\nname = { en = "A club" }\nsource = "test"\nconfidence = "D"\n'

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("format = 2\n", "format = 1"),
            ("format = \n", "Invalid value"),
            ('format = 1\n[[organisation]]\ncode = "A Club"\n', "a-club|A Club"),
            ("format = 1\n" + ROW + ROW, "appears twice"),
            ("format = 1\n" + ROW + "colour = 'red'\n", "colour"),
            (
                "format = 1\n" + ROW + 'from = { date = 2014-04-01, precision = "hour" }\n',
                "precision",
            ),
        ],
    )
    def test_says_what_is_wrong_and_where(
        self, tmp_path: Path, text: str, message: str
    ) -> None:
        (tmp_path / "rows.toml").write_text(text)
        with pytest.raises(DirectoryUnreadable, match=message) as refusal:
            directory.read(tmp_path)
        assert str(refusal.value).startswith("rows.toml: ")

    def test_reads_the_same_rows_into_equal_directories(self) -> None:
        assert directory.read(directory.reading.REFERENCE) == SHIPPED
