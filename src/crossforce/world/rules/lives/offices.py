"""A force's offices at work: whom they meet they enter, with slips, sometimes twice, and tie to what happened."""

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from crossforce.world.rules.lives import happenings
from crossforce.world.rules.lives.chance import Chance
from crossforce.world.rules.lives.happenings import Event, Vehicle
from crossforce.world.rules.lives.held import Address, Car, Held, Nominal, Report, Tie
from crossforce.world.rules.lives.people import Home, Life
from crossforce.world.rules.lives.slips import Office
from crossforce.world.rules.lives.sources import Sources

DESKS: Final = ("Response", "Neighbourhood", "Investigation")
PRIME: Final = 1_000_003
TURNS: Final = (104_729, 224_737, 350_377, 479_909, 611_953, 746_773, 882_377, 15_485)
OF_LICENCE: Final = frozenset({
    "family-misspelt", "family-heard", "names-swapped", "former-name", "other-surname", "alias-given",
    "day-month-swapped", "day-wrong", "year-wrong", "born-default",
})  # fmt: skip
"""Slips after which an office has another name or day than the driver number says: it would have seen that."""
CATEGORY: Final = {
    happenings.SUSPECT: "suspect",
    happenings.DETAINED: "suspect",
    happenings.STOPPED: "other",
    happenings.SUBJECT: "suspect",
    happenings.VICTIM: "victim",
    happenings.WITNESS: "witness",
}
ROLES: Final = {
    happenings.SUSPECT: "suspect in",
    happenings.DETAINED: "detained in",
    happenings.STOPPED: "stopped in",
    happenings.SUBJECT: "subject of",
    happenings.VICTIM: "victim of",
    happenings.WITNESS: "witness to",
}


