"""What the API of agreements takes and gives."""

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from crossforce.agreements.choices import Claim, View
from crossforce.kernel.words import Words

Text = Field(min_length=1, max_length=20_000)


class Line(Schema):
    """One agreement in a list."""

    reference: str
    title: Words
    basis: str
    state: str
    claim: Claim


class Party(Schema):
    """One party of a version. A demonstration signature speaks for no real body."""

    organisation: str
    name: str
    capacity: str
    role: str
    side: str
    state: str
    view: str
    signed_at: dt.datetime | None
    demonstration: bool
    refused_because: str


class Version(Schema):
    """One version of an agreement, its hashes and its parties."""

    number: int
    origin: str
    state: str
    claim: Claim
    text_hash: str
    terms_hash: str
    compiler: int
    proposed_at: dt.datetime
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    adopted_since: dt.datetime | None
    in_force_from: dt.datetime | None
    parties: list[Party]


class Notice(Schema):
    """A notice to leave (`side`) or to end all (no side)."""

    id: UUID
    kind: str
    side: str
    reason: str
    joined: list[str]
    waits_for: list[str]
    clause: str
    effective_on: dt.date | None
    settlement: dict[str, Any]
    open_items: int


class Agreement(Line):
    """An agreement as those who work with it see it; `may` is what the caller may do now."""

    has_draft: bool
    suspended_by: str
    versions: list[Version]
    notices: list[Notice]
    may: list[str]


class Finding(Schema):
    """What check says of a document: where, what is wrong, what would mend it."""

    severity: str
    rule: str
    message: str
    remedy: str
    line: int | None
    clause: str | None


class Draft(Schema):
    """A draft with what check says of it now. The ETag is in the header."""

    reference: str
    owner: str
    document: str
    edit: int
    is_sound: bool
    findings: list[Finding]


class NewDraft(Schema):
    """A new agreement: written out, or begun from a starter for these forces."""

    reference: str = Field(max_length=100)
    owner: str = Field(max_length=100)
    document: str = Field(max_length=2_000_000)


class Writing(Schema):
    """The document of a draft, as TOML."""

    document: str = Field(max_length=2_000_000)


class ForParty(Schema):
    """Which party the caller acts for; it must be the caller's own organisation."""

    organisation: str = Field(max_length=100)


class WithReason(ForParty):
    """An act whose reason every party reads."""

    reason: str = Text


class Consideration(ForParty):
    """A party's view and its reasons: the interest test, and the three matters of s23HA."""

    view: View
    interest: str = Text
    existing_agreements: str = Text
    consistency: str = Text
    opportunities: str = Text


class OutsideSignature(ForParty):
    """A signature made outside over the statement's bytes, in hexadecimal, by a registered key."""

    key: UUID
    signature: str = Field(pattern="^[0-9a-f]{128}$")


class Reason(Schema):
    """Why."""

    reason: str = Text


class Owner(Schema):
    """The organisation whose team drafts."""

    owner: str = Field(max_length=100)


class Ending(WithReason):
    """A day on which all is to end."""

    wanted_on: dt.date


class Proof(Schema):
    """Whether one stored signature holds over the words and terms as stored."""

    organisation: str
    signed_at: dt.datetime
    fingerprint: str
    holds: bool
    demonstration: bool


class Change(Schema):
    """One change between two versions, in words."""

    words: Words


class Leaving(Schema):
    """What leaving would mean if notice were complete today."""

    side: str
    effective_on: dt.date
    clause: str
    why: str
    winds_up_at: dt.datetime | None
    residual_ends_at: dt.datetime | None
    handover: list[str]
    settlement: dict[str, Any]


class Item(Schema):
    """One item of a handover list; send its ETag back to settle it."""

    id: UUID
    kind: str
    organisation: str
    what: str
    outcome: str
    done_at: dt.datetime | None
    etag: str


class Outcome(Schema):
    """How an item was settled."""

    outcome: str = Text


class Key(Schema):
    """A signing key; never its private part."""

    id: UUID
    organisation: str
    label: str
    public: str
    held_outside: bool
    demonstration: bool
    valid_from: dt.datetime
    expires_at: dt.datetime
    revoked_at: dt.datetime | None


class NewKey(Schema):
    """A key to make here, or, with its public part in hexadecimal, to register."""

    organisation: str = Field(max_length=100)
    label: str = Field(min_length=1, max_length=100)
    days: int | None = Field(default=None, ge=1, le=1096)
    public: str | None = Field(default=None, pattern="^[0-9a-f]{64}$")


class Replacement(Schema):
    """The key that takes another's place."""

    label: str = Field(min_length=1, max_length=100)
    days: int | None = Field(default=None, ge=1, le=1096)
    public: str | None = Field(default=None, pattern="^[0-9a-f]{64}$")


Kind = Literal["text", "terms", "document"]
