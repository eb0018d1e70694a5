"""One command that starts the whole platform, and stops it without leaving anything behind."""

import gc
import hashlib
import http.client
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any, Final

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import get_resolver
from django.utils import translation
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from crossforce.kernel import companions, database, registry
from crossforce.kernel.live import process as live

HOST: Final = "127.0.0.1"
ANSWER_SECONDS: Final = 60
MOST_WORKERS: Final = 33
"""Each holds a connection to the database, which has a hundred for them and everybody else."""
BEATS: Final = "/dev/shm"  # noqa: S108 - a file without a name
"""Where workers show that they live, with each request: kept in memory where there is such a place, not on the disk."""
RUBBISH: Final = (10_000, 20, 20)
"""What a request leaves is let go at once, but for circles: these are looked for after so many, not after 700."""

console = Console(highlight=False)


class DidNotAnswer(Exception):
    """The web did not answer: the fault stands above."""


class Unguarded(Exception):
    """Row security does not stand, so that nothing is served. Run “crossforce migrate”."""


class PortTaken(Exception):
    """Something else listens on this port. Choose another with PORT=."""


def usual_workers() -> int:
    """As gunicorn advises: a request waits for its commit, and meanwhile the processor is another's."""
    return min(2 * len(os.sched_getaffinity(0)) + 1, MOST_WORKERS)


def serve(*, port: int, workers: int, load_world: bool) -> None:
    """Blocks until Ctrl-C or SIGTERM; then the web stops first and the database last."""
    refuse_taken_port(port)
    plan = database.plan()
    with ended_by_signal(), plan.running():
        console.print("Database: ready.")
        plan.prepare()
        database.migrate()
        refuse_unguarded()
        if load_world:
            load_parts()
        for catch_up in registry.start_ups:
            catch_up()
        collect_static()
        # Asked here, not when the web answers: a worker that is forked while a thread imports waits for it for ever.
        said = [line for lines in registry.announcements for line in lines()]
        connections.close_all()
        streaming = partial(live.keep_streaming, live.open_port(port))
        with companions.kept(beside_the_web(streaming)) as keeper:
            Web(port=port, workers=workers, said=said, keeper=keeper).run()


def refuse_unguarded() -> None:
    """Raises Unguarded with what is missing; asked before any process of the web answers."""
    faults = [fault for check in registry.safeguards for fault in check()]
    if faults:
        raise Unguarded(f"{Unguarded.__doc__} What is missing: {'; '.join(faults)}.")


def beside_the_web(streaming: companions.Work) -> dict[str, companions.Work]:
    """What works beside the web, by name."""
    named = zip(registry.companions.names(), registry.companions, strict=True)
    return {"database": keep_database, "stream": streaming, **dict(named)}


def keep_database(goes_on: Callable[[], bool]) -> None:
    """Start our own database again when something else has ended it."""
    server = database.plan().server
    while goes_on():
        if server is not None:
            server.revive()


@contextmanager
def ended_by_signal() -> Iterator[None]:
    """SIGTERM ends the block as Ctrl-C does; a second one does not interrupt the tidying up."""

    def end(number: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        console.print("Stopped.")


def refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as fault:
            raise PortTaken(
                f"Port {port} is taken ({fault.strerror}). Choose another with PORT=."
            ) from fault


def load_parts() -> None:
    """The demonstration world; every part leaves alone what it finds loaded."""
    parts = sorted(registry.world_parts, key=lambda part: part.order)
    if not parts:
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        for part in parts:
            part.run(progress)


def collect_static() -> None:
    """Copy and fingerprint the assets when they changed since the last time."""
    root = Path(settings.STATIC_ROOT)
    stamp = root / ".sources"
    seen = sources_digest()
    if stamp.exists() and stamp.read_text() == seen:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=root.exists())
    stamp.write_text(seen)


def sources_digest() -> str:
    total = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list(["*.map"]), key=lambda row: row[0]):
            state = Path(storage.path(name)).stat()
            total.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return total.hexdigest()


def load_addresses() -> None:
    """All addresses in every language, with what answers them: a worker that has none loads them for seconds before its first answer."""
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            get_resolver().reverse_dict  # noqa: B018 - made when it is first asked for


class Web(BaseApplication):
    """gunicorn inside this process: its workers end when it does, however it ends."""

    def __init__(
        self, *, port: int, workers: int, said: Sequence[str], keeper: companions.Companion
    ) -> None:
        """`said`: lines for whoever began it, once it answers. The `keeper` of what works beside it is looked after."""
        self.keeper = keeper
        self.port = port
        self.workers = workers
        self.said = said
        self.answered = threading.Event()
        super().__init__()

    def load_config(self) -> None:
        chosen = {
            "bind": f"{HOST}:{self.port}",
            "workers": self.workers,
            "worker_class": "crossforce.kernel.lasting.Worker",
            "preload_app": True,
            "worker_tmp_dir": BEATS if os.access(BEATS, os.W_OK) else None,
            "graceful_timeout": 10,
            "timeout": 60,
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": self.announce_soon,
            "post_fork": end_with_parent,
            "proc_name": "crossforce",
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """What is loaded before the workers fork stays: they neither copy it nor look for rubbish in it."""
        application = get_wsgi_application()
        load_addresses()
        connections.close_all()
        gc.collect()
        gc.freeze()
        gc.set_threshold(*RUBBISH)
        return application

    def run(self) -> None:
        """A worker is a fork of this process: it must end here, not tidy up in our name."""
        ours = os.getpid()
        try:
            LookingAfter(self).run()
        except SystemExit as ended:
            if os.getpid() != ours:
                os._exit(ended.code if isinstance(ended.code, int) else 0)
            if ended.code:
                raise
        finally:
            if os.getpid() != ours:
                os._exit(1)
        if not self.answered.is_set():
            raise DidNotAnswer(DidNotAnswer.__doc__)

    def announce_soon(self, arbiter: Any) -> None:
        """Say where to go once a page has really been answered."""
        host, port = arbiter.LISTENERS[0].getsockname()
        threading.Thread(target=self.announce, args=(host, port), daemon=True).start()

    def announce(self, host: str, port: int) -> None:
        if not answers(host, port):
            os.kill(os.getpid(), signal.SIGTERM)
            return
        self.answered.set()
        console.print(f"\nCrossforce serves on http://{host}:{port}/  (Ctrl-C stops it)")
        for line in self.said:
            console.print(line, soft_wrap=True)


class LookingAfter(Arbiter):
    """gunicorn's main process, which looks every second after its workers, and after the keeper as well."""

    app: Web

    def manage_workers(self) -> None:
        """Also while the workers are as they should be."""
        super().manage_workers()
        self.app.keeper.look(self.let_go)

    def let_go(self) -> None:
        """Whoever is no worker holds no door open."""
        for listener in self.LISTENERS:
            listener.close()


def end_with_parent(arbiter: Any, worker: Any) -> None:
    """A worker whose parent was killed frees the port within a second."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def answers(host: str, port: int) -> bool:
    end = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < end:
        time.sleep(0.2)
        try:
            asked = http.client.HTTPConnection(host, port, timeout=10)
            asked.request("GET", "/")
            status = asked.getresponse().status
        except OSError:
            continue
        return status < 500
    return False
