"""Changes to digital evidence."""
