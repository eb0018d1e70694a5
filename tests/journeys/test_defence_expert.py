"""An expert of the defence is given a proof pack, and verifies it on a machine that has the bare library and nothing else."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from crossforce.evidence.models import Exhibit
from crossforce.evidence.operations import proving
from crossforce.evidence.tests import factories
from crossforce.evidence.tests.test_proving import exhibit_with_all, members, packed
from crossforce.kernel.testing.cast import Cast
from crossforce.ledger.tests.logs import integrated
from tests import bare
from tests.journeys.looking import Looker

EACH = """
import contextlib, io, sys
sys.path.insert(0, sys.argv[1])
from crossforce.config.main import main
for name in sys.argv[4:]:
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
        try:
            main(["evidence", "verify", name, *sys.argv[2:4]])
            code = 0
        except SystemExit as ended:
            code = ended.code
    print(code, " ".join(said.getvalue().split()))
"""


def test_a_pack_is_given_and_verified_without_the_platform(
    look: Looker, cast: Cast, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr(proving, "wait", integrated)
    factories.policy()
    exhibit = exhibit_with_all()
    look.demonstrating(cast.asha("investigator").account.username)
    pack = pack_is_made(look, exhibit, tmp_path / "pack.zip")
    machine = bare.laid_out(tmp_path / "packages")
    by = ["--log-key", key_is_looked_up(look)]
    done = bare.run(machine, "evidence", "verify", pack, *by)
    assert done.returncode == 0, done.stderr
    assert "The pack verifies: 2 files, 3 acts of continuity." in done.stdout
    assert "act 3: It was on its way" in done.stdout
    assert bare.run(machine, "evidence", "verify", pack).returncode == 3
    told = tampered(members(pack.read_bytes()), tmp_path / "tampered")
    done = bare.run(machine, *by, *told, code=EACH)
    lines = done.stdout.splitlines()
    assert len(lines) == len(told), done.stderr
    for line, name in zip(lines, told.values(), strict=True):
        assert line.startswith("1 "), line
        assert name in line, line


def pack_is_made(look: Looker, exhibit: Exhibit, file: Path) -> Path:
    page = look.at(f"/evidence/{exhibit.pk}/")
    page.get_by_role("link", name="Make a proof pack").click()
    look.closely("evidence-proof")
    page.get_by_label("For whom it is").fill("Expert of the defence")
    page.get_by_label("Why").fill("Trial")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Make and download the pack").click()
    taken.value.save_as(file)
    return file


def key_is_looked_up(look: Looker) -> str:
    """By somebody without an account."""
    browser = look.page.context.browser
    assert browser
    context = browser.new_context()
    page: Page = context.new_page()
    page.goto(f"{look.address}/ledger/keys")
    key = page.inner_text("body").splitlines()[0]
    context.close()
    return key


def tampered(content: dict[str, bytes], folder: Path) -> dict[Path, str]:
    """Packs in which one thing is not as it was, each with what it is that has to be named."""
    made = dict[Path, str]()

    def keep(way: str, named: str, altered: dict[str, bytes]) -> None:
        file = folder / f"{way}-{len(made)}.zip"
        file.write_bytes(packed(altered).getvalue())
        made[file] = named

    folder.mkdir()
    for name, data in content.items():
        if data:
            middle = len(data) // 2
            other = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
            keep("flipped", name, content | {name: other})
        keep("gone", name, {each: data for each, data in content.items() if each != name})
    keep("added", "added.txt", content | {"added.txt": b"More"})
    first, second = "receipts/1.json", "receipts/2.json"
    keep("swapped", first, content | {first: content[second], second: content[first]})
    return made
