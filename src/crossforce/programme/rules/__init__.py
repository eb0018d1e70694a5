"""What the programme decides, on plain values: no database, no clock."""
