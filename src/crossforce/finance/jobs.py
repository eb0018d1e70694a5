"""What finance does by itself: every night, prices of leaving are worked out anew and kept."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connections

from crossforce.agreements import api as agreements
from crossforce.finance.operations import pricing
from crossforce.finance.queries import exits
from crossforce.kernel import civil, clock, companions, doctor, registry
from crossforce.kernel.refusals import Refusal
from crossforce.people.api import Actor

SECONDS: Final = 60
"""Between two looks at whether a new day has begun."""
AFTER_FAULT: Final = 3_600
"""Before it is tried again, where some account's prices could not be worked out."""
SUBJECT: Final = "Prices of leaving"
log = logging.getLogger(__name__)


def price_on(goes_on: Callable[[], bool]) -> None:
    """Work prices out once a day until `goes_on`, which waits a second, says to stop."""
    waited = wait = SECONDS
    begins = True
    while goes_on():
        waited += 1
        if waited > wait:
            waited, wait = 0, SECONDS if tonight(begins=begins) else AFTER_FAULT
            begins = False


def tonight(*, begins: bool = False) -> bool:
    """What is due of today, for every account that is named; what was done today is left.

    When the server `begins`, what was never priced does not wait for the next day. Whether nothing
    is left to be tried again.
    """
    today = civil.day_of(clock.now()).isoformat()
    done = [_for(user, today, begins=begins) for user in settings.FINANCE_NIGHTLY]
    return all(done)


def _for(user: str, today: str, *, begins: bool) -> bool:
    mark, wanted = _mark(user), exits.worth_pricing
    if _done_on(mark) == today:
        if not begins:
            return True
        wanted = exits.never_priced
    try:
        log.info("%s: %s prices of leaving", user, priced(_acting(user), wanted))
        mark.write_text(today)
    except Refusal as refused:
        log.error("Prices of leaving for %s wait an hour: %s", user, refused.message)
        return False
    except Exception:
        log.exception("Prices of leaving for %s wait an hour.", user)
        return False
    finally:
        connections.close_all()
    return True


def priced(actor: Actor, wanted: Callable[[Actor], list[str]]) -> int:
    """Keep the prices of every agreement that is wanted of those whose records the actor may read."""
    at, number = clock.now(), 0
    for reference in wanted(actor):
        try:
            number += len(pricing.keep_prices(actor=actor, agreement=reference, at=at))
        except exits.NotInForce as over:
            log.info("Prices of leaving %s: %s", reference, over.message)
        except Refusal as refused:
            log.error("Prices of leaving %s: %s", reference, refused.message)
    return number


def look_at_prices() -> Iterator[doctor.Finding]:
    """Whether prices are worked out each night; what “crossforce doctor” says of it."""
    late = [user for user in settings.FINANCE_NIGHTLY if _is_late(user)]
    if late:
        said = f"not worked out since yesterday for {', '.join(late)}"
        remedy = "Look into what “crossforce serve” printed: it says why they wait."
        yield doctor.Finding(SUBJECT, said, doctor.WARNING, remedy)
    elif settings.FINANCE_NIGHTLY:
        named = ", ".join(settings.FINANCE_NIGHTLY)
        yield doctor.Finding(SUBJECT, f"worked out each night as {named}, while it is served")
    elif number := sum(each.is_acted_on for each in agreements.in_force(clock.now())):
        said = f"nobody is named as whom they are worked out each night; agreements in force: {number}"
        remedy = "Name accounts in CROSSFORCE_FINANCE_NIGHTLY: see docs/settings.md."
        yield doctor.Finding(SUBJECT, said, doctor.WARNING, remedy)
    else:
        yield doctor.Finding(SUBJECT, "no agreement is in force that anybody could leave")


def _is_late(user: str) -> bool:
    """Whether the server works, and has done nothing for that account today or yesterday."""
    if companions.standing() is None:
        return False
    today = civil.day_of(clock.now())
    return _done_on(_mark(user)) < (today - timedelta(days=1)).isoformat()


def _done_on(mark: Path) -> str:
    """The day of the last time, or nothing."""
    return mark.read_text() if mark.exists() else ""


def _acting(user: str) -> Actor:
    found: Actor = registry.actor_named(user, clock.now())
    return found


def _mark(user: str) -> Path:
    plain = "".join(letter if letter.isalnum() else "-" for letter in user)
    found: Path = settings.VAR / f"finance-priced-{plain}"
    return found
