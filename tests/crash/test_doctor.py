"""The doctor says what is wrong, what mends it, and whether a script may go on."""

from collections.abc import Iterator

import pytest

from tests.crash.installation import Installation

pytestmark = [pytest.mark.crash, pytest.mark.slow]


@pytest.fixture(scope="module", autouse=True)
def server(installation: Installation) -> Iterator[None]:
    """Nothing is killed here: the database server need not start for every command."""
    with installation.at_work():
        yield


def test_finds_a_fresh_installation_sound(installation: Installation) -> None:
    said = installation.run("doctor")
    for subject in (
        "Data folder",
        "Server version",
        "Collation",
        "Application role",
        "Application's objects",
        "Structure",
    ):
        assert f"✔ {subject}" in said
    assert "✘" not in said


def test_names_keys_that_others_may_read(installation: Installation) -> None:
    key = installation.var / "keys" / "django.json"
    key.chmod(0o644)
    try:
        said = installation.run("doctor", fails=True)
    finally:
        key.chmod(0o600)
    assert "others may read django.json" in said
    assert "then rotate what was exposed" in said


def test_refuses_a_demonstration_that_the_world_can_reach(installation: Installation) -> None:
    installation.environment["CROSSFORCE_HOSTS"] = "127.0.0.1,police.example"
    try:
        said = installation.run("doctor", fails=True)
    finally:
        del installation.environment["CROSSFORCE_HOSTS"]
    assert "Set CROSSFORCE_DEMONSTRATION=0" in said
    assert "CROSSFORCE_TLS=1" in said


def test_says_so_when_the_database_was_never_made(installation: Installation) -> None:
    fresh = Installation("doctor-fresh")
    try:
        said = fresh.run("doctor", fails=True)
    finally:
        fresh.remove()
    assert "run “crossforce migrate”" in said
    assert "Traceback" not in said


def test_a_command_before_the_first_migration_is_one_plain_line() -> None:
    fresh = Installation("never-migrated")
    try:
        said = fresh.run("organisation", "list", fails=True)
    finally:
        fresh.remove()
    assert "Run “crossforce migrate” first" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "name",
    ["DATABASE_URL", "OWNER_DATABASE_URL", "DIRECT_DATABASE_URL", "REPLICA_DATABASE_URL"],
)
def test_says_which_setting_is_no_address_and_repeats_no_password(
    installation: Installation, name: str
) -> None:
    url = "postgresql://somebody@here/crossforce" if name.startswith("OWNER") else ""
    given = {"DATABASE_URL": url} | {name: "garbage secret"}
    installation.environment |= given
    try:
        said = installation.run("doctor", fails=True)
    finally:
        for each in given:
            del installation.environment[each]
    assert f"{name} is no address of a database" in said
    assert "secret" not in said
    assert "Traceback" not in said


def test_says_of_a_standby_that_it_does_not_answer(installation: Installation) -> None:
    installation.environment["REPLICA_DATABASE_URL"] = "postgresql://127.0.0.1:1/crossforce"
    try:
        said = installation.run("doctor")
    finally:
        del installation.environment["REPLICA_DATABASE_URL"]
    assert "! Standby" in said
    assert "port 1, database crossforce: does not answer" in " ".join(said.split())
    assert "unset REPLICA_DATABASE_URL" in said
