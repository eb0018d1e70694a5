"""What has been taken off the guard is named, keeps the platform from serving, and comes back."""

from collections.abc import Iterator
from typing import Any

import pytest

from crossforce.access import soundness
from crossforce.acting import vouching
from crossforce.kernel import database, doctor, guarded_policies, serving

pytestmark = pytest.mark.django_db(transaction=True)
READ = "ALTER POLICY guarded_read ON people_skill"


@pytest.fixture
def put_back(owner_connection: Any) -> Iterator[None]:
    yield
    for statement in (
        "DROP POLICY IF EXISTS more ON people_skill",
        "DROP POLICY IF EXISTS guarded_read ON people_skill",
    ):
        owner_connection.execute(statement)
    repair()


def repair() -> None:
    with database.as_owner():
        guarded_policies.install()


@pytest.mark.usefixtures("put_back")
@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("ALTER TABLE people_skill DISABLE ROW LEVEL SECURITY", "people_skill"),
        ("ALTER TABLE people_skillevent DISABLE ROW LEVEL SECURITY", "people_skillevent"),
        (f"{READ} USING (true)", "people_skill"),
        (f"{READ} TO pg_read_all_data", "people_skill"),
        ("DROP POLICY guarded_edit ON people_skill", "people_skill"),
        ("CREATE POLICY more ON people_skill FOR SELECT USING (true)", "people_skill"),
        ("ALTER POLICY begun_add ON people_posting WITH CHECK (true)", "people_posting"),
        ("ALTER TABLE agreements_version DISABLE TRIGGER vouched_insert", "agreements_version"),
        ("ALTER TABLE agreements_notice ENABLE TRIGGER vouched_update", "agreements_notice"),
        ("DROP TRIGGER vouched_delete ON agreements_signature", "agreements_signature"),
        ("ALTER TABLE records_searched DISABLE ROW LEVEL SECURITY", "records_searched"),
    ],
)
def test_a_guard_that_was_changed_is_found_and_mended(
    owner_connection: Any, statement: str, table: str
) -> None:
    assert not [*soundness.faults(), *vouching.faults()]
    owner_connection.execute(statement)
    [finding] = doctor.safeguards()
    assert finding.is_serious
    assert table in finding.said
    assert "crossforce migrate" in finding.remedy
    with pytest.raises(serving.Unguarded, match=f"the table {table} is not"):
        serving.refuse_unguarded()
    repair()
    serving.refuse_unguarded()
    assert [each.grade for each in doctor.safeguards()] == [doctor.SOUND]
