"""Floor 8: the screen."""
