"""Floor 6: a person's screening, from the first step onto the mat to the summary."""
