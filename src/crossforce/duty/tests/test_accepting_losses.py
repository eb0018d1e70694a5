"""A file that would cancel most of what is held is refused by page, API and command, unless that is confirmed."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from typer.testing import CliRunner

from crossforce.duty.commands import REFUSED, commands
from crossforce.duty.operations import mappings
from crossforce.duty.tests.exports import DAYS
from crossforce.duty.tests.factories import AT, HERE, brought_in, entries
from crossforce.duty.tests.uploads import asha, bodies, few_bodies, place, sent, settled
from crossforce.kernel.ids import new_id
from crossforce.kernel.testing.cast import Player

__all__ = ["asha", "bodies", "few_bodies", "place"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
TEXT: Final = DAYS.decode().replace("avon-and-somerset", HERE)
HELD, LEFT = range(40), (0, 39)
Told = tuple[str, str]
"""What is told before anything is brought in, and after."""


def days(numbers: Any) -> bytes:
    on = (date(2026, 11, 1) + timedelta(days=number) for number in numbers)
    return b"Person,Day,Duty\n" + b"".join(f"1234,{day},E\n".encode() for day in on)


def by_page(asha: Player, mapping: UUID, tmp_path: Path, confirmed: bool) -> Told:
    with_mapping = {"mapping": mapping, "file": SimpleUploadedFile("d.csv", days(LEFT))}
    more = {"accept_losses": "on"} if confirmed else {}
    page = sent(asha, reverse("duty:import-send"), **with_mapping, **more).headers["Location"]
    if not confirmed:
        return settled(asha, page, wanted="tick the box that confirms it"), ""
    before = settled(asha, page, wanted="Bring it in")
    assert len(standing(asha)) == len(HELD)
    assert sent(asha, f"{page}run/").status_code == 302
    return before, settled(asha, page, wanted="Brought in")


def by_api(asha: Player, mapping: UUID, tmp_path: Path, confirmed: bool) -> Told:
    home = "/api/v1/duty/imports"
    given = {"mapping": f"{HERE}-days", "idempotency_key": str(new_id())}
    given |= {"accept_losses": "true"} if confirmed else {}
    file = SimpleUploadedFile("d.csv", days(LEFT))
    key = asha.client.post(home, {**given, "file": file}).json()["id"]
    found = asha.client.get(f"{home}/{key}?wait=1").json()
    said = " ".join(f"{each['message']} {each['remedy']}" for each in found["refused"])
    assert found["state"] == ("done" if confirmed else "refused")
    return said, f"{found['counts']}"


def by_command(asha: Player, mapping: UUID, tmp_path: Path, confirmed: bool) -> Told:
    (tmp_path / "m.toml").write_text(TEXT)
    (tmp_path / "d.csv").write_bytes(days(LEFT))
    words = ["import", str(tmp_path / "m.toml"), str(tmp_path / "d.csv")]
    words += ["--as", asha.account.username, *(["--accept-losses"] if confirmed else [])]
    if confirmed:
        rehearsed = CliRunner().invoke(commands, [*words, "--rehearse"])
        assert "38 cancelled" in rehearsed.stdout
        assert len(standing(asha)) == len(HELD)
    done = CliRunner().invoke(commands, words)
    assert done.exit_code == (0 if confirmed else REFUSED), done.output
    assert "in already" not in done.stdout
    return done.stderr, done.stdout


WAYS: Final[dict[str, Callable[[Player, UUID, Path, bool], Told]]] = {
    "page": by_page,
    "api": by_api,
    "command": by_command,
}


def standing(asha: Player) -> list[Any]:
    return [each for each in entries(asha.actor) if each.cancelled_at is None]


@pytest.fixture
def mapping(asha: Player) -> UUID:
    """By which 40 duties are held already."""
    brought_in(asha.actor, days(HELD), mappings.understood(TEXT))
    return mappings.keep(actor=asha.actor, text=TEXT, at=AT)


@pytest.mark.parametrize("way", WAYS)
def test_it_is_told_what_would_be_lost_and_how_to_confirm_it(
    asha: Player, mapping: UUID, tmp_path: Path, way: str
) -> None:
    said, _ = WAYS[way](asha, mapping, tmp_path, False)
    assert "would cancel 38 of the 40 duties" in said
    assert "01/11/2026 to 10/12/2026" in said
    for how in ("the box where files are sent", "--accept-losses", "accept_losses of the API"):
        assert how in said
    assert len(standing(asha)) == len(HELD)


@pytest.mark.parametrize("way", WAYS)
def test_it_is_done_once_confirmed(
    asha: Player, mapping: UUID, tmp_path: Path, way: str
) -> None:
    WAYS[way](asha, mapping, tmp_path, True)
    assert len(standing(asha)) == len(LEFT)


@pytest.mark.parametrize(
    "text",
    [
        'file = {type = "csv", covers = "period"}\n',
        'file.type = "csv"\nfile.covers = "period"\n',
        '[file] # of the export\ntype = "csv"\nmost_cancelled = 0.2\n',
    ],
)
def test_it_can_be_confirmed_however_the_mapping_is_written(text: str) -> None:
    head, _, tail = TEXT.partition('[file]\ntype = "csv"\ncovers = "period"\n')
    confirmed = mappings.understood(mappings.accepting(f"{head}{text}{tail}"))
    assert confirmed.file.most_cancelled == 1
