"""Entity tags: whoever changes a row says which edit of it they saw."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse

from crossforce.kernel import refusals
from crossforce.kernel.versioned import Versioned


class NoTag(refusals.NotUnderstood):
    """Say which edit you saw: send the ETag that you were given as If-Match."""

    status: ClassVar[int] = 428


class OldTag(refusals.StaleVersion):
    """Someone changed this after you read it; nothing of yours was saved. Read it again."""

    status: ClassVar[int] = 412


def give(response: HttpResponse, row: Versioned) -> None:
    response.headers["ETag"] = row.etag


def version_seen(request: HttpRequest, row: Versioned) -> int:
    """The edit that the caller saw, which is this one. Raises NoTag, OldTag."""
    tag = request.headers.get("If-Match", "").strip()
    if not tag:
        raise NoTag
    if tag != row.etag:
        raise OldTag
    return row.version
