import pytest

from crossforce.organisations import operations
from crossforce.organisations.tests.factories import AT, KEEPER


@pytest.fixture
def loaded(db: None) -> operations.Loaded:
    """The shipped directory, in the database."""
    return operations.load_reference(actor=KEEPER, at=AT)
