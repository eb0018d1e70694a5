"""Reading agreements over the API."""

from django.http import HttpRequest, HttpResponse

from crossforce.agreements import signing
from crossforce.agreements.endpoints import drawing, schemas
from crossforce.agreements.endpoints.asking import actor
from crossforce.agreements.endpoints.routing import router
from crossforce.agreements.queries import agreements, comparing, showing, signatures
from crossforce.kernel import clock

TYPES = {
    "text": "application/json",
    "terms": "application/json",
    "document": "application/toml",
}


@router.get("", response=list[schemas.Line], summary="Agreements you work with")
def mine(request: HttpRequest) -> list[schemas.Line]:
    found = agreements.states(actor(request), clock.now())
    return [drawing.line(row, state, origin) for row, state, origin in found]


@router.get("/{reference}", response=schemas.Agreement, summary="One agreement")
def show(request: HttpRequest, reference: str) -> schemas.Agreement:
    return drawing.agreement(showing.agreement(actor(request), reference, clock.now()))


@router.get(
    "/{reference}/versions/{int:number}/parts/{kind}",
    summary="The signed text, terms or document",
)
def part(request: HttpRequest, reference: str, number: int, kind: schemas.Kind) -> HttpResponse:
    version = agreements.version(agreements.of(actor(request), reference), number)
    data = version.document.encode() if kind == "document" else bytes(getattr(version, kind))
    return HttpResponse(data, content_type=TYPES[kind])


@router.get(
    "/{reference}/versions/{int:number}/signatures",
    response=list[schemas.Proof],
    summary="Every signature, tested anew",
)
def proofs(request: HttpRequest, reference: str, number: int) -> list[schemas.Proof]:
    version = agreements.version(agreements.of(actor(request), reference), number)
    return [schemas.Proof.model_validate(each) for each in signatures.proofs(version)]


@router.get(
    "/{reference}/versions/{int:number}/statements/{organisation}",
    summary="The bytes that the party signs",
)
def statement(
    request: HttpRequest, reference: str, number: int, organisation: str
) -> HttpResponse:
    version = agreements.version(agreements.of(actor(request), reference), number)
    found = signing.to_bytes(signatures.statement_for(version, organisation))
    return HttpResponse(found, content_type="text/plain; charset=us-ascii")


@router.get(
    "/{reference}/versions/{int:number}/changes",
    response=list[schemas.Change],
    summary="What changed since the version before",
)
def changes(request: HttpRequest, reference: str, number: int) -> list[schemas.Change]:
    row = agreements.of(actor(request), reference)
    return [schemas.Change(words=each.words) for each in comparing.changes(row, number)]
