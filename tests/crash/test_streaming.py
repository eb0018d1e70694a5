"""The process that keeps pages current: it comes with the web, comes again when killed, and goes with it."""

import http.client
import json
import os
import signal
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from crossforce.kernel.live import process as live
from crossforce.kernel.testing.soon import PATIENCE, until
from tests.crash.installation import Installation
from tests.crash.test_serve import is_well, port, serve, stopped

pytestmark = [pytest.mark.crash, pytest.mark.slow]
__all__ = ["port"]


def streams(installation: Installation) -> int:
    """The port, once something streams there."""
    note = Path(installation.var / "live.json")
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
    """The process that answers: the one that listens and has the most connections of its own."""
    for each in installation.processes():
        listening = [
            row.laddr.port for row in each.net_connections("tcp") if row.status == "LISTEN"
        ]
        parent = each.parent()
        grandparent = parent.parent() if parent else None
        if at in listening and grandparent and grandparent in installation.processes():
            return each
    pytest.fail("no process of its own")


def test_is_begun_again_when_it_is_killed_and_ends_with_the_web(
    installation: Installation, port: int
) -> None:
    served = serve(installation, port)
    at = streams(installation)
    assert "Live pages: stream on port" in installation.run("doctor")
    assert f"connect-src 'self' http://127.0.0.1:{at}" in policy(port)
    killed = streamer(installation, at)
    killed.kill()
    until(lambda: not killed.is_running() or killed.status() == psutil.STATUS_ZOMBIE)
    assert streams(installation) == at
    assert is_well(port)
    os.kill(served.pid, signal.SIGTERM)
    assert stopped(installation, served).strip().endswith("Stopped.")
    assert served.returncode == 0
    assert not (installation.var / "live.json").exists()
