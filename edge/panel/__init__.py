"""Floor 8: lamps and a button."""
