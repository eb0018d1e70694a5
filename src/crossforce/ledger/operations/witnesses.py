"""Witnesses: organisations that sign that the log only grows, so that no host rewrites it alone."""

from datetime import datetime

from django.db import transaction

from crossforce.kernel import vouched
from crossforce.kernel.refusals import NotUnderstood, Refused
from crossforce.ledger import models
from crossforce.ledger.choices import Acts
from crossforce.ledger.operations.entries import append
from crossforce.ledger.queries import NoCheckpoint, noted, witness_keys
from crossforce.transparency import checkpoint
from crossforce.transparency.checkpoint import WITNESS, Key, NotACheckpoint, NotSigned


class NotAWitness(Refused):
    """The cosignature is not by the registered key of a witness."""


@transaction.atomic
def register_witness(*, actor: Acts, key: str, at: datetime) -> models.WitnessKey:
    """Register the key that the actor's organisation cosigns with; an empty one withdraws it.

    The private key stays with the organisation, on a machine that this host does not run.
    """
    if not actor.may("ledger.witness", actor.organisation):
        raise Refused("Only an office with the power to witness registers its witness key.")
    organisation, written = actor.organisation, key.strip()
    if written:
        _check_key(written, organisation)
    entry = append(
        actor=actor,
        operation="ledger.witness-registered" if written else "ledger.witness-withdrawn",
        subject=f"ledger.witness:{organisation}",
        detail={"key": written},
        at=at,
    )
    vouched.vouch_for_text("ledger_witnesskey", written)
    return models.WitnessKey.objects.create(
        entry=entry.id, organisation=organisation, key=written
    )


@transaction.atomic
def cosign(*, note: str) -> list[str]:
    """Keep the witnesses' lines under a checkpoint of ours; answers which organisations' were kept.

    The signature is the proof of who sends it. No entry is written: it would need a checkpoint anew.
    """
    try:
        given = checkpoint.parse(note)
    except NotACheckpoint as fault:
        raise NotUnderstood(f"This is not a checkpoint: {fault}.") from fault
    if noted(given.checkpoint.size).checkpoint != given.checkpoint:
        raise NoCheckpoint
    kept = [_kept(given, key) for key in witness_keys().values()]
    if not any(kept):
        raise NotAWitness
    return [organisation for organisation in kept if organisation]


def _kept(note: checkpoint.Note, key: Key) -> str:
    try:
        note.signed_by(key)
    except NotSigned:
        return ""
    line = next(
        str(each) for each in note.signatures if (each.name, each.id) == (key.name, key.id)
    )
    place = {"checkpoint_id": note.checkpoint.size, "organisation": key.name}
    if not models.Cosignature.objects.filter(**place).exists():
        vouched.vouch_for_text("ledger_cosignature", line)
        models.Cosignature.objects.create(line=line, key=str(key), **place)
    return key.name


def _check_key(text: str, organisation: str) -> None:
    try:
        key = Key.parse(text)
    except NotACheckpoint as fault:
        raise NotUnderstood(f"This is not a verifier key: {fault}.") from fault
    if key.kind != WITNESS or key.name != organisation:
        raise NotUnderstood(f"The key must be a witness's, by the name “{organisation}”.")
