"""Pages of the programme: the register, projects, spreadsheets."""
