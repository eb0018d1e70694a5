"""Shape and wording of what people send about the programme."""
