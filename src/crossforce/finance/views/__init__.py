"""Pages of finance: parse, one call, draw."""
