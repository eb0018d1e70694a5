"""Whether everything that the log holds is what was once recorded."""
