"""What may not stand in any file that we publish."""

import re
import subprocess

import pytest

from tests.house.floors import ROOT

TEXT = {
    ".py",
    ".toml",
    ".md",
    ".jinja",
    ".html",
    ".json",
    ".cfg",
    ".lock",
    ".js",
    ".css",
    ".txt",
    "",
}
HOME = "/" + "(?:work|root|home|farm)" + "/[a-z.]"
# Put together here, so that the pattern is not itself what it looks for.
REGISTRY = "|".join(
    (
        '"res' + 'olved": *"http',
        "--(?:extra-)?index" + "-url",
        "--find" + "-links",
        r"https?:" + r"//[^ \"]+(?:/simple/|/packages/|/-/[^ \"]+\.tgz)",
        "file:" + "///",
    )
)
LARGEST = 3 * 1024 * 1024


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False
    )
    names = listed.stdout.decode().split("\0")
    return [name for name in names if name and (ROOT / name).is_file()]


def lines_with(pattern: str, names: list[str]) -> list[str]:
    found = re.compile(pattern)
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name in names
        if (ROOT / name).suffix in TEXT and not name.startswith("docs/vendor/")
        for number, line in enumerate((ROOT / name).read_text(errors="replace").splitlines(), 1)
        if found.search(line)
    ]


def test_no_address_of_a_package_registry(tracked: list[str]) -> None:
    assert not lines_with(REGISTRY, tracked)


def test_no_path_of_one_machine(tracked: list[str]) -> None:
    assert not lines_with(rf"(?:^|[^A-Za-z0-9_.-]){HOME}", tracked)


def test_no_large_file(tracked: list[str]) -> None:
    assert not [name for name in tracked if (ROOT / name).stat().st_size > LARGEST]
