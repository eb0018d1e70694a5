"""An analyst writes a mapping for an export that nobody has seen before, and brings it in; no code is touched."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from crossforce.duty import jobs
from crossforce.people.tests import factories as people
from tests.journeys.looking import Looker

PLANNER: Final = "planner-wiltshire"
MAPPING: Final = """\
format = 1
name = "wiltshire-force-control"
title = "Wiltshire: force control room"
system = "control-room"
holder = "wiltshire"
shape = "shifts"

[file]
type = "csvv"
delimiter = "|"

[times]
date = "DD-MON-YYYY"
time = "HHmm"
between = " "

[columns]
reference = "ID"
staff = "Warrant"
start = "On"
end = "Off"
call_sign = "Call"
status = "St"

[values]
unit = "tri-force-sou"

[codes.status]
A = "2"
"""
EXPORT: Final = """\
ID|Warrant|On|Off|Call|St|Remarks
F1|WW7001|21-NOV-2026 0700|21-NOV-2026 1500|XW11|A|early
F2|WW7002|21-NOV-2026 1500|21-NOV-2026 2300|XW12|A|late
F3|WW7002|22-NOV-2026 1500|22-NOV-2026 0900|XW12|A|the wrong way round
F4|WW7001|22-NOV-2026 0700|22-NOV-2026 1500|=XW11|A|a formula
"""


@pytest.fixture
def planner(
    with_units: None, live_server: LiveServer, page: Page, settings: Any, tmp_path: Path
) -> Iterator[Looker]:
    settings.VAR = tmp_path
    for number, name in (("WW7001", "Ash Rowan"), ("WW7002", "Robin Lark")):
        people.staff("wiltshire", name=name, number=number)
    looker = Looker(page, live_server.url)
    looker.demonstrating(PLANNER)
    yield looker
    jobs.LINE.at_work.submit(lambda: None).result(60)


def test_a_fourth_export_is_brought_in_without_touching_code(
    planner: Looker, tmp_path: Path
) -> None:
    sample = tmp_path / "control-room.txt"
    sample.write_text(EXPORT)
    page = planner.at("/duty/imports/")
    planner.closely("duty-imports-none")
    page.get_by_role("link", name="Write a mapping").click()
    page.get_by_label("Mapping file", exact=True).fill(MAPPING)
    page.get_by_role("button", name="Keep the mapping").click()
    expect(page.get_by_role("alert")).to_contain_text("Line 9, column 1")
    planner.closely("duty-mapping-wrong")
    page.get_by_label("Mapping file", exact=True).fill(MAPPING.replace("csvv", "csv"))
    page.get_by_label("A sample of the export").set_input_files(sample)
    page.get_by_role("button", name="Try it on the sample").click()
    said = "4 rows: 2 new, 0 changed, 0 the same as held, 2 refused"
    expect(page.get_by_text(said)).to_be_visible()
    planner.closely("duty-mapping-tried")
    page.get_by_role("button", name="Keep the mapping").click()
    page.get_by_role("button", name="Bring an export in").click()
    page.get_by_label("Mapping").select_option("Wiltshire: force control room")
    page.get_by_label("File", exact=True).set_input_files(sample)
    planner.closely("duty-import-send")
    page.get_by_role("button", name="Check the file").click()
    _wait(page, "Checked, nothing brought in yet")
    expect(page.get_by_text("The duty ends before it begins")).to_be_visible()
    planner.closely("duty-import-checked")
    page.get_by_role("button", name="Bring it in").click()
    _wait(page, "Brought in")
    planner.closely("duty-import-done")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    assert "negative-duration" in Path(download.value.path()).read_text()
    planner.at("/duty/imports/")
    expect(page.get_by_role("row", name="control-room.txt")).to_contain_text("2 new")
    planner.closely("duty-imports")
    planner.at("/duty/exports/")
    page.get_by_label("Mapping").select_option("Wiltshire: force control room")
    page.get_by_label("First day").fill("2026-11-21")
    page.get_by_label("Last day").fill("2026-11-22")
    planner.closely("duty-export")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    said = Path(download.value.path()).read_text()
    assert "F1|WW7001|21-Nov-2026 0700|21-Nov-2026 1500|XW11|A" in said
    _leaves_out(planner)


def _leaves_out(planner: Looker) -> None:
    """The mapping loses its code for a status: its duties are told, and nothing is written unasked."""
    page = planner.at("/duty/imports/")
    page.get_by_role("link", name="Wiltshire: force control room").first.click()
    text = MAPPING.replace("csvv", "csv").replace('A = "2"', 'A = "3"')
    page.get_by_label("Mapping file", exact=True).fill(text)
    page.get_by_role("button", name="Keep the mapping").click()
    page = planner.at("/duty/exports/")
    page.get_by_label("Mapping").select_option("Wiltshire: force control room")
    page.get_by_label("First day").fill("2026-11-21")
    page.get_by_label("Last day").fill("2026-11-22")
    page.get_by_role("button", name="Download").click()
    expect(page.get_by_role("status")).to_contain_text("2 duties cannot be said in this form")
    expect(page.get_by_role("row", name="F1")).to_contain_text("WW7001, 21/11/2026 07:00")
    planner.closely("duty-export-left-out")
    page.get_by_label("If some duties cannot").select_option("list")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert "cannot-write" in Path(download.value.path()).read_text()


ODD: Final = """\
format = 1
name = "wiltshire-leisure"
title = "Wiltshire: leisure system"
system = "leisure"
holder = "wiltshire"
shape = "days"

