"""What of an archive is taken in, by its name and length; what a ZIP file is; manifests."""

import io

import pytest

from crossforce.evidence.inspection import archives
from crossforce.evidence.inspection.unpacking import BROKEN, Archive
from crossforce.evidence.rules import listing, members, types
from crossforce.evidence.rules.members import Beyond, Judge, Member
from crossforce.evidence.tests.archives import zipped

MB = 1024 * 1024
HEADS = "path,exhibit_reference,case_reference,seized_at\n"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("cam/lock 31.jpg", ""),
        ("…/é/ñ.txt", ""),
        ("/etc/passwd", "root"),
        ("C:/drive.txt", "root"),
        ("a/../../x", "leads out"),
        ("..", "leads out"),
        ("a//b", "no name"),
        ("./.", "no name"),
        ("", "no name"),
        ("a\nb", "no text"),
        ("a\udc80", "no text"),
        ("photo\u202egpj.exe", "read as another"),
        ("x" * 256, "longer"),
        ("a/" * 40 + "b", "deep"),
    ],
)
def test_a_name(name: str, why: str) -> None:
    told = members.misnamed(members.plain(name) if name else name)
    assert (why in told) if why else not told


def test_names_twice_and_alike_are_refused() -> None:
    judge = Judge()
    told = [judge.why_not(Member(name, 1)) for name in ("a.txt", "a.txt", "A.TXT", "b.txt")]
    assert [bool(each) for each in told] == [False, True, True, False]


def test_what_is_made_to_fill_a_disk_is_refused() -> None:
    assert "fill a disk" in Judge(100_000).why_not(Member("zeros", 100 * MB, 97_000))
    assert not Judge(100_000).why_not(Member("log", 8 * MB, 9_000))
    judge = Judge(1_000)
    for number in range(8):
        assert not judge.why_not(Member(f"{number}", 8 * MB, 0))
    with pytest.raises(Beyond):
        judge.why_not(Member("9", 1))
    many = Judge(number=members.MOST_FILES)
    with pytest.raises(Beyond):
        many.why_not(Member("one more", 0))


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ({"a.txt": b"PK"}, "application/zip"),
        ({"word/a.xml": b""}, "application/zip"),
        ({"[Content_Types].xml": b"", "xl/a.xml": b""}, f"{types.OFFICE}spreadsheetml.sheet"),
        (
            {"mimetype": b"application/vnd.oasis.opendocument.text"},
            "application/vnd.oasis.opendocument.text",
        ),
    ],
)
def test_a_zip_file_is_told_by_its_members(names: dict[str, bytes], said: str) -> None:
    assert types.of(zipped(names, 0)) == said


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("path,case\n", [(1, "exhibit_reference"), (1, "case_reference"), (1, "case")]),
        (f"{HEADS}a,J/1,c,2026-09-14 09:20\nb,J/1,c,2026-09-14 09:21\n", [(3, "seized_at")]),
        (f"{HEADS}a,J/1,c,14/09/2026 09:20\na,J/1,c,\n", [(3, "path")]),
        (f'{HEADS}"a\nb,J/1,c', [(3, "")]),
        (f"{HEADS},,c,1\n", [(2, "path"), (2, "exhibit_reference"), (2, "seized_at")]),
    ],
)
def test_faults_of_a_manifest_are_told_by_line(
    text: str, faults: list[tuple[int, str]]
) -> None:
    assert [(each.line, each.column) for each in listing.read(text.encode()).faults] == faults


def test_a_letter_that_is_too_long_is_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    letter, read = (
        b"Content-Type: image/png\r\n\r\n12345\r\n",
        archives.READERS["message/rfc822"],
    )
    monkeypatch.setattr(archives, "LONGEST_LETTER", len(letter))
    list(read(io.BytesIO(letter)))
    with pytest.raises(archives.TooLong):
        list(read(io.BytesIO(letter + b"6")))


@pytest.mark.parametrize(
    "does",
    [
        "print('x' * 100)",
        "import sys; sys.stdout.buffer.write(b'A' + (12).to_bytes(4) + bytes(11) + b'\\xff' * 5)",
        "import sys; sys.stdout.buffer.write(b'M' + (9).to_bytes(4) + b'[1,2,3,4]')",
        "import time; time.sleep(60)",
    ],
)
def test_what_takes_it_apart_is_not_believed(
    does: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crossforce.evidence.inspection.unpacking.BEGINNING", does)
    monkeypatch.setattr("crossforce.evidence.inspection.unpacking.STALLED", 0.2)
    with Archive("application/zip", 10, lambda start, length: [bytes(length)]) as archive:
        assert not list(archive)
    assert archive.why_not == BROKEN
