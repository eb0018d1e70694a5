"""Hours on duty as figures by which a cost is shared: counted by the database for whoever may preview."""

import json
from collections import Counter
from functools import partial
from typing import Any, Final

from django.db import connection

from crossforce.acting import api as acting
from crossforce.agreements.preview import Counted, Wanted
from crossforce.agreements.preview.measuring import Measure
from crossforce.duty.rules import fairness as rules
from crossforce.kernel import civil, clock
from crossforce.kernel.words import Words
from crossforce.organisations.directory.placing import force_at

HOURS: Final = "SELECT duty_hours(%s, %s)"
SAID: Final = Words(
    en="{duties} duties in {units}, SHA-256 {digest}",
    cy="{duties} dyletswydd yn {units}, SHA-256 {digest}",
)


def hours(wanted: Wanted, *, is_given: bool) -> Counted | None:
    """The seconds that each force received or gave, and the duties from which they were added up.

    Among those who share, as `docs/duty-hours.md` says: of what is worked, not of what is planned.
    None where whoever acts may not count.
    """
    found = _counted(wanted)
    if found is None:
        return None
    seconds: Counter[str] = Counter()
    for holder, latitude, longitude, number in found["worked"]:
        area = force_at(longitude, latitude) if latitude is not None else None
        receivers = (holder,) if is_given else rules.receivers(area, wanted.forces, holder)
        seconds.update(rules.divided(int(number), receivers))
    figures = {force: seconds[force] for force in wanted.forces}
    said = {
        "duties": f"{found['duties']:,}",
        "units": ", ".join(wanted.units),
        "digest": found["digest"],
    }
    return Counted(
        figures=figures,
        said={force: rules.in_hours(each) for force, each in figures.items()},
        evidence=Words(en=SAID.en.format(**said), cy=str(SAID.cy).format(**said)),
    )


def _counted(wanted: Wanted) -> Any:
    if acting.current() is None:
        return None
    since = civil.instant(wanted.first)
    until = max(since, min(civil.instant(wanted.until), clock.now()))
    content = {
        "units": list(wanted.units),
        "whole": sorted(wanted.whole),
        "functions": list(wanted.functions),
        "since": since.isoformat(),
        "until": until.isoformat(),
    }
    with connection.cursor() as cursor:
        cursor.execute(HOURS, acting.sealed("hours", content))
        (answer,) = cursor.fetchone()
    return json.loads(answer) if isinstance(answer, str) else answer


MEASURES: Final[dict[str, Measure]] = {
    "duty-hours-received": partial(hours, is_given=False),
    "duty-hours-given": partial(hours, is_given=True),
}
