"""By which figures that forces state signed clauses share costs, whoever may know of the agreements."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q

from crossforce.agreements import models
from crossforce.agreements.resolve.methods import DRIVER_NAMES
from crossforce.kernel import clock

BY_USE = ("demand", "tariff")


def drivers_shared_by() -> set[tuple[str, str]]:
    """What is counted where a cost is shared by what each force states, each with the reference of the agreement.

    Clauses that are over count no more.
    """
    rows = models.Term.objects.filter(
        _lasting("valid"), _lasting("enforced"), type="COST_SHARE"
    )
    found = rows.values_list("agreement__reference", "body").distinct()
    return {(driver, reference) for reference, body in found for driver in _drivers(body)}


def _lasting(times: str) -> Q:
    """Not over: a clause that only begins later is waited for."""
    ahead = Q(**{f"{times}__upper_inf": True}) | Q(**{f"{times}__endswith__gt": clock.now()})
    return ahead & Q(**{f"{times}__isempty": False})


def _drivers(body: Mapping[str, Any]) -> Iterator[str]:
    """Use that a table tells, or that is counted, nobody states."""
    for each in body["components"]:
        method = each["method"]
        if method not in BY_USE or not (body.get("demand") or body.get("driver")):
            yield DRIVER_NAMES.get(method, method)
