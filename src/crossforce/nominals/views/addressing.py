"""The address of an answer to a search for people: it says nothing of whom somebody looked for."""

from collections.abc import Mapping
from datetime import datetime

from django.urls import reverse

from crossforce.kernel.web import sealed
from crossforce.kernel.web.sealed import OF as OF
from crossforce.people.api import Actor


def link(actor: Actor, given: Mapping[str, str], at: datetime) -> str:
    """The address of an answer, for this posting alone."""
    return f"{reverse('nominals:search')}?{OF}={sealed.sealed(_whose(actor), given, at)}"


def opened(actor: Actor, text: str, at: datetime) -> dict[str, str]:
    """The question of an address. Raises Lapsed, also for one of another posting."""
    return sealed.opened(_whose(actor), text, at)


def _whose(actor: Actor) -> str:
    return f"search|{actor.posting}"
