"""Shape and wording of what people write about nominals."""
