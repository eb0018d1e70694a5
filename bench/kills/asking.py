"""Somebody at work over HTTP: what was acknowledged is noted, and what was cut off is asked for again, as any client does."""

import http.client
import json
import threading
import time
from collections.abc import Mapping
from typing import Any, Final

PATIENCE: Final = 60
AGAIN: Final = frozenset({423, 502, 503, 507})
"""Answers after which a client asks again, besides faults of the server."""


class Stuck(Exception):
    """What was asked for again and again was never done."""


class Refused(Exception):
    """What was asked is refused: after a kill nothing may be, as all of it was allowed before."""


class Asking:
    """A client that waits, once it was cut off, until it may go on."""

    def __init__(self, port: int, tokens: Mapping[str, str]) -> None:
        self.port, self._tokens = port, tokens
        self.step = ""
        self.cut_at = ""
        self.cut, self.may_go_on = threading.Event(), threading.Event()
        self.told: dict[str, Any] = {}

    def get(self, step: str, path: str, *, by: str = "asha") -> Any:
        """What is there."""
        return json.loads(self.ask(step, "GET", path, by=by)[1])

    def post(self, step: str, path: str, body: object, *, key: str, **more: Any) -> Any:
        """Done once, however often it is asked for under its key."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        headers |= more.pop("headers", {})
        answer = self.ask(step, "POST", path, json.dumps(body).encode(), headers, **more)[1]
        return json.loads(answer) if answer else None

    def ask(
        self,
        step: str,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        *,
        by: str = "asha",
    ) -> tuple[Mapping[str, str], bytes]:
        """The answer, once there is one. Raises Refused, Stuck."""
        self.step = step
        ends = time.monotonic() + PATIENCE
        while True:
            status, found, answer = self.once(method, path, body, headers or {}, by)
            if 200 <= status < 300:
                return found, answer
            if 400 <= status < 500 and status not in AGAIN:
                raise Refused(f"{step}: {method} {path} {status} {answer[:300]!r}")
            if time.monotonic() > ends:
                raise Stuck(f"{step}: {method} {path} {status} {answer[:300]!r}")
            self.lost(step)

    def lost(self, step: str) -> None:
        """It was cut off here: the first time it waits until the trial has looked."""
        if not self.cut.is_set():
            self.cut_at = step
            self.cut.set()
            self.may_go_on.wait(PATIENCE)
        time.sleep(0.05)

    def once(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str], by: str
    ) -> tuple[int, Mapping[str, str], bytes]:
        """One request; the status is 0 where no answer came."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        by_whom = {"Authorization": f"Bearer {self._tokens[by]}"} if by else {}
        try:
            asked.request(method, f"/api/v1{path}", body, by_whom | dict(headers))
            answer = asked.getresponse()
            return answer.status, dict(answer.headers), answer.read()
        except (OSError, http.client.HTTPException):
            return 0, {}, b""
        finally:
            asked.close()
