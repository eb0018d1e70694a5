"""Shared by every test, beside the code and under tests/."""

import pytest
from hypothesis import settings

pytest_plugins = [
    "crossforce.kernel.testing.fixtures",
    "crossforce.kernel.testing.browser",
    "crossforce.kernel.testing.live",
    "crossforce.organisations.tests.shipped",
    "crossforce.people.tests.cast",
    "crossforce.records.tests.forgetting",
]

# A slow machine is no fault of the code: time is measured by the benchmarks.
settings.register_profile("house", max_examples=50, deadline=None, print_blob=True)
settings.load_profile("house")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first, so that at the end no worker is left alone with one.

    pytest-django then puts those that commit after those that roll back, and keeps this order within.
    """
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
