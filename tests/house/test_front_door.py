"""Another app may be entered only through its public rooms."""

from collections.abc import Iterator

import grimp

from tests.house.floors import pure_rooms

PUBLIC = {"api", "events", "choices", "governed"}
EVERYWHERE = {"kernel", "config"}


def cross_app_imports() -> Iterator[tuple[str, str]]:
    graph = grimp.build_graph("crossforce")
    for importer in sorted(graph.modules):
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            here, there = (f"{name}..".split(".")[1] for name in (importer, imported))
            if ".tests." in importer:
                continue  # a test may look behind the door at what happened there
            if here and there and here != there and not {here, there} & EVERYWHERE:
                yield importer, imported


def is_public(module: str, pure: set[str]) -> bool:
    parts = module.split(".")
    room = parts[2] if len(parts) > 2 else ""
    return room in PUBLIC or ".".join(parts[:3]) in pure


def test_apps_are_entered_by_the_front_door() -> None:
    pure = pure_rooms()
    trespass = [f"{a} -> {b}" for a, b in cross_app_imports() if not is_public(b, pure)]
    assert not trespass, "\n".join(trespass)
