"""Pure decisions about boards: who sits, whether it can decide, what follows; no clock, no database."""
