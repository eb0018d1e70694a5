"""What workers are born with."""

import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.urls import clear_url_caches

from crossforce.kernel import serving


@pytest.fixture
def no_addresses(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As in a process that has answered nothing yet."""
    monkeypatch.delitem(sys.modules, settings.ROOT_URLCONF, raising=False)
    clear_url_caches()
    yield
    clear_url_caches()


@pytest.mark.usefixtures("no_addresses")
def test_addresses_are_loaded_before_a_worker_is_asked() -> None:
    serving.load_addresses()
    assert settings.ROOT_URLCONF in sys.modules
