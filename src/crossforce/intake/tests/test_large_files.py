"""Where large files are taken."""

from django.urls import resolve

from crossforce.kernel.web import uploads


def test_there_is_an_address_wherever_they_are_taken() -> None:
    resolve("/nominals/loads/")  # by which every address is known
    taken = uploads.taken()
    assert len(taken) >= 4
    assert {resolve(f"/{route}").route for route in taken} == set(taken)
