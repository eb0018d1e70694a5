"""Whether an authority is valid at an instant, and until when it will be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from crossforce.kernel.periods import Period, merged
from crossforce.people.choices import AuthorityState


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an authority stands, until when if nothing changes, and which skills are wanting."""

    state: AuthorityState
    until: datetime | None = None
    wanting: tuple[str, ...] = ()

    @property
    def is_valid(self) -> bool:
        """Whether it may be used now."""
        return self.state is AuthorityState.VALID


def standing(
    *,
    granted: Period,
    is_suspended: bool,
    requires: Sequence[str],
    skills: Mapping[str, Iterable[Period]],
    at: datetime,
) -> Standing:
    """Valid while granted, not suspended, and every required skill is in date.

    The earliest end decides: an authority of a year with a skill of a month lapses in a month.
    """
    if at < granted.starts_at:
        return Standing(AuthorityState.NOT_YET, granted.starts_at)
    if not granted.contains(at):
        return Standing(AuthorityState.EXPIRED)
    if is_suspended:
        return Standing(AuthorityState.SUSPENDED, granted.ends_at)
    in_date = {code: _in_date(skills.get(code, ()), at) for code in requires}
    wanting = tuple(code for code, period in in_date.items() if period is None)
    if wanting:
        return Standing(AuthorityState.SKILL_MISSING, granted.ends_at, wanting)
    ends = [granted.ends_at, *(period.ends_at for period in in_date.values() if period)]
    return Standing(AuthorityState.VALID, min((end for end in ends if end), default=None))


def _in_date(periods: Iterable[Period], at: datetime) -> Period | None:
    return next((period for period in merged(periods) if period.contains(at)), None)
