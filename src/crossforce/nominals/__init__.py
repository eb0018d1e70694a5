"""People and other nominals across forces: which records speak of one person, and finding them."""
