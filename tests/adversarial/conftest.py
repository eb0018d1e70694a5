"""The scene of every attack: a force with a clear and a secret note, and a force that has no agreement."""

from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from crossforce.access.choices import ACTIONS
from crossforce.access.operations import put_grants
from crossforce.kernel import database, guarded
from crossforce.kernel.testing import ground
from crossforce.people.choices import Actor
from crossforce.records import models
from crossforce.records.tests import factories

SECRET = "special-branch"
BY = "(SELECT coalesce('staff:' || me.staff, me.role) FROM access_acting() me)"
"""Who acts, as the columns of a record say by whom."""
CLEAR_WORDS, SECRET_WORDS = "A blue van", "Operation Heron"


@dataclass(frozen=True)
class Scene:
    """`asha` holds both notes, `colleague` works beside her outside the compartment, `cole` is a stranger."""

    asha: Actor
    colleague: Actor
    cole: Actor
    clear: models.Note
    secret: models.Note


@ground.fixture
def scene(db: None) -> Scene:
    return made()


@pytest.fixture
def standing_scene(transactional_db: None) -> Scene:
    """The same, committed, for tests that use more than one connection."""
    with transaction.atomic():
        return made()


def made() -> Scene:
    factories.policy(roles=("investigator", "analyst"))
    put_grants(
        "secret-policy",
        [
            factories.grant(kind, roles=("investigator",), compartment=SECRET, actions=ACTIONS)
            for kind in factories.KINDS
        ],
    )
    there = factories.ELSEWHERE
    factories.policy("stranger-policy", holder=there, recipient=there)
    asha, cole = factories.asha(), factories.cole()
    return Scene(
        asha=asha,
        colleague=factories.asha("analyst"),
        cole=cole,
        clear=factories.note(asha, CLEAR_WORDS),
        secret=factories.note(asha, SECRET_WORDS, compartment=SECRET),
    )


def raw(statement: Any, *values: Any) -> list[tuple[Any, ...]]:
    """What the statement answers, as the application role sends it, without the ORM."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


def as_actor(actor: Actor, statement: Any, *values: Any) -> list[tuple[Any, ...]]:
    """The same, while the actor acts."""
    with guarded.acting(actor):
        return raw(statement, *values)


def another_backend() -> psycopg.Connection[tuple[Any, ...]]:
    """A second connection of the application, past Django."""
    login = database.plan().application.on(connection.settings_dict["NAME"])
    return login.connect()
