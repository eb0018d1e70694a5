"""An analyst writes a mapping for what a records system sends, loads the force, and mends what was refused."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from crossforce.nominals.jobs import loading as jobs
from tests.journeys.looking import Looker

FILE: Final = """\
Nominal,Team,Entered,Surname,Forename 1,Forename 2,Born,Sex,Street,Town,Postcode,PNCID,Roles
W100001,Swindon CID,03/04/2024,Penhallow,Merryn,Kerensa,09/03/1987,F,14 Quarry Lane,Swindon,SN1 3EP,1987/0163001Y,S;C
W100002,Swindon CID,05/04/2024,Okonjo,Tobias,,03/1979,M,9 Canal Walk,Swindon,SN1 1LD,,W
W100003,Trowbridge CPT,11/04/2024,Villanueva,Rosa,,31/02/1990,F,22 Hilperton Road,Trowbridge,BA14 7JB,,V
"""


@pytest.fixture
def analyst(
    with_units: None, live_server: LiveServer, page: Page, settings: Any, tmp_path: Path
) -> Iterator[Looker]:
    settings.VAR = tmp_path
    looker = Looker(page, live_server.url)
    looker.demonstrating("analyst-wiltshire")
    yield looker
    jobs.LINE.at_work.submit(lambda: None).result(60)


def test_an_analyst_loads_a_force(analyst: Looker, tmp_path: Path) -> None:
    sample = tmp_path / "people.csv"
    sample.write_text(FILE)
    page = analyst.at("/nominals/loads/")
    page.get_by_role("link", name="Write a source").click()
    page.get_by_role("link", name="People, as CSV").click()
    text = page.get_by_label("Mapping file", exact=True).input_value()
    page.get_by_label("Mapping file", exact=True).fill(text.replace('"Born"', '"DOB"'))
    page.get_by_label("A sample of the file").set_input_files(sample)
    page.get_by_role("button", name="Try it on the sample").click()
    expect(page.get_by_text("The file has the column 'DOB' nowhere")).to_be_visible()
    page.get_by_label("Mapping file", exact=True).fill(text)
    page.get_by_label("A sample of the file").set_input_files(sample)
    page.get_by_role("button", name="Try it on the sample").click()
    expect(page.get_by_text("There is no day 1990-02-31")).to_be_visible()
    analyst.closely("nominals-source-tried")
    page.get_by_role("button", name="Keep the source").click()
    page.get_by_role("button", name="Load a file").click()
    page.get_by_label("Source").select_option("People")
    page.get_by_label("File", exact=True).set_input_files(sample)
    page.get_by_role("button", name="Load the file").click()
    expect(page.get_by_role("heading", name="Load of People")).to_be_visible()
    expect(page.get_by_role("link", name="row 4")).to_be_visible(timeout=30_000)
    analyst.closely("nominals-load")
    page.get_by_role("link", name="row 4").click()
    page.get_by_label("Born").fill("28/02/1990")
    analyst.closely("nominals-row")
    page.get_by_role("button", name="Load the row").click()
    expect(page.get_by_text("Row 4 is mended and loaded.")).to_be_visible()
    page = analyst.at("/nominals/quality/")
    expect(page.get_by_role("row", name="Swindon CID")).to_be_visible()
    analyst.closely("nominals-quality")
