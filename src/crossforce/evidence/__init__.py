"""Digital evidence: exhibits, and the originals that come as files."""
