"""Whether the document says why its parties may make it: the interest test and s23HA."""

from collections.abc import Iterator

from crossforce.agreements.check.case import Case
from crossforce.agreements.check.rule import Problem, Rule

TEST = Rule(
    "interest.test-missing",
    "The document says why it is in the interests of efficiency or effectiveness of a force.",
    "Write `[interest]` with `test`.",
)
EXISTING = Rule(
    "interest.existing-agreements-missing",
    "The parties considered the forces' existing collaboration and co-operation: s23HA(a).",
    "Write `existing_agreements` in `[interest]`.",
)
CONSISTENCY = Rule(
    "interest.consistency-missing",
    "The parties considered how desirable a consistent approach is: s23HA(b).",
    "Write `consistency` in `[interest]`.",
)
OPPORTUNITIES = Rule(
    "interest.opportunities-missing",
    "The parties considered the opportunities open to the forces: s23HA(c).",
    "Write `opportunities` in `[interest]`.",
)

RULES = (TEST, EXISTING, CONSISTENCY, OPPORTUNITIES)


def find(case: Case) -> Iterator[Problem]:
    """What the parties must have considered and the document does not say."""
    interest = case.document.interest
    if interest is None:
        yield TEST.broken(
            ("interest",), "Nothing says why the agreement is in a force's interest."
        )
    if interest is None or interest.existing_agreements is None:
        yield EXISTING.broken(("interest",), "Nothing says what agreements exist already.")
    if interest is None or interest.consistency is None:
        yield CONSISTENCY.broken(
            ("interest",), "Nothing says whether consistency is desirable."
        )
    if interest is None or interest.opportunities is None:
        yield OPPORTUNITIES.broken(("interest",), "Nothing says what opportunities were open.")
