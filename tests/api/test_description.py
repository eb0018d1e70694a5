"""Requests made up from the OpenAPI description: nothing answers with a fault or off the contract."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from crossforce.kernel import clock, guarded
from crossforce.people import queries
from crossforce.people.signin import tokens
from crossforce.people.signin.tests.conftest import seat


@pytest.fixture
def described(db: None) -> Iterator[Any]:
    """The API in this process, on the test's own connection, which a request must not close."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def token(db: None) -> str:
    seated = seat("force-administrator", "asha")
    actor = queries.actor_of(seated.account, clock.now(), posting=seated.posting.pk)
    assert actor is not None
    with guarded.acting(actor):
        return tokens.issue(actor=actor, title="the description", days=1, at=clock.now()).secret


def keeps_to_it(operation: Any, token: str) -> None:
    # What a body means is judged after its shape, and may be refused with 422.
    left_out: list[Any] = [positive_data_acceptance]

    @given(case=operation.as_strategy())
    @settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
    def every_case(case: Any) -> None:
        given = {"Authorization": f"Bearer {token}"}
        answer = case.call_and_validate(headers=given, excluded_checks=left_out)
        if 200 <= answer.status_code < 300 and ignored_auth not in left_out:
            left_out.append(
                ignored_auth
            )  # it asked twice more without; an operation's guard is one

    every_case()


@pytest.mark.slow
def test_every_operation_keeps_to_it(described: Any, token: str) -> None:
    broken = []
    for found in described.get_all_operations():
        operation = found.ok()
        try:
            keeps_to_it(operation, token)
        except BaseExceptionGroup as faults:
            broken += [f"{operation.label}: {str(one)[:800]}" for one in faults.exceptions]
        except AssertionError as fault:
            broken.append(f"{operation.label}: {str(fault)[:800]}")
    assert not broken, "\n\n".join(broken)
