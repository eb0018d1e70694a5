"""Nobody takes a page away from others by a row of their own that says a day or a number which there is not."""

import pytest
from django.db import IntegrityError, transaction

from crossforce.kernel import guarded
from crossforce.kernel.testing.cast import Cast
from tests.adversarial.conftest import raw

pytestmark = pytest.mark.django_db
"""The tables that lists of others read; tests/house/test_finite.py goes through all columns."""
ROWS = [
    "people_staff SET changed_at",
    "people_staff SET starts_at",
    "people_posting SET ends_at",
    "people_account SET last_login",
]


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("value", ["infinity", "-infinity", "20000-01-01"])
def test_no_row_says_a_day_without_end(cast: Cast, row: str, value: str) -> None:
    refused = pytest.raises(IntegrityError, match="_finite")
    administrator = cast.asha("force-administrator").actor
    with guarded.acting(administrator), refused, transaction.atomic():
        raw(f"UPDATE {row} = %s", value)
