"""Floor 2: a frame becomes the landmarks of one person."""
