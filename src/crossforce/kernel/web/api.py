"""The HTTP API: one OpenAPI description, the apps' routers, problem details for every refusal.

Signed in unless a router says `auth=None`. A POST carries an Idempotency-Key; a change to a row
carries If-Match with the ETag that was read.
"""

import json
from collections.abc import Callable
from functools import cache, wraps
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.signature import ViewSignature

from crossforce.kernel import refusals, registry
from crossforce.kernel.versioned import Versioned
from crossforce.kernel.web import idempotency, language, marks, problems

REFERENCE: Final = "#/components/schemas/"
PROBLEM: Final = {"$ref": "#/components/schemas/Problem"}
CALENDAR: Final = ".ics"
PROBLEM_SCHEMA: Final = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}
ANSWERS: Final = {
    "400": "Not understood",
    "401": "Sign in, or send a token",
    "403": "Not yours to do; the detail says why",
    "404": "Not there, or not for you to know of",
    "409": "Cannot be done as things stand; the detail says what to do",
    "412": "The row has changed since the ETag you sent",
    "415": "Not JSON",
    "422": "Parts of the request are wrong; errors names them",
    "428": "Send If-Match with the ETag that you read",
}
KEY_PARAMETER: Final = {
    "name": idempotency.HEADER,
    "in": "header",
    "required": True,
    "description": "Any text of 8 to 64 characters, new for each thing done. A repeat of the "
    "request with the same key does nothing: it gets the first status, the `id` and `detail`, and what it names is read anew.",
    "schema": {
        "type": "string",
        "minLength": idempotency.SHORTEST,
        "maxLength": idempotency.LONGEST,
        "pattern": r"^[!-~]+$",
    },
}


class Unversioned(refusals.Refusal):
    """Send If-Match with the ETag that you read, so that nobody's change is lost."""

    status = 428


class Changed(refusals.Refusal):
    """The row has changed since the ETag you sent. Read it again."""

    status = 412


class Interface(NinjaAPI):
    """The API; its description also names what the frame asks and answers everywhere.

    Two apps may call a shape by the same name: each router is described by itself, and its shapes
    carry its name.
    """

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.mounted: list[tuple[str, Router]] = []
        self._told: dict[str, Any] = {}

    def mount(self, prefix: str, router: Router) -> None:
        """Give the router its place in the API and in the description."""
        self.mounted.append((prefix, router))
        self._told.clear()
        self.add_router(f"/{prefix}", router)

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        """Worked out once for each place at which the API stands: of some hundred operations it takes seconds."""
        place = kwargs.get("path_prefix")
        if place is None:
            place = self.get_root_path(kwargs.get("path_params") or {})
        if place not in self._told:
            self._told[place] = self._whole(place)
        return self._told[place]

    def _whole(self, place: str) -> Any:
        names: Any = {
            "title": self.title,
            "version": self.version,
            "description": self.description,
        }
        whole: Any = NinjaAPI(**names, servers=self.servers).get_openapi_schema(
            path_prefix=place
        )
        components = whole["components"]
        components["schemas"]["Problem"] = PROBLEM_SCHEMA
        for prefix, router in self.mounted:
            part = self._described(prefix, router, place)
            whole["paths"].update(part["paths"])
            for name, shape in part["components"].pop("schemas", {}).items():
                components["schemas"][f"{prefix}.{name}"] = shape
            for what, found in part["components"].items():
                components.setdefault(what, {}).update(found)
        for path, operations in whole["paths"].items():
            for method, operation in operations.items():
                _complete(method, operation, asks=path.endswith(marks.ASKS))
        return whole

    def _described(self, prefix: str, router: Router, place: str) -> Any:
        alone = NinjaAPI(auth=self.auth, urls_namespace=f"{self.urls_namespace}-{prefix}")
        alone.add_router(f"/{prefix}", router)
        text = json.dumps(alone.get_openapi_schema(path_prefix=place))
        return json.loads(text.replace(REFERENCE, f"{REFERENCE}{prefix}."))


def _complete(method: str, operation: dict[str, Any], *, asks: bool) -> None:
    if method == "post" and not asks:
        operation.setdefault("parameters", []).append(KEY_PARAMETER)
    for status, description in ANSWERS.items():
        known = operation["responses"].setdefault(status, {"description": description})
        known["content"] = {problems.MEDIA_TYPE: {"schema": PROBLEM}}


