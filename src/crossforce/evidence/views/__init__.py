"""Pages of digital evidence, one page a function."""
