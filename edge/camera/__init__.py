"""Floor 1: light becomes frames."""
