"""The page of a case's schedules says what waits for whom, a hundred items at a time."""

from uuid import uuid4

import pytest

from crossforce.evidence.models import Case
from crossforce.evidence.tests import test_disclosure as given
from crossforce.kernel.testing.cast import Cast

case = given.case


@pytest.mark.django_db
def test_a_page_says_what_waits_for_whom_and_why_it_refuses(cast: Cast, case: Case) -> None:
    client = cast.asha("investigator").client
    home = f"/evidence/cases/{case.pk}/disclosure/"
    first, *_ = [given.scheduled(case, f"Log {number}") for number in range(101)]
    given.judged(given.scheduled(case, "A note", why_sensitive="Names an informant"))
    page = client.get(home).content.decode()
    for told in ("All (102)", "Not tested yet (101)", "For the prosecutor to decide (1)"):
        assert told in page
    assert "Log 99" in page
    assert "Log 100" not in page
    assert "Names an informant" in client.get(f"{home}?page=2").content.decode()
    waits = client.get(f"{home}?waits=prosecutor").content.decode()
    assert "A note" in waits
    assert "Log 0" not in waits
    for wrong, status in (("?page=3", 404), ("?waits=court", 400), ("?page=x", 400)):
        assert client.get(home + wrong).status_code == status, wrong
    key = {"version": first.version, "idempotency_key": str(uuid4())}
    said = {"description": "Log 0", "location": "Safe", "exhibit": "ZZ/9"}
    for address in (home, f"/evidence/unused/{first.pk}/mend/"):
        kept = client.post(address, said | key)
        assert kept.status_code == 422
        assert "or leave it empty" in (text := kept.content.decode())
        assert 'value="ZZ/9"' in text
    kept = client.post(f"{home}certify/", key | {"officer": "DC 7"})
    assert "not recorded for MG6C/1" in kept.content.decode()
