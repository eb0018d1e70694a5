"""The bodies of the tests of agreements, whose signed clauses are read here."""

from crossforce.agreements.tests.conftest import bodies, few_bodies

__all__ = ["bodies", "few_bodies"]
