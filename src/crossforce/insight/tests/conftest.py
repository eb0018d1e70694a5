"""The bodies of the tests of agreements, whose signed terms these tests go on from."""

from crossforce.agreements.tests.conftest import bodies, few_bodies

__all__ = ["bodies", "few_bodies"]
