"""No list passes over in silence a filter that it does not know."""

from typing import Any

import pytest

from crossforce.kernel.testing.cast import Cast
from crossforce.kernel.web import api

pytestmark = pytest.mark.django_db


def lists() -> list[str]:
    """Every address that is read, names nothing in its path, and needs nothing to be asked."""
    paths = api.interface().get_openapi_schema()["paths"]
    reads = {path: found["get"] for path, found in paths.items() if "get" in found}
    return sorted(
        path
        for path, read in reads.items()
        if "{" not in path and not any(p["required"] for p in read.get("parameters", ()))
    )


class TestUnknownFilters:
    def test_are_refused_by_every_list_with_the_known_ones(self, cast: Cast) -> None:
        client = cast.asha("information-manager").client
        assert len(lists()) > 20
        for path in lists():
            answer = client.get(path, {"no_such": "x"})
            assert answer.status_code == 422, path
            assert [each["where"] for each in answer.json()["errors"]] == [["query", "no_such"]]

    def test_are_named_beside_those_that_there_are(self, cast: Cast) -> None:
        client: Any = cast.asha("investigator").client
        said = client.get("/api/v1/records/records.note", {"held_by": "wiltshire"}).json()
        (error,) = said["errors"]
        assert error["where"] == ["query", "held_by"]
        assert "holder" in error["message"]
        assert "kind" not in error["message"]

    def test_are_no_news_to_a_stranger(self, client: Any, cast: Cast) -> None:
        assert client.get("/api/v1/records/kinds", {"no_such": "x"}).status_code == 401
