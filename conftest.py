"""Shared by every test, beside the code and under tests/."""

pytest_plugins = [
    "crossforce.kernel.testing.fixtures",
    "crossforce.kernel.testing.browser",
    "crossforce.people.tests.cast",
]
