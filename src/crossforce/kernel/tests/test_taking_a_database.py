"""Two runs of the tests at once on one server: neither takes the other's database away."""

from contextlib import ExitStack

import pytest

from crossforce.kernel import database
from crossforce.kernel.testing import template


def test_a_run_takes_another_name_while_one_is_taken(postgres_server: None) -> None:
    admin = database.plan().admin
    if admin is None:
        pytest.skip("the tests run on a server that is not ours")
    with ExitStack() as runs:
        names = [runs.enter_context(template.taken(admin, "test_of_two_runs")) for _ in "123"]
    assert names == ["test_of_two_runs", "test_of_two_runs_2", "test_of_two_runs_3"]
    with template.taken(admin, "test_of_two_runs") as again:
        assert again == names[0]
