"""What is redacted goes out in no other way: not as its twin, not in what it lay in, not as what lay in it."""

import pytest

from crossforce.evidence.rules.withholding import File, why_not

MAIL = File("mail.eml", "mail", out_of="card")
CARD = File("card.zip", "card")
PICTURE = File("picture.jpg", "picture", out_of="mail")
OTHER = File("other.jpg", "other", out_of="card")
TWIN = File("again.jpg", "picture")


@pytest.mark.parametrize(
    ("name", "redacted", "why"),
    [
        ("picture.jpg", "picture.jpg", "none of them is approved"),
        ("again.jpg", "picture.jpg", "byte for byte"),
        ("mail.eml", "picture.jpg", "holds a file"),
        ("card.zip", "picture.jpg", "holds a file"),
        ("picture.jpg", "mail.eml", "lies in a file"),
        ("picture.jpg", "card.zip", "lies in a file"),
        ("other.jpg", "picture.jpg", ""),
        ("again.jpg", "mail.eml", ""),
        ("card.zip", "again.jpg", "holds a file"),
    ],
)
def test_a_file_goes_in_clear_unless_it_gives_a_redacted_one_away(
    name: str, redacted: str, why: str
) -> None:
    known = {
        each.name: File(each.name, each.sha256, each.out_of, each.name == redacted)
        for each in (MAIL, CARD, PICTURE, OTHER, TWIN)
    }
    told = why_not([known[name]], list(known.values()))
    assert (why in told and name in told) if why else not told
