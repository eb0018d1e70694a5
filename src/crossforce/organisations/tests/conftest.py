import pytest

from crossforce.organisations import operations
from crossforce.organisations.tests.factories import AT, KEEPER


@pytest.fixture
def loaded(shipped_directory: None) -> None:
    """The shipped directory, in the database."""


@pytest.fixture
def just_loaded(db: None) -> operations.Loaded:
    """The shipped directory as an operation of this very test brought it in."""
    return operations.load_reference(actor=KEEPER, at=AT)
