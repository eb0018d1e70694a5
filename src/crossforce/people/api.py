"""The front door of people: who acts, with which powers."""

from crossforce.kernel.refusals import Refused
from crossforce.people.choices import PLATFORM, Actor
from crossforce.people.rules.powers import powers_of, require, system_actor

__all__ = ["PLATFORM", "Actor", "Refused", "powers_of", "require", "system_actor"]
