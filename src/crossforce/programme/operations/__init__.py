"""Changes to the register, to projects, and what spreadsheets bring."""
