"""The frame's tests see its test pages, and their templates."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
import pytest
from django.template import engines

from crossforce.kernel.web.tests import pages_for_tests

TEMPLATES = Path(__file__).parent / "templates"


@pytest.fixture(autouse=True)
def test_pages(settings: Any) -> Iterator[None]:
    settings.ROOT_URLCONF = pages_for_tests.__name__
    engine: Any = engines["jinja2"]
    environment = engine.env
    before = environment.loader
    environment.loader = jinja2.ChoiceLoader([before, jinja2.FileSystemLoader(TEMPLATES)])
    pages_for_tests.DONE.clear()
    yield
    environment.loader = before
