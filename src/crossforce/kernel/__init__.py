"""The kernel: what every app stands on. No noun of policing lives here."""
