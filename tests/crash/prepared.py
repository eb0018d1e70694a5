"""A process that has begun as a command begins; the commands that follow are forks of it.

To begin is most of what a command takes. What it read then is the environment and the keys: where one of them has
changed since, another begins. What is to be killed, and what is said of the beginning itself, is never one of these.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

WORK: Final = """
import gc; gc.disable()
import json, os, sys
import django; django.setup()
from crossforce.config import main, platform
rooms = [*main.rooms("commands")]
print("ready", flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    child = os.fork()
    if not child:
        break
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
else:
    sys.exit()
for number, path in ((0, os.devnull), (1, asked["out"]), (2, asked["err"])):
    opened = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    os.dup2(opened, number)
    os.close(opened)
if asked["words"]:
    main.main(asked["words"])
else:
    exec(asked["code"], {"__name__": "__main__"})
"""


class Prepared:
    """For one data folder."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.begun: subprocess.Popen[str] | None = None
        self.read: object = None

    def done(self, words: Sequence[str], code: str = "") -> tuple[int, str, str]:
        """How the command, or the code, ended, and what it said to whom."""
        if self.begun is None or self.read != self._to_read():
            self._begin()
        assert self.begun
        assert self.begun.stdin
        assert self.begun.stdout
        with TemporaryDirectory() as folder:
            out, err = (Path(folder) / name for name in ("out", "err"))
            asked = {"words": words, "code": code, "out": str(out), "err": str(err)}
            print(json.dumps(asked), file=self.begun.stdin, flush=True)
            ended = int(self.begun.stdout.readline())
            return ended, out.read_text(), err.read_text()

    def end(self) -> None:
        if self.begun:
            self.begun.communicate()
            self.begun = None

    def _begin(self) -> None:
        self.end()
        self.begun = subprocess.Popen(
            [sys.executable, "-c", WORK],
            env=dict(self.environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.begun.stdout
        assert self.begun.stdout.readline() == "ready\n"
        self.read = self._to_read()

    def _to_read(self) -> object:
        keys = Path(self.environment["CROSSFORCE_VAR"]) / "keys"
        content = {path.name: path.read_bytes() for path in keys.glob("*")}
        return dict(self.environment), content
