"""Whether an authority is valid, for any periods; and names, and changes."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crossforce.kernel.periods import Period
from crossforce.people.choices import AuthorityState
from crossforce.people.rules import changes, names
from crossforce.people.rules.standing import standing

START = datetime(2026, 1, 1, tzinfo=UTC)
days = st.integers(0, 60)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first = draw(days)
    length = draw(st.none() | st.integers(1, 30))
    return Period(day(first), None if length is None else day(first + length))


skills = st.dictionaries(st.sampled_from("abc"), st.lists(periods(), max_size=3))
required = st.lists(st.sampled_from("abc"), unique=True)


@given(periods(), st.booleans(), required, skills, days)
def test_is_valid_exactly_when_granted_not_suspended_and_every_skill_in_date(
    granted: Period,
    suspended: bool,
    requires: list[str],
    held: dict[str, list[Period]],
    number: int,
) -> None:
    at = day(number)
    found = standing(
        granted=granted, is_suspended=suspended, requires=requires, skills=held, at=at
    )
    in_date = all(any(each.contains(at) for each in held.get(code, ())) for code in requires)
    assert found.is_valid == (granted.contains(at) and not suspended and in_date)


@given(periods(), required, skills, days)
def test_stays_valid_until_the_instant_it_names_and_not_at_it(
    granted: Period, requires: list[str], held: dict[str, list[Period]], number: int
) -> None:
    def state(at: datetime) -> AuthorityState:
        return standing(
            granted=granted, is_suspended=False, requires=requires, skills=held, at=at
        ).state

    now = standing(
        granted=granted, is_suspended=False, requires=requires, skills=held, at=day(number)
    )
    if not now.is_valid:
        return
    end = now.until
    step = timedelta(hours=6)
    later = day(number)
    while later < (end or day(number + 40)):
        assert state(later) is AuthorityState.VALID
        later += step
    assert end is None or state(end) is not AuthorityState.VALID


def test_names_are_found_without_accents() -> None:
    assert names.plain("Siân ÓBRIEN") == "sian obrien"


def test_only_real_changes_are_told() -> None:
    at = START
    states = [
        {"a": 1, "b": 2, "changed_at": at, "changed_by": "x"},
        {"a": 1, "b": 2, "changed_at": at, "changed_by": "y"},
        {"a": 1, "b": 3, "changed_at": at, "changed_by": "z"},
    ]
    found = list(changes.changes(states, ("a", "b")))
    assert [(each.by, each.fields) for each in found] == [
        ("x", (("a", None, 1), ("b", None, 2))),
        ("z", (("b", 2, 3),)),
    ]
