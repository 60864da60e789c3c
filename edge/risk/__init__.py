"""Floor 4: five seconds of movement become a movement index."""
