"""A small register: three real documents, and one that withholds."""

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from crossforce.agreements import api as agreements
from crossforce.kernel.testing import ground
from crossforce.organisations import api as organisations
from crossforce.organisations.tests.shipped import SHIPPED
from crossforce.people import api as people
from crossforce.register import jobs

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DOCUMENTS = (
    "south-west/sw-major-crime",
    "south-west/sw-special-branch",
    "south-west/sw-regional-organised-crime-unit",
    "wales/wales-firearms",
)


def document(name: str) -> str:
    return Path(settings.PROJECT / "agreements" / f"{name}.toml").read_text("utf-8")


def loader() -> people.Actor:
    return people.system_actor("world-loader", on=AT.date())


def registrar() -> people.Actor:
    return people.system_actor("registrar", on=AT.date())


def record(**files: str) -> None:
    agreements.record_set(actor=loader(), files=files, at=AT)
    jobs.publish_missing(AT)


def fill() -> None:
    """The directory, the documents, and what is public of them."""
    SHIPPED.stand(lambda: organisations.load_reference(actor=loader(), at=AT))
    record(**{name.rsplit("/", 1)[-1] + ".toml": document(name) for name in DOCUMENTS})


@ground.fixture
def register(db: None) -> None:
    fill()
