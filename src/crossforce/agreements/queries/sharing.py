"""By which figures that forces state signed clauses share costs, whoever may know of the agreements."""

from collections.abc import Iterator, Mapping
from typing import Any

from crossforce.agreements import models
from crossforce.agreements.resolve.methods import DRIVER_NAMES

BY_USE = ("demand", "tariff")


def drivers_shared_by() -> set[tuple[str, str]]:
    """What is counted where a cost is shared by what each force states, each with the reference of the agreement."""
    rows = models.Term.objects.filter(type="COST_SHARE")
    found = rows.values_list("agreement__reference", "body").distinct()
    return {(driver, reference) for reference, body in found for driver in _drivers(body)}


def _drivers(body: Mapping[str, Any]) -> Iterator[str]:
    """Use that a table tells, or that is counted, nobody states."""
    for each in body["components"]:
        method = each["method"]
        if method not in BY_USE or not (body.get("demand") or body.get("driver")):
            yield DRIVER_NAMES.get(method, method)
