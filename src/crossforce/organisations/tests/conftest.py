import pytest

from crossforce.kernel.testing import ground
from crossforce.organisations import operations
from crossforce.organisations.tests.factories import ASHA, AT, BRYN, KEEPER, post


@ground.fixture
def loaded(shipped_directory: None) -> None:
    """The shipped directory, in the database, and two who administer their own force."""
    post(ASHA)
    post(BRYN)


@pytest.fixture
def just_loaded(db: None) -> operations.Loaded:
    """The shipped directory as an operation of this very test brought it in."""
    return operations.load_reference(actor=KEEPER, at=AT)
