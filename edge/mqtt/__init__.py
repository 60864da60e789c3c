"""Floor 8: packets to and from the broker."""
