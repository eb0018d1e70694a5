"""How static files are stored: under a name that holds their hash, compressed, kept for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Assets(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # has no types
    """Scripts are built whole: the maps that their last comments name are not published."""

    patterns = tuple(
        row for row in CompressedManifestStaticFilesStorage.patterns if row[0] != "*.js"
    )