@cache
def interface() -> Interface:
    """The API of the service, with every registered router."""
    made = assemble("api")
    for one in registry.api_routers:
        made.mount(one.prefix.strip("/"), _router(one.router))
    return made


def assemble(namespace: str) -> Interface:
    """An API without routers yet: its guards, its description, its answers to refusals."""
    made = Interface(
        title="Crossforce",
        version="1",
        description="Collaboration agreements between police forces: what they say and what "
        "follows from them. The same operations and queries as the pages.",
        docs_url=None,
        openapi_url="/openapi.json",
        urls_namespace=namespace,
        auth=[import_string(name) for name in settings.API_AUTHENTICATION],
    )
    made.add_decorator(only_known)
    _answer_refusals(made)
    return made


def only_known(view: Callable[..., Any]) -> Callable[..., Any]:
    """The operation, refusing what it is not asked with: a filter passed over in silence would mislead.

    Raises ValidationError, which names what is not known and what is.
    """

    @cache
    def declared() -> frozenset[str]:
        models = ViewSignature("", view).models
        queried = (each for each in models if each.__ninja_param_source__ == "query")
        return frozenset(name for each in queried for name in each.__ninja_flatten_map__)

    @wraps(view)
    def checked(request: HttpRequest, *given: Any, **values: Any) -> Any:
        in_path = request.resolver_match.kwargs if request.resolver_match else {}
        known = sorted(declared() - set(in_path))
        unknown = [each for each in request.GET if each not in {*known, language.PARAMETER}]
        if unknown:
            told = f"There is no such parameter here. There are: {', '.join(known) or 'none'}."
            raise ValidationError([{"loc": ("query", name), "msg": told} for name in unknown])
        return view(request, *given, **values)

    return checked


def version_of(request: HttpRequest, row: Versioned) -> int:
    """The version that the caller read, from If-Match. Raises Unversioned, Changed."""
    sent = request.headers.get("If-Match", "")
    if not sent:
        raise Unversioned
    if sent.strip() not in (row.etag, "*"):
        raise Changed
    return row.version


def tagged(response: HttpResponse, row: Versioned) -> None:
    """Give the answer the row's ETag."""
    response.headers["ETag"] = row.etag


def _router(given: Router | str) -> Router:
    found: Router = import_string(given) if isinstance(given, str) else given
    return found


def _answer_refusals(made: Interface) -> None:
    made.add_exception_handler(refusals.Refusal, _refusal)
    made.add_exception_handler(ValidationError, _invalid)
    made.add_exception_handler(AuthenticationError, _stranger)
    made.add_exception_handler(HttpError, _http_error)
    made.add_exception_handler(Http404, _missing)
    made.add_exception_handler(models.ObjectDoesNotExist, _missing)


def _refusal(request: HttpRequest, refusal: Any) -> HttpResponse:
    if refusal.status == HTTPStatus.NOT_FOUND:
        return _missing(request, refusal)
    status = 412 if isinstance(refusal, refusals.StaleVersion) else refusal.status
    where = getattr(refusal, "where", ())
    errors = [{"where": list(where), "message": refusal.message}]
    return problems.response(
        status, refusal.message, more={"errors": errors} if where else None
    )


def _invalid(request: HttpRequest, invalid: Any) -> HttpResponse:
    errors = [
        {"where": [str(part) for part in error["loc"]], "message": error["msg"]}
        for error in invalid.errors
    ]
    return problems.response(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Parts of the request are missing or wrong.",
        more={"errors": errors},
    )


def _stranger(request: HttpRequest, error: Any) -> HttpResponse:
    response = problems.response(401, "Sign in, or send a token that is valid.")
    response.headers["WWW-Authenticate"] = 'Bearer realm="crossforce"'
    if request.path.endswith(CALENDAR):  # what asks for a calendar knows passwords only
        response.headers["WWW-Authenticate"] += ', Basic realm="crossforce"'
    return response


def _http_error(request: HttpRequest, error: Any) -> HttpResponse:
    return problems.response(error.status_code, str(error))


def _missing(request: HttpRequest, error: Any) -> HttpResponse:
    return problems.response(404, refusals.Missing().message)
