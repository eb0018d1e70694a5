"""The rehearsal: a backup is made, the installation is lost, the backup brings it back."""

import json
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.installation import Installation

pytestmark = [pytest.mark.crash, pytest.mark.slow]

FILL = """
from datetime import timedelta
from django.conf import settings
from django.contrib.sessions.models import Session
from crossforce.kernel import clock
Session.objects.create(session_key="kept", session_data="x", expire_date=clock.now())
folder = settings.VAR / "files" / "one"
folder.mkdir(parents=True)
(folder / "paper.txt").write_text("sworn")
print(settings.KEYS.seal(b"signing key", context="row 1").hex())
"""
LOSE = """
from django.conf import settings
from django.contrib.sessions.models import Session
Session.objects.all().delete()
(settings.VAR / "files" / "one" / "paper.txt").write_text("forged")
for path in settings.KEYS.folder.glob("master.json"): path.unlink()
"""
LOOK = """
from django.conf import settings
from django.contrib.sessions.models import Session
print(list(Session.objects.values_list("session_key", flat=True)))
print((settings.VAR / "files" / "one" / "paper.txt").read_text())
print(settings.KEYS.unseal(bytes.fromhex("SEALED"), context="row 1").decode())
"""
VERIFY = """
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from crossforce.transparency import entry
from crossforce.ledger.models import Entry
from crossforce.people.operations.platform import statement
found = entry.from_bytes(bytes(Entry.objects.latest("at").body))
said = found.detail
text = statement(said["backup_made_at"], said["manifest_sha256"], found.at)
key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(said["public_key"]))
key.verify(bytes.fromhex(said["signature"]), text)
print("verified", found.operation)
"""
WRITE = """
from django.db import transaction
from crossforce.kernel import clock
from crossforce.ledger import api as mechanism, operations
from crossforce.ledger.choices import Act
from crossforce.ledger.tests.factories import actor
mechanism.Integrator().run(at=clock.now())
for n in range(TIMES):
    with transaction.atomic():
        operations.append_many(actor=actor(), acts=[Act("a.b", f"a:{n}", {"n": n})], at=clock.now())
mechanism.Integrator().run(at=clock.now())
"""
RIGHTS = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT current_user, has_table_privilege('django_session', 'INSERT'), "
        "has_table_privilege('django_session', 'TRUNCATE'), has_table_privilege('django_migrations', 'INSERT')")
    print(*cursor.fetchone())
"""


@pytest.fixture(scope="module", autouse=True)
def server(installation: Installation) -> Iterator[None]:
    """Nothing is killed here: the database server need not start for every command."""
    with installation.at_work():
        yield


@pytest.fixture(scope="module")
def sealed(installation: Installation) -> str:
    return installation.python(FILL)


@pytest.fixture(scope="module")
def backup(
    installation: Installation, sealed: str, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """One backup, which several tests try to bring back."""
    path = tmp_path_factory.mktemp("backup") / "one.tar"
    installation.run("backup", str(path))
    return path


def test_a_restore_brings_everything_back_and_is_signed_in_the_ledger(
    installation: Installation, sealed: str, backup: Path
) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    installation.python(LOSE)
    said = installation.run("restore", str(backup), "--yes")
    assert "Kept from before: database crossforce_before_" in said
    looked = installation.python(LOOK.replace("SEALED", sealed) + RIGHTS + VERIFY)
    assert looked.splitlines() == [
        "['kept']",
        "sworn",
        "signing key",
        "crossforce_app True False False",
        "verified platform.restored",
    ]


def test_a_restore_is_told_apart_from_fraud_by_what_was_kept_outside(
    installation: Installation, sealed: str, tmp_path: Path
) -> None:
    path, kept = tmp_path / "ledger.tar", tmp_path / "checkpoint"
    installation.python(WRITE.replace("TIMES", "1"))
    installation.run("backup", str(path))
    installation.python(WRITE.replace("TIMES", "2"))
    kept.write_text(installation.run("ledger", "checkpoint"))
    installation.run("restore", str(path), "--yes")
    installation.python(WRITE.replace("TIMES", "1"))
    said = installation.run("ledger", "verify-log", "--against", str(kept))
    assert "restored from the backup made at" in said
    assert "up to 2 that were cosigned are gone" in said
    forged = kept.read_text().replace("crossforce.invalid", "crossforce.example")
    kept.write_text(forged)
    installation.run("ledger", "verify-log", "--against", str(kept), fails=True)


def test_the_escrow_key_opens_what_was_sealed_for_it(
    installation: Installation, sealed: str, tmp_path: Path
) -> None:
    private, path = tmp_path / "escrow.pem", tmp_path / "two.tar"
    installation.run("keys", "escrow", str(private))
    installation.run("backup", str(path), "--escrow")
    said = installation.run("restore", str(path), "--yes", fails=True)
    assert "give --escrow-key" in said
    installation.run("restore", str(path), "--yes", "--escrow-key", str(private))
    assert "kept" in installation.python(LOOK.replace("SEALED", sealed))


def test_a_wrong_passphrase_changes_nothing(installation: Installation, backup: Path) -> None:
    right = installation.environment["CROSSFORCE_BACKUP_PASSPHRASE"]
    installation.environment["CROSSFORCE_BACKUP_PASSPHRASE"] = "another long passphrase"
    try:
        said = installation.run("restore", str(backup), "--yes", fails=True)
    finally:
        installation.environment["CROSSFORCE_BACKUP_PASSPHRASE"] = right
    assert "passphrase is wrong" in said


@pytest.mark.parametrize("member", ["manifest.json", "database.dump", "files/one/paper.txt"])
def test_one_altered_byte_is_refused(
    installation: Installation, backup: Path, tmp_path: Path, member: str
) -> None:
    path = tmp_path / "four.tar"
    with tarfile.open(backup) as tar:
        place = tar.getmember(member).offset_data + 3
    content = bytearray(backup.read_bytes())
    content[place] ^= 1
    path.write_bytes(bytes(content))
    said = installation.run("restore", str(path), "--yes", fails=True)
    assert "altered" in said or "readable" in said


def test_holds_no_database_password_and_no_key_in_the_clear(
    installation: Installation, sealed: str, tmp_path: Path
) -> None:
    path = tmp_path / "five.tar"
    installation.run("backup", str(path))
    content = path.read_bytes()
    for key in (installation.var / "keys").glob("*.json"):
        secret = json.loads(key.read_text())["versions"][0]["secret"]
        assert secret.encode() not in content


def test_a_backup_never_overwrites(installation: Installation, tmp_path: Path) -> None:
    path = tmp_path / "six.tar"
    path.write_text("precious")
    said = installation.run("backup", str(path), fails=True)
    assert "exists already" in said
    assert path.read_text() == "precious"


def test_a_file_that_is_no_backup_is_refused(
    installation: Installation, tmp_path: Path
) -> None:
    path = tmp_path / "seven.tar"
    path.write_text("not a tar file")
    assert "not a whole backup" in installation.run("restore", str(path), "--yes", fails=True)
