"""Do a keyed request once, and tell its repeats that it was done.

The key's row is inserted in the request's own transaction. A repeat that arrives meanwhile waits on
the row; when the first is rolled back the repeat runs, when it commits the repeat reads its answer.

Of what somebody who signed in was told only the identifier is kept: a right to read may have ended since, and a
look is written down. A repeat is told that it was done, and what to read anew. What is kept is sealed, and bound to
whom and what it answers.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

from crossforce.kernel import ids, refusals
from crossforce.kernel.keys import KeyRefused
from crossforce.kernel.models import Answer
from crossforce.kernel.web import uploads

JSON: Final = "application/json; charset=utf-8"
FIELD: Final = "idempotency_key"
BESIDE: Final = frozenset({FIELD, "csrfmiddlewaretoken"})
"""Fields of a form that say nothing of what is to be done."""
HEADER: Final = "Idempotency-Key"
KEPT: Final = timedelta(days=7)
SWEEP: Final = 500  #: one request in so many drops what is older
SHORTEST, LONGEST = 8, 64
DONE: Final = "This was done already, and is not told again. Read it as it is now."

INSERT: Final = """
INSERT INTO kernel_answer (id, asker, key, fingerprint, content_type, body, asked_at)
SELECT %s, %s, %s, %s, '', '', %s
 WHERE NOT EXISTS (SELECT FROM kernel_answer WHERE asker = ANY (%s) AND key = %s)
ON CONFLICT (asker, key) DO NOTHING
"""


class NoKey(refusals.NotUnderstood):
    """This came without a key, so it could be done twice. On a page: open it again and send it from there.

    Over the API: send the header Idempotency-Key, 8 to 64 characters, a new one for each thing to be done.
    """


class TooMuchToKeep(refusals.NotUnderstood):
    """With the header Idempotency-Key at most 2.5 MB can be sent. Send the key of a larger file as the field
    `idempotency_key` of the form instead.
    """


class KeyUsed(refusals.Conflict):
    """Something else was sent under this key before, and that was done. On a page: open it again, and change it there.

    Over the API: send the header Idempotency-Key, a new one for each thing to be done.
    """


class AnswerLost(refusals.Conflict):
    """This was done already, and its answer can no longer be given. Look at what you changed as it is now."""


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks, under which key, for what; `before` says the first and the last under keys of ours that were replaced."""

    asker: str
    key: str
    fingerprint: str
    before: tuple[tuple[str, str], ...] = ()


def new_key() -> str:
    return str(ids.new_id())


def describe(request: HttpRequest) -> Request:
    """The request's key and what it stands for. Raises NoKey, TooMuchToKeep."""
    from_form = request.headers.get(HEADER) is None
    key = request.POST.get(FIELD, "") if from_form else request.headers[HEADER]
    if not (SHORTEST <= len(key) <= LONGEST and key.isascii() and key.isprintable()):
        raise NoKey
    asked = f"{request.method} {request.get_full_path()}\n".encode()
    asked += _fields(request) if from_form else _body(request)
    said = [
        (_digest(_asker(request), secret), _digest(asked, secret))
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]
    return Request(said[0][0], key, said[0][1], tuple(said[1:]))


def _body(request: HttpRequest) -> bytes:
    try:
        return request.body
    except RequestDataTooBig:
        raise TooMuchToKeep from None


def _fields(request: HttpRequest) -> bytes:
    """What a form says, without the boundaries of its parts: a browser sends it twice with different ones."""
    said = {name: values for name, values in request.POST.lists() if name not in BESIDE}
    files = {
        name: [(each.name, uploads.sha256_of(each)) for each in sent]
        for name, sent in request.FILES.lists()
    }
    return json.dumps([said, files], sort_keys=True).encode()


def _digest(data: bytes, secret: str) -> str:
    """Keyed: whoever reads the table learns neither who did what, nor has anything to try guesses of passwords on."""
    return salted_hmac("crossforce.idempotency", data, secret, algorithm="sha256").hexdigest()


