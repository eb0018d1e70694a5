"""What the forces hold of the lives of each block, block after block."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from crossforce.world.rules.lives import happenings, people
from crossforce.world.rules.lives.chance import Chance
from crossforce.world.rules.lives.happenings import Event
from crossforce.world.rules.lives.held import Held
from crossforce.world.rules.lives.offices import Writer
from crossforce.world.rules.lives.sources import Sources

GOLDEN: Final = 0.6180339887498949


def block(of: Sources, number: int) -> Mapping[str, Held]:
    """What the forces hold of the block of this number."""
    many = of.settings["block"]
    first = number * many + 1
    chance = Chance(of.settings["seed"], number)
    lives = list(people.neighbourhood(of, chance, _force(of, number), first, many))
    cars = {each.keeper: each for each in happenings.vehicles(of, chance, lives)}
    events = sorted(happenings.events(of, chance, lives, cars), key=lambda each: each.begins)
    by_force: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_force[event.force].append(event)
    return {
        force: Writer(of, chance, force, lives, cars).held(by_force[force])
        for force in sorted(by_force)
    }


def _force(of: Sources, number: int) -> str:
    """Whose area the block is in: spread so evenly that a few blocks have forces as the many have."""
    forces: list[tuple[str, int]] = [
        (each, len(of.streets[each])) for each in of.settings["neighbours"]
    ]
    left = (number + 1) * GOLDEN % 1 * sum(weight for _, weight in forces)
    for force, weight in forces:
        left -= weight
        if left < 0:
            return force
    return forces[-1][0]


def world(of: Sources, lives: int) -> Iterator[Mapping[str, Held]]:
    """Block after block, as many as it takes for so many lives."""
    for number in range(-(-lives // of.settings["block"])):
        yield block(of, number)
