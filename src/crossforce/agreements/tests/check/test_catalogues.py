"""Names looked up in catalogues: only in those that are known."""

from dataclasses import replace

from crossforce.agreements.check import check
from crossforce.agreements.check.context import CheckContext
from crossforce.agreements.reading import read
from crossforce.agreements.tests.check import documents


def rules_of(context: CheckContext) -> set[str]:
    reading = read(documents.sound("s22a").encode(), "s22a.toml")
    return {each.rule for each in check(reading, context)}


def test_an_action_that_the_platform_does_not_decide_on() -> None:
    assert "access.action-unknown" in rules_of(replace(documents.context(), actions=["read"]))


def test_a_schedule_that_is_not_in_the_catalogue() -> None:
    few = replace(documents.context(), schedules=["workforce-records"])
    assert "information.schedule-unknown" in rules_of(few)


def test_every_kind_of_a_service() -> None:
    text = documents.changed(documents.sound("s22a"), ('"duty.entry"', '"duty.*"'))
    assert documents.errors(text) == []
    other = documents.changed(documents.sound("s22a"), ('"duty.entry"', '"cookery.*"'))
    assert {each.rule for each in documents.errors(other)} == {"access.kind-unknown"}


def test_unknown_catalogues_are_not_asked() -> None:
    unknown = replace(
        documents.context(),
        record_kinds=None,
        actions=None,
        purposes=None,
        functions=None,
        roles=None,
        schedules=None,
    )
    assert {rule for rule in rules_of(unknown) if rule.endswith("-unknown")} == set()