def begin(asked: Request, *, at: datetime) -> HttpResponse | None:
    """None when this is the first; else the answer that the first one got. In a transaction."""
    row_id = ids.new_id()
    if row_id.int % SWEEP == 0:
        forget(at=at)
    earlier = [asker for asker, _ in asked.before]
    values = (row_id, asked.asker, asked.key, asked.fingerprint, at, earlier, asked.key)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)
        if cursor.rowcount:
            return None
    found = Answer.objects.get(asker__in=[asked.asker, *earlier], key=asked.key)
    if (found.asker, found.fingerprint) not in (
        (asked.asker, asked.fingerprint),
        *asked.before,
    ):
        raise KeyUsed
    return _again(found)


def keep(asked: Request, request: HttpRequest, response: HttpResponseBase) -> None:
    """Remember the answer, for the repeats. In the same transaction as what was done.

    A page drawn in answer to a form is not kept, since it may show what is shown once: a repeat
    is led to the page's address instead. Of an answer to somebody who signed in the identifier is kept.
    """
    is_form = HEADER not in request.headers
    location = response.headers.get("Location", "")
    led = is_form and not location
    plain = b"" if is_form else getattr(response, "content", b"")
    is_cut = bool(plain) and not _is_stranger(request)
    said = Answer(
        asker=asked.asker,
        key=asked.key,
        fingerprint=asked.fingerprint,
        status=int(HTTPStatus.SEE_OTHER if led else response.status_code),
        content_type=JSON if is_cut else response.headers.get("Content-Type", ""),
    )
    told = (
        (request.path if led else location).encode()
        + b"\n"
        + (_cut(plain) if is_cut else plain)
    )
    Answer.objects.filter(asker=asked.asker, key=asked.key).update(
        status=said.status,
        content_type=said.content_type,
        body=settings.KEYS.seal(told, context=_bound(said)),
    )


def forget(*, at: datetime) -> int:
    """Drop the answers older than a week; answers how many."""
    return Answer.objects.filter(asked_at__lt=at - KEPT).delete()[0]


def _cut(answer: bytes) -> bytes:
    """What a repeat is told instead: that it was done, and the identifier of what came of it."""
    try:
        told: Any = json.loads(answer)
        key = {"id": str(UUID(told["id"]))}
    except (ValueError, TypeError, KeyError, AttributeError):
        key = {}
    return json.dumps({**key, "detail": DONE}).encode()


def _is_stranger(request: HttpRequest) -> bool:
    """Whether who asks was told nothing but what is public."""
    user = getattr(request, "user", None)
    is_known = user is not None and user.is_authenticated
    return not (
        is_known or request.headers.get("Authorization") or getattr(request, "actor", None)
    )


def _again(found: Answer) -> HttpResponse:
    try:
        told = settings.KEYS.unseal(bytes(found.body), context=_bound(found))
    except KeyRefused:
        raise AnswerLost from None
    location, _, body = told.partition(b"\n")
    response = HttpResponse(body, status=found.status, content_type=found.content_type or None)
    if location:
        response.headers["Location"] = location.decode()
    response.headers["Idempotency-Replayed"] = "true"
    return response


def _bound(said: Answer) -> str:
    """Everything that an answer says in clear, and to whom."""
    parts = (
        said.asker,
        said.key,
        said.fingerprint,
        said.status,
        said.content_type,
    )
    return json.dumps(["kernel.answer", *parts])


def _asker(request: HttpRequest) -> bytes:
    """Who asks. Whose token, posting or account has ended is nobody who asked before, and is refused as such."""
    if token := request.headers.get("Authorization"):
        return (b"token:" if getattr(request, "actor", None) else b"nobody:") + token.encode()
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        posting = getattr(getattr(request, "actor", None), "posting", None)
        return f"account:{user.pk}:{posting}".encode()
    return b"browser:" + request.COOKIES.get(settings.CSRF_COOKIE_NAME, "").encode()
