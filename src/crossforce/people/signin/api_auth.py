"""Who calls the API: a machine by its token, or a page of ours by the session."""

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBasicAuth, HttpBearer

from crossforce.people.choices import Actor


def _acting(request: HttpRequest) -> Actor | None:
    """As whom the middleware found the request to act, by whichever way it came."""
    found: Actor | None = getattr(request, "actor", None)
    return found


class Bearer(HttpBearer):
    """A token issued on the account's page or by the command line. The middleware has read it."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        return _acting(request)


class Password(HttpBasicAuth):
    """A token as the password of a subscribed calendar. The middleware has read it."""

    def __call__(self, request: HttpRequest) -> Actor | None:
        if not request.headers.get("Authorization", "").lower().startswith("basic "):
            return None
        return self.authenticate(request, "", "")

    def authenticate(self, request: HttpRequest, username: str, password: str) -> Actor | None:
        return _acting(request)


class Session(APIKeyCookie):
    """The session of somebody signed in, with the form token against other sites."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Actor | None:
        if "Authorization" in request.headers or not request.COOKIES.get(self.param_name):
            return None
        found: Actor | None = super().__call__(request)
        return found

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        return _acting(request)


bearer = Bearer()
password = Password()
session = Session()
