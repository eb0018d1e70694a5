"""What the public can read, it can read in Welsh."""

from crossforce.kernel import catalogue


def test_every_public_text_has_its_welsh() -> None:
    wanting = [f"{one.app}: “{one.text}” {one.reason}" for one in catalogue.wanting()]
    assert not wanting, "\n".join(wanting)
