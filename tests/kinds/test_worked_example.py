"""CONTRIBUTING's worked example is run as it stands there: one kind, one model, nothing else."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from crossforce.kernel.testing import template
from tests.house.floors import ROOT

KINDS = "from typing import Final\n\nfrom crossforce.kernel.registry import RecordKind\n\n"
MODELS = """\
from typing import ClassVar

from django.db import models

from crossforce.records.governed import GovernedRecord, with_history

"""
APPS = """\
from django.apps import AppConfig

from crossforce.kernel import registry
from lost.kinds import KINDS


class LostConfig(AppConfig):
    name = "lost"

    def ready(self):
"""
SETTINGS = (
    "from crossforce.config.test_settings import *\n\n"
    'INSTALLED_APPS = [*INSTALLED_APPS, "lost.apps.LostConfig"]\n'
)


def parts() -> dict[str, str]:
    text = (ROOT / "CONTRIBUTING.md").read_text()
    block = next(
        each for each in re.findall(r"```python\n(.*?)```", text, re.S) if "lost" in each
    )
    found = re.split(r"^# lost/(\w+)\.py.*$", block, flags=re.M)[1:]
    return dict(zip(found[::2], found[1::2], strict=True))


def written(folder: Path) -> None:
    example, app = parts(), folder / "lost"
    (app / "migrations").mkdir(parents=True)
    for path in (app / "__init__.py", app / "migrations" / "__init__.py"):
        path.touch()
    (app / "kinds.py").write_text(KINDS + example["kinds"])
    (app / "models.py").write_text(MODELS + example["models"])
    indented = "".join(f"        {line}\n" for line in example["apps"].strip().splitlines())
    (app / "apps.py").write_text(APPS + indented)
    (folder / "lost_settings.py").write_text(SETTINGS)


@pytest.mark.slow
def test_a_kind_and_a_model_are_all_that_a_service_writes(
    tmp_path: Path, django_db_setup: None
) -> None:
    written(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "tests.kinds.using", str(tmp_path), template.named()],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    assert json.loads(done.stdout) == {
        "read_by": [1, 0, 0],
        "searched": [1, 1, 0],
        "pointer_hides": ["found_at"],
        "changes": 2,
        "is_due": True,
        "logged": ["altered", "collected"],
        "policies": ["guarded_add", "guarded_dispose", "guarded_edit", "guarded_read"],
        "stranger": 302,
        "api": 401,
    }
