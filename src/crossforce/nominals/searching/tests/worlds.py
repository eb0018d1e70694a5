"""Small worlds of people who are easily taken for each other, and questions about them."""

from datetime import date
from uuid import UUID

from hypothesis import strategies as st

from crossforce.nominals.searching import births
from crossforce.nominals.searching.building import Person
from crossforce.nominals.searching.names import Name
from crossforce.nominals.searching.question import ask, typing

GIVEN = (
    "John",
    "Jon Paul",
    "Jhon",
    "Joan",
    "J",
    "Robert",
    "Bob John",
    "Mary-Anne",
    "Smith",
    "",
    "Łukasz",
)
FAMILY = (
    "Smith",
    "Smyth",
    "Smithson",
    "Simth",
    "Taylor-Jones",
    "Jones",
    "O'Brien",
    "van der Berg",
    "John",
    "",
)
BORN = (
    0,
    1980_00_00,
    1980_05_00,
    1980_05_12,
    1980_12_05,
    1980_05_21,
    1980_09_12,
    1982_05_12,
    2008_05_12,
    1964_01_31,
)
ASKED_GIVEN = (
    "",
    "john",
    "jon",
    "robert",
    "mary anne",
    "j",
    "smith",
    "bob john",
    "jo*",
    '"john"',
    "lukasz",
    "paul",
)
ASKED_FAMILY = (
    "",
    "smith",
    "smyth",
    "smithosn",
    "taylor-jones",
    "jones",
    "obrien",
    "sm?th",
    '"smith"',
    "berg",
    "s*",
)
ASKED_BORN = (
    "",
    "12/5/1980",
    "5/12/1980",
    "12/5/2008",
    "5/1980",
    "1980",
    "1978-1981",
    "12/5",
    "aged 45-48",
    "198?",
)
TODAY = date(2026, 11, 23)
SCOPES = range(5)

names = st.builds(Name, st.sampled_from(GIVEN), st.sampled_from(FAMILY), st.booleans())
keys = st.integers(0, 30).map(lambda number: UUID(int=number << 64 | number % 7))
people = st.builds(
    Person,
    keys,
    st.sampled_from(SCOPES),
    st.lists(names, min_size=1, max_size=2).map(tuple),
    st.lists(st.sampled_from(BORN), max_size=2).map(tuple),
)
worlds = st.lists(people, max_size=30, unique_by=lambda person: person.key)
questions = st.builds(
    lambda given, family, born: ask(given=given, family=family, born=born, at=TODAY),
    *(st.sampled_from(ASKED_GIVEN), st.sampled_from(ASKED_FAMILY), st.sampled_from(ASKED_BORN)),
) | st.sampled_from(("joh", "smi", "john smit", "jhno s", "smith, jo", "taylr")).map(
    lambda line: typing(line, at=TODAY)
)
wholly = st.builds(
    lambda given, family, born: ask(given=given, family=family, born=born, at=TODAY).wholly,
    st.sampled_from([name for name in GIVEN if len(name) > 1]),
    st.sampled_from([name for name in FAMILY if name]),
    st.sampled_from(ASKED_BORN),
)
"""Questions of forename and surname, both whole."""
scopes = st.sets(st.sampled_from(SCOPES))
SOMEBODY = Person(UUID(int=99), 1, (Name("John", "Smith"),), (births.held("1980-05-12"),))