class Writer:
    """One force's offices at work on the events of one block."""

    def __init__(
        self,
        of: Sources,
        chance: Chance,
        force: str,
        lives: Sequence[Life],
        cars: Mapping[int, Vehicle],
    ) -> None:
        self.turn = TURNS[list(of.settings["neighbours"]).index(force)]
        self.chance, self.office, self.cars = chance, Office(of, chance), cars
        self.lives = {each.number: each for each in lives}
        self.found = Held()
        self.tied: set[tuple[str, str, str]] = set()
        self.placed: dict[str, Address] = {}

    def held(self, events: Sequence[Event]) -> Held:
        """Nominals first: each is entered when it is first met, by some office a second time."""
        met: dict[int, list[Event]] = defaultdict(list)
        for event in events:
            for life, _ in event.involved:
                met[life].append(event)
        entered = {life: self._entered(self.lives[life], seen) for life, seen in met.items()}
        for event in events:
            self._report(
                event,
                {
                    life: numbers[event.number]
                    for life, numbers in entered.items()
                    if event.number in numbers
                },
            )
        return self.found

    def _entered(self, life: Life, seen: Sequence[Event]) -> dict[int, str]:
        """The nominal's number by event: two nominals where somebody entered the person again."""
        half = len(seen) // 2
        again = self.office.happens("entered-again", 1.0 if half else 0.6)
        parts = [seen[:half] or seen, seen[half:]] if again else [seen]
        found: dict[int, str] = {}
        for at, part in enumerate(parts):
            nominal = self._nominal(life, part, at)
            self.found.people.append(nominal)
            self._lives_at(nominal)
            self._keeps(nominal, life, part)
            found.update({event.number: nominal.number for event in part})
        return found

    def _nominal(self, life: Life, seen: Sequence[Event], at: int) -> Nominal:
        first, last = seen[0].day, seen[-1].day
        written, happens = self.office.written(life), self.office.happens
        slips = written.slips
        addresses = self._addresses(life, first, last, slips)
        parts = {part for event in seen for who, part in event.involved if who == life.number}
        aliased = life.alias is not None and bool(life.pnc) and self.chance.of_thousand(550)
        is_arrested = bool(parts & {happenings.SUSPECT, happenings.DETAINED})
        pnc = self._pnc(life, at, slips) if is_arrested else []
        return Nominal(
            number=self._own(life.number * 10 + at),
            life=life.number,
            slips=tuple(slips),
            family=written.family,
            given=tuple(written.given),
            custom=life.name.custom,
            former=life.former.family if life.former and self.chance.of_thousand(400) else "",
            nickname=life.known_as if self.chance.of_thousand(250) else "",
            alias=(life.alias.family, " ".join(life.alias.given))
            if aliased and life.alias
            else None,
            sex="" if happens("sex-missing") else life.sex,
            born=written.born,
            also_born=self._also(written.born) if aliased else "",
            addresses=addresses,
            pnc=pnc,
            cro=life.cro if pnc else "",
            nino=life.nino if self.chance.of_thousand(600) else "",
            licence="" if set(slips) & OF_LICENCE else life.licence,
            telephone="" if happens("telephone-missing") else life.telephone,
            categories=tuple(
                sorted({CATEGORY[each] for each in parts} | self._convicted(parts))
            ),
            warnings=life.warnings if is_arrested else (),
            occupation=life.occupation,
            team=self._team(seen[0].street.town),
            recorded_on=first,
            changed_on=max(last, *(each.since for each in addresses)) if addresses else last,
        )

    def _pnc(self, life: Life, at: int, slips: list[str]) -> Sequence[str]:
        """Of two numbers of one person each entry has its own."""
        pnc = list(life.pnc[at % len(life.pnc) :][:1]) if life.pnc else []
        if pnc and self.office.happens("pnc-missing"):
            slips.append("pnc-missing")
            return []
        return pnc

    def _convicted(self, parts: set[str]) -> set[str]:
        return (
            {"convicted"}
            if happenings.DETAINED in parts and self.chance.of_thousand(450)
            else set()
        )

    def _also(self, born: str) -> str:
        """Another day of birth that somebody has given: another day of the same month."""
        if len(born) < 10 or not self.chance.of_thousand(400):
            return ""
        return date.fromisoformat(born).replace(day=1 + self.chance.below(28)).isoformat()

    def _addresses(
        self, life: Life, first: date, last: date, slips: list[str]
    ) -> Sequence[Address]:
        """Where they lived when this force met them; of those who moved, some have only the old one."""
        if self.office.happens("address-missing"):
            slips.append("address-missing")
            return ()
        then, now = life.home_on(first), life.home_on(last)
        homes = [then] if then == now else [now, then]
        latest = life.homes[-1]
        if latest not in homes:
            if self.office.happens("address-stale"):
                slips.append("address-stale")
            else:
                homes.insert(0, latest)
        return tuple(self._address(home, slips) for home in homes)

    def _address(self, home: Home, slips: list[str]) -> Address:
        line, postcode = home.line, home.postcode
        if self.office.happens("address-misspelt"):
            line = f"{home.house} {self.office.misspelt(home.street.name)}"
            slips.append("address-misspelt")
        if self.office.happens("postcode-missing"):
            postcode = ""
            slips.append("postcode-missing")
        street = home.street
        key = f"{line}, {street.town} {postcode}"
        if key not in self.placed:
            number = f"{min(self.lives) * 10 + len(self.placed)}"
            place = Address(
                number,
                line,
                street.town,
                postcode,
                street.latitude,
                street.longitude,
                home.since,
            )
            self.placed[key] = place
            self.found.places.append(place)
        return replace(self.placed[key], since=home.since)

    def _own(self, number: int) -> str:
        """The force's own number: nobody tells from it what another force calls the same person."""
        return str(number * self.turn % PRIME)

    def _team(self, town: str) -> str:
        return f"{town} {self.chance.one_of(DESKS)}"

    def _lives_at(self, nominal: Nominal) -> None:
        for at, address in enumerate(nominal.addresses):
            until = nominal.addresses[at - 1].since if at else None
            since = min(address.since, until) if until else address.since
            self._tie(
                nominal.number, address.number, "person location", "lives at", since, until
            )

    def _keeps(self, nominal: Nominal, life: Life, seen: Sequence[Event]) -> None:
        """The vehicle that a force knows somebody by: one that was there, or that it came upon."""
        car = self.cars.get(life.number)
        if car is None or not (
            any(event.vehicle for event in seen) or self.chance.of_thousand(500)
        ):
            return
        number = self._own(car.number * 10)
        if all(each.number != number for each in self.found.cars):
            self.found.cars.append(Car(number, car, nominal.team, nominal.recorded_on))
        self._tie(nominal.number, number, "person object", "keeper of", car.since, car.until)

    def _report(self, event: Event, nominals: Mapping[int, str]) -> None:
        number = f"{event.number}"
        self.found.events.append(Report(number, event, self._team(event.street.town)))
        suspects: list[str] = []
        for life, part in event.involved:
            self._tie(nominals[life], number, "person event", ROLES[part], event.day)
            if part == happenings.SUSPECT:
                suspects.append(nominals[life])
        for one, other in itertools.pairwise(sorted(suspects)):
            self._tie(one, other, "person person", "associate of", event.day)
        if event.vehicle and any(
            each.number == self._own(event.vehicle * 10) for each in self.found.cars
        ):
            self._tie(
                self._own(event.vehicle * 10), number, "object event", "used in", event.day
            )

    def _tie(
        self, one: str, other: str, what: str, role: str, since: date, until: date | None = None
    ) -> None:
        if (one, other, role) in self.tied or (what == "person person" and one == other):
            return
        self.tied.add((one, other, role))
        number = f"{one}-{len(self.tied)}"
        self.found.ties.append(Tie(number, one, other, what, role, since, until))
