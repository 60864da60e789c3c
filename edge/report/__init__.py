"""Floor 8: pages for people."""
