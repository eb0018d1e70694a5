"""What a dock of body-worn cameras left is there without anybody sending it, and a bag that came by post is brought in."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from crossforce.evidence.operations import docks
from crossforce.evidence.operations.docking import Docked
from crossforce.evidence.tests import factories
from crossforce.evidence.tests.archives import zipped
from crossforce.intake import api as intake
from crossforce.kernel import clock
from crossforce.kernel.testing.cast import Cast
from tests.journeys.looking import Looker

SAID = {"exhibit_reference": "JAS/9", "case_reference": "op-heron", "seized_by": "PC 1234"}


def test_films_of_a_dock_and_a_bag_come_in(
    look: Looker, cast: Cast, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    factories.policy()
    account = cast.asha("investigator").account.username
    settings.EVIDENCE_DOCKS = tmp_path / "docks.toml"
    films_are_left(tmp_path / "dock", settings.EVIDENCE_DOCKS, account)
    payload = {"data/lock.txt": b"The lock was shut"}
    sums = "".join(f"{sha256(each).hexdigest()}  {name}\n" for name, each in payload.items())
    declared = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    bag = zipped(payload | {"bagit.txt": declared, "manifest-sha256.txt": sums.encode()})
    item = factories.kept(factories.exhibit(), bag, "bag.zip")

    look.demonstrating(account)
    page = look.at("/evidence/")
    page.get_by_role("link", name="Docks").click()
    expect(page.get_by_role("row", name="Keynsham").first).to_contain_text("1")
    expect(page.get_by_role("row", name="late.mp4")).to_contain_text("seized_at")
    look.closely("evidence-docks")
    page = look.at(f"/evidence/items/{item.pk}/")
    page.get_by_role("link", name="What lies in it").click()
    page.get_by_role("link", name="See what it brings").click()
    look.closely("evidence-package")
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_text("All of it is here")).to_be_visible()


def films_are_left(dock: Path, file: Path, account: str) -> None:
    """One that is whole, and one of which nobody can say when it was made."""
    dock.mkdir()
    file.write_text(
        f'[[dock]]\nname = "Keynsham"\npath = "dock"\nsidecar = ".json"\naccount = "{account}"\n'
    )
    for name, at in (("lock.mp4", "2026-09-14 09:20"), ("late.mp4", "yesterday")):
        (dock / name).write_bytes(b"film " * 9)
        (dock / f"{name}.json").write_text(json.dumps(SAID | {"seized_at": at}))
    watch = intake.Watch[Docked](lambda: docks.read(file))
    assert len([each for _ in range(2) for each in watch.look(at=clock.now())]) == 2
