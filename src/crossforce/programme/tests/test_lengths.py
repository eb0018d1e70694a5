"""What is asked for has the room that the tables have, whichever way it comes."""

from typing import Any

import pytest

from crossforce.programme import models
from crossforce.programme.endpoints.entries import EntryChange
from crossforce.programme.endpoints.projects import ProjectChange
from crossforce.programme.endpoints.reviews import ReviewChange
from crossforce.programme.forms.acts import Decided, ReviewDecided, TrialDecided, Words
from crossforce.programme.reading.layouts import MILESTONES, REGISTER
from crossforce.records.reading.layouts import Layout, Sort

TEXTS = (Sort.REFERENCE, Sort.TEXT, Sort.SEVERAL)


def room(model: Any, name: str) -> int | None:
    return getattr(model._meta.get_field(name), "max_length", None)


@pytest.mark.parametrize(
    ("layout", "model"),
    [(REGISTER, models.RegisterEntry), (MILESTONES, models.Milestone)],
)
def test_a_cell_has_the_room_of_its_field(layout: Layout, model: Any) -> None:
    names = {
        each.field: "code" if each.sort is Sort.REFERENCE else each.field
        for each in layout.columns
        if each.sort in TEXTS
    }
    assert {each.field: each.longest for each in layout.columns if each.field in names} == {
        field: room(model, name) for field, name in names.items()
    }


@pytest.mark.parametrize(
    ("schema", "model"),
    [
        (EntryChange, models.RegisterEntry),
        (ProjectChange, models.Project),
        (ReviewChange, models.ContributionReview),
    ],
)
def test_a_text_over_http_has_the_room_of_its_field(schema: Any, model: Any) -> None:
    asked = schema.model_json_schema()["properties"]
    found = {name: each["maxLength"] for name, each in asked.items() if "maxLength" in each}
    assert found
    assert found == {name: room(model, name) for name in found}


@pytest.mark.parametrize(
    ("form", "model", "fields"),
    [
        (Words, models.RegisterEntry, {"words": "reason"}),
        (Decided, models.Project, {"decision": "decision", "reason": "reason"}),
        (TrialDecided, models.Project, {"decision": "decision"}),
        (ReviewDecided, models.ContributionReview, {"decision": "decision"}),
    ],
)
def test_a_form_has_the_room_of_its_field(
    form: Any, model: Any, fields: dict[str, str]
) -> None:
    for asked, name in fields.items():
        assert form.base_fields[asked].max_length == room(model, name)
