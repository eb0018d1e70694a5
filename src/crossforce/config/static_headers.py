"""Headers of the static files, which whitenoise serves before the frame sees the request."""

from collections.abc import MutableMapping


def add(headers: MutableMapping[str, str], path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
