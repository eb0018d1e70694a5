"""The standards' own suites: what is sound is read, what is not is refused in words. And nothing leads out of a package."""

import io
import stat
import tarfile
import zipfile
from pathlib import Path

import pytest

from crossforce.evidence.rules.packages import reading, sources
from crossforce.evidence.rules.packages.parts import NotAPackage

SUITES = Path(__file__).with_name("suites")
SOUND = {"valid", "good-objects", "warn-objects"}
DOUBTFUL = {"warning"}
"""What the makers of the suite leave to the reader: read or refused, it is explained."""


def told(folder: Path) -> str:
    """Why a package is refused; empty where it is read."""
    try:
        with sources.opened(folder) as source:
            reading.read(source)
    except NotAPackage as fault:
        return str(fault)
    return ""


@pytest.mark.parametrize(("suite", "number"), [("bagit", 56), ("ocfl", 74)])
def test_every_package_of_a_suite_is_read_or_refused_rightly(
    suite: str, number: int, tmp_path: Path
) -> None:
    with tarfile.open(SUITES / f"{suite}.tar.xz") as packed:
        packed.extractall(tmp_path, filter="data")
    found = [
        each
        for each in tmp_path.glob("v*/*/*" if suite == "bagit" else "1.1/*/*")
        if each.is_dir()
    ]
    assert len(found) == number
    for each in found:
        if each.parent.name not in DOUBTFUL:
            assert bool(told(each)) is (each.parent.name not in SOUND), (each.name, told(each))


def zipped(
    *members: tuple[str, bytes], mode: int = stat.S_IFREG, way: int = zipfile.ZIP_STORED
) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", way) as pack:
        for name, data in members:
            info = zipfile.ZipInfo(name)
            info.external_attr, info.compress_type = mode << 16, way
            pack.writestr(info, data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("whole", "why"),
    [
        (zipped(("../bagit.txt", b"")), "would leave its folder"),
        (zipped(("C:/bagit.txt", b"")), "would leave its folder"),
        (zipped(("bagit.txt", b"/etc/passwd"), mode=stat.S_IFLNK), "a link or a device"),
        (zipped(("bagit.txt", b""), ("bagit.txt/a", b"")), "both a file and a folder"),
        (zipped(("readme.txt", b"")), "neither a bag"),
        (b"PK", "not a whole ZIP file"),
    ],
)
def test_a_file_that_is_a_trap_is_refused(whole: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / "package.zip").write_bytes(whole)
    assert why in told(tmp_path / "package.zip")


def test_a_folder_with_a_link_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bagit.txt").symlink_to("/etc/hostname")
    assert "a link or a device" in told(tmp_path)


def test_a_member_that_swells_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sources, "SWOLLEN", 1)
    whole = zipped(("bagit.txt", bytes(2 * sources.PART)), way=zipfile.ZIP_DEFLATED)
    (tmp_path / "package.zip").write_bytes(whole)
    assert "would unpack to 2,097,152 bytes" in told(tmp_path / "package.zip")
