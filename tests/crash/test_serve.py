"""The one command: it answers, it stops cleanly, and it starts again after any kill."""

import http.client
import json
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from crossforce.kernel.testing import ports
from crossforce.kernel.testing.soon import PATIENCE, until
from tests.crash.installation import Installation

pytestmark = [pytest.mark.crash, pytest.mark.slow]


@pytest.fixture
def port() -> Iterator[int]:
    """A port that is this test's alone."""
    with ports.reserved() as number:
        yield number


def serve(installation: Installation, port: int) -> subprocess.Popen[str]:
    """Returns once it says that it serves."""
    process = installation.start("serve", "--no-world", "--port", str(port))
    said: list[str] = []
    assert process.stdout
    for line in process.stdout:
        said.append(line)
        if "serves on" in line:
            return process
    pytest.fail("".join(said))


def answers(port: int, path: str = "/") -> int:
    """The status; 0 when it is told nothing: what is killed while it answers closes the door."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        asked.request("GET", path)
        return asked.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        asked.close()


def is_well(port: int) -> bool:
    return 0 < answers(port) < 500


def stopped(installation: Installation, served: subprocess.Popen[str]) -> str:
    """What it said last, once it and everything that it began is gone."""
    rest, _ = served.communicate(timeout=PATIENCE)
    until(lambda: not installation.processes())
    return rest


def test_integrates_the_ledger_beside_the_web(
    installation: Installation, port: int, tmp_path: Path
) -> None:
    process = serve(installation, port)
    installation.run("keys", "rotate", "django")  # writes an entry
    said: list[str] = []

    def is_integrated() -> bool:
        said.append(installation.run("ledger", "verify-log"))
        return "0 wait" in said[-1]

    until(is_integrated)
    assert not said[-1].startswith("0 entries")
    before = look(installation, port, tmp_path)
    installation.run("keys", "rotate", "django")
    until(lambda: look(installation, port, tmp_path) > before)
    process.terminate()
    stopped(installation, process)


def look(installation: Installation, port: int, folder: Path) -> int:
    """Look at the log as a witness that is not registered; answers how much it remembers."""
    key, state = folder / "key", folder / "state"
    if not key.exists():
        installation.run("ledger", "witness-key", str(key), "--name", "wiltshire")
    log_key = installation.run("ledger", "keys").split()[0]
    said = installation.run(
        "ledger",
        "witness",
        *("--key", str(key), "--state", str(state), "--log-key", log_key),
        *("--checkpoint", f"http://127.0.0.1:{port}/ledger/checkpoint"),
        fails=True,
    )
    assert "not by the registered key" in said
    return int(json.loads(state.read_text())["seen"][-1]["size"])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "sigterm"])
def test_stops_cleanly_and_leaves_no_process(
    installation: Installation, port: int, number: signal.Signals
) -> None:
    process = serve(installation, port)
    assert is_well(port)
    process.send_signal(number)
    assert stopped(installation, process).strip().endswith("Stopped.")
    assert process.returncode == 0


def test_starts_again_after_kill_9_of_itself(installation: Installation, port: int) -> None:
    first = serve(installation, port)
    first.kill()
    first.communicate()
    until(lambda: ports.is_free(port))  # its workers see that their parent is gone
    second = serve(installation, port)
    assert is_well(port)
    second.terminate()
    stopped(installation, second)


def test_starts_again_after_kill_9_of_everything(installation: Installation, port: int) -> None:
    first = serve(installation, port)
    while everything := installation.processes():  # what was born meanwhile as well
        for found in everything:
            found.kill()
        psutil.wait_procs(everything, timeout=10)
    first.communicate()
    second = serve(installation, port)
    assert is_well(port)
    second.terminate()
    stopped(installation, second)


def test_a_killed_database_is_started_again(installation: Installation, port: int) -> None:
    process = serve(installation, port)
    for found in installation.processes():
        if found.name() == "postgres":
            with suppress(psutil.NoSuchProcess):
                found.kill()
    until(lambda: answers(port, "/register/") == 200)
    process.terminate()
    stopped(installation, process)


def test_a_killed_worker_is_replaced(installation: Installation, port: int) -> None:
    process = serve(installation, port)
    for worker in psutil.Process(process.pid).children():
        os.kill(worker.pid, signal.SIGKILL)
    until(lambda: is_well(port))
    process.terminate()
    stopped(installation, process)


def test_what_works_beside_the_web_is_begun_again(
    installation: Installation, port: int
) -> None:
    process = serve(installation, port)
    until(lambda: said_of_companions(installation).startswith("at work: "))
    said = said_of_companions(installation)
    assert said.startswith("at work: database, stream, ")
    assert {"duty folders", "ledger"} <= set(said.split(", "))
    killed = [
        companion
        for child in psutil.Process(process.pid).children()
        for companion in child.children()
        if "postgres" not in companion.name()
    ]
    keeper = killed[0].parent()
    assert keeper
    assert len(killed) == len(said.split(", "))
    for companion in killed:
        companion.kill()
    until(lambda: said_of_companions(installation) == said)
    keeper.kill()
    until(lambda: said_of_companions(installation) == said)
    process.terminate()
    stopped(installation, process)
    assert said_of_companions(installation) == "nothing is served now"


def said_of_companions(installation: Installation) -> str:
    """What the doctor says of them."""
    return installation.python(
        "from crossforce.kernel import doctor\nprint(next(doctor.companions_at_work()).said)"
    ).strip()


def test_a_taken_port_is_one_plain_line(installation: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = str(taken.getsockname()[1])
        said = installation.run("serve", "--no-world", "--port", number, fails=True)
    assert f"Port {number} is taken" in said
    assert "Traceback" not in said
