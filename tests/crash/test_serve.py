"""The one command: it answers, it stops cleanly, it starts again after any kill, and so does what works beside it."""

import http.client
import json
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from random import Random

import psutil
import pytest
from bench.kills import trials
from bench.kills.serving import Served
from pytest_django import Settings

from crossforce.kernel import doctor
from crossforce.kernel.live import process as live
from crossforce.kernel.testing import ports
from crossforce.kernel.testing.soon import PATIENCE, until
from tests.crash.installation import Installation

pytestmark = [pytest.mark.crash, pytest.mark.slow]
HARMED = (
    ("upload", "worker"),
    ("transfer", "database"),
    ("redaction", "worker"),
    ("upload", "database"),
    ("disposal", "worker"),
)


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


def stops_cleanly(
    installation: Installation, served: subprocess.Popen[str], number: signal.Signals
) -> None:
    """It says so last, and nothing that it began is left."""
    served.send_signal(number)
    rest, _ = served.communicate(timeout=PATIENCE)
    until(lambda: not installation.processes())
    assert rest.strip().endswith("Stopped.")
    assert served.returncode == 0
    assert not (installation.var / "live.json").exists()


def test_starts_again_after_kill_9_of_itself_and_of_everything(
    installation: Installation, port: int
) -> None:
    first = serve(installation, port)
    first.kill()
    first.communicate()
    until(lambda: ports.is_free(port))  # its workers see that their parent is gone
    second = serve(installation, port)
    assert is_well(port)
    while everything := installation.processes():  # what was born meanwhile as well
        for found in everything:
            found.kill()
        psutil.wait_procs(everything, timeout=10)
    second.communicate()
    third = serve(installation, port)
    assert is_well(port)
    stops_cleanly(installation, third, signal.SIGINT)


def test_goes_on_whatever_of_it_is_killed(
    installation: Installation, port: int, tmp_path: Path, settings: Settings
) -> None:
    settings.VAR = installation.var
    installation.environment["CROSSFORCE_PG_FAST"] = (
        "0"  # the fast one may lose its last instants
    )
    process = serve(installation, port)
    until(lambda: said_of_companions().startswith("at work: "))
    at = streams(installation)
    looked = installation.run("doctor")
    assert f"Live pages: stream on port {at}" in looked
    assert "Companions: at work: database, stream, " in looked
    integrates_the_ledger(installation, port, tmp_path)
    replaces_a_killed_worker(process, port)
    streams_again_at_the_same_port(installation, port, at)
    begins_again_what_works_beside_the_web(process)
    starts_a_killed_database_again(installation, port)
    loses_nothing_of_evidence(installation, process, port)
    stops_cleanly(installation, process, signal.SIGTERM)
    assert said_of_companions() == "nothing is served now"


def integrates_the_ledger(installation: Installation, port: int, folder: Path) -> None:
    installation.run("keys", "rotate", "django")  # writes an entry
    said: list[str] = []

    def is_integrated() -> bool:
        said.append(installation.run("ledger", "verify-log"))
        return "0 wait" in said[-1]

    until(is_integrated)
    assert not said[-1].startswith("0 entries")
    before = look(installation, port, folder)
    installation.run("keys", "rotate", "django")
    until(lambda: look(installation, port, folder) > before)


def look(installation: Installation, port: int, folder: Path) -> int:
    """Look at the log as a witness that is not registered; answers how much it remembers."""
    key, log_key, state = (folder / name for name in ("key", "log-key", "state"))
    if not key.exists():
        installation.run("ledger", "witness-key", str(key), "--name", "wiltshire")
        log_key.write_text(installation.run("ledger", "keys").split()[0])
    said = installation.run(
        "ledger",
        "witness",
        *("--key", str(key), "--state", str(state), "--log-key", log_key.read_text()),
        *("--checkpoint", f"http://127.0.0.1:{port}/ledger/checkpoint"),
        fails=True,
    )
    assert "not by the registered key" in said
    return int(json.loads(state.read_text())["seen"][-1]["size"])


def replaces_a_killed_worker(process: subprocess.Popen[str], port: int) -> None:
    workers = psutil.Process(process.pid).children()
    companions = [each for worker in workers for each in worker.children()]
    for worker in workers:
        os.kill(worker.pid, signal.SIGKILL)
    until(lambda: is_well(port))
    until(lambda: all(map(is_gone, companions)))  # their keeper was killed too
    until(lambda: said_of_companions().startswith("at work: "))


def streams_again_at_the_same_port(installation: Installation, port: int, at: int) -> None:
    assert f"connect-src 'self' http://127.0.0.1:{at}" in policy(port)
    killed = streamer(installation, at)
    killed.kill()
    until(lambda: is_gone(killed))
    assert streams(installation) == at
    assert is_well(port)


def begins_again_what_works_beside_the_web(process: subprocess.Popen[str]) -> None:
    until(lambda: said_of_companions().startswith("at work: "))
    said = said_of_companions()
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
    until(lambda: said_of_companions() != said)
    until(lambda: said_of_companions() == said)
    keeper.kill()
    until(lambda: said_of_companions() == said and not keeper.is_running())


def starts_a_killed_database_again(installation: Installation, port: int) -> None:
    for found in installation.processes():
        if found.name() == "postgres":
            with suppress(psutil.NoSuchProcess):
                found.kill()
    until(lambda: answers(port, "/register/") == 200)


def loses_nothing_of_evidence(
    installation: Installation, process: subprocess.Popen[str], port: int
) -> None:
    """A few of the trials of `bench kills`: killed at a random moment of each work."""
    served = Served(installation.var, installation.environment, port, process)
    with trials.ground(served) as ground:
        for number, (work, harm) in enumerate(HARMED):
            held = ground.hold(number, work, harm, Random(number))
            assert not held.faults
        assert not ground.judge.ask("whole")


def is_gone(process: psutil.Process) -> bool:
    """Whether it runs no more, be it that nobody took note."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def said_of_companions() -> str:
    """What the doctor says of them."""
    return next(doctor.companions_at_work()).said


def streams(installation: Installation) -> int:
    """The port, once something streams there."""
    note = installation.var / "live.json"
    until(lambda: note.exists() and note.stat().st_size)
    found = int(json.loads(note.read_text())["port"])
    until(lambda: live.is_well(found))
    return found


def policy(at: int) -> str:
    """The content security policy of the pages."""
    with closing(http.client.HTTPConnection("127.0.0.1", at, timeout=PATIENCE)) as asked:
        asked.request("GET", "/")
        return asked.getresponse().headers["Content-Security-Policy"]


def streamer(installation: Installation, at: int) -> psutil.Process:
    """The process that answers: of all that hold the port, the one begun by the companion that keeps it."""
    ours = installation.processes()

    def depth(process: psutil.Process) -> int:
        return sum(parent in ours for parent in process.parents())

    found = max((each for each in ours if listens(each, at)), key=depth)
    assert depth(found) > 2, "a process of its own"
    return found


def listens(process: psutil.Process, at: int) -> bool:
    rows = process.net_connections("tcp")
    return any(row.status == "LISTEN" and row.laddr.port == at for row in rows)


def test_a_taken_port_is_one_plain_line(installation: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = str(taken.getsockname()[1])
        said = installation.run("serve", "--no-world", "--port", number, fails=True)
    assert f"Port {number} is taken" in said
    assert "Traceback" not in said
