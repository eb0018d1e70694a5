"""The page of every rule: docs/formats/check-rules.md is this text, and a test compares them."""

from collections.abc import Iterator
from datetime import date

from crossforce.agreements.check.rule import Rule
from crossforce.agreements.check.table import GROUPS
from crossforce.kernel import rulepacks

PACKS = ("collaboration-law", "agreement-practice")

HEAD = """# The rules of the check

`crossforce agreement check` holds a document to these rules. This page is printed by
`crossforce agreement rules`; a test keeps the two the same.

A rule applies by the **basis** of the agreement and by the **day on which it commences**: what a row
does not name, the rule does not ask. How grave a breach is, where each rule comes from and how sure
that is stand in the rule packs `collaboration-law` and `agreement-practice`, not in code.

- *error* keeps a document from being proposed; *warning* must be read; *note* may be.
- *recorded*: the most that is said of a public fact that nobody signed here (`state = "recorded"`).
  What a source does not tell is a warning or a note; what is malformed stays an error.
- *early*: the most that is said of an idea, a proposal or a thing in development.
- *not for signature*: what is said unless the document is checked for signature.
- Confidence: S stated in a source document, V read in public law or guidance, K1 to K3 known (over
  90 %, 70 to 90 %, under 70 %), D a design default of this platform.
- Files that cannot be read have findings `reading.…`, documents without one meaning `compile.…`.
"""

WORDS = {
    "all": "every other basis",
    "recorded": "recorded",
    "early": "early",
    "unsigned": "not for signature",
}


def page() -> str:
    """The whole page, in Markdown."""
    return "\n".join([HEAD, *_groups()])


def _groups() -> Iterator[str]:
    for group in GROUPS:
        yield f"## {group.title.rstrip('.')}\n"
        for rule in group.rules:
            yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### `{rule.code}`\n"
    yield f"{rule.asks}\n"
    yield f"- Mends it: {rule.mends}"
    for row in _rows(rule.code):
        yield f"- {_when(row)}{_severities(row.value)}. {row.source} ({row.confidence})."
        if row.note:
            yield f"  {row.note}"
    yield ""


def _rows(code: str) -> Iterator[rulepacks.Rule]:
    for name in PACKS:
        rows = [row for row in rulepacks.load(name).rule if row.key == f"check.{code}"]
        yield from sorted(rows, key=lambda row: row.effective_from)


def _when(row: rulepacks.Rule) -> str:
    begins = "" if row.effective_from == date.min else f"from {row.effective_from} "
    ends = f"until {row.effective_to} " if row.effective_to else ""
    return f"Agreements commencing {begins}{ends}".rstrip() + ": " if begins or ends else ""


def _severities(value: dict[str, str]) -> str:
    bases = [key for key in value if key not in WORDS]
    only = [f"{value[key]} for {key}" for key in bases]
    if "all" in value:
        only.append(f"{value['all']} for {WORDS['all'] if bases else 'every basis'}")
    only += [
        f"{WORDS[key]}: {value[key]}"
        for key in ("recorded", "early", "unsigned")
        if key in value
    ]
    return ", ".join(only)
