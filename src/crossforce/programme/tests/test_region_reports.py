"""A report on a region: every agreement of it of which the register tells more than a notice."""

import pytest

from crossforce.people.tests import factories as people
from crossforce.programme.operations import reports
from crossforce.programme.queries import public_reports
from crossforce.programme.queries import reports as reads
from crossforce.programme.tests import reporting
from crossforce.register import models as register_models
from crossforce.register.tests.conftest import AT, register

__all__ = ["register"]
CODE = "south-west-2025"


@pytest.mark.usefixtures("register")
def test_speaks_of_the_agreements_of_the_region() -> None:
    reporting.policy()
    actor = people.actor("programme-officer", reporting.WILTS)
    key = reporting.report(actor, code=CODE, agreement="", region="south-west", year=2025)
    reports.draw_report(actor=actor, report=key, version=1, at=AT)
    reports.publish_report(actor=actor, report=key, version=2, reason="Known to all", at=AT)
    found = public_reports.report(CODE).content
    assert found is not None
    assert found.region is not None
    entries = register_models.Entry.objects.filter(region="south-west")
    told = {each.reference for each in found.figures.collaborations}
    assert told == {each.reference for each in entries if not each.view["is_bare_notice"]}
    assert "sw-major-crime" in told
    assert [each.code for each in public_reports.reports("sw-major-crime")] == [CODE]
    assert [each.code for each in public_reports.reports(region="south-west")] == [CODE]
    assert reads.shown(actor, key, AT).content == found
