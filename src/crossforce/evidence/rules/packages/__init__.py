"""Packages by which exhibits leave and come: BagIt (RFC 8493) and OCFL 1.1. Written as they go out, read only where all of them is sound."""
