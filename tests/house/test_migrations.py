"""The structure of the database is what the models say."""

import subprocess
import sys


def test_no_migration_is_missing() -> None:
    # In a process of its own: other tests may have declared models of theirs in this one.
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "django",
        "makemigrations",
        "--check",
        "--dry-run",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
