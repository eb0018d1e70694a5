"""The bodies that documents name: those of the tests of agreements."""

from crossforce.agreements.tests.conftest import few_bodies

__all__ = ["few_bodies"]
