"""Both servers of a comparison: ours as `crossforce serve` starts it, the peer under gunicorn."""

import sys
from contextlib import AbstractContextManager
from typing import Final

from bench.installed import COMMAND, Installation
from crossforce.kernel import serving

OURS: Final = 18_741
THEIRS: Final = 18_751
TURNS: Final = 5


def ours(made: Installation) -> AbstractContextManager[None]:
    return made.answering([COMMAND, "serve", "--port", str(OURS)], _register(OURS))


def plain(made: Installation) -> AbstractContextManager[None]:
    """As many workers as ours has, of the same class."""
    bind = f"127.0.0.1:{THEIRS}"
    workers = str(serving.usual_workers())
    command = [sys.executable, "-m", "gunicorn", "--workers", workers, "--bind", bind]
    return made.answering([*command, "bench.plain.wsgi"], _register(THEIRS))


def _register(port: int) -> str:
    return f"http://127.0.0.1:{port}/register/"
