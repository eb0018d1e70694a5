from tests.documents import register
from tests.documents.register import forces, on, standing


def test_network_of_specialist_capabilities_is_an_idea_that_no_force_has_joined() -> None:
    document = register.document("national-specialist-capabilities-network")
    assert document.stage == "idea"
    assert all(not function.participation for function in document.function)
    assert {"firearms", "surveillance", "major-investigations"} < {
        f.code for f in document.function
    }


def test_vision_names_five_priorities() -> None:
    (clause,) = [
        c
        for c in register.document("national-policing-vision-2025").clause
        if c.head == "functions"
    ]
    assert clause.text.en.startswith("The five are")
    assert clause.text.en.count(";") == 4


def test_emergency_services_network_is_planned_and_used_by_nobody() -> None:
    assert forces("national-esmcp", "mobile-communications", on(2016, 6)) == set()
    assert set(standing("national-esmcp", "mobile-communications", on(2016, 6)).values()) == {
        "planned"
    }
    relations = register.document("sw-esmcp").relation
    assert [(each.reference, each.relation) for each in relations] == [
        ("national-esmcp", "made-under")
    ]


def test_national_arrangements_belong_to_no_region() -> None:
    folder = {path.stem for path in (register.HOME / "national").glob("*.toml")}
    assert folder == {document.reference for document in register.documents(None)}
