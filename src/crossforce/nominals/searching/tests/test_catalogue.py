"""Numbers and places: read as officers write them, found with a slip, by pattern, in part."""

import os
import signal
from pathlib import Path
from uuid import UUID

import pytest

from crossforce.nominals.searching import numbers, places
from crossforce.nominals.searching.catalogue import Catalogue, Entry
from crossforce.nominals.searching.finding import Searcher
from crossforce.nominals.searching.names import Name
from crossforce.nominals.searching.places import Address

ALL = Searcher.of([1])


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("AB12 CDE", ("vrm", "ab12cde"), ""),
        ("the ab12cde driver", ("vrm", "ab12cde"), "the driver"),
        ("2001/0012345A", ("pnc", "0112345a"), ""),
        ("01/12345A", ("pnc", "0112345a"), ""),
        ("12345/80A", ("cro", "1234580a"), ""),
        ("AB 12 34 56 C", ("nino", "ab123456c"), ""),
        ("(07700) 900 123", ("telephone", "447700900123"), ""),
        ("+44 7700 900123", ("telephone", "447700900123"), ""),
        ("0044 7700 900123", ("telephone", "447700900123"), ""),
        ("12 station rd bath BA1 1AA", ("postcode", "ba11aa"), "12 station rd bath"),
        ("AB1? CDE", ("number", "ab1?cde"), ""),
        ("*2CDE", ("number", "*2cde"), ""),
        ("JONES611152E99EW", ("driving-licence", "jones611152e99ew"), ""),
    ],
)
def test_reads_a_number_as_it_is_written(text: str, number: tuple[str, str], rest: str) -> None:
    found, left = numbers.read(text)
    assert found is not None
    assert ((found.scheme, found.text), left) == (number, rest)


@pytest.mark.parametrize(
    "text",
    [
        *("smith john 12/5/1980", "smith 12th may 1980", "o'brien 05/1980", "smith 1978-1982"),
        *("SMITH 12051980", "john smith aged 30", "john smith 30-40", "sm?th* j", "1980"),
    ],
)
def test_takes_no_name_date_or_age_for_a_number(text: str) -> None:
    assert numbers.read(text) == (None, text)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("12 Station Rd, Bath", Address("12", "Station road", "Bath")),
        ("flat 2, 12a station road bath", Address("12a", "station road", "bath")),
        ("3 Heol y Bont, Aberaeron", Address("3", "Heol y Bont", "Aberaeron")),
        ("john smith", None),
    ],
)
def test_reads_an_address_as_it_is_written(text: str, address: Address | None) -> None:
    assert places.read(text) == address


@pytest.fixture
def held(tmp_path: Path) -> Catalogue:
    catalogue = Catalogue(tmp_path)
    texts = ["AB12 CDE", "AB12 CDF", "BA12 CDE", "XY99 ZZZ"]
    addresses = [
        places.taken_apart("12 Station Rd, Bath"),
        places.taken_apart("High Street, Wells"),
    ]
    catalogue.change(
        [
            *(
                Entry(UUID(int=at), 1, numbers=(numbers.plain("vrm", text),))
                for at, text in enumerate(texts, 1)
            ),
            *(
                Entry(UUID(int=at), 1, addresses=(each,))
                for at, each in enumerate(addresses, 11)
            ),
        ]
    )
    return catalogue


def found(catalogue: Catalogue, text: str) -> dict[int, tuple[str, ...]]:
    number, _ = numbers.read(text)
    assert number is not None
    hits = catalogue.numbers.find(numbers.near(number), ALL).hits
    return {hit.key.int: hit.reasons for hit in hits}


def test_a_number_is_found_with_one_slip_and_no_more(held: Catalogue) -> None:
    assert found(held, "AB12CDE") == {
        1: ("Number agrees",),
        2: ("Number is one slip away: AB12CDF",),
        3: ("Number is one slip away: BA12CDE",),
    }
    assert set(found(held, "?B12CDE")) == {1}
    assert set(found(held, "*12CD*")) == {1, 2, 3}


@pytest.mark.parametrize("text", ["12 station road bath", "staton road", "sation rd, bth"])
def test_a_place_is_found_in_part_and_misspelt(held: Catalogue, text: str) -> None:
    asked = places.read(text)
    assert asked is not None
    assert [hit.key.int for hit in held.places.find(places.ask(asked), ALL).hits] == [11]


def test_what_a_record_no_longer_has_finds_it_no_longer(held: Catalogue) -> None:
    held.change([Entry(UUID(int=1), 1, (Name("Jane", "Doe"),))], [UUID(int=2)])
    assert not held.tidy()
    assert set(found(held, "AB12CDE")) == {3}
    assert [index.held for index in held.indexes] == [1, 2, 2]


def test_fills_all_three_while_what_stands_answers(held: Catalogue, tmp_path: Path) -> None:
    with held.filling() as filling:
        filling.add(
            [
                Entry(
                    UUID(int=7), 1, (Name("A", "Bee"),), numbers=(numbers.plain("", "AB12CDE"),)
                )
            ]
        )
        assert set(found(Catalogue(tmp_path), "AB12CDE")) == {1, 2, 3}
    assert set(found(Catalogue(tmp_path), "AB12CDE")) == {7}


def test_killed_while_filling_what_stood_goes_on(held: Catalogue, tmp_path: Path) -> None:
    if not (child := os.fork()):
        with Catalogue(tmp_path).filling() as filling:
            filling.add([Entry(UUID(int=7), 1, (Name("A", "Bee"),))])
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert set(found(Catalogue(tmp_path), "AB12CDE")) == {1, 2, 3}
    with Catalogue(tmp_path).filling():
        pass
    assert found(held, "AB12CDE") == {}
