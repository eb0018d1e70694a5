"""Where a key stands in a TOML file, for whoever is told that it is wrong."""

from collections.abc import Sequence


def place_of(text: str, named: Sequence[str]) -> tuple[int, int]:
    """The line and column of a key, or of the nearest table that is there; 0 where there is neither."""
    path = [part for name in named for part in name.split(".")]
    for depth in range(len(path), 0, -1):
        table = ""
        for number, line in enumerate(text.splitlines(), 1):
            bare = line.strip()
            key = ""
            if bare.startswith("["):
                table, key = bare.strip("[] ").replace('"', ""), ""
            elif "=" in bare:
                key = bare.partition("=")[0].strip().strip('"')
            whole = ".".join(filter(None, (table, key)))
            if whole == ".".join(path[:depth]):
                return number, len(line) - len(line.lstrip()) + 1
    return 0, 0
