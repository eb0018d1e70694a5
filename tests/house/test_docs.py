"""What an administrator can set or type is in the documents."""

import re
import subprocess
import sys

from tests.house.floors import ROOT, SOURCE

READ = re.compile(
    r"""(?:environment\.(?:text|flag|words)|environ\.get|environ\[|envvar=|\btext|\bflag)\(?\s*["']([A-Z][A-Z_]+)["']"""
)
NOT_OURS = {"DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE", "JAVA_HOME"}


def settings_read() -> set[str]:
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        if "tests" not in path.parts:
            found.update(READ.findall(path.read_text()))
    return found - NOT_OURS


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs" / "settings.md").read_text()
    assert not [name for name in sorted(settings_read()) if f"`{name}`" not in page]


def test_no_documented_setting_is_gone() -> None:
    page = (ROOT / "docs" / "settings.md").read_text()
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE))
    assert documented == settings_read()


def test_every_command_is_documented() -> None:
    script = "import sys; sys.path.insert(0, 'scripts'); import commands_page; sys.stdout.write(commands_page.page())"
    written = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    page = (ROOT / "docs" / "commands.md").read_text()
    assert page == written.stdout, "Run: python scripts/commands_page.py"
