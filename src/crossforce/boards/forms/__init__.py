"""Shape and wording of what is asked on the pages of boards."""
