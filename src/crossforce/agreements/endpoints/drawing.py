"""Rows and values as the API gives them."""

from crossforce.agreements import models
from crossforce.agreements.choices import claim
from crossforce.agreements.endpoints import schemas
from crossforce.agreements.queries import documents, parts, showing
from crossforce.kernel.words import Words


def line(row: models.Agreement, state: str, origin: str) -> schemas.Line:
    return schemas.Line(
        reference=row.reference,
        title=Words(en=row.title_en, cy=row.title_cy or None),
        basis=row.basis,
        state=state,
        claim=claim(origin, state),
    )


def agreement(shown: showing.AgreementShown) -> schemas.Agreement:
    return schemas.Agreement(
        reference=shown.reference,
        title=shown.title,
        basis=shown.row.basis,
        state=shown.state,
        claim=shown.claim,
        has_draft=shown.draft is not None,
        suspended_by=shown.suspension.organisation if shown.suspension else "",
        versions=[version(each) for each in shown.versions],
        notices=[notice(each) for each in shown.notices],
        may=sorted(shown.may),
    )


def version(shown: parts.VersionShown) -> schemas.Version:
    row = shown.row
    return schemas.Version(
        number=row.number,
        origin=row.origin,
        state=shown.state,
        claim=shown.claim,
        text_hash=row.text_hash,
        terms_hash=row.terms_hash,
        compiler=row.compiler,
        proposed_at=row.proposed_at,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        adopted_since=row.adopted_since,
        in_force_from=shown.in_force_from,
        parties=[party(each) for each in shown.parties],
    )


def party(shown: parts.PartyShown) -> schemas.Party:
    return schemas.Party(
        organisation=shown.organisation,
        name=shown.name,
        capacity=shown.capacity,
        role=shown.role,
        side=shown.side,
        state=shown.state,
        view=shown.row.view,
        signed_at=shown.signed_at,
        demonstration=shown.signed_in_demonstration,
        refused_because=shown.row.refused_because,
    )


def notice(shown: parts.NoticeShown) -> schemas.Notice:
    row = shown.row
    return schemas.Notice(
        id=row.pk,
        kind=row.kind,
        side=row.side,
        reason=row.reason,
        joined=list(shown.joined),
        waits_for=list(shown.waits_for),
        clause=row.clause,
        effective_on=row.effective_on,
        settlement=row.settlement,
        open_items=shown.open_items,
    )


def draft(row: models.Draft, judged: documents.Judged) -> schemas.Draft:
    return schemas.Draft(
        reference=row.agreement.reference,
        owner=row.owner,
        document=row.document,
        edit=row.version,
        is_sound=judged.is_sound,
        findings=[
            schemas.Finding(
                severity=each.severity,
                rule=each.rule,
                message=each.message,
                remedy=each.remedy,
                line=each.line,
                clause=each.clause,
            )
            for each in judged.findings
        ],
    )


def item(row: models.HandoverItem) -> schemas.Item:
    return schemas.Item(
        id=row.pk,
        kind=row.kind,
        organisation=row.organisation,
        what=row.what,
        outcome=row.outcome,
        done_at=row.done_at,
        etag=row.etag,
    )


def key(row: models.SigningKey) -> schemas.Key:
    return schemas.Key(
        id=row.pk,
        organisation=row.organisation,
        label=row.label,
        public=bytes(row.public).hex(),
        held_outside=row.is_held_outside,
        demonstration=row.demonstration,
        valid_from=row.valid_from,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
    )