[file]
type = "csv"
delimiter = ";"
covers = "period"

[times]
date = "D/M/YY"
time = "HHmm"
past_midnight = true

[columns]
staff = "Number"
date = "Day"
code = "Code"
from_to = "Hours"
location = "Post"

[values]
unit = "tri-force-sou"

[duty_codes.D]
[duty_codes.AL]
what = "absence"
absence = "leave"
[duty_codes."-"]
what = "nothing"
"""


def test_odd_shapes_are_described_with_the_editor_alone(
    planner: Looker, tmp_path: Path
) -> None:
    """Semicolons, days without their noughts, both times in one cell, 24:00, codes, dashes."""
    rows = (
        "WW7001;1/11/26;D;0700-1900;Devizes",
        "WW7002;1/11/26;D;1900-2400;-",
        "WW7001;2/11/26;AL;;",
        "WW7002;2/11/26;-;;",
    )
    page = planner.at("/duty/mappings/add/")
    page.get_by_role("link", name="One row for each person and day").click()
    expect(page.get_by_label("Mapping file", exact=True)).to_have_value(
        re.compile('holder = "wiltshire"')
    )
    page.locator("summary", has_text="the fields of a duty").click()
    expect(page.get_by_text("Both times in one cell")).to_be_visible()
    planner.closely("duty-mapping-begun")
    page.get_by_label("Mapping file", exact=True).fill(ODD.replace("from_to", "from_til"))
    page.get_by_label("Or its first rows").fill(
        "\n".join(["Number;Day;Code;Hours;Post", *rows])
    )
    page.get_by_role("button", name="Try it on the sample").click()
    expect(page.get_by_role("alert")).to_contain_text("Did you mean 'from_to'?")
    page.get_by_label("Mapping file", exact=True).fill(ODD)
    page.get_by_role("button", name="Try it on the sample").click()
    expect(page.get_by_text("4 rows: 3 new, 0 changed, 1 the same as held")).to_be_visible()
    expect(page.get_by_role("row", name="WW7002@20261101")).to_contain_text(
        "2 November 2026, 00:00"
    )
    page.get_by_role("button", name="Keep the mapping").click()
    expect(page.get_by_role("link", name="Wiltshire: leisure system")).to_be_visible()


def test_most_of_what_is_held_is_cancelled_only_when_that_is_confirmed(
    planner: Looker, tmp_path: Path
) -> None:
    page = planner.at("/duty/mappings/add/")
    page.get_by_label("Mapping file", exact=True).fill(ODD)
    page.get_by_role("button", name="Keep the mapping").click()
    _checked(page, tmp_path, range(1, 29), "What it would do")
    page.get_by_role("button", name="Bring it in").click()
    _wait(page, "Brought in")
    _checked(
        page,
        tmp_path,
        (1, 28),
        "The file would cancel 26 of the 28 duties held for 01/11/2026 to 28/11/2026",
    )
    planner.closely("duty-import-losses")
    page.get_by_role("link", name="send the file again").click()
    page.get_by_label("Cancel what the file no longer has").check()
    _checked(page, tmp_path, (1, 28), "What it would do", is_there=True)
    expect(
        page.get_by_role("definition").filter(has_text=re.compile("^\\s*26\\s*$"))
    ).to_be_visible()
    page.get_by_role("button", name="Bring it in").click()
    _wait(page, "Brought in")
    expect(planner.at("/duty/imports/").get_by_text("26 cancelled")).to_be_visible()


def _checked(
    page: Page, folder: Path, days: Iterable[int], words: str, *, is_there: bool = False
) -> None:
    """A file with a duty on each of these days of November, sent and checked."""
    file = folder / "leisure.csv"
    file.write_text(
        "Number;Day;Code;Hours;Post\n"
        + "".join(f"WW7001;{day}/11/26;D;0700-1900;-\n" for day in days)
    )
    if not is_there:
        page.goto(page.url.partition("/duty/")[0] + "/duty/imports/send/")
    page.get_by_label("Mapping").select_option("Wiltshire: leisure system")
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Check the file").click()
    _wait(page, words, exact=False)


def _wait(page: Page, words: str, *, exact: bool = True) -> None:
    """Look again until it stands so: the page works without JavaScript."""
    for _ in range(100):
        if page.get_by_text(words, exact=exact).count():
            return
        page.wait_for_timeout(200)
        page.reload()
    expect(page.get_by_text(words, exact=exact)).to_be_visible()
