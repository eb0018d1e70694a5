"""A card as it can be read out, in sentences; what is assumed is said to be."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from crossforce.duty.choices import Whom
from crossforce.duty.queries.answering import ACCOUNT, COMPLAINTS, FORCE, PACK, Line
from crossforce.kernel import civil, rulepacks
from crossforce.organisations import api as organisations
from crossforce.people import api as people
from crossforce.people.api import Lapse
from crossforce.people.choices import AuthorityState

OFFICES: Final = ("chief-officer", "policing-body")
"""Kinds of organisation whose name is that of an office."""
OWNED: Final = "the use of force and the post-incident procedure"


def sentence(at: datetime, who: str, lines: Sequence[Line]) -> str:
    """Who answers for somebody: who commands, holds to account, handles a complaint, and owns the use of force.

    Of a matter that the rule pack does not have, nothing is said.
    """
    of = {line.matter: line for line in lines}
    commands = lines[0]
    chief = _the(commands, at)
    under = "assumed to be under" if commands.is_assumed else "under"
    first = f"At {when(at)} {who} is {under} the direction and control of {chief} ({commands.ground})."
    said = (first, _account(of.get(ACCOUNT), chief, at), _handling(of, at))
    return " ".join(filter(None, said))


def authorities(held: Iterable[Lapse], at: datetime, *, may_see: bool) -> str:
    """Every authority that somebody was given, and how it stands."""
    titles = people.authorities(civil.day_of(at))
    given = [each for each in held if each.is_authority]
    if not given:
        return (
            "No authority is noted of them."
            if may_see
            else "Their authorities may not be seen."
        )
    said = (
        f"{titles[each.code].title.en if each.code in titles else each.code}, {stands(each)}"
        for each in given
    )
    return f"Authorities: {'; '.join(said)}."


def stands(held: Lapse) -> str:
    """Until when a skill or an authority counts, or since when it does not, and why."""
    if held.state is AuthorityState.VALID:
        return f"valid {why(held)}"
    return why(held) if held.state is AuthorityState.EXPIRED else f"not valid, {why(held)}"


def why(held: Lapse) -> str:
    """The same for where it is said beside it whether it counts."""
    if held.until is None:
        return "without an end"
    said = {
        AuthorityState.VALID: "until",
        AuthorityState.EXPIRED: "expired at",
        AuthorityState.SUSPENDED: "suspended since",
        AuthorityState.SKILL_MISSING: "without a required skill since",
    }.get(held.state, "since")
    return f"{said} {when(held.until)}{_wanting(held)}"


def when(at: datetime) -> str:
    """`07:30 on 3 March 2027`, by London's clock."""
    local = at.astimezone(civil.LONDON)
    return f"{local:%H:%M} on {local.day} {local:%B %Y}"


def _wanting(held: Lapse) -> str:
    known = people.skills(civil.day_of(held.until)) if held.until else {}
    titles = [known[code].title.en if code in known else code for code in held.wanting]
    return f" ({', '.join(titles)})" if titles else ""


def _account(holds: Line | None, chief: str, at: datetime) -> str:
    if holds is not None and holds.whom is Whom.NOBODY:
        return "No policing body is known for that day."
    return _does(holds, "hold", f"{chief} to account", at)


def _handling(of: Mapping[str, Line], at: datetime) -> str:
    """Who handles a complaint, and who owns the use of force: as a rule the same."""
    complaint, force = of.get(COMPLAINTS), of.get(FORCE)
    handled = _does(complaint, "handle", "a complaint about them", at)
    owned = _does(force, "own", OWNED, at)
    if complaint and force and _is_one(complaint, force):
        return f"{handled.removesuffix('.')}, and {_verb(force, 'own')} {OWNED}."
    return " ".join(filter(None, (handled, owned)))


def _is_one(one: Line, other: Line) -> bool:
    return other.whom is Whom.NAMED and (one.code, one.name) == (other.code, other.name)


def _does(line: Line | None, verb: str, what: str, at: datetime) -> str:
    """A sentence that somebody does something; what nobody is known or said to do is said so."""
    if line is None:
        return ""
    if line.whom is Whom.NAMED:
        return f"{_first(_the(line, at))} {_verb(line, verb)} {what}."
    known = "No source says" if line.whom is Whom.UNSAID else "Nobody is known on that day"
    return f"{known} who {verb}s {what}."


def _verb(line: Line, verb: str) -> str:
    return f"is assumed to {verb}" if line.is_assumed else f"{verb}s"


def _the(line: Line, at: datetime) -> str:
    """The name as it is said: an office has an article, and so has a body whose name ends as these do."""
    found = organisations.directory().get(line.code)
    if found is None:
        return line.name
    said_so = rulepacks.load(PACK).value("read-out.article", civil.day_of(at))
    is_body = line.name.split()[-1] in said_so and not line.name.startswith("HM ")
    return f"the {line.name}" if found.kind in OFFICES or is_body else line.name


def _first(words: str) -> str:
    return words[:1].upper() + words[1:]
