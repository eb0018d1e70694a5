"""The register says who has given notice, and its last day, in both languages."""

from typing import Any

import pytest
from django.test import Client

from crossforce.agreements import operations
from crossforce.agreements.tests.factories import party
from crossforce.register.tests.conftest import AT, document, record

REFERENCE = "wales-laboratory-couriers"


def given(notice: Any, organisation: str, at: Any = AT) -> Any:
    common: dict[str, Any] = {
        "actor": party(organisation),
        "reference": REFERENCE,
        "organisation": organisation,
    }
    if notice is None:
        return operations.give_notice(**common, reason="We carry our own.", at=at)
    return operations.join_notice(**common, notice=notice.pk, at=at)


@pytest.mark.usefixtures("register")
def test_a_reader_is_told_who_leaves_and_when(client: Client) -> None:
    record(**{f"{REFERENCE}.toml": document(f"internal/{REFERENCE}")})
    page = f"/register/{REFERENCE}/"
    notice = given(None, "chief-constable-gwent")
    assert "has given notice" not in client.get(page).content.decode()
    given(notice, "pcc-gwent")
    said = client.get(page).content.decode()
    assert "Gwent Police has given notice: its last day is 2 June 2026." in said
    welsh = client.get(f"{page}?lang=cy").content.decode()
    assert "Mae Heddlu Gwent wedi rhoi rhybudd" in welsh
